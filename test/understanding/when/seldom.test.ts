import { expect, test } from '@jest/globals';
import { read } from './read.ts';

test('a weekday after a long holiday is the first from its end on', () => {
  expect(read('正月明けの土曜')).toBe('2027-01-09');
  expect(read('成人の日の三連休明けの火曜')).toBe('2027-01-12');
});
test('a row of days off is the one with the holiday named', () => expect(read('成人の日の三連休の初日')).toBe('2027-01-09'));
test('New Year is no 三連休', () => expect(read('1月の三連休の最終日')).toBe('2027-01-11'));
test('the last weekend of a month', () => expect(read('12月最後の週末')).toBe('12-26 12-27'));
test('both halves of a week are the week', () => expect(read('来週の前半か後半')).toBe('11-30..12-06'));
test('weekdays by their kana', () => expect(read('げつ・すい・きん')).toBe('11-25 11-27 11-30'));
test('a number of days in kana', () => expect([read('みっかごで'), read('むいかごに')]).toEqual(['11-27', '11-30']));
test('「行けたら」 wishes and tells nothing of the past', () => expect(read('本日中に行けたら助かります')).toBe('11-24'));
test('the next weekend, said on a Sunday, is not today', () => expect(read('次の週末', { now: '2026-11-29T09:00' })).toBe('12-05 12-06'));
test('a day named in a vague stretch is the day meant', () => expect(read('正月明けに行きたいです。1/6とか空いてますか')).toBe('2027-01-06'));
