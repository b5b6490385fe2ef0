import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normalise, source } from '../../../src/understanding/normalise.ts';

const text = (original: string): string => normalise(original).text;

test('full width, half-width kana and compatibility signs become plain', () => {
  expect(text('１５：３０')).toBe('15:30');
  expect(text('ﾄﾞﾖｳﾋﾞ')).toBe('ドヨウビ');
  expect(text('㈯')).toBe('(土)');
  expect(text('1️⃣5️⃣時')).toBe('15時');
});
test('one range mark and one dash', () => {
  expect(text('10時〜12時')).toBe('10時~12時');
  expect(text('10時～12時')).toBe('10時~12時');
  expect(text('10時－12時―14時–16時')).toBe('10時-12時-14時-16時');
  expect(text('10時ー12時')).toBe('10時-12時');
  expect(text('カラー')).toBe('カラー');
});
test('kanji numerals in front of units only', () => {
  expect(text('十二月五日十五時三十分')).toBe('12月5日15時30分');
  expect(text('二〇二六年')).toBe('2026年');
  expect(text('第二土曜')).toBe('第2土曜');
  expect(text('二三日後')).toBe('2,3日後');
  expect(text('一番 三浦 一緒 十分です 六本木')).toBe('一番 三浦 一緒 十分です 六本木');
});
test('emoji are gaps, invisible characters nothing, breaks stay', () => {
  expect(text('火曜🕒15時')).toBe('火曜 15時');
  expect(text('明\u200b日')).toBe('明日');
  expect(text('はい。\n明日❗')).toBe('はい。\n明日!');
});
test('the words of the message are found again', () => {
  const n = normalise('🙇‍♀️来週の　十六日で');
  const at = n.text.indexOf('16日');
  expect(source(n, at, at + 3)).toEqual({ words: '十六日', from: 9, to: 12 });
});
test('offsets lead back into any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (original) => {
    const n = normalise(original);
    const { length } = n.text;
    return n.folded.length === length && n.starts.length === length && n.ends.length === length
      && n.starts.every((s, i) => s < n.ends[i]! && n.ends[i]! <= original.length && (i === 0 || s >= n.starts[i - 1]!));
  }));
});
