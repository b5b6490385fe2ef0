import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { feedOf } from '../../src/calendar/feed.ts';
import type { Feed } from '../../src/calendar/feed.ts';
import type { CalendarVisit } from '../../src/booking/desk/ports.ts';
import { HOUR, fromLocal } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';

const NOW = fromLocal('2026-11-24T09:00');
const { store, sato, cut, color } = salon();
store.name = 'ヘアサロン みなも';
sato.id = 'sato';

const visit = (change: Partial<CalendarVisit> = {}): CalendarVisit => ({
  id: 'visit', userId: 'user', storeId: store.id, staffId: sato.id, menuIds: [cut.id], start: fromLocal('2026-11-28T15:00'), end: fromLocal('2026-11-28T16:00'), status: 'confirmed', nominated: true,
  customer: '山田', madeAt: NOW - HOUR, changedAt: NOW - HOUR, ...change,
});
const feed = (change: Partial<Feed> = {}): string => feedOf({ store, staff: sato, visits: [visit()], kept: [], now: NOW, ...change });
/** Lines as they were before they were folded. */
const lines = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

test('a visit is an event with an id of its own, in Japan’s time, with what it is and who comes', () => {
  const text = feed({ visits: [visit(), visit({ id: 'other', menuIds: [cut.id, color.id], nominated: false, customer: null })] });
  expect(lines(text)).toEqual(expect.arrayContaining([
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:佐藤（ヘアサロン みなも）', 'X-WR-TIMEZONE:Asia/Tokyo', 'BEGIN:VTIMEZONE', 'TZID:Asia/Tokyo', 'TZOFFSETTO:+0900', 'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'UID:visit-visit@aiteru', 'DTSTART;TZID=Asia/Tokyo:20261128T150000', 'DTEND;TZID=Asia/Tokyo:20261128T160000', 'DTSTAMP:20261123T230000Z', 'LAST-MODIFIED:20261123T230000Z', 'CREATED:20261123T230000Z', 'SEQUENCE:0',
    'SUMMARY:カット 山田様', 'DESCRIPTION:指名', 'LOCATION:ヘアサロン みなも 東京都架空区1-2-3', 'STATUS:CONFIRMED',
    'UID:visit-other@aiteru', 'SUMMARY:カット、カラー お客様', 'DESCRIPTION:指名なし',
  ]));
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('a change has a higher number; a cancelled visit stays as one, and keeps nobody busy', () => {
  const moved = lines(feed({ visits: [visit({ changedAt: NOW, start: fromLocal('2026-11-28T17:00'), end: fromLocal('2026-11-28T18:00') })] }));
  expect(moved).toEqual(expect.arrayContaining(['UID:visit-visit@aiteru', 'SEQUENCE:3600', 'LAST-MODIFIED:20261124T000000Z', 'DTSTART;TZID=Asia/Tokyo:20261128T170000']));
  const gone = lines(feed({ visits: [visit({ changedAt: NOW + 5_000, status: 'canceled' })] }));
  expect(gone).toEqual(expect.arrayContaining(['UID:visit-visit@aiteru', 'SEQUENCE:3605', 'STATUS:CANCELLED', 'SUMMARY:【キャンセル】カット 山田様', 'TRANSP:TRANSPARENT']));
});

test('what waits for somebody is tentative, and who came or did not is said', () => {
  expect(lines(feed({ visits: [visit({ status: 'pending', hold: { for: 'approval', until: NOW } })] }))).toEqual(expect.arrayContaining(['STATUS:TENTATIVE', 'SUMMARY:【仮予約】カット 山田様']));
  expect(lines(feed({ visits: [visit({ came: 'no_show' })] }))).toContain('SUMMARY:【無断キャンセル】カット 山田様');
});

test('days off are whole days, kept hours are busy; a day off in the chat is in it once', () => {
  sato.absences = ['2026-12-02', '2020-01-01'];
  const kept = { id: 'kept', staffId: sato.id, kind: 'block' as const, start: fromLocal('2026-11-27T13:00'), end: fromLocal('2026-11-27T15:00'), madeAt: NOW };
  const text = lines(feed({ visits: [], kept: [kept, { ...kept, id: 'off', kind: 'off', start: fromLocal('2026-12-02T10:00'), end: fromLocal('2026-12-02T20:00') }, { ...kept, id: 'late', kind: 'off', start: fromLocal('2026-12-03T15:00'), end: fromLocal('2026-12-03T20:00') }] }));
  sato.absences = [];
  expect(text).toEqual(expect.arrayContaining(['UID:off-sato-2026-12-02@aiteru', 'DTSTART;VALUE=DATE:20261202', 'DTEND;VALUE=DATE:20261203', 'UID:kept-kept@aiteru', 'SUMMARY:予約不可', 'DTSTART;TZID=Asia/Tokyo:20261127T130000', 'UID:kept-late@aiteru']));
  expect(text.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(3);
});

test('what a customer is called cannot break out of its line', () => {
  const text = lines(feed({ visits: [visit({ customer: '山田\r\nATTACH:http://evil;x,y\\n' })] }));
  expect(text.filter((line) => line.startsWith('ATTACH'))).toEqual([]);
  expect(text.find((line) => line.startsWith('SUMMARY'))).toMatch(/^SUMMARY:カット 山田.*様$/);
});

test('the same visits give the same bytes, wherever the process thinks it is', () => {
  const script = `
    import { feedOf } from ${JSON.stringify(join(import.meta.dirname, '../../src/calendar/feed.ts'))};
    process.stdout.write(feedOf(${JSON.stringify({ store, staff: sato, visits: [visit()], kept: [], now: NOW })}));`;
  for (const TZ of ['UTC', 'America/New_York', 'Asia/Tokyo']) expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' })).toBe(feed());
});
