import { expect, test } from '@jest/globals';
import { read, reading } from './read.ts';

const known = { day: '2026-11-28', time: '15:00' };
const all = (texts: string[], expected: string): void => {
  for (const text of texts) expect([text, read(text, { known })]).toEqual([text, expected]);
};

test('so much later or earlier', () => {
  all(['30分遅く', '30分遅らせてください', '30分ほど後ろにずらしたい', '３０分後ろ倒しで', '三十分遅くできますか', 'その30分後'], '@15:30');
  all(['1時間早く', '1時間早めてください', '一時間前倒しで', '1時間くらい早い時間で', '1時間繰り上げて'], '@14:00');
  all(['1日遅く', '1日後ろにずらして', '次の日で', '翌日'], '11-29');
  all(['1週間遅らせて', '1週間後ろにずらせますか'], '12-05');
});
test('a little later or earlier', () => {
  all(['もう少し遅い時間', 'もうちょっと遅く', 'もっと後ろ'], '@15:00~');
  all(['もう少し早い時間ありますか', 'もっと早く'], '@~15:00');
  expect(reading('もう少し早い時間', { known }).shift).toEqual({ direction: 'earlier' });
});
test('the same time on another day', () => {
  all(['同じ時間で来週の火曜', '来週の火曜、時間はそのままで'], '12-01 @15:00');
  all(['翌日の同じ時間'], '11-29 @15:00');
});
test('only what is said is given; the rest stays with the talk', () => {
  all(['では14:50で', '14:50に変更'], '@14:50');
  all(['日にちを12/5に変えてください'], '12-05');
});
test('being late is no shift', () => all(['30分遅れます', '少し遅れそうです', '電車が遅れてて15分くらい遅れます'], ''));
test('a shift is heard even where nothing is known to shift', () => {
  expect(reading('30分遅くできますか')).toMatchObject({ when: [], shift: { minutes: 30, direction: 'later' } });
});
