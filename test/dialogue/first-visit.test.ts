import { describe, expect, test } from '@jest/globals';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { FirstVisitQuestion } from '../../src/model/policy.ts';
import { Chat } from './chat.ts';

/** A customer LINE knows by a nickname, at a shop that asks this before the first visit. */
function firstTimer(...asks: FirstVisitQuestion[]): Chat {
  const chat = new Chat();
  chat.store.policy = { ...DEFAULT_POLICY, firstVisit: asks };
  return chat;
}
const WISH = '木曜の15時に佐藤さんでカット';

describe('before the first visit', () => {
  test('the shop asks what it wants to know, in its own order, and shows it in the summary', async () => {
    const chat = firstTimer('phone', 'name');
    expect(await chat.say(WISH)).toEqual(['noted', 'ask_phone']);
    expect(await chat.say('09012345678')).toEqual(['noted', 'ask_name']);
    expect(await chat.say('山田花子')).toEqual(['confirm']);
    expect(chat.act('confirm').told).toEqual({ name: '山田花子', phone: '09012345678' });
    expect(await chat.say('はい')).toEqual(['booked']);
    expect(chat.bookings.reservations[0]!.notes).toBe('お名前: 山田花子 / 電話: 09012345678');
  });

  test('nothing is asked a second time, nor of who has been here', async () => {
    const chat = firstTimer('phone', 'notes');
    for (const said of [WISH, '090-1234-5678', '特になし', 'はい']) await chat.say(said);
    expect(await chat.say('金曜の15時に佐藤さんでカット')).toEqual(['confirm']);
    const regular = firstTimer('phone', 'notes');
    regular.booked('2026-11-20T15:00', 'カット', '佐藤');
    expect(await regular.say(WISH)).toEqual(['confirm']);
  });

  test('a number that is none is asked for again, and why', async () => {
    const chat = firstTimer('phone');
    await chat.say(WISH);
    expect(await chat.say('1234567890')).toEqual(['cannot', 'ask_phone']);
    expect(chat.act('cannot').problem).toEqual({ why: 'no_phone', phone: '1234567890' });
    expect(await chat.say('+81 90-1234-5678')).toEqual(['confirm']);
    expect(chat.talk.known.phone).toBe('09012345678');
  });

  test('what was told can be put right, by a button or in words', async () => {
    const chat = firstTimer('name', 'phone', 'notes');
    for (const said of [WISH, '山田花子', '090-1234-5678', '襟足は短めに']) await chat.say(said);
    expect(chat.act('confirm').told).toEqual({ name: '山田花子', phone: '09012345678', notes: '襟足は短めに' });
    expect(await chat.tap('change', 'notes')).toEqual(['ask_notes']);
    expect(await chat.say('襟足は長めに')).toEqual(['confirm']);
    expect(await chat.say('名前は山田太郎です')).toEqual(['confirm']);
    expect(chat.act('confirm').told).toEqual({ name: '山田太郎', phone: '09012345678', notes: '襟足は長めに' });
    await chat.say('はい');
    expect(chat.talk.known.notes).toBeUndefined();
  });
});

describe('when asked for anything the shop should know', () => {
  const asked = async (): Promise<Chat> => {
    const chat = firstTimer('notes');
    expect(await chat.say(WISH)).toEqual(['noted', 'ask_notes']);
    return chat;
  };
  test.each(['特になし', '特にないです', 'ありません', '大丈夫です', 'いいえ', '結構です', 'なし', '特にありません。よろしくお願いします', '今のところ大丈夫です'])('「%s」 is nothing', async (said) => {
    const chat = await asked();
    expect(await chat.say(said)).toEqual(['confirm']);
    expect(chat.act('confirm').told).toEqual({});
  });
  test.each([
    '金属アレルギーがあります', '妊娠中です', '子供を連れて行きます', 'カラーで頭皮がしみたことがあるので、薬剤を相談しながら決めてほしいです', '初めてなので緊張しています', '前回15時の予約をキャンセルしてしまいご迷惑をおかけしました。よろしくお願いします',
    '会話はなしでお願いします', 'シャンプーはしないでください', '短めにお願いします', '杖を使っています',
    '頭皮が弱いです', 'カラーで頭皮がしみたことがあります', 'カラーにかぶれます', '15時半までに終わりたいです', '駐車場を使います', '車椅子です', '縮毛矯正をしています', '土曜は少し遅れるかもしれません', '16時にお迎えがあります', '佐藤さんは初めてです', '妊娠中です', '髪が傷んでいます',
  ])('「%s」 is told the shop', async (said) => {
    const chat = await asked();
    expect(await chat.say(said)).toEqual(['confirm']);
    expect(chat.act('confirm').told).toEqual({ notes: said });
  });
  test.each<[string, string[]]>([
    ['やっぱり16時で', ['noted', 'ask_notes']], ['駐車場はありますか？', ['info', 'ask_notes']], ['スタッフと話したいです', ['handover']], ['やめます', ['stopped']], ['はい', ['miss', 'ask_notes']], ['あります', ['miss', 'ask_notes']],
    ['田中さんに変えてください', ['noted', 'ask_notes']], ['カラーがいいです', ['noted', 'ask_notes']], ['16時の方が都合がいいです', ['noted', 'ask_notes']], ['カラーも追加でお願いします', ['noted', 'ask_notes']], ['料金を知りたいです', ['info', 'ask_notes']], ['ありがとうございます', ['thanked', 'ask_notes']],
  ])('「%s」 is no note', async (said, acts) => {
    expect(await (await asked()).say(said)).toEqual(acts);
  });
});
