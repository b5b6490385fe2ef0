import { describe, expect, test } from '@jest/globals';
import { HOUR } from '../../src/model/time.ts';
import { Chat } from './chat.ts';

describe('cancelling', () => {
  test('one visit: shown, asked, done, and the talk is at rest', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    expect(await chat.say('予約をキャンセルしたいです')).toEqual(['confirm_cancel']);
    expect(chat.visits).toHaveLength(1);
    expect(await chat.say('はい')).toEqual(['cancelled']);
    expect(chat.visits).toEqual([]);
    expect(chat.talk.goal).toBe('idle');
  });

  test.each(['早いほうです', '1', '土曜の方', 'カットのほう', '佐藤さんの方'])('of two asks which; 「%s」 says it', async (words) => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    chat.booked('2026-12-01T10:00', 'カラー', '田中');
    expect(await chat.say('キャンセルしたいです')).toEqual(['ask_which']);
    expect(await chat.say(words)).toEqual(['confirm_cancel']);
    expect(chat.words).toContain('11/28(土)');
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-12-01T10:00 田中']);
  });

  test('a visit said with it is meant at once', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    chat.booked('2026-12-01T10:00', 'カラー', '田中');
    expect(await chat.say('土曜の予約をキャンセルしてください')).toEqual(['confirm_cancel']);
  });

  test('saying cancel again to the question is a yes, saying no keeps the visit', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    await chat.say('土曜の予約なんですが、体調悪くて行けなくなりました…');
    expect(chat.visits).toHaveLength(1);
    expect(await chat.say('いいえ')).toEqual(['kept']);
    await chat.say('やっぱりキャンセルしたいです');
    expect(await chat.say('キャンセルでお願いします')).toEqual(['cancelled']);
  });

  test('another menu on the way to a booking means the visit that has it; the booking waits', async () => {
    const chat = new Chat('clinic');
    chat.booked('2026-11-27T10:00', '検診', '山本');
    await chat.say('クリーニングも予約したいんですが');
    expect(await chat.say('ごめんなさい、先に今入ってる検診をキャンセルしたいです')).toEqual(['confirm_cancel']);
    expect(await chat.say('はい')).toEqual(['cancelled', 'go_on']);
    expect(chat.talk.goal).toBe('idle');
    expect(await chat.say('クリーニングはまた今度でいいです')).not.toContain('confirm');
    expect(chat.visits).toEqual([]);
  });

  test('nobody without a visit is led astray', async () => {
    const chat = new Chat();
    expect(await chat.say('予約をキャンセルしたいです')).toEqual(['no_visits']);
  });

  test('after the shop\'s deadline is left to the telephone', async () => {
    const chat = new Chat();
    chat.store.hours.cancelDeadlineMinutes = 24 * 60;
    chat.booked('2026-11-24T15:00', 'カット', '佐藤');
    expect(await chat.say('今日の予約をキャンセルしたいです')).toEqual(['too_late']);
    expect(chat.words).toContain(chat.store.phone);
    expect(chat.visits).toHaveLength(1);
  });
});

describe('moving', () => {
  test('keeps the old time until the new one is there', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    expect(await chat.say('土曜の予約、日曜の16時に変えられますか')).toEqual(['confirm_move']);
    expect(chat.visits).toEqual(['2026-11-28T15:00 佐藤']);
    expect(await chat.say('はい')).toEqual(['moved']);
    expect(chat.visits).toEqual(['2026-11-29T16:00 佐藤']);
  });

  test('to a full day leaves everything as it was', async () => {
    const chat = new Chat();
    chat.booked('2026-11-26T13:00', 'カラー', '佐藤');
    for (const staff of ['田中', '佐藤']) chat.busy(staff, '2026-11-28T09:00', '2026-11-28T19:00');
    expect(await chat.say('木曜の予約、土曜の13時に変えられますか')).toEqual(['full']);
    await chat.say('じゃあ変更しなくていいです。今の予約って何日の何時でしたっけ？');
    expect(chat.words).toContain('11/26(木) 13:00');
    expect(chat.visits).toEqual(['2026-11-26T13:00 佐藤']);
  });

  test.each([['30分遅らせてもらえますか', '2026-11-28T15:30'], ['16時にしてほしいです', '2026-11-28T16:00'], ['1時間早くできますか', '2026-11-28T14:00']])('「%s」 is read from where the visit is', async (words, to) => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    chat.talk = { ...chat.talk };
    await chat.say(`予約なんですが、${words}`);
    await chat.say('はい');
    expect(chat.visits).toEqual([`${to} 佐藤`]);
  });

  test('of only the person keeps day and time', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    expect(await chat.say('担当を田中さんに変更したいです（予約済みの分）')).toEqual(['confirm_move']);
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-28T15:00 田中']);
  });

  test('without saying to what asks what', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    expect(await chat.say('予約の変更お願いします')).toEqual(['ask_change']);
    expect(await chat.tap('change', 'time')).toEqual(['ask_time']);
    await chat.say('17時');
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-28T17:00 佐藤']);
  });

  test('a correction right after booking moves what was booked', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    await chat.say('はい');
    await chat.say('すみません、やっぱり16時でお願いします');
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-28T16:00 佐藤']);
  });
});

describe('several wishes in one message', () => {
  test('a question about a visit and a new booking are both answered', async () => {
    const chat = new Chat();
    chat.booked('2026-11-26T15:00', 'カット', '田中');
    expect(await chat.say('木曜の予約って何時でしたっけ？あと日曜の15時に田中さんでトリートメントも取りたいです')).toEqual(['mine', 'confirm']);
    await chat.say('おけ');
    expect(chat.visits).toHaveLength(2);
  });

  test('the second waits for the answer to the first', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    expect(await chat.say('土曜の予約をキャンセルして、日曜の15時にカットを田中さんで予約したい')).toEqual(['confirm_cancel']);
    expect(await chat.say('はい')).toEqual(['cancelled', 'confirm']);
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-29T15:00 田中']);
  });
});

describe('as last time', () => {
  test('takes menu and person of the last visit', async () => {
    const chat = new Chat();
    chat.booked('2026-10-10T15:00', 'カラー', '佐藤');
    expect((await chat.say('いつもと同じメニューでお願いします')).at(-1)).toBe('ask_day');
    expect(chat.talk.known).toMatchObject({ menuIds: [chat.menuId('カラー')], staff: chat.staffId('佐藤') });
    chat.now += HOUR / 60;
  });
});
