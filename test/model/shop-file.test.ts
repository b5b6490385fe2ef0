import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, integer, property, string } from 'fast-check';
import { hoursMistakes } from '../../src/model/hours-check.ts';
import { readShop, storeOf } from '../../src/model/shop-file.ts';
import { exampleShop, exampleText, shopOf } from '../support/shops.ts';

const salon = exampleText('salon');
/** `line: message` of every mistake in the salon's file after a change. */
const mistakes = (change: (text: string) => string): string[] => {
  const text = change(salon);
  if (text === salon) throw new Error('The change found nothing to change');
  const read = readShop(text);
  return 'mistakes' in read ? read.mistakes.map(({ line, message }) => `${line}: ${message}`) : [];
};
/** The line of the salon's file that holds a text. */
const lineOf = (part: string): number => salon.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('the example shops', () => {
  test('are read as they are', () => {
    const shop = exampleShop('salon');
    expect(shop.hours.weekly).toMatchObject({ mon: [], tue: [['10:00', '20:00']], sun: [['09:00', '19:00']] });
    expect(shop.menus.map(({ name, price, duration }) => [name, price, duration])).toEqual([['カット', 4400, 60], ['カラー', 6600, 90], ['パーマ', 8800, 120], ['トリートメント', 3300, 30], ['ヘッドスパ', 2200, 30]]);
    expect(shop.staff[1]).toMatchObject({ name: '佐藤', daysOff: ['wed'], menus: ['カット', 'カラー', 'トリートメント', 'ヘッドスパ'] });
    expect(exampleShop('clinic').hours.weekly.sat).toEqual([['09:30', '13:00'], ['14:30', '17:00']]);
  });

  test('become stores without a database', () => {
    const store = storeOf(exampleShop('clinic'));
    expect(store.staff.find((p) => p.name === '山本')!.menuIds).toEqual(store.menus.filter((m) => ['検診', '歯のクリーニング', 'ホワイトニング'].includes(m.name)).map((m) => m.id));
  });
});

describe('what a file may say', () => {
  test('holidays, exceptions with stretches, nights, shifts, absences and everybody for everything', () => {
    const shop = shopOf(salon
      .replace('holidays: open', 'holidays: 10:00-17:00\n  exceptions:\n    - { day: 2026-12-31..2027-01-02, hours: closed, note: 年末年始 }\n    - { day: 2027-01-03, hours: [10:00-12:00] }')
      .replace('fri: 10:00-20:00', 'fri: [18:00-25:30, 10:00 〜 12:00]')
      .replace('menus: [カット, カラー, パーマ, トリートメント, ヘッドスパ]', 'menus: all\n    absences: [2026-12-24, 2027-02-01..2027-02-03]\n    shifts: { tue: 12:00-18:00, wed: closed }\n    line_id: U0123456789abcdef0123456789abcdef'));
    expect(shop.hours.holidays).toEqual([['10:00', '17:00']]);
    expect(shop.hours.exceptions.map((e) => [e.day, e.openings, e.note])).toEqual([['2026-12-31', [], '年末年始'], ['2027-01-01', [], '年末年始'], ['2027-01-02', [], '年末年始'], ['2027-01-03', [['10:00', '12:00']], undefined]]);
    expect(shop.hours.weekly.fri).toEqual([['10:00', '12:00'], ['18:00', '25:30']]);
    expect(shop.staff[0]).toMatchObject({ menus: shop.menus.map((m) => m.name), absences: ['2026-12-24', '2027-02-01', '2027-02-02', '2027-02-03'], shifts: { tue: [['12:00', '18:00']], wed: [] }, lineId: 'U0123456789abcdef0123456789abcdef' });
  });

  test('breaks of every day or by weekday, and days of other hours', () => {
    const [every, some] = shopOf(salon
      .replace('role: 店長', 'role: 店長\n    breaks: [13:00-14:00]\n    exceptions: [{ day: 2026-12-24..2026-12-25, hours: 13:00-18:00 }, { day: 2026-12-20, hours: closed }]')
      .replace('days_off: [wed]', 'breaks: { thu: 13:00-14:00, fri: [12:00-12:30, 17:00-17:15] }')).staff;
    expect(every!.breaks).toEqual(Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['13:00', '14:00']]])));
    expect(every!.exceptions).toEqual([{ day: '2026-12-20', openings: [] }, { day: '2026-12-24', openings: [['13:00', '18:00']] }, { day: '2026-12-25', openings: [['13:00', '18:00']] }]);
    expect(some!.breaks).toEqual({ thu: [['13:00', '14:00']], fri: [['12:00', '12:30'], ['17:00', '17:15']] });
  });

  test('rooms that visits share', () => {
    const shop = shopOf(salon.replace('staff:', 'resources:\n  - { name: シャンプー台, count: 2, menus: [カラー, パーマ] }\n  - { name: 席, count: 4, menus: all }\nstaff:'));
    expect(shop.resources).toEqual([{ name: 'シャンプー台', count: 2, menus: ['カラー', 'パーマ'] }, { name: '席', count: 4, menus: shop.menus.map((menu) => menu.name) }]);
  });

  test('nothing that can be left out', () => {
    const shop = shopOf('version: 1\nname: 店\naddress: 町\nphone: "0312345678"\nhours: { weekly: { mon: closed, tue: closed, wed: closed, thu: closed, fri: closed, sat: closed, sun: 9:00-12:00 } }\nmenus: [{ name: a, price: 0, minutes: 15 }]\nstaff: [{ name: b, role: c, menus: [a] }]\n');
    expect(shop).toMatchObject({ kind: 'other', channel: 'default', info: {}, hours: { holidays: 'open', exceptions: [], gridMinutes: 30, noticeMinutes: 60, windowDays: 60, cancelDeadlineMinutes: 0, weekly: { sun: [['09:00', '12:00']] } } });
    expect(shop.menus[0]).toMatchObject({ buffer: 0, aliases: [] });
    expect(shop.staff[0]).toMatchObject({ daysOff: [], absences: [], shifts: null, breaks: {}, exceptions: [], lineId: null, aliases: [] });
  });
});

