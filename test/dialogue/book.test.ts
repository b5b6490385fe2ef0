import { describe, expect, test } from '@jest/globals';
import { Chat } from './chat.ts';

describe('asking whether it is free', () => {
  test('the first conversation, word for word', async () => {
    const chat = new Chat();
    for (const staff of ['田中', '佐藤']) {
      chat.busy(staff, '2026-11-26T10:00', '2026-11-26T15:00');
      chat.busy(staff, '2026-11-26T17:00', '2026-11-26T20:00');
    }
    chat.now += 24 * 3_600_000;
    chat.talk.touched = chat.now;
    expect(await chat.say('明日空いてる？')).toEqual(['open']);
    expect(chat.words).toBe('明日は15:00〜17:00が空いています。予約しますか？');
  });

  test('a time for a known menu goes straight to the summary', async () => {
    const chat = new Chat();
    expect(await chat.say('土曜の15時カット空いてますか')).toEqual(['confirm']);
    expect(chat.words).toContain('11/28(土) 15:00');
    expect(chat.visits).toEqual([]);
  });

  test('who only looked is let go politely', async () => {
    const chat = new Chat();
    await chat.say('明日空いてる？');
    expect(await chat.say('見るだけでした、ありがとうございます')).toEqual(['bye']);
    expect(chat.talk.goal).toBe('idle');
  });

  test('soonest gives one time', async () => {
    const chat = new Chat();
    await chat.say('最短でカット、田中さんで');
    expect(chat.words).toContain('11/24(火) 10:30');
  });
});

describe('booking', () => {
  test('in one message, with one yes', async () => {
    const chat = new Chat();
    expect(await chat.say('土曜の15時に佐藤さんでカットをお願いします')).toEqual(['confirm']);
    expect(await chat.say('はい')).toEqual(['booked']);
    expect(chat.visits).toEqual(['2026-11-28T15:00 佐藤']);
  });

  test('detail by detail, in the order of the table', async () => {
    const chat = new Chat();
    expect(await chat.say('予約お願いします')).toEqual(['ask_menu']);
    expect((await chat.say('カットです')).at(-1)).toBe('ask_staff');
    expect((await chat.say('指名なしで')).at(-1)).toBe('ask_day');
    expect((await chat.say('明日')).at(-1)).toBe('ask_time');
    expect(await chat.say('17時')).toEqual(['confirm']);
    await chat.say('OKです');
    expect(chat.visits).toHaveLength(1);
  });

  test('does not ask for a person where only one can do it', async () => {
    const chat = new Chat();
    expect((await chat.say('パーマの予約をしたいです')).at(-1)).toBe('ask_day');
  });

  test('a second yes books nothing more and shows the booking', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    await chat.say('はい');
    expect(await chat.say('はい')).toEqual(['already_booked']);
    expect(chat.visits).toHaveLength(1);
  });

  test('the same message twice shows the same summary twice', async () => {
    const chat = new Chat();
    await chat.say('土曜 10時 カットとトリートメント 田中さん');
    const first = chat.words;
    expect(await chat.say('土曜 10時 カットとトリートメント 田中さん')).toEqual(['confirm']);
    expect(chat.words).toBe(first);
  });

  test('after a booking the next one starts afresh', async () => {
    const chat = new Chat();
    await chat.say('土曜の15時に佐藤さんでカットをお願いします');
    await chat.say('はい');
    expect((await chat.say('トリートメントも予約したいです')).at(-1)).toBe('ask_staff');
    expect(chat.talk.known.dates).toBeUndefined();
  });

  test('is for one person; more are told so and the booking goes on', async () => {
    const chat = new Chat();
    expect(await chat.say('明日の15時にカット、2人でお願いします')).toEqual(['one_each', 'noted', 'ask_staff']);
  });

  test('asks for a name where LINE gave none', async () => {
    const chat = new Chat();
    chat.name = null;
    expect(await chat.say('土曜の15時に佐藤さんでカットをお願いします')).toContain('ask_name');
    expect(await chat.say('山田花子です')).toContain('confirm');
    await chat.say('はい');
    expect(chat.bookings.reservations[0]!.notes).toContain('山田花子');
  });
});

