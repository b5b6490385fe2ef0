import { describe, expect, test } from '@jest/globals';
import type { messagingApi } from '@line/bot-sdk';
import type { Act } from '../../src/dialogue/says.ts';
import { fromLocal } from '../../src/model/time.ts';
import { render } from '../../src/replies/render.ts';
import { dayWords, leadWords, yen } from '../../src/replies/when.ts';
import { storeOf } from '../../src/model/shop-file.ts';
import { exampleShop } from '../support/shops.ts';

const salon = storeOf(exampleShop('salon'));
const now = fromLocal('2026-11-24T09:00');
const id = (name: string) => [...salon.menus, ...salon.staff].find((x) => x.name === name)!.id;
const said = (...acts: Act[]) => render(acts, { now, stores: [salon], customerName: '青木', tap: (verb, value = '') => `${verb}/${value}` });
const text = (...acts: Act[]) => said(...acts).map((m) => (m.type === 'text' ? (m as messagingApi.TextMessage).text : (m as messagingApi.FlexMessage).altText)).join('\n');
const labels = (messages: messagingApi.Message[]) => messages.at(-1)!.quickReply?.items?.map((item) => (item.action as messagingApi.PostbackAction).label);
const info = (topic: Extract<Act, { say: 'info' }>['topic'], more: Partial<Extract<Act, { say: 'info' }>> = {}): Act => ({ say: 'info', topic, storeId: salon.id, menuIds: [], staffId: null, days: [], ...more });

describe('days and amounts', () => {
  test('a day has its weekday, and its year where it is another', () => {
    expect(dayWords('2026-11-28', now)).toBe('11/28(土)');
    expect(dayWords('2027-01-05', now)).toBe('2027/1/5(火)');
  });
  test('amounts are read at a glance', () => {
    expect(yen(11000)).toBe('11,000円');
    expect([60, 120, 1440, 90].map(leadWords)).toEqual(['60分', '2時間', '1日', '90分']);
  });
});

describe('the summary', () => {
  const proposal = { storeId: salon.id, menuIds: [id('カット'), id('トリートメント')], staffId: id('佐藤'), start: fromLocal('2026-11-28T15:00'), end: fromLocal('2026-11-28T16:30') };
  const confirm: Act = { say: 'confirm', proposal, assumed: [{ part: 'time', why: 'twelve_hour', words: '3時' }], changed: [], free: false };

  test('says everything in the notification already', () => {
    const card = said(confirm).at(-1) as messagingApi.FlexMessage;
    expect(card.type).toBe('flex');
    for (const part of ['11/28(土) 15:00〜16:30', 'カット、トリートメント', '佐藤', '7,700円', '90分', 'よろしいですか']) expect(card.altText).toContain(part);
  });
  test('names what was assumed', () => expect(text(confirm)).toContain('「3時」は15:00としてご案内しています。'));
  test('can be answered by a button or by typing what the button shows', () => {
    const card = JSON.stringify(said(confirm));
    expect(card).toContain('"data":"yes/"');
    expect(card).toContain('"displayText":"はい"');
    expect(labels(said(confirm))).toEqual(['はい', '日にちを変更', '時間を変更', 'メニューを変更', '担当を変更', 'やめる']);
  });
});

describe('a reply', () => {
  test('joins sentences in one bubble and has buttons on the last message only', () => {
    const messages = said({ say: 'noted', slots: ['menu'], changed: [], known: { storeId: salon.id, menuIds: [id('カット')] } }, { say: 'ask_staff', storeId: salon.id, staffIds: [id('田中'), id('佐藤')] });
    expect(messages).toHaveLength(1);
    expect(text({ say: 'ask_staff', storeId: salon.id, staffIds: [] })).toBe('担当者のご希望はありますか？');
    expect(labels(messages)).toEqual(['指名なし', '田中', '佐藤', 'やめる']);
  });
  test('asks for a day with the days that are free and a calendar', () => {
    const messages = said({ say: 'ask_day', storeId: salon.id, days: ['2026-11-25', '2026-11-26'], first: '2026-11-24', last: '2027-01-23', waiting: false });
    const picker = messages.at(-1)!.quickReply!.items!.find((item) => item.action!.type === 'datetimepicker')!.action as messagingApi.DatetimePickerAction;
    expect([picker.mode, picker.min, picker.max]).toEqual(['date', '2026-11-24', '2027-01-23']);
    expect(text({ say: 'ask_day', storeId: salon.id, days: ['2026-11-25'], first: '2026-11-24', last: '2027-01-23', waiting: false })).toContain('11/25(水)');
  });
  test('to a full time names the near ones first, then the waiting list', () => {
    const full: Act = { say: 'full', looked: { storeId: salon.id, menuIds: [id('カット')], staffId: null, days: ['2026-11-28'], time: { from: '14:00', to: '14:00' } }, near: [{ day: '2026-11-28', time: '12:00' }, { day: '2026-11-28', time: '16:00' }], waitable: true, taken: false };
    expect(text(full)).toBe('申し訳ありません、11/28(土) 14:00のカットは満席です。\n近い空きは11/28(土) 12:00、16:00です。いかがでしょうか？\n空きが出たらお知らせするキャンセル待ちもできます。');
    expect(labels(said(full))).toEqual(['11/28(土) 12:00', '11/28(土) 16:00', 'キャンセル待ちする', '別の日', 'スタッフに相談']);
  });
});

describe('questions about the shop', () => {
  test('hours come by weekday, days of the same hours together', () => expect(text(info('hours'))).toBe('営業時間\n火〜金 10:00〜20:00\n土・日 9:00〜19:00\n定休日は毎週月曜日です。'));
  test('hours of a day are those of that day', () => expect(text(info('hours', { days: ['2026-11-30'] }))).toBe('11/30(月)はお休みです。'));
  test('prices of several menus are added up', () => expect(text(info('price', { menuIds: [id('カット'), id('カラー')] }))).toContain('合計11,000円（約150分）です。'));
  test('a person is off on the days off', () => {
    expect(text(info('staff', { staffId: id('佐藤'), days: ['2026-11-25'] }))).toBe('佐藤は11/25(水)はお休みです。');
    expect(text(info('staff', { staffId: id('佐藤') }))).toContain('水曜日がお休み');
  });
  test('what the shop did not tell us is left to the shop', () => expect(text(info('belongings'))).toContain(salon.phone));
});
