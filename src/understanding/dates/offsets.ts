import { addDays } from '../../model/time.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { addMonths, firstOf, firstOfMonth, listed, mondayOf } from './days.ts';

type Offset = Extract<DateAtom, { kind: 'offset' }>;

/** Offsets in words; those with numbers (3日後, 2週間以内) are read where numbers are. */
export const offsetWords: readonly Words<DateAtom>[] = [
  ['半年後 はんとしご', { kind: 'offset', counts: [6], unit: 'month' }],
  ...['', '', 'ふつか', 'みっか', 'よっか', 'いつか', 'むいか', 'なのか', 'ようか', 'ここのか', 'とおか'].flatMap((days, n): Words<DateAtom>[] =>
    days === '' ? [] : [[`${days}ご ${days}後`, { kind: 'offset', counts: [n], unit: 'day' }]]),
  ...['', 'いっ', 'に', 'さん', 'よん'].flatMap((n, i): Words<DateAtom>[] =>
    n === '' ? [] : [[`${n}しゅうかんご ${n}しゅうかん後`, { kind: 'offset', counts: [i], unit: 'week' }], [`${n}かげつご ${n}かげつ後`, { kind: 'offset', counts: [i], unit: 'month' }]]),
  ['半月後', { kind: 'offset', counts: [15], unit: 'day' }],
  ['一両日中 一両日', { kind: 'offset', counts: [2], unit: 'day', within: true }],
  ['数日後', { kind: 'offset', counts: [2, 4], unit: 'day' }],
  ['数日以内 数日中 ここ数日 数日のうち 近日中 近いうち 近々', { kind: 'offset', counts: [4], unit: 'day', within: true }],
];

/** 「3日後」 a day, 「2,3日後」 days, 「3日以内」 from today on, 「2週間後」 a day around which a weekday may be named. */
export function offset(atom: Offset, calendar: Calendar): Found {
  const start = (calendar.fromSpoken && !atom.within && calendar.spoken) || calendar.today;
  const days = atom.counts.map((n) => moved(start, n, atom.unit));
  const last = days.at(-1)!;
  if (atom.within) return { days: { from: calendar.today, to: last }, grain: 'season', scope: {} };
  const scope = atom.unit === 'week' ? { week: mondayOf(last) } : atom.unit === 'month' ? { month: firstOfMonth(last) } : {};
  const grain = atom.unit === 'day' ? 'day' : 'around';
  if (days.length === 1) return { days, grain, scope };
  const all = listed({ from: days[0]!, to: last }, calendar.today)!;
  return { days: atom.unit === 'day' ? all : { from: days[0]!, to: last }, grain: 'days', scope: {}, assumed: ['fuzzy'] };
}

export function moved(day: string, n: number, unit: Offset['unit']): string {
  if (unit === 'day') return addDays(day, n);
  if (unit === 'week') return addDays(day, 7 * n);
  return addMonths(day, unit === 'month' ? n : 12 * n);
}

/** 「明日から3日間」: so many days from the one named. */
export function span(days: number, from: Found): Found | null {
  const first = firstOf(from.days);
  if (first === null) return null;
  return { ...from, days: days === 1 ? [first] : { from: first, to: addDays(first, days - 1) }, grain: 'season' };
}