describe('corrections', () => {
  test('change one detail and keep the others, said in the next question', async () => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    await chat.say('やっぱり時間を11時半にしてください');
    expect(chat.act('confirm').changed).toEqual(['time']);
    expect(chat.words).toContain('11/28(土) 11:30に変更ですね。');
    await chat.say('カットじゃなくてカラーで');
    await chat.say('はい');
    expect(chat.visits).toEqual(['2026-11-28T11:30 佐藤']);
    expect(chat.bookings.reservations[0]!.menuIds).toEqual([chat.menuId('カラー')]);
  });

  test('no at the summary asks what to change and wipes nothing', async () => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    expect(await chat.say('いいえ')).toEqual(['ask_change']);
    expect(await chat.say('時間を')).toEqual(['ask_time']);
    expect(await chat.say('16時')).toContain('confirm');
    expect(chat.act('confirm').proposal.staffId).toBe(chat.staffId('佐藤'));
  });

  test.each(['別の時間がいい', 'やっぱり他の日にしたい', '他の人がいいです', 'キャンセルで', 'もう少し遅い時間がいいです'])('「%s」 at the summary is no yes', async (words) => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    await chat.say(words);
    expect(chat.visits).toEqual([]);
    expect(chat.acts.some((act) => act.say.startsWith('ask_') || act.say === 'stopped' || (act.say === 'confirm' && act.changed.includes('staff')))).toBe(true);
  });

  test('a bare weekday is that of the days on offer', async () => {
    const chat = new Chat();
    await chat.say('来週の土日、カットで空いてるとこありますか');
    await chat.say('日曜の方で');
    expect(chat.talk.known.dates).toEqual(['2026-12-06']);
  });

  test('giving up at the summary ends it', async () => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    await chat.say('いいえ');
    expect(await chat.say('一旦やめます')).toEqual(['stopped']);
    expect(chat.talk.goal).toBe('idle');
  });

  test('cancelling an unconfirmed summary books nothing', async () => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    expect(await chat.say('キャンセルで')).toEqual(['stopped']);
    expect(chat.visits).toEqual([]);
  });
});

describe('questions on the way', () => {
  test('are answered and the thread is kept', async () => {
    const chat = new Chat();
    await chat.say('パーマの予約をしたいです');
    expect(await chat.say('ちなみにいくらですか？時間もどれくらいかかります？')).toEqual(['info', 'info', 'ask_day']);
    expect(chat.words).toContain('8,800円');
    expect(chat.words).toContain('120分');
    await chat.say('土曜の11時で');
    expect(chat.act('confirm').proposal.menuIds).toEqual([chat.menuId('パーマ')]);
  });

  test('a sticker agrees to nothing', async () => {
    const chat = new Chat();
    await chat.say('土曜の11時に佐藤さんでカットをお願いします');
    expect(await chat.event({ type: 'sent', what: 'sticker' })).toEqual(['received', 'confirm']);
    expect(chat.visits).toEqual([]);
  });
});

describe('what cannot be', () => {
  test.each([
    ['来週の月曜の12時にカット、田中さんで', 'closed', '定休日'],
    ['土曜の21時にカット、田中さんで', 'outside_hours', '9:00〜19:00'],
    ['土曜の18時半にカット、田中さんで', 'too_long', '18:00まで'],
    ['水曜の15時にカット、佐藤さんで', 'staff_off', '田中'],
    ['土曜の15時にパーマ、佐藤さんで', 'staff_cannot', '田中が担当できます'],
    ['2027年5月1日の14時にカット、田中さんで', 'beyond_window', '2027/1/23(土)まで'],
    ['今日の9時半にカット、田中さんで', 'outside_hours', '10:00'],
    ['昨日の15時にカット、田中さんで', 'past', '11/23(月)はすでに過ぎています'],
    ['土曜の15時10分にカット、田中さんで', 'off_grid', '30分ごと'],
  ])('%s is refused with its reason and a way on', async (text, why, words) => {
    const chat = new Chat();
    await chat.say(text);
    expect(chat.act('cannot').problem.why).toBe(why);
    expect(chat.words).toContain(words);
    expect(chat.talk.pending).toBeDefined();
  });

  test('the other details survive a refused one', async () => {
    const chat = new Chat();
    await chat.say('水曜の15時にカット、佐藤さんで');
    await chat.say('じゃあ田中さんで');
    expect(chat.act('confirm').proposal.staffId).toBe(chat.staffId('田中'));
    expect(chat.words).toContain('11/25(水) 15:00');
  });

  test('a day called by the wrong weekday is asked back with both days', async () => {
    const chat = new Chat();
    await chat.say('11/29の土曜にカットをお願いします');
    expect(chat.words).toMatch(/11\/29は日曜日です。土曜日なら11\/28か12\/5ですが、どちらでしょうか？/);
  });

  test('several menus nobody does together', async () => {
    const chat = new Chat('clinic');
    await chat.say('初診と歯のクリーニングを一緒にお願いします');
    expect(chat.act('cannot').problem.why).toBe('nobody_can');
  });
});