describe('a mistake is told with its line and what would be right', () => {
  test.each<[string, string, string, RegExp]>([
    ['overlapping hours', 'tue: 10:00-20:00', 'tue: [10:00-14:00, 13:00-20:00]', /tue: 10:00-14:00 and 13:00-20:00 overlap/],
    ['a minute past 59', 'tue: 10:00-20:00', 'tue: 10:00-26:70', /26:70 is not a time: minutes go from 00 to 59/],
    ['an hour past the night', 'tue: 10:00-20:00', 'tue: 10:00-31:00', /31:00 is not a time here: the latest is 30:00/],
    ['an end before its begin', 'tue: 10:00-20:00', 'tue: 18:00-02:00', /ends before it begins; a closing after midnight is said as 18:00-26:00/],
    ['a night that runs into the morning', 'sat: 09:00-19:00\n    sun: 09:00-19:00', 'sat: 18:00-30:00\n    sun: 05:00-19:00', /sat: runs past midnight into the opening of sun/],
    ['hours that are no hours', 'tue: 10:00-20:00', 'tue: from ten', /"from ten" is not an opening: write it as 10:00-20:00, or closed/],
    ['a weekday that is none', 'mon: closed', 'monday: closed', /monday: is not known here/],
    ['a weekday left out', '    mon: closed\n', '', /weekly > mon: is missing/],
    ['a day off that is none', 'days_off: [wed]', 'days_off: [水曜]', /"水曜" cannot be: write weekdays among mon, tue/],
    ['an unknown key', 'kind: salon', 'knid: salon', /knid: is not known here/],
    ['an unknown kind', 'kind: salon', 'kind: spa', /"spa" cannot be: write one of salon, clinic, other/],
    ['a phone number that became a number', '"03-0000-1234"', '0300001234', /phone: 300001234 cannot be: write the number in quotes/],
    ['a negative price', 'price: 4400', 'price: -1', /カット > price: -1 cannot be: write the price in yen/],
    ['a price with a comma', 'price: 4400', 'price: 4,400', /price: "4,400" cannot be/],
    ['a menu of no length', '    minutes: 60', '    minutes: 0', /カット > minutes: 0 cannot be/],
    ['a menu without a price', '    price: 4400\n', '', /カット > price: is missing/],
    ['a menu the shop does not have', 'menus: [カット, カラー, トリートメント', 'menus: [カット, 眉カット, トリートメント', /佐藤 > menus > number 2: 眉カット is not a menu of this shop, which has カット, カラー/],
    ['two people of one name', 'name: 佐藤', 'name: 田中', /there are two of this name/],
    ['two menus of one name', 'name: カラー', 'name: カット', /there are two of this name/],
    ['an alias twice', '散髪, さんぱつ', '散髪, 散髪', /"散髪" is said twice/],
    ['an alias twice in another width', '散髪, さんぱつ', 'ｶｯﾄ２, カット2', /カット2 is said twice/],
    ['an alias that is the name', '散髪, さんぱつ', '散髪, カット', /カット is the name itself/],
    ['an alias with two meanings', '散髪, さんぱつ', '散髪, カラー', /カラー already means カラー: a word can mean one menu/],
    ['a LINE account that is none', 'role: 店長', 'role: 店長\n    line_id: tanaka', /"tanaka" cannot be: write this person's LINE user id/],
    ['a day that does not exist', 'role: 店長', 'role: 店長\n    absences: [2027-02-29]', /"2027-02-29" cannot be: write a day that exists/],
    ['a stretch that ends before it begins', 'role: 店長', 'role: 店長\n    absences: [2027-02-09..2027-02-01]', /cannot be: write a day that exists/],
    ['two days of other hours on one day', 'role: 店長', 'role: 店長\n    exceptions: [{ day: 2026-12-24, hours: 13:00-18:00 }, { day: 2026-12-20..2026-12-24, hours: closed }]', /田中 > exceptions > number 2 > day: 2026-12-24 has an exception already: a day can have one/],
    ['hours on a day of absence', 'role: 店長', 'role: 店長\n    absences: [2026-12-20..2026-12-25]\n    exceptions: [{ day: 2026-12-24, hours: 13:00-18:00 }]', /田中 > exceptions > number 1 > day: 2026-12-24 is among the absences: keep one of the two/],
    ['dated hours without hours', 'role: 店長', 'role: 店長\n    exceptions: [{ day: 2026-12-24 }]', /exceptions > number 1 > hours: is missing: write an opening/],
    ['a break that is none', 'role: 店長', 'role: 店長\n    breaks: at noon', /田中 > breaks: "at noon" is not an opening/],
    ['breaks that overlap', 'role: 店長', 'role: 店長\n    breaks: { mon: [12:00-13:00, 12:30-14:00] }', /breaks > mon: 12:00-13:00 and 12:30-14:00 overlap/],
    ['a break on no weekday', 'role: 店長', 'role: 店長\n    breaks: { 月: 12:00-13:00 }', /breaks > 月: is not known here; breaks are said as \[13:00-14:00\], or by weekday among mon/],
    ['rooms of which there are none', 'staff:', 'resources: [{ name: 台, count: 0, menus: [カラー] }]\nstaff:', /resources > 台 > count: 0 cannot be: write how many of it there are, a whole number from 1 to 100/],
    ['rooms for a menu the shop does not have', 'staff:', 'resources: [{ name: 台, count: 1, menus: [カラー, エステ] }]\nstaff:', /resources > 台 > menus > number 2: エステ is not a menu of this shop, which has カット, カラー/],
    ['rooms nobody needs', 'staff:', 'resources: [{ name: 台, count: 1, menus: [] }]\nstaff:', /resources > 台 > menus: is missing: write which menus need it/],
    ['rooms of one name', 'staff:', 'resources: [{ name: 台, count: 1, menus: all }, { name: 台, count: 2, menus: [カラー] }]\nstaff:', /resources > 台 > name: there are two of this name: give every resource a name of its own/],
    ['rooms that are a sentence', 'staff:', 'resources: 台が二つ\nstaff:', /resources: "台が二つ" is not a list of rooms or chairs, each with name, count and menus/],
    ['two exceptions for a day', 'holidays: open', 'exceptions: [{ day: 2026-12-30..2027-01-02, hours: closed }, { day: 2027-01-01, hours: 10:00-12:00 }]', /2027-01-01 has an exception already/],
    ['a grid that is none', 'grid_minutes: 30', 'grid_minutes: 7', /7 cannot be: write how many minutes lie between two starts, one of 5, 10/],
    ['a deadline that is none', 'cancel_deadline_minutes: 0', 'change_deadline_minutes: a day', /booking > change_deadline_minutes: "a day" cannot be: write until how many minutes before the visit a customer may move it, a whole number/],
    ['another version', 'version: 1', 'version: 2', /version: 2 cannot be: write 1/],
    ['a key said twice', 'kind: salon', 'kind: salon\nkind: salon', /this name is said twice/],
    ['a second shop in the file', 'staff:', '---\nversion: 1\nstaff:', /a file is one shop/],
    ['a tab', '    tue: 10:00-20:00', '\ttue: 10:00-20:00', /not YAML|use spaces/],
    ['a bracket left open', 'tue: 10:00-20:00', 'tue: [10:00-20:00', /this is not YAML/],
    ['a menu list that is none', 'menus: [カット, カラー, パーマ', 'menus: カット # [パーマ', /"カット" is not a list/],
    ['a control character', 'address: 東京都', 'address: "東京都\\u0007"\n# ', /address: .* cannot be/],
  ])('%s', (_, from, to, message) => {
    const said = mistakes((text) => text.replace(from, to));
    expect(said.join('\n')).toMatch(message);
    for (const mistake of said) expect(mistake).toMatch(/^\d+: [^\n]+$/);
  });

  test('the line is where the value stands', () => {
    expect(mistakes((text) => text.replace('price: 6600', 'price: -1'))[0]).toMatch(new RegExp(`^${lineOf('price: 6600')}: menus > カラー > price`));
    expect(mistakes((text) => text.replace('days_off: [wed]', 'days_off: [sunday]'))[0]).toMatch(new RegExp(`^${lineOf('days_off: [wed]')}: staff > 佐藤`));
  });

  test('all mistakes are told at once, by line', () => {
    const said = mistakes((text) => text.replace('4400', '-1').replace('tue: 10:00-20:00', 'tue: 26:70').replace('name: 佐藤', 'name: 田中').replace('kind: salon', 'kind: x').replace('menus: [カット, カラー, トリ', 'menus: [眉, カラー, トリ'));
    expect(said).toHaveLength(5);
    expect(said.map((mistake) => Number.parseInt(mistake, 10))).toEqual(said.map((mistake) => Number.parseInt(mistake, 10)).toSorted((a, b) => a - b));
  });

  test.each([['an empty file', ''], ['nothing but comments', '# shop\n'], ['a sentence', 'こんにちは'], ['a list', '- a\n- b'], ['a number', '42'], ['aliases that explode', `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : 'a'}, *${i ? `b${i - 1}` : 'a'}]`).join('\n')}`]])('%s is refused', (_, text) => {
    expect(readShop(text)).toMatchObject({ mistakes: expect.arrayContaining([{ line: expect.any(Number), message: expect.any(String) }]) });
  });
});

test('no text, however it is broken, is anything but a shop or a list of mistakes', () => {
  assert(property(integer({ min: 0, max: salon.length }), integer({ min: 0, max: 40 }), string({ unit: constantFrom('a', '-', ':', ' ', '\n', '[', '{', '"', '&', '*', '!', '9', '店', '\t', '%', '|') , maxLength: 12 }), (at, cut, put) => {
    const read = readShop(salon.slice(0, at) + put + salon.slice(at + cut));
    if ('mistakes' in read) {
      expect(read.mistakes.length).toBeGreaterThan(0);
      for (const { line, message } of read.mistakes) {
        expect(line).toBeGreaterThan(0);
        expect(message).not.toMatch(/Invalid input|undefined|\[object|NaN/);
      }
    } else {
      expect(read.shop.menus.length * read.shop.staff.length).toBeGreaterThan(0);
    }
  }), { numRuns: 400 });
});

describe('docs/shop-file.md', () => {
  const doc = readFileSync(path.resolve(import.meta.dirname, '../../docs/shop-file.md'), 'utf8');

  test('shows a shop that can be imported', () => {
    const shop = shopOf(/```yaml\n([\s\S]*?)```/.exec(doc)![1]!);
    expect(shop.staff[1]).toMatchObject({ shifts: { sat: [['12:00', '19:00']] }, menus: ['カット'] });
    expect(hoursMistakes(shop.hours)).toEqual([]);
  });

  test('shows business_hours as they are kept', () => {
    const hours: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(doc)![1]!);
    expect(hoursMistakes(hours)).toEqual([]);
    expect(Object.keys(hours as object)).toEqual(Object.keys(exampleShop('salon').hours));
  });
});

describe('business_hours that come from outside our files', () => {
  const hours = exampleShop('salon').hours;
  test.each<[string, unknown, string]>([
    ['nothing', null, 'business_hours is not an object'],
    ['another version', { ...hours, v: 2 }, 'business_hours has version 2, known is 1'],
    ['another time zone', { ...hours, timeZone: 'UTC' }, 'timeZone is not Asia/Tokyo'],
    ['a weekday too few', { ...hours, weekly: { ...hours.weekly, sun: undefined } }, 'sun is not a list of openings'],
    ['openings that overlap', { ...hours, weekly: { ...hours.weekly, sun: [['10:00', '12:00'], ['11:00', '13:00']] } }, 'sun has openings that overlap'],
    ['a night too long', { ...hours, weekly: { ...hours.weekly, mon: [['18:00', '30:00']], tue: [['05:00', '06:30']] } }, 'mon runs past midnight into the opening of tue'],
    ['an exception on no day', { ...hours, exceptions: [{ day: '2026-02-30', openings: [] }] }, '"2026-02-30" is not a day'],
    ['holidays that are nothing', { ...hours, holidays: 'maybe' }, 'holidays is not a list of openings'],
    ['a deadline below zero', { ...hours, changeDeadlineMinutes: -1 }, 'changeDeadlineMinutes is not a whole number of at least 0'],
    ['a grid of zero', { ...hours, gridMinutes: 0 }, 'gridMinutes is not a whole number of at least 1'],
  ])('are refused with %s', (_, value, mistake) => {
    expect(hoursMistakes(value)).toEqual([mistake]);
  });
});
