import { describe, expect, test } from '@jest/globals';
import { openFrom, read, reading } from './read.ts';

const all = (texts: string[], expected: string, options?: Parameters<typeof read>[1]): void => {
  for (const text of texts) expect([text, read(text, options)]).toEqual([text, expected]);
};

test('a clock, in every spelling', () => {
  all(['15時', '１５時', '十五時', '15:00', '１５：００', '15じ', '15字', 'じゅうごじ', '15時ちょうど', '15時00分', '午後3時', 'PM3時', '3pm', '昼の3時', '15h', '15:00〜', '15時から', '15時より'], '@15:00');
  all(['15時半', '15:30', '15時30分', '１５時３０分', '十五時半', '15じはん', '午後3時半', 'ごご3じ半', '15時30', '3時半'], '@15:30');
});
test('a bare hour is read by the hours of the shop', () => {
  all(['3時', '3時で'], '@15:00');
  all(['11時'], '@11:00');
  all(['12時'], '@12:00');
  all(['9時'], '@09:00', { hours: openFrom('09:00', '18:30') });
  all(['8時半'], '@20:30', { hours: openFrom('11:00', '22:00') });
});
test('parts of the day decide the half', () => {
  all(['夜7時', '夜の7時'], '@19:00');
  all(['夕方5時', '夕方の5時'], '@17:00');
  all(['朝10時', '午前10時'], '@10:00');
  all(['お昼の12時半'], '@12:30');
  all(['仕事終わりの19時'], '@19:00');
});
test('parts of the day alone are windows', () => {
  all(['午前中', '午前'], '@~12:00');
  all(['午後', 'ごご'], '@12:00~');
  all(['夕方', 'ゆうがた'], '@16:00~18:00');
  all(['夜', '晩', '仕事帰り'], '@18:00~');
  all(['お昼', '昼頃'], '@11:00~14:00');
  all(['昼過ぎ', 'お昼すぎ'], '@13:00~15:00');
  all(['朝イチ', '朝一番', '開店と同時'], '@10:00');
  all(['午後イチ', '午後一'], '@13:00');
  all(['正午'], '@12:00');
});
test('open ends', () => {
  all(['18時以降', '18時より後', '18:00以降', '18時移行'], '@18:00~');
  all(['15時まで', '15時までに', '15時前', '15時以前'], '@~15:00');
  all(['夕方以降'], '@16:00~');
  all(['15時過ぎ', '15時すぎ'], '@15:00~16:00');
  all(['お昼まで'], '@~12:00');
});
test('ranges of times', () => {
  all(['13時から15時', '13時〜15時', '13-15時', '13:00-15:00', '１３時～１５時の間', '午後1時〜3時', '1時から3時', '13時〜15', '13時以降15時まで', '13時から遅くても15時まで'], '@13:00~15:00');
  all(['11時から1時'], '@11:00~13:00');
});
test('about a time is that time, and an assumption', () => {
  for (const text of ['15時頃', '15時ごろ', '15時くらい', '15時前後', '15時あたり']) {
    expect(read(text)).toBe('@15:00');
    expect(reading(text).assumed.map((a) => a.why)).toContain('fuzzy');
  }
});
test('from now', () => {
  all(['1時間後', '１時間後に行けますか'], '11-24 @13:00');
  all(['30分後'], '11-24 @12:30');
  all(['今から', '今すぐ行けますか'], '11-24');
});
describe('past midnight', () => {
  const hours = openFrom('18:00', '26:00');
  test('is the next day for a shop that is closed by then', () => expect(read('土曜の25時', { hours: null })).toBe('11-29 @01:00'));
  test('is the same business day for a shop that is open', () => expect(read('土曜の25時', { hours })).toBe('11-28 @25:00'));
});
test('lengths of time are no times', () => all(['60分コース', '1時間くらいで終わりますか', '30分だけ', '2時間半かかりますか', '時間どれくらい', '何時まで'], ''));
test('a length behind a time stays a length', () => {
  all(['土曜の13時、60分コースで', '土曜13時から60分コース', '土曜の13時60分コース'], '11-28 @13:00');
});
test('four digits are a time only right behind a day', () => {
  all(['明日1430'], '11-25 @14:30');
  all(['1430'], '');
});
