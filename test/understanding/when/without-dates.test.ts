import { expect, test } from '@jest/globals';
import { read } from './read.ts';
import { withoutDates } from './without-dates.ts';

test('two hundred ordinary messages hold no day and no time', () => {
  expect(withoutDates.length).toBeGreaterThanOrEqual(200);
  for (const text of withoutDates) expect([text, read(text)]).toEqual([text, '']);
});
test('nor do they take away a day that stands beside them', () => {
  for (const text of withoutDates.filter((t) => !/やめ|違い|いや|変|ありがと|はい|お世話|遅|早|いつ|電話|その|前|生/.test(t))) {
    expect([text, read(`${text}。明日の15時でお願いします`)]).toEqual([text, '11-25 @15:00']);
  }
});
test('a name of the shop is no day, whatever words are in it', () => {
  const menus = ['平日ランチカット', '朝活プラン', '夜'];
  expect(read('平日ランチカットお願いします', { menus })).toBe('');
  expect(read('土曜に朝活プランで', { menus })).toBe('11-28');
  expect(read('土曜の夜', { menus })).toBe('11-28 @18:00~');
});
