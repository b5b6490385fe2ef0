import { expect, test } from '@jest/globals';
import { read, reading } from './read.ts';

const all = (texts: string[], expected: string, options?: Parameters<typeof read>[1]): void => {
  for (const text of texts) expect([text, read(text, options)]).toEqual([text, expected]);
};
const known = { day: '2026-11-28', time: '15:00' };

test('a kind of days in one clause and the stretch in another are one wish', () => {
  all(['平日の17時以降しか行けないんですが、来週でカット空いてますか'], '11-30 12-01 12-02 12-03 12-04 @17:00~');
  all(['土日しか動けないので、来月でお願いしたいです'], '12-05 12-06 12-12 12-13 12-19 12-20 12-26 12-27');
  all(['土日は無理なので来週でお願いします'], '11-30 12-01 12-02 12-03 12-04');
});
test('what only tells of today, of last night or of a closed day is no wish; a wish put in the past is one', () => {
  all(['こんばんは、今日は一日寒かったですね', '今日は寒かったです'], '');
  all(['今日行きたかったんですけど、まだ空いてますか'], '11-24');
  all(['昨日の夜から痛かったんですが、明日空いてますか', '昨日の20時から痛くて、明日お願いします'], '11-25');
  all(['えー月曜お休みなんですね。じゃあ火曜の11時で', '月曜定休日でしたか、じゃあ火曜の11時で'], '12-01 @11:00');
});
test('the day before or after is that of the day the talk is about, named by its weekday or not', () => {
  all(['月曜お休みでしたね。前の日の13時で'], '11-29 @13:00', { known: { day: '2026-11-30' } });
  all(['月曜お休みでしたね。次の日の13時で'], '2027-01-12 @13:00', { known: { day: '2027-01-11' } });
});
test('so long after at the same time counts from the day the talk is about', () => {
  all(['1週間後の同じ時間にしてもらえますか', '一週間後、時間は同じで'], '12-05 @15:00', { known });
  all(['3日後の同じ時間で'], '12-01 @15:00', { known });
  all(['1週間後でお願いします'], '12-01', { known });
});
test('a month put right keeps the day', () => {
  all(['あ、11月じゃなくて12月です'], '12-28', { known });
  all(['11月じゃなくて12月の3日です'], '12-03', { known });
});
test('さん before じゃなくて is no three o’clock', () => {
  expect(reading('すみません田中さんじゃなくて佐藤さんです').replaced).toEqual([]);
});
test('what cannot be takes nothing else with it', () => {
  expect(reading('2月30日の14時にカット').refuse?.time).toEqual({ from: '14:00', to: '14:00' });
  expect(reading('11/28の日曜、11時で').refuse?.time).toEqual({ from: '11:00', to: '11:00' });
  expect(reading('土曜の15時75分にカット').refuse?.day).toBe('2026-11-28');
});
test('so long from now is the next start of the shop', () => {
  all(['今から1時間半後に行けますか', '90分後くらいは空いてますか'], '11-24 @14:30', { now: '2026-11-24T12:55' });
  all(['2時間後に行きます'], '11-24 @14:00', { now: '2026-11-24T12:00' });
});
test('a stretch stays where only days that will not do are named in it', () => {
  all(['来週でお願いしたいんですが、3日と4日は都合が悪いです'], '11-30 12-01 12-02 12-05 12-06');
  all(['来週の3日でお願いします', '来週でお願いします、3日だと助かります'], '12-03');
});
test('a weekday outside the stretch before it is a day of its own; no wish is without days', () => {
  all(['来週の頭か、遅くとも水曜までには行きたいです'], '11-24..12-02');
  all(['1日でも早くお願いします', '一日も早く診てほしいです'], '11-24..');
});
