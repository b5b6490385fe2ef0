import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import { TALK_VERSION, reviveTalk } from '../../src/dialogue/talk.ts';
import { readAt, readTap, writeTap } from '../../src/dialogue/tap.ts';
import { Chat } from './chat.ts';

describe('a message that is not understood', () => {
  test('is answered with an example, then with buttons, then by a human', async () => {
    const chat = new Chat();
    await chat.say('むりむりかたつむり');
    expect(chat.act('miss').nth).toBe(1);
    await chat.say('qwertyuiop');
    expect(chat.act('miss').nth).toBe(2);
    expect(await chat.say('。。。')).toEqual(['handover']);
    expect(chat.handover).toBe(true);
  });

  test('counts from the beginning after one that was', async () => {
    const chat = new Chat();
    await chat.say('むりむりかたつむり');
    await chat.say('明日空いてる？');
    await chat.say('qwertyuiop');
    expect(chat.act('miss').nth).toBe(1);
  });

  test('keeps the question that was open', async () => {
    const chat = new Chat();
    await chat.say('パーマの予約をしたいです');
    expect(await chat.say('むりむりかたつむり')).toEqual(['miss', 'ask_day']);
  });
});

describe('a human', () => {
  test('is fetched, and the bot is silent then', async () => {
    const chat = new Chat();
    expect(await chat.say('スタッフの方につないでください')).toEqual(['handover']);
    expect(chat.handover).toBe(true);
    expect(await chat.say('明日空いてる？')).toEqual([]);
    expect(await chat.event({ type: 'sent', what: 'image' })).toEqual([]);
  });

  test('asked for once more is promised once more', async () => {
    const chat = new Chat();
    await chat.say('スタッフの方につないでください');
    expect(await chat.say('人と話したいです')).toEqual(['still_human']);
  });

  test('gives back by the button, or after half a day without a word', async () => {
    const chat = new Chat();
    await chat.say('スタッフの方につないでください');
    expect(await chat.tap('bot')).toEqual(['bot_again']);
    await chat.say('スタッフの方につないでください');
    chat.now += 13 * HOUR;
    expect(await chat.say('明日空いてる？')).toEqual(['bot_back', 'open']);
  });
});

describe('a pause of more than 30 minutes', () => {
  test('drops the question, keeps what is known, and says where we were', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    chat.now += 31 * MINUTE;
    expect(await chat.say('はい')).toEqual(['recap', 'confirm']);
    expect(chat.visits).toEqual([]);
    await chat.say('はい');
    expect(chat.visits).toHaveLength(1);
  });

  test('forgets days that are over', async () => {
    const chat = new Chat();
    await chat.say('明日の15時に田中さんでカットをお願いします');
    chat.now += 60 * HOUR;
    expect((await chat.say('まだ予約できますか')).at(-1)).toBe('ask_day');
  });

  test('forgets a cancelling that was asked about', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T15:00', 'カット', '佐藤');
    await chat.say('予約をキャンセルしたいです');
    chat.now += 31 * MINUTE;
    await chat.say('はい');
    expect(chat.visits).toHaveLength(1);
  });
});

describe('a message taken back', () => {
  test('takes along what was built on it', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    expect(await chat.event({ type: 'unsent' })).toEqual([]);
    expect(chat.talk).toMatchObject({ goal: 'idle', known: {} });
    await chat.say('はい');
    expect(chat.visits).toEqual([]);
  });
});

describe('a stored talk', () => {
  test('of another version keeps what is known and loses the question', () => {
    const old = { v: 99, goal: 'book', known: { menuIds: ['m'] }, step: 7, pending: { about: 'confirm' }, touched: 5 };
    expect(reviveTalk(old, 10)).toMatchObject({ v: TALK_VERSION, goal: 'book', known: { menuIds: ['m'] }, touched: 5 });
    expect(reviveTalk(old, 10).pending).toBeUndefined();
  });
  test.each([null, undefined, 'x', 7, [], { v: 'x' }])('that is %j is a fresh one', (stored) => expect(reviveTalk(stored, 10)).toMatchObject({ goal: 'idle', known: {}, misses: 0, v: TALK_VERSION }));
  test('with a menu the shop no longer has asks for the menu', async () => {
    const chat = new Chat();
    chat.talk = { ...chat.talk, goal: 'book', known: { menuIds: ['gone'], staff: 'gone too' } };
    expect((await chat.say('土曜の15時')).at(-1)).toBe('ask_menu');
  });
});

