/** One account of several shops: which is meant, remembered, and left for another. */
import { describe, expect, test } from '@jest/globals';
import { Chat } from './chat.ts';

const [SALON, CLINIC] = [0, 1];
const idOf = (chat: Chat, n: number): string => chat.stores[n]!.id;
const later = (chat: Chat, minutes: number): void => void (chat.now += minutes * 60_000);

describe('the shop that is remembered', () => {
  test('is not asked for again, however long the pause; the answer says which it is', async () => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('明日空いてる？');
    await chat.say('サロン');
    await chat.say('やめておきます');
    later(chat, 60 * 24 * 40);
    expect((await chat.say('明日空いてる？'))[0]).toBe('at_store');
    expect(chat.act('at_store').storeId).toBe(idOf(chat, SALON));
  });
  test('is not named where the message named it, nor within a conversation, nor where there is only one', async () => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('サロンは明日空いてる？');
    expect(await chat.say('明後日は？')).toEqual(['open']);
    later(chat, 120);
    expect(await chat.say('クリニックは明日空いてる？')).not.toContain('at_store');
    const single = new Chat('salon');
    await single.say('明日空いてる？');
    later(single, 120);
    expect(await single.say('明日空いてる？')).not.toContain('at_store');
  });
  test('thanks and greetings need no shop', async () => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('サロンの住所は？');
    later(chat, 120);
    expect(await chat.say('ありがとうございます')).toEqual(['thanked']);
  });
  test('that is no more is asked for anew', async () => {
    const chat = new Chat('salon', 'clinic');
    chat.talk = { ...chat.talk, known: { storeId: 'closed-for-good' } };
    expect(await chat.say('明日空いてる？')).toEqual(['ask_store']);
  });
});

describe('another shop', () => {
  test.each(['別の店舗にしたい', '他のお店で', '店舗を変えたいです', '他店にします'])('%s asks which, with nothing under way and in the middle of it', async (text) => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('サロンの住所は？');
    expect(await chat.say(text)).toEqual(['ask_store']);
    await chat.tap('store', idOf(chat, SALON));
    await chat.say('土曜の15時にカット');
    expect(await chat.say(text)).toEqual(['ask_store']);
  });
  test('is looked at for the same day by its name alone', async () => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('サロンは明日空いてる？');
    expect(await chat.say('クリニックの方は？')).toEqual(['open']);
    expect(chat.act('open').looked).toMatchObject({ storeId: idOf(chat, CLINIC), days: ['2026-11-25'] });
  });
  test('is meant by a person only it has', async () => {
    const chat = new Chat('salon', 'clinic');
    await chat.say('サロンの住所は？');
    await chat.say('土曜の10時に鈴木先生で検診');
    expect(chat.act('confirm').proposal).toMatchObject({ storeId: idOf(chat, CLINIC), staffId: chat.staffId('鈴木先生') });
  });
  test('is not meant by the customer’s own name', async () => {
    const chat = new Chat('salon', 'clinic');
    chat.name = null;
    await chat.say('サロンで土曜の15時に田中さんでカット');
    expect(await chat.say('山本です')).toContain('confirm');
    expect(chat.act('confirm').proposal.storeId).toBe(idOf(chat, SALON));
  });
  test('takes the menus along that it has by the same names', async () => {
    const chat = new Chat('salon', 'salon');
    Object.assign(chat.stores[1]!, { id: 'second', name: 'みなも 新宿店', menus: chat.stores[1]!.menus.map((m) => ({ ...m, id: `second ${m.id}` })), staff: chat.stores[1]!.staff.map((s) => ({ ...s, id: `second ${s.id}`, menuIds: s.menuIds.map((id) => `second ${id}`) })) });
    await chat.say('土曜の15時にカット');
    await chat.tap('store', idOf(chat, 0));
    expect(await chat.say('新宿店にします')).toEqual(['noted', 'ask_staff']);
    expect(chat.talk.known).toMatchObject({ storeId: 'second', menuIds: [`second ${chat.stores[0]!.menus[0]!.id}`], dates: ['2026-11-28'] });
  });
});

describe('what the customer has', () => {
  test('is listed, cancelled and moved at whichever shop it is', async () => {
    const chat = new Chat('salon', 'clinic');
    chat.booked('2026-11-28T15:00', 'カット', '田中');
    chat.booked('2026-11-29T10:00', '検診', '鈴木先生');
    await chat.say('サロンの住所は？');
    await chat.say('予約の確認');
    expect(chat.act('mine').visits.map((v) => v.storeId)).toEqual([idOf(chat, SALON), idOf(chat, CLINIC)]);
    await chat.say('クリニックの予約をキャンセル');
    expect(chat.act('confirm_cancel').visit.storeId).toBe(idOf(chat, CLINIC));
  });
  test('does not move to another shop: it stays, and a booking of its own is begun there', async () => {
    const chat = new Chat('salon', 'clinic');
    chat.booked('2026-11-28T15:00', 'カット', '田中');
    expect(await chat.say('予約をクリニックに変更したい')).toEqual(['other_shop', 'noted', 'ask_menu']);
    expect(chat.visits).toEqual(['2026-11-28T15:00 田中']);
  });
});

test('a button that asks about the shop waits until it is known which', async () => {
  const chat = new Chat('salon', 'clinic');
  expect(await chat.tap('hours')).toEqual(['ask_store']);
  expect(await chat.tap('store', idOf(chat, CLINIC))).toEqual(['info']);
  expect(chat.act('info')).toMatchObject({ topic: 'hours', storeId: idOf(chat, CLINIC) });
});
