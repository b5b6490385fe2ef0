import { describe, expect, test } from '@jest/globals';
import { hear, lexicon } from './hearing.ts';

describe('menus', () => {
  test.each([
    ['カットお願いします', ['カット']], ['かっととからー', ['カット', 'カラー']], ['ｶｯﾄ希望', ['カット']], ['カ\u200bッ\u200dト', ['カット']], ['カツト予約', ['カット']],
    ['髪を切りたい', ['カット']], ['切って染めたいです', ['カット', 'カラー']], ['白髪が気になるので染めたい', ['カラー']], ['歯石を取ってほしい', ['歯のクリーニング']],
    ['クリーニングお願いします', ['歯のクリーニング']], ['定期健診に行きたいです', ['検診']], ['歯を白くしたい', ['ホワイトニング']], ['カット＋カラー', ['カット', 'カラー']],
  ])('%s', (text, menus) => expect(hear(text).menus).toEqual({ set: menus }));

  test('「10時から」 is no カラー and 「スカート」 no カット', () => {
    for (const text of ['10時から予約したい', 'スカートで行きます', '今からいけますか']) expect(hear(text).menus).toBeNull();
  });

  test.each([['トリートメソト予約', 'トリートメント'], ['ホワイトニグお願いします', 'ホワイトニング'], ['ヘッドスバしたい', 'ヘッドスパ']])('a slip of one key is put right and said to be assumed: %s', (text, menu) => {
    const heard = hear(text);
    expect(heard.menus).toEqual({ set: [menu] });
    expect(heard.assumed).toContainEqual(expect.objectContaining({ part: 'menu', why: 'typo' }));
  });

  test('while a booking is made, menus are added, taken away and replaced', () => {
    expect(hear('トリートメントもお願いします', 'confirming').menus).toEqual({ add: ['トリートメント'] });
    expect(hear('カラーはやめます', 'confirming').menus).toEqual({ remove: ['カラー'] });
    expect(hear('カットじゃなくてカラーで', 'confirming').menus).toEqual({ add: ['カラー'], remove: ['カット'] });
    expect(hear('カットをパーマに変えてください', 'confirming').menus).toEqual({ add: ['パーマ'], remove: ['カット'] });
    expect(hear('カットとカラーで', 'confirming').menus).toEqual({ set: ['カット', 'カラー'] });
    expect(hear('カットじゃなくてカットとカラーで', 'asked_date').menus).toEqual({ set: ['カット', 'カラー'] });
  });

  test('a general word means a menu only where it can mean just one', () => {
    expect(hear('切りたい', null, { lexicon: lexicon(['デザインカット', 'カラー']) }).menus).toEqual({ set: ['デザインカット'] });
    expect(hear('切りたい', null, { lexicon: lexicon(['メンズカット', 'レディースカット']) }).menus).toBeNull();
    expect(hear('メンズカットで', null, { lexicon: lexicon(['メンズカット', 'レディースカット']) }).menus).toEqual({ set: ['メンズカット'] });
    expect(hear('肩をもんでほしい', null, { lexicon: lexicon(['ボディマッサージ60分']) }).menus).toEqual({ set: ['ボディマッサージ60分'] });
    expect(hear('ホットペッパーで見ました', null, { lexicon: lexicon(['カット']) }).menus).toBeNull();
  });
});

describe('people of the shop', () => {
  test.each(['田中さんで', '田中先生がいい', 'たなかさんお願いします', 'タナカさん指名', '田中ちゃんで', '田中くんに切ってほしい', '田中指名で', '担当は田中で', '店長でお願いします', '佐藤さんじゃなくて田中さんで', '佐藤さんから田中さんに変更'])('%s', (text) =>
    expect(hear(text).staff).toEqual({ name: '田中' }));

  test.each(['指名なしで', '誰でもいいです', 'だれでもええよ', 'どなたでも構いません', 'おまかせします', '担当者の希望は特にありません', 'フリーでお願いします', '指名はしません', 'どの先生でも大丈夫です', '手の空いてる人で', '指名とかは特にないです'])('%s: anyone', (text) =>
    expect(hear(text).staff).toEqual({ name: null }));

  test.each(['前と同じ人で', 'いつもの人がいいです', '前回担当してくれた方でお願いします', 'この前の先生で', '前回と同じ担当者でお願いします'])('%s: whoever it was last time', (text) => expect(hear(text).staff).toEqual({ same: true }));

  test('someone can be ruled out', () => {
    expect(hear('田中さん以外でお願いします').staff).toEqual({ not: '田中' });
    expect(hear('田中さんじゃない人がいいです').staff).toEqual({ not: '田中' });
  });

  test('「田中です」 is the customer, unless we asked for whom', () => {
    expect(hear('田中です。予約お願いします')).toMatchObject({ staff: null, name: '田中' });
    expect(hear('田中です', 'asked_staff')).toMatchObject({ staff: { name: '田中' } });
    expect(hear('佐藤です、田中さんでカットお願いします')).toMatchObject({ staff: { name: '田中' }, name: '佐藤' });
  });

  test('a surname two people share names neither', () => {
    const two = lexicon(['カット'], ['鈴木 一郎', '鈴木 花子']);
    expect(hear('鈴木さんで', null, { lexicon: two }).staff).toBeNull();
    expect(hear('鈴木花子さんで', null, { lexicon: two }).staff).toEqual({ name: '鈴木 花子' });
  });

  test('a shop is named by the part of its name that is its own', () => {
    const two = lexicon([], [], ['ヘアサロン みなも 渋谷店', 'ヘアサロン みなも 池袋店']);
    expect(hear('渋谷店で予約したいです', null, { lexicon: two }).store).toBe('ヘアサロン みなも 渋谷店');
    expect(hear('ヘアサロンの予約', null, { lexicon: two }).store).toBeNull();
  });
});

test('a word said right, or the treatment of another shop, is no slip', () => {
  const own = { menus: [{ name: 'ヘッドスパ', aliases: ['ヘッドスパー'] }, { name: 'カット', aliases: ['ヘアカット'] }], staff: [], stores: [] };
  expect(hear('ヘッドスパやってもらえますか', null, { lexicon: own })).toMatchObject({ menus: { set: ['ヘッドスパ'] }, assumed: [] });
  expect(hear('ヘアセットはできますか', null, { lexicon: own })).toMatchObject({ menus: null, assumed: [] });
});
