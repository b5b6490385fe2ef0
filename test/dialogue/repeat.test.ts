import { describe, expect, test } from '@jest/globals';
import { Chat } from './chat.ts';

/** Tuesday 2026-11-24 9:00; カット and カラー with 佐藤 on Friday the 20th at 16:00. */
function regular(shape: (chat: Chat) => void = () => undefined): Chat {
  const chat = new Chat();
  chat.booked('2026-11-20T16:00', 'カット', '佐藤');
  const [last] = chat.bookings.reservations;
  last!.menuIds = [chat.menuId('カット'), chat.menuId('カラー')];
  shape(chat);
  return chat;
}
const menusOf = (chat: Chat): string[] => (chat.talk.known.menuIds ?? []).map((id) => chat.stores.flatMap((s) => s.menus).find((m) => m.id === id)!.name);
const staffOf = (chat: Chat): string | undefined => chat.stores.flatMap((s) => s.staff).find((s) => s.id === chat.talk.known.staff)?.name ?? chat.talk.known.staff;

describe('as last time', () => {
  test('takes the menus and the person, and asks for the rest', async () => {
    const chat = regular();
    expect(await chat.say('いつものでお願いします')).toEqual(['noted', 'ask_day']);
    expect([menusOf(chat), staffOf(chat)]).toEqual([['カット', 'カラー'], '佐藤']);
    await chat.say('木曜の15時');
    expect(chat.act('confirm').proposal).toMatchObject({ start: expect.any(Number) });
    expect(await chat.say('はい')).toEqual(['booked']);
    expect(chat.visits).toContain('2026-11-26T15:00 佐藤');
  });

  test.each([
    ['前回と同じメニューで、明日の15時に', ['カット', 'カラー'], '佐藤'],
    ['いつものを田中さんで、明日の15時に', ['カット', 'カラー'], '田中'],
    ['いつものを指名なしで、明日の15時に', ['カット', 'カラー'], 'anyone'],
    ['いつものカットで明日の15時', ['カット'], '佐藤'],
    ['いつものとトリートメントで明日の15時', ['カット', 'カラー', 'トリートメント'], '佐藤'],
    ['前と同じでカラーなしで明日の15時', ['カット'], '佐藤'],
    ['前回と同じ人で、前回と同じメニュー、明日の15時', ['カット', 'カラー'], '佐藤'],
    ['いつもの人でパーマ、明日の15時', ['パーマ'], '佐藤'],
  ])('%s: what is said now goes before what was', async (text, menus, staff) => {
    const chat = regular();
    await chat.say(text);
    expect([menusOf(chat), staffOf(chat)]).toEqual([menus, staff]);
    expect(chat.talk.known).toMatchObject({ dates: ['2026-11-25'], time: { from: '15:00', to: '15:00' } });
  });

  test('nobody was asked for last time: nobody is now, and the same person only when he is asked for', async () => {
    const chat = regular((it) => void (it.bookings.reservations[0]!.nominated = false));
    await chat.say('いつものを明日15時に');
    expect(staffOf(chat)).toBe('anyone');
    const other = regular((it) => void (it.bookings.reservations[0]!.nominated = false));
    await other.say('前回と同じメニューを前回と同じ人で、明日15時に');
    expect([menusOf(other), staffOf(other)]).toEqual([['カット', 'カラー'], '佐藤']);
  });

  test.each([
    ['いつもの時間でカット、明日', '2026-11-25', '16:00'],
    ['いつもの曜日にカットをお願いします', '2026-11-27', undefined],
    ['いつもの曜日の時間にカット', '2026-11-27', '16:00'],
    ['来週のいつもの日時でカットをお願いします', '2026-12-04', '16:00'],
    ['いつもの時間にいつものメニューで、土曜', '2026-11-28', '16:00'],
    ['前と同じ時間でカット、土曜に', '2026-11-28', '16:00'],
    ['いつもの曜日で12/5にカット', '2026-12-05', undefined],
    ['いつもの時間、いや17時でカット、明日', '2026-11-25', '17:00'],
  ])('%s: the hour and the day of the week, too', async (text, day, time) => {
    const chat = regular();
    await chat.say(text);
    expect(chat.talk.known.dates).toEqual([day]);
    expect(chat.talk.known.time).toEqual(time && { from: time, to: time });
  });

  test('the usual time is free or is not, as any other', async () => {
    const chat = regular((it) => it.busy('佐藤', '2026-11-26T16:00', '2026-11-26T18:00'));
    expect(await chat.say('木曜のいつもの時間は空いてますか')).toEqual(['open']);
    expect(await chat.say('いつもの担当でカット、木曜のいつもの時間で')).toContain('full');
    expect(chat.words).toContain('16:00');
  });

  test('what is not there any more is said, and the rest goes on', async () => {
    const chat = regular((it) => {
      it.store.menus.find((m) => m.name === 'カラー')!.active = false;
      it.store.staff.find((s) => s.name === '佐藤')!.active = false;
    });
    expect(await chat.say('いつもので、木曜の15時に')).toEqual(['no_more', 'confirm']);
    expect(chat.words).toContain('前回のカラーは、現在承っておりません。');
    expect(chat.words).toContain('前回担当の佐藤は、現在ご予約を承っておりません。');
    expect(menusOf(chat)).toEqual(['カット']);
  });

  test('nothing of it is there any more: the menu is asked for', async () => {
    const chat = regular((it) => {
      for (const menu of it.store.menus) menu.active = !['カット', 'カラー'].includes(menu.name);
    });
    expect(await chat.say('いつもので、木曜の15時に')).toEqual(['no_more', 'noted', 'ask_menu']);
  });

  test('who has not been here hears so, and what he said stays', async () => {
    const chat = new Chat();
    expect(await chat.say('いつもの時間でカット、明日')).toEqual(['no_last', 'noted', 'ask_staff']);
    expect(chat.talk.known.dates).toEqual(['2026-11-25']);
  });

  test('one that was missed was no visit', async () => {
    const chat = regular((it) => {
      it.booked('2026-11-21T10:00', 'パーマ', '田中');
      it.bookings.reservations.at(-1)!.came = 'no_show';
    });
    await chat.say('いつものでお願いします');
    expect(menusOf(chat)).toEqual(['カット', 'カラー']);
  });

  test('of several shops it is the one of the last visit', async () => {
    const chat = new Chat('salon', 'clinic');
    chat.booked('2026-11-18T11:00', '検診', chat.stores[1]!.staff[0]!.name);
    expect(await chat.say('いつものを来週の水曜11時に')).toEqual(['confirm']);
    expect(chat.talk.known.storeId).toBe(chat.stores[1]!.id);
    const named = new Chat('salon', 'clinic');
    named.booked('2026-11-18T11:00', '検診', named.stores[1]!.staff[0]!.name);
    expect(await named.say('いつもの時間にホワイトニング、来週の水曜')).toEqual(['noted', 'ask_staff']);
    expect(named.talk.known).toMatchObject({ dates: ['2026-12-02'], time: { from: '11:00', to: '11:00' } });
  });

  test('of several shops without a last visit it is asked which, and what was said stays', async () => {
    const chat = new Chat('salon', 'clinic');
    expect(await chat.say('いつものを明日の11時に')).toEqual(['no_last', 'ask_store']);
    expect(await chat.say('クリニック')).toContain('ask_menu');
    expect(chat.talk.known).toMatchObject({ dates: ['2026-11-25'], time: { from: '11:00', to: '11:00' } });
  });
});

