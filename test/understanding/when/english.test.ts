import { expect, test } from '@jest/globals';
import { read } from './read.ts';

test('English messages', () => {
  expect(read('Friday 3pm')).toBe('11-27 @15:00');
  expect(read('Do you have anything tomorrow at 2?')).toBe('11-25 @14:00');
  expect(read('Dec 5th between 2pm and 4pm')).toBe('12-05 @14:00~16:00');
  expect(read('Monday or Tuesday afternoon')).toBe('11-30 12-01 @12:00~');
  expect(read('next week')).toBe('11-30..12-06');
  expect(read('yesterday')).toBe('past!');
});
test('other written forms', () => {
  expect(read('12/3 3pm')).toBe('12-03 @15:00');
  expect(read('2026-12-05T14:00:00+09:00')).toBe('12-05 @14:00');
  expect(read('Fridayの3pmでお願いします')).toBe('11-27 @15:00');
});
test('English without a date', () => {
  for (const text of ['Thank you!', 'I want a haircut', 'I sat down', 'May I ask something?', 'OK']) expect([text, read(text)]).toEqual([text, '']);
});
