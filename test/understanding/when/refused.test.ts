import { expect, test } from '@jest/globals';
import { openFrom, read, reading } from './read.ts';

const all = (texts: string[], expected: string, options?: Parameters<typeof read>[1]): void => {
  for (const text of texts) expect([text, read(text, options)]).toEqual([text, expected]);
};

test('days no calendar has', () => all(['2/30', '11月31日', '13月5日', '0月10日', '12/32', '2027年2月29日', '来月の32日', '今月の31日'], 'impossible_date!'));
test('times no clock has', () => all(['25:70', '15時75分', '30時', '13:60', '午前15時'], 'impossible_time!'));
test('the past', () => all(['昨日の15時', 'おととい', '先週の金曜', '2025年12月5日', '今日の10時', '11/20', '今週の月曜'], 'past!'));
test('a weekday that contradicts its date, with the days that would fit', () => {
  expect(reading('11/29(土)の14時').refuse).toMatchObject({
    reason: 'weekday_mismatch', day: '2026-11-29', weekday: 'sat', instead: ['2026-11-28', '2026-12-05'], words: '11/29(土)',
  });
});
test('days that have passed are not offered instead', () => {
  expect(reading('11/25(月)').refuse?.instead).toEqual(['2026-11-30']);
});
test('outside opening hours', () => {
  all(['土曜の9時', '9:30', '21時', '夜9時'], 'out_of_hours!');
  all(['13:30'], 'out_of_hours!', { hours: openFrom('09:00', '12:30', { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [['09:00', '12:30'], ['14:00', '18:00']] } }) });
});
test('the hours are those of the day named', () => {
  const hours = openFrom('10:00', '20:00', { exceptions: [{ day: '2026-11-28', openings: [['08:00', '12:00']] }] });
  expect(read('28日の8時', { hours })).toBe('11-28 @08:00');
  expect(read('29日の8時', { hours })).toBe('out_of_hours!');
});
test('beyond the booking window', () => {
  const hours = openFrom('10:00', '20:00', { windowDays: 30 });
  expect(read('1/10', { hours })).toBe('beyond_window!');
  expect(read('12/10', { hours })).toBe('12-10');
});
test('one impossible part refuses the whole message', () => {
  expect(read('明日の10時か2/30の15時')).toBe('impossible_date!');
  expect(read('12/5の15時か12/6の25:70')).toBe('impossible_time!');
});
test('the past told, not wished', () => {
  all(['昨日電話した者ですが、明日の15時でお願いします', '先週の土曜に来た者です。明日の15時は空いてますか'], '11-25 @15:00');
  all(['昨日はありがとうございました', '先週カットしてもらいました'], '');
});
