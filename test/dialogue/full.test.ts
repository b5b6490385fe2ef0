import { describe, expect, test } from '@jest/globals';
import { Chat } from './chat.ts';

const DAY = ['2026-11-28T09:00', '2026-11-28T19:00'] as const;

describe('a full time', () => {
  test('is answered with the nearest times of the same day, then the waiting list', async () => {
    const chat = new Chat();
    for (const staff of ['田中', '佐藤']) chat.busy(staff, '2026-11-28T13:00', '2026-11-28T16:00');
    await chat.say('土曜14時でカットお願いできますか、指名はなしで');
    const full = chat.act('full');
    expect(full.near.map((o) => o.time)).toEqual(['11:30', '12:00', '16:00', '16:30']);
    expect(full.waitable).toBe(true);
    await chat.say('16時なら空いてます？');
    await chat.say('じゃあそこで');
    expect(chat.visits).toHaveLength(1);
  });

  test('of one person offers the other at the very time', async () => {
    const chat = new Chat();
    chat.busy('田中', '2026-11-28T12:00', '2026-11-28T18:00');
    await chat.say('土曜の15時、田中さんにカラーしてもらいたいです');
    expect(chat.act('full').near[0]).toEqual({ day: '2026-11-28', time: '15:00', staffId: chat.staffId('佐藤') });
    await chat.say('佐藤さんだったらその時間いけますか？');
    await chat.say('お願いします');
    expect(chat.visits).toEqual(['2026-11-28T15:00 佐藤']);
  });

  test('of a whole day offers the days around it', async () => {
    const chat = new Chat();
    for (const staff of ['田中', '佐藤']) chat.busy(staff, ...DAY);
    await chat.say('土曜の15時にカット、指名なしで');
    expect(chat.act('full').near.map((o) => o.day)).toContain('2026-11-27');
    expect(chat.act('full').near.map((o) => o.day)).toContain('2026-11-29');
  });

  test('that went between look and yes is said so, with what is near', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    chat.busy('佐藤', '2026-11-28T15:00', '2026-11-28T16:00');
    expect(await chat.say('はい')).toEqual(['full']);
    expect(chat.act('full').taken).toBe(true);
    expect(chat.act('full').near.length).toBeGreaterThan(0);
    expect(chat.visits).toEqual([]);
  });

  test('at which the customer is elsewhere names his own visit', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    await chat.say('土曜の15時に田中さんでカラーをお願いします');
    expect(await chat.say('はい')).toEqual(['overlap']);
    expect(chat.words).toContain('11/28(土) 15:00');
  });
});

describe('the waiting list', () => {
  test('is joined for the whole day where no time was said, and once only', async () => {
    const chat = new Chat();
    for (const staff of ['田中', '佐藤']) chat.busy(staff, ...DAY);
    await chat.say('カットなんですけど土曜って空いてますか');
    expect(await chat.say('キャンセル待ちにします')).toEqual(['waiting']);
    expect(chat.waits).toEqual(['2026-11-28T09:00/2026-11-28T19:00']);
    await chat.say('登録お願いします');
    expect(chat.waits).toHaveLength(1);
    expect(chat.words).toContain('キャンセル待ち');
  });

  test('is not needed where there is a free time', async () => {
    const chat = new Chat();
    expect(await chat.say('土曜のカットのキャンセル待ちをお願いします')).toEqual(['wait_not_needed']);
  });

  test('is left after a yes', async () => {
    const chat = new Chat();
    for (const staff of ['田中', '佐藤']) chat.busy(staff, ...DAY);
    await chat.say('土曜のカットのキャンセル待ちをお願いします');
    expect(await chat.say('キャンセル待ちやめます')).toEqual(['confirm_leave']);
    expect(await chat.say('はい')).toEqual(['left']);
    expect(chat.waits).toEqual([]);
  });

  test('nobody on it is told so', async () => {
    const chat = new Chat();
    expect(await chat.say('キャンセル待ちを取り消したいです')).toEqual(['no_waits']);
  });
});
