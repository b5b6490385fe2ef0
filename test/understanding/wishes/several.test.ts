import { expect, test } from '@jest/globals';
import { hear } from './hearing.ts';

const acts = (text: string) => [hear(text), ...hear(text).then].map((h) => h.intent);

test('a message with several wishes is heard as several, each with its own words', () => {
  const heard = hear('明日の予約をキャンセルして、来週の金曜15時に佐藤さんでカラー予約したいです');
  expect(heard).toMatchObject({ intent: 'cancel', menus: null, staff: null, when: [{ dates: ['2026-11-25'], time: null }] });
  expect(heard.then).toMatchObject([{ intent: 'book', menus: { set: ['カラー'] }, staff: { name: '佐藤' }, when: [{ dates: ['2026-12-04'], time: { from: '15:00', to: '15:00' } }] }]);
});

test.each([
  ['予約の確認したいです。あと土曜の10時にカットの予約お願いします', ['list_reservations', 'book']],
  ['キャンセル待ちは解除してください。あと明日の15時に予約したいです', ['leave_waitlist', 'book']],
  ['明日の15時にカット予約お願いします。あと今週土曜の予約はキャンセルしてください', ['book', 'cancel']],
  ['土曜の予約を日曜に変更してください。それと来月の3日にカラーも予約したいです', ['reschedule', 'book']],
  ['明日のカットはキャンセルして明後日にカラーを予約したいです', ['cancel', 'book']],
  ['明日の予約キャンセルで。それと来週月曜の空きを教えてください', ['cancel', 'check_availability']],
])('%s', (text, wanted) => expect(acts(text)).toEqual(wanted));

test.each([
  ['急用で行けなくなりました。別の日に変更したいです', 'reschedule'],
  ['キャンセルして別の日に取り直したいです', 'reschedule'],
  ['すみません、明日行けなくなりました。来週の同じ時間に変更できますか？', 'reschedule'],
  ['明日の15時に予約したいです。いっぱいならキャンセル待ちでお願いします', 'book'],
  ['お世話になっております。先日予約した山田です。来週の予約を木曜に変更したいです。よろしくお願いいたします。', 'reschedule'],
  ['予約したいです。カットです。明日の15時がいいです。', 'book'],
])('a reason, a condition or politeness is no second wish: %s', (text, intent) => expect(acts(text)).toEqual([intent]));

test('offsets of a later wish count from the beginning of the message', () => {
  const text = '予約の確認したいです。あと土曜の10時にカットの予約お願いします';
  for (const { words, from, to } of hear(text).then[0]!.evidence) expect(text.slice(from, to)).toBe(words);
});