describe('buttons', () => {
  test('carry at most 300 characters and come back as they were', () => {
    const data = writeTap({ seq: 12 }, 'me', 'at', '2026-11-28T15:00/staff.with.dots');
    expect(data.length).toBeLessThanOrEqual(300);
    expect(readTap(data, 'me')).toEqual({ verb: 'at', value: '2026-11-28T15:00/staff.with.dots', seq: 12 });
    expect(writeTap({ seq: 1 }, 'me', 'menu', 'x'.repeat(999)).length).toBeLessThanOrEqual(300);
  });
  test('of another customer are foreign, of nobody forged', () => {
    expect(readTap(writeTap({ seq: 1 }, 'me', 'yes'), 'you')).toEqual({ bad: 'foreign' });
    for (const data of ['', 'yes', '{"yes":true}', '1.x.y.yes.', '2.1.abc.yes.', `1.1.abc.${'x'.repeat(400)}`]) expect(readTap(data, 'me')).toEqual({ bad: 'forged' });
  });
  test('with a day that does not exist are no time', () => {
    expect(readAt('2026-02-30T15:00')).toBeNull();
    expect(readAt('2026-11-28T15:00')).toEqual({ day: '2026-11-28', time: '15:00', staffId: null });
  });

  test('of an older summary book nothing; the summary of today is shown', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    const old = chat.talk.seq;
    await chat.say('16時に変えてください');
    expect(await chat.tap('yes', '', old)).toEqual(['stale', 'confirm']);
    expect(chat.visits).toEqual([]);
    expect(await chat.tap('yes')).toEqual(['booked']);
    expect(await chat.tap('yes', '', old)).toEqual(['already_booked']);
    expect(chat.visits).toEqual(['2026-11-28T16:00 佐藤']);
  });

  test('of an old list of times show that day as it is now', async () => {
    const chat = new Chat();
    expect(await chat.tap('at', '2026-11-28T15:00', 77)).toEqual(['stale', 'open']);
  });

  test('forged or foreign are refused with a way on', async () => {
    const chat = new Chat();
    await chat.say('パーマの予約をしたいです');
    expect(await chat.event({ type: 'tapped', tap: { bad: 'forged' } })).toEqual(['stale', 'ask_day']);
    expect(await chat.tap('menu', 'a menu of another shop')).toEqual(['stale', 'ask_day']);
    expect(await chat.tap('at', 'DROP TABLE')).toEqual(['stale', 'ask_day']);
  });

  test('cannot touch the visit of somebody else', async () => {
    const chat = new Chat();
    const theirs = chat.booked('2026-11-28T15:00', 'カット', '佐藤', 'somebody');
    chat.booked('2026-11-29T15:00', 'カット', '佐藤');
    expect(await chat.tap('cancel', theirs)).not.toContain('confirm_cancel');
  });

  test('do what the words would', async () => {
    const chat = new Chat();
    await chat.tap('book');
    await chat.tap('menu', chat.menuId('カット'));
    await chat.tap('staff', 'anyone');
    await chat.event({ type: 'tapped', tap: { verb: 'day', value: '', seq: chat.talk.seq }, picked: { date: '2026-11-28' } });
    expect(await chat.tap('at', '2026-11-28T15:00')).toContain('confirm');
    expect(await chat.tap('yes')).toEqual(['booked']);
    expect(chat.visits).toHaveLength(1);
  });
});

