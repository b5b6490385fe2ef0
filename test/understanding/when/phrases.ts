import fc from 'fast-check';
import { NOW } from './read.ts';

/** A phrase and what it means, told by the grammar that made it and not by the reader. `said`: in the notation of `read`. */
export type Phrase = { text: string; said: string };

const DAY = 86_400_000;
const today = Date.parse(`${NOW.slice(0, 10)}T00:00:00Z`);
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10).replace(/^2026-/, '');
const monday = today - DAY; // NOW is a Tuesday
const KANJI = '月火水木金土日';

const full = (text: string): string => text.replace(/[0-9:/]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const kanji = (n: number): string => (n >= 10 ? `${n >= 20 ? '〇一二三'[Math.floor(n / 10)]! : ''}十` : '') + (n % 10 === 0 && n >= 10 ? '' : '〇一二三四五六七八九'[n % 10]!);
/** A number in one of the ways it is written in front of a unit. */
const written = (n: number): fc.Arbitrary<string> => fc.constantFrom(String(n), full(String(n)), kanji(n));

const relative = fc.constantFrom<[string, number]>(
  ['今日', 0], ['きょう', 0], ['本日', 0], ['明日', 1], ['あした', 1], ['あす', 1], ['明後日', 2], ['あさって', 2], ['しあさって', 3], ['アシタ', 1],
).map(([text, n]) => ({ text, said: iso(today + n * DAY) }));
const weekday = fc.tuple(fc.constantFrom<[string, number]>(['来週', 1], ['らいしゅう', 1], ['再来週', 2], ['さ来週', 2]), fc.constantFrom('', 'の', '、'), fc.integer({ min: 0, max: 6 }), fc.constantFrom('曜', '曜日'))
  .map(([[word, weeks], no, d, sign]) => ({ text: word + no + KANJI[d]! + sign, said: iso(monday + (7 * weeks + d) * DAY) }));
const bare = fc.tuple(fc.constantFrom('', '次の', '今度の'), fc.integer({ min: 0, max: 6 }), fc.constantFrom('曜', '曜日'))
  .map(([next, d, sign]) => ({ text: next + KANJI[d]! + sign, said: iso(monday + (d > 1 ? d : d + 7) * DAY) }));
const monthDay = fc.tuple(fc.integer({ min: 1, max: 280 }), fc.integer({ min: 0, max: 4 })).chain(([ahead, form]) => {
  const at = new Date(today + ahead * DAY);
  const [y, m, d] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const texts = [`${m}/${d}`, full(`${m}/${d}`), `${m}月${d}日`, `${y}年${m}月${d}日`, `${m}/${d}(${KANJI[(at.getUTCDay() + 6) % 7]})`];
  const said = iso(at.getTime());
  return form === 2 ? fc.tuple(written(m), written(d)).map(([a, b]) => ({ text: `${a}月${b}日`, said })) : fc.constant({ text: texts[form]!, said });
});
const later = fc.integer({ min: 1, max: 20 }).chain((n) => written(n).map((text) => ({ text: `${text}日後`, said: iso(today + n * DAY) })));
export const day: fc.Arbitrary<Phrase> = fc.oneof(relative, weekday, bare, monthDay, later);

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** A point within 13:00 to 19:45, so that today's is not over. */
export const point: fc.Arbitrary<Phrase & { minute: number }> = fc.tuple(fc.integer({ min: 13, max: 19 }), fc.constantFrom(0, 15, 30, 45), fc.integer({ min: 0, max: 4 })).chain(([h, m, form]) => {
  const minute = h * 60 + m;
  const done = (text: string) => ({ text, said: `@${clock(minute)}`, minute });
  if (form === 0) return fc.constant(done(`${h}:${String(m).padStart(2, '0')}`));
  if (form === 1) return fc.constant(done(full(`${h}:${String(m).padStart(2, '0')}`)));
  const minutes = m === 0 ? '' : m === 30 && form !== 2 ? '半' : `${m}分`;
  if (form === 4) return fc.constantFrom('午後', 'ごご', '午後の').map((pm) => done(`${pm}${h - 12}時${minutes}`));
  return written(h).map((text) => done(`${text}時${minutes}`));
});
const window: fc.Arbitrary<Phrase> = fc.oneof(
  point.chain((p) => fc.constantFrom(['以降', `${p.said}~`], ['より後', `${p.said}~`], ['まで', `@~${p.said.slice(1)}`], ['までに', `@~${p.said.slice(1)}`]).map(([after, said]) => ({ text: p.text + after!, said: said! }))),
  fc.tuple(point, point, fc.constantFrom('から', '〜', '～', '-', '－')).filter(([a, b]) => a.minute < b.minute).map(([a, b, to]) => ({ text: a.text + to + b.text, said: `${a.said}~${b.said.slice(1)}` })),
  fc.constantFrom(['夕方', '@16:00~18:00'], ['午後', '@12:00~'], ['夜', '@18:00~'], ['夕方以降', '@16:00~'], ['昼過ぎ', '@13:00~15:00'], ['仕事終わり', '@18:00~']).map(([text, said]) => ({ text: text!, said: said! })),
);
const time: fc.Arbitrary<Phrase> = fc.oneof(point, window);

const no = fc.constantFrom('の', 'の', '、', ' ', '');
const before = fc.constantFrom('', '', 'すみません、', 'カットお願いします。', '予約したいです！', 'お世話になっております。', 'あのー、', '2名で');
const behind = fc.constantFrom('', 'で', 'でお願いします', '空いてますか？', 'って取れます？', 'にカットお願いしたいです', 'いけますかー！', 'なんですけど大丈夫でしょうか', 'で2名です', 'はどうですか', 'で予約できますか🙏', ' カット希望');

const single: fc.Arbitrary<Phrase> = fc.oneof(
  day,
  time,
  fc.tuple(day, no, time).map(([d, n, t]) => ({ text: d.text + (/[0-9０-９]$/.test(d.text) && n === '' ? 'の' : n) + t.text, said: `${d.said} ${t.said}` })),
);
const OR = fc.constantFrom('か', '、', 'または', 'か、', 'or');
const listed: fc.Arbitrary<Phrase> = fc.oneof(
  fc.tuple(monthDay, monthDay, OR, point).filter(([a, b]) => a.said !== b.said).map(([a, b, or, t]) => ({ text: `${a.text}${or}${b.text}の${t.text}`, said: `${[a.said, b.said].sort(byDate).join(' ')} ${t.said}` })),
  fc.tuple(weekday, weekday, OR, point, point).filter(([a, b]) => a.said !== b.said).map(([a, b, or, s, t]) => ({ text: `${a.text}の${s.text}${or}${b.text}の${t.text}`, said: `${a.said} ${s.said} | ${b.said} ${t.said}` })),
  fc.tuple(day, point, point).filter(([, s, t]) => s.minute !== t.minute).map(([d, s, t]) => ({ text: `${d.text}の${s.text}か${t.text}`, said: `${d.said} ${s.said} | ${d.said} ${t.said}` })),
);
function byDate(a: string, b: string): number {
  const year = (x: string) => (x.length > 5 ? x : `2026-${x}`);
  return year(a) < year(b) ? -1 : 1;
}
const corrected: fc.Arbitrary<Phrase> = fc.tuple(day, point, point, fc.constantFrom('じゃなくて', 'ではなく', '、いや', '→', 'やっぱり')).map(([d, s, t, not]) => ({ text: `${d.text}の${s.text}${not}${t.text}`, said: `${d.said} ${t.said}` }));

/** Messages of the grammar, dressed as people write them. */
export const message: fc.Arbitrary<Phrase> = fc.tuple(before, fc.oneof({ weight: 4, arbitrary: single }, { weight: 2, arbitrary: listed }, { weight: 1, arbitrary: corrected }), behind)
  .map(([a, p, b]) => ({ text: a + p.text + b, said: p.said }));
