import { describe, expect, test } from '@jest/globals';
import type { Intent } from '../../../src/understanding/heard.ts';
import { expectIntent, hear } from './hearing.ts';
import { SENTENCES } from './sentences.ts';

describe.each(SENTENCES.map((s) => ({ ...s, after: s.asked ?? 'nothing was asked' })))('$intent, when $after', ({ asked, intent, said }) => {
  test.each(said)('%s', (sentence) => {
    const [text = '', also = ''] = sentence.split(' /');
    expectIntent(text, asked, intent, ...(also.split(',').filter(Boolean) as Intent[]));
  });
});

describe('what we asked decides what a short answer means', () => {
  test.each(['いいです', '大丈夫です', '結構です', 'いいです。', 'だいじょうぶです！', 'けっこうです🙏'])('「%s」 is a yes to a summary and a no to an offer', (text) => {
    expect(hear(text, 'confirming')).toMatchObject({ intent: 'affirm', answer: 'yes' });
    expect(hear(text, 'confirming_cancel')).toMatchObject({ intent: 'affirm', answer: 'yes' });
    for (const offer of ['offered_waitlist', 'offered_freed_slot', 'offered_times'] as const) expect(hear(text, offer)).toMatchObject({ intent: 'deny', answer: 'no' });
  });

  test('「はい、大丈夫です」 is a yes to everything, 「いえ、大丈夫です」 a no', () => {
    for (const asked of ['confirming', 'offered_waitlist', 'offered_freed_slot'] as const) {
      expect(hear('はい、大丈夫です', asked).intent).toBe('affirm');
      expect(hear('いえ、大丈夫です', asked).intent).toBe('deny');
    }
  });

  test('「問題ないです」「間違いありません」「構いません」 say no no', () => {
    for (const text of ['問題ないです', '間違いありません', '構いません']) expect(hear(text, 'confirming').intent).toBe('affirm');
  });

  test('a cancel word is assent when we asked whether to cancel, and a wish otherwise', () => {
    expect(hear('キャンセルで', 'confirming_cancel')).toMatchObject({ intent: 'affirm', answer: 'yes' });
    expect(hear('キャンセルで', 'confirming').intent).toBe('cancel');
    expect(hear('キャンセルしないでください', 'confirming_cancel')).toMatchObject({ intent: 'deny', answer: 'no' });
  });

  test('a change of a booking under way corrects it, of a booked visit moves it', () => {
    expect(hear('16時に変更してください', 'confirming').intent).toBe('correct');
    expect(hear('16時に変更してください').intent).toBe('reschedule');
    expect(hear('予約済みの分を16時に変更してください', 'asked_menu').intent).toBe('reschedule');
  });

  test('repeating what we summed up is a yes, another time is a correction', () => {
    const known = { dates: ['2026-11-25'], time: { from: '15:00', to: '15:00' } };
    expect(hear('15時でお願いします', 'confirming', { known }).intent).toBe('affirm');
    expect(hear('16時でお願いします', 'confirming', { known }).intent).toBe('correct');
  });

  test('what is not on offer is not chosen', () => {
    const offered = [{ day: '2026-11-25', time: '15:00' }, { day: '2026-11-25', time: '16:00' }];
    expect(hear('16時で', 'offered_times', { offered }).intent).toBe('choose');
    expect(hear('28日の16時で', 'offered_times', { offered }).intent).toBe('book');
    expect(hear('5番で', 'offered_times', { offered }).choice).toBeNull();
  });
});

describe('negated acts are not meant', () => {
  test.each([
    ['キャンセルじゃなくて変更です', 'reschedule'], ['変更ではなくキャンセルでお願いします', 'cancel'], ['予約じゃなくて確認です、予約の', 'list_reservations'],
    ['キャンセルやなくて予約したいねん', 'book'], ['キャンセル待ちじゃなくて予約したいです', 'book'], ['予約ではなくキャンセル待ちで', 'join_waitlist'],
  ] as const)('%s', (text, intent) => expectIntent(text, null, intent));
});

test('giving the matter up is told from a single no', () => {
  expect(hear('今回はやめておきます', 'asked_date')).toMatchObject({ intent: 'deny', stop: true });
  expect(hear('また今度にします')).toMatchObject({ intent: 'deny', stop: true });
  expect(hear('いいえ', 'confirming').stop).toBeUndefined();
});

test('a detail that is to be another is named when it is not said which', () => {
  expect(hear('時間を変えたいです', 'confirming').detail).toEqual(['time']);
  expect(hear('担当の方を', 'asked_change').detail).toEqual(['staff']);
  expect(hear('時間を16時に変えてください', 'confirming').detail).toBeUndefined();
});
