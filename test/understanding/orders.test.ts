/** What the shop's people write, as the orders they are. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { heardView } from '../../src/chatlog/view.ts';
import { deskHearing } from '../../src/desk/asked.ts';
import { freshDesk } from '../../src/desk/talk.ts';
import { lexiconOf } from '../../src/dialogue/asked.ts';
import { storeOf } from '../../src/model/shop-file.ts';
import { fromLocal } from '../../src/model/time.ts';
import { isLink, readOrder } from '../../src/understanding/orders.ts';
import { exampleShop } from '../support/shops.ts';

const store = storeOf(exampleShop('salon'));
const NOW = fromLocal('2026-11-26T11:00');
const ctx = deskHearing(freshDesk(NOW), { now: NOW, me: { staff: store.staff[1]!, store }, stores: [store] }, NOW, lexiconOf([store], store));
const order = (text: string) => {
  const read = readOrder(text, ctx);
  const { when, of, staff, menu } = heardView(read);
  return { order: read.order, customer: read.customer, to: read.to, code: read.code, minutes: read.minutes, when, of, staff, menu };
};

describe('an order', () => {
  test.each([
    ['今日の予約', { order: 'agenda', when: '2026-11-26' }], ['明日', { order: 'agenda', when: '2026-11-27' }], ['28日', { order: 'agenda', when: '2026-11-28' }],
    ['来週の予約', { order: 'agenda', when: '2026-11-30..2026-12-06' }], ['田中さんの明日', { order: 'agenda', staff: '田中', when: '2026-11-27' }], ['明日休みの人', { order: 'agenda' }],
    ['山田花子様はいつ？', { order: 'agenda', customer: '山田花子' }], ['次の予約', { order: 'next' }], ['次は誰', { order: 'next' }],
    ['15時の人キャンセル', { order: 'cancel', when: '15:00' }], ['明日のやまださんキャンセル', { order: 'cancel', customer: 'やまだ', when: '2026-11-27' }],
    ['山田様の予約を16時に変更', { order: 'move', customer: '山田', when: '16:00' }], ['14時の山田様を明日の15時に変更', { order: 'move', customer: '山田', of: '14:00', when: '2026-11-27T15:00' }],
    ['田中様の予約を田中さんから佐藤さんに変更', { order: 'move', customer: '田中', to: '佐藤' }],
    ['来週水曜休みます', { order: 'off', when: '2026-12-02' }], ['明日の午後休み', { order: 'off', when: '2026-11-27T12:00-' }], ['佐藤さん明日休み', { order: 'off', staff: '佐藤', when: '2026-11-27' }],
    ['今日15時から早退', { order: 'off', when: '2026-11-26T15:00' }], ['毎週水曜休み', { order: 'weekly' }], ['休み取り消し', { order: 'on' }], ['明日出勤します', { order: 'on', when: '2026-11-27' }],
    ['13時から15時ブロック', { order: 'block', when: '13:00-15:00' }], ['15時から30分ブロック', { order: 'block', minutes: 30, when: '15:00' }], ['会議 13時〜14時', { order: 'block', when: '13:00-14:00' }],
    ['明日10時から12時ブロック解除', { order: 'unblock', when: '2026-11-27T10:00-12:00' }],
    ['来店', { order: 'arrived' }], ['山田様来店', { order: 'arrived', customer: '山田' }], ['無断キャンセル', { order: 'no_show' }], ['15時の人来なかった', { order: 'no_show', when: '15:00' }],
    ['引き継ぎ一覧', { order: 'handoffs' }], ['山田様 再開', { order: 'resume', customer: '山田' }], ['承認', { order: 'approve' }], ['山田様 お断り', { order: 'decline', customer: '山田' }],
    ['入金 山田様', { order: 'paid', customer: '山田' }], ['電話で明日15時カット 鈴木様', { order: 'book', customer: '鈴木', menu: 'カット', when: '2026-11-27T15:00' }],
    ['15時の予約を明日の10時に', { order: 'move', of: '15:00', when: '2026-11-27T10:00' }], ['電話予約 鈴木様', { order: 'book', customer: '鈴木' }], ['返信待ちの方は？', { order: 'handoffs' }],
    ['お疲れさまです', { order: 'hello', customer: null }], ['ご苦労様', { order: 'hello', customer: null }], ['お疲れ様です。今日の予約は？', { order: 'agenda', customer: null }],
    ['カレンダー', { order: 'calendar' }], ['カレンダー停止', { order: 'calendar' }], ['ヘルプ', { order: 'help' }], ['お客様モード', { order: 'as_customer' }], ['スタッフモード', { order: 'as_staff' }], ['スタッフ登録解除', { order: 'unlink' }],
    ['天気は？', { order: 'other' }], ['はい', { order: 'other' }],
  ])('%s', (text, wanted) => expect(order(text)).toMatchObject(wanted));

  test.each([['スタッフ登録 8H2K4'], ['ｽﾀｯﾌ登録　８ｈ２ｋ４'], ['スタッフ登録８Ｈ２Ｋ４'], ['スタッフ登録 8h 2k4 です'], ['スタッフ登録「8H2K4」'], ['スタッフ登録：8H-2K4'], ['すたっふ登録 8h2k4'], ['Staff登録　8H2K4']])('%s has the code', (text) => {
    expect(isLink(text)).toBe(true);
    expect(order(text)).toMatchObject({ order: 'link', code: '8H2K4' });
  });

  test('a code is read without look-alikes', () => expect(order('スタッフ登録 O0iLl')).toMatchObject({ code: '00111' }));
  test('a question about it is a customer’s', () => expect(isLink('スタッフ登録ってなんですか')).toBe(false));

  test('whatever is written is read as something, and quickly', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => expect(readOrder(text, ctx).order).toMatch(/^[a-z_]+$/)), { numRuns: 300 });
    const long = '山田様の予約を'.repeat(700);
    readOrder(long, ctx);
  });
});
