import { describe, expect, test } from '@jest/globals';
import { hear, lexicon } from './hearing.ts';

describe('plainly a yes', () => {
  test.each([
    'はい', 'はいっ', 'はーい', 'うん、それで', 'OKです！', 'おけまる', 'りょ', 'お願いします🙇‍♀️', 'それでお願いできますか？', 'お願いしたいのですが', 'はい、間違いありません', '相違ございません。', 'すべて合っています', 'それにします', 'ほな頼みます',
    'ありがとうございます！それでお願いします', '問題ないのでお願いします', 'はい。子供も一緒に行きます', 'そちらでお願いできればと思います', '予約を確定する',
  ])('%s', (text) => expect(['any', 'book']).toContain(hear(text, 'confirming').consent));

  test('names what it agrees to', () => {
    expect(hear('予約お願いします', 'confirming').consent).toBe('book');
    expect(hear('変更でお願いします', 'confirming').consent).toBe('move');
    expect(hear('変更なしでお願いします', 'confirming').consent).toBe('book');
    expect(hear('申し訳ないですがキャンセルで', 'confirming_cancel').consent).toBe('cancel');
  });
});

describe('not plainly a yes', () => {
  test.each([
    'はい？', 'いや', 'いいえ', 'いいですね、考えます', 'OK、でも友達に聞いてから', 'それでいいですか？', 'うーん、それでいいのかな', '予約は結構です', '大丈夫かな', '大丈夫そうです', 'うん、いや、やっぱりちょっと', 'はい。駐車場ありますか？',
    'それではまた', '予約はいつ', '予約したい人は他にもいますか', '問題ないですか', 'よくないです', '確定しないで', 'キャンセルするとお金かかりますか？', '', '？',
  ])('「%s」', (text) => expect(hear(text, 'confirming').consent).toBeUndefined());
});

test('long messages are read in linear time', () => {
  for (const text of ['はい。'.repeat(1700), `${'はい。'.repeat(1600)}でも`, 'お願い'.repeat(1700)]) {
    const begun = performance.now();
    hear(text, 'confirming');
    expect(performance.now() - begun).toBeLessThan(400);
  }
});

test('all people of the shop, one or the other, are anyone', () => {
  for (const text of ['佐藤さんか田中さんでカット', '佐藤さんでも田中さんでもいいです', '田中さんと佐藤さんどっちでも']) expect(hear(text, null, { lexicon: lexicon(['カット'], ['田中', '佐藤']) }).staff).toEqual({ name: null });
  expect(hear('佐藤さんじゃなくて田中さんで').staff).toEqual({ name: '田中' });
});

test('「カラーの予約もお願いします」 is a visit more', () => {
  expect(hear('カラーの予約もお願いします').intent).toBe('book');
  expect(hear('明日の予約なんですけど、カラーも追加できますか').intent).toBe('reschedule');
});