describe('a visit is moved', () => {
  test('to the usual time of the same day', async () => {
    const chat = regular((it) => void it.booked('2026-11-28T11:00', 'カット', '佐藤'));
    expect(await chat.say('土曜の予約をいつもの時間に変更したい')).toEqual(['confirm_move']);
    expect(chat.words).toContain('16:00');
    await chat.say('はい');
    expect(chat.visits).toContain('2026-11-28T16:00 佐藤');
  });

  test('to the usual day of the week, or the usual person', async () => {
    const chat = regular((it) => void it.booked('2026-11-28T11:00', 'カット', '田中'));
    await chat.say('予約をいつもの曜日に変更したいです');
    expect(chat.talk.known).toMatchObject({ dates: ['2026-11-27'] });
    const other = regular((it) => void it.booked('2026-11-28T11:00', 'カット', '田中'));
    expect(await other.say('予約をいつもの担当に変更したいです')).toEqual(['confirm_move']);
    expect(staffOf(other)).toBe('佐藤');
  });

  test('「同じ時間」 is its own', async () => {
    const chat = regular((it) => void it.booked('2026-11-28T11:00', 'カット', '佐藤'));
    await chat.say('土曜の予約を、前と同じ時間で日曜に変更したい');
    expect(chat.talk.known).toMatchObject({ dates: ['2026-11-29'], time: { from: '11:00', to: '11:00' } });
  });

  test('who has not been here is asked again what to change', async () => {
    const chat = new Chat();
    chat.booked('2026-11-28T11:00', 'カット', '佐藤');
    expect(await chat.say('予約をいつもの時間に変更したいです')).toEqual(['no_last', 'ask_change']);
    expect(await chat.say('いつもの曜日に')).toEqual(['no_last', 'ask_change']);
    expect(await chat.say('14時に')).toEqual(['confirm_move']);
  });
});