describe('a channel with several shops', () => {
  test('asks which one and goes on with what was wished', async () => {
    const chat = new Chat('salon', 'clinic');
    expect(await chat.say('土曜の15時、空いてますか')).toEqual(['ask_store']);
    expect(await chat.tap('store', chat.store.id)).toEqual(['open']);
  });
  test('does not ask where a menu or person of one of them is named', async () => {
    const chat = new Chat('salon', 'clinic');
    expect(await chat.say('土曜の15時にカット、田中さんで')).toEqual(['confirm']);
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-28T15:00 田中']);
  });
  test('knows the shop by its number, by part of its name and by its kind', async () => {
    for (const answer of ['1', 'みなも', 'サロンの方で', '美容室です']) {
      const chat = new Chat('salon', 'clinic');
      await chat.say('明日空いてる？');
      expect(await chat.say(answer)).toEqual(answer === '1' ? ['noted', 'open'] : ['open']);
    }
  });
});

describe('what was spoken of', () => {
  test('the one menu asked about is meant by the wish that follows', async () => {
    const chat = new Chat();
    await chat.say('カットはおいくらですか？');
    expect(await chat.say('では金曜の18時に田中さんで')).toEqual(['confirm']);
    expect(chat.act('confirm').proposal.menuIds).toEqual([chat.menuId('カット')]);
  });
  test('the one menu asked about is looked up, too', async () => {
    const chat = new Chat();
    await chat.say('カラーって何分かかりますか？');
    expect(await chat.say('土曜の13時って空いてますか')).toEqual(['confirm']);
    expect(chat.act('confirm').proposal.menuIds).toEqual([chat.menuId('カラー')]);
  });
  test('of two menus asked about none is taken', async () => {
    const chat = new Chat();
    await chat.say('カットとカラーはおいくらですか？');
    expect(await chat.say('では金曜の18時に田中さんで')).toContain('ask_menu');
  });
  test('a weekday is the one just asked about', async () => {
    const chat = new Chat();
    await chat.say('来週の水曜って誰が出勤ですか？');
    await chat.say('田中さんなら水曜の19時でカットお願いします');
    expect(chat.words).toContain('12/2(水) 19:00');
  });
  test('a name said beside a question is kept', async () => {
    const chat = new Chat();
    chat.name = null;
    await chat.say('日野と申します。カットはおいくらですか？');
    expect(await chat.say('じゃあカットを金曜の13時、田中さんで')).toEqual(['confirm']);
  });
  test('times that do not suit can still be waited for', async () => {
    const chat = new Chat();
    for (const who of ['佐藤', '田中']) chat.busy(who, '2026-11-29T09:00', '2026-11-29T19:00');
    await chat.say('日曜の13時にカット、指名なしで');
    expect(await chat.say('うーん、どれも都合が悪いです')).toEqual(['ask_day']);
    expect(await chat.say('空いたら教えてください')).toEqual(['waiting']);
    expect(chat.waits).toEqual(['2026-11-29T13:00/2026-11-29T13:30']);
  });
  test('「お願いします」 to the question who is no preference', async () => {
    const chat = new Chat();
    await chat.say('金曜の18時にカット');
    chat.act('ask_staff');
    expect(await chat.say('お願いします')).toEqual(['confirm']);
  });
});

test('another person is the other one, and day and time stay', async () => {
  const chat = new Chat();
  await chat.say('来週の水曜13時に佐藤さんでトリートメントお願いします');
  chat.act('cannot');
  expect(await chat.say('じゃあ別の人でいいです')).toEqual(['confirm']);
  expect(chat.words).toContain('12/2(水) 13:00〜13:30 トリートメント（担当: 田中）');
});

test('a question about something else moves no booking, though it has a day in it', async () => {
  const chat = new Chat();
  await chat.say('土曜の15時にカット、佐藤さんでお願いします');
  expect(await chat.say('今日の天気は？')).toEqual(['info_unknown', 'confirm']);
  expect(chat.words).toContain('11/28(土) 15:00');
});
