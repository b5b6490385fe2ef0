import { addDays, daysBetween } from '../../model/time.ts';
import type { Days } from '../heard.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found, Part } from './atoms.ts';
import { firstOfMonth, mondayOf, monthFrom, weekFrom, yearOf } from './days.ts';

/** Months and years counted from this one. */
export const monthWords: readonly Words<DateAtom>[] = [
  ['今月 こんげつ 当月 こん月', { kind: 'month', months: 0 }],
  ['来月 らいげつ らい月 来げつ 月が変わったら 月が明けたら', { kind: 'month', months: 1 }],
  ['再来月 さらいげつ さ来月', { kind: 'month', months: 2 }],
  ['先月 せんげつ', { kind: 'month', months: -1 }],
  ['先々月', { kind: 'month', months: -2 }],
  ['今年 ことし 本年', { kind: 'year', years: 0 }],
  ['来年 らいねん 翌年', { kind: 'year', years: 1 }],
  ['再来年 さらいねん', { kind: 'year', years: 2 }],
  ['去年 昨年 きょねん さくねん', { kind: 'year', years: -1 }],
  ['一昨年 おととし', { kind: 'year', years: -2 }],
];

/** Parts that stand alone and mean this month's. */
export const monthPartWords: readonly Words<DateAtom>[] = [
  ['月末 月ずえ げつまつ 末日 月の終わり', { kind: 'part', part: 'end', of: 'month' }],
  ['月初 月初め 月はじめ 月頭 月の頭 月の初め 月始め げっしょ', { kind: 'part', part: 'start', of: 'month' }],
  ['上旬 初旬 じょうじゅん', { kind: 'part', part: 'early', of: 'month' }],
  ['中旬 ちゅうじゅん 月半ば 月の半ば 月中頃 月なかば', { kind: 'part', part: 'middle', of: 'month' }],
  ['下旬 げじゅん', { kind: 'part', part: 'late', of: 'month' }],
  ['月の前半 月前半', { kind: 'part', part: 'firstHalf', of: 'month' }],
  ['月の後半 月後半', { kind: 'part', part: 'secondHalf', of: 'month' }],
  ['月内', { kind: 'part', part: 'all', of: 'month' }],
  ['週内', { kind: 'part', part: 'all', of: 'week' }],
  ['年内 今年中 年内中', { kind: 'part', part: 'all', of: 'year' }],
];

/** Parts that say something only right after a week, a month or a long holiday: 「来月の頭」, not 「頭が痛い」. */
export const partWords: readonly Words<DateAtom>[] = [
  ['頭 あたま 初め はじめ 始め 入ってすぐ に入ってすぐ 入ったら すぐ 早々', { kind: 'part', part: 'start' }],
  ['半ば なかば 中頃 中ごろ 真ん中 まんなか 真ん中の日', { kind: 'part', part: 'middle' }],
  ['末 終わり おわり 終盤 ラスト', { kind: 'part', part: 'end' }],
  ['末日 最終日', { kind: 'part', part: 'last' }],
  ['前半', { kind: 'part', part: 'firstHalf' }],
  ['後半', { kind: 'part', part: 'secondHalf' }],
  ['初日 1日目', { kind: 'part', part: 'first' }],
  ['中日', { kind: 'part', part: 'midway' }],
  ['明け あけ 明けて', { kind: 'part', part: 'after' }],
  ['いっぱい 一杯', { kind: 'part', part: 'all' }],
];

export function month(atom: Extract<DateAtom, { kind: 'month' }>, calendar: Calendar): Found {
  const first = firstOfMonth(calendar.today, atom.months);
  return { days: monthFrom(first), grain: 'month', scope: { month: first } };
}

export function year(atom: Extract<DateAtom, { kind: 'year' }>, calendar: Calendar): Found {
  const y = yearOf(calendar.today) + atom.years;
  return { days: { from: `${y}-01-01`, to: `${y}-12-31` }, grain: 'year', scope: {} };
}

/** Convention 11: 月末 from the 25th, 月初 to the 5th; the three 旬; halves meet at the 15th. Days of the month. */
const IN_MONTH: Partial<Record<Part, [from: number, to: number]>> = {
  start: [1, 5], early: [1, 10], middle: [11, 20], late: [21, 31], end: [25, 31], firstHalf: [1, 15], secondHalf: [16, 31],
  last: [31, 31], all: [1, 31], first: [1, 1],
};
/** Days of the week, Monday is 1: 前半 to Wednesday, 後半 from Thursday. */
const IN_WEEK: Partial<Record<Part, [from: number, to: number]>> = {
  start: [1, 1], middle: [3, 3], end: [5, 7], firstHalf: [1, 3], secondHalf: [4, 7], last: [7, 7], all: [1, 7], first: [1, 1],
};

const IN_YEAR: Partial<Record<Part, [from: number, to: number]>> = { all: [1, 366], start: [1, 10] };

/** A part of what was named, or of this week, month or year where the word itself says of which. */
export function part(atom: Extract<DateAtom, { kind: 'part' }>, found: Found | null, calendar: Calendar): Found | null {
  const of = found !== null && ['week', 'month', 'year', 'season'].includes(found.grain) ? found : standsAlone(atom, calendar);
  if (of === null || Array.isArray(of.days) || of.days.from === null || of.days.to === null) return null;
  const { from, to } = of.days;
  const fuzzy: Partial<Found> = atom.part === 'all' ? {} : { assumed: [...(of.assumed ?? []), 'fuzzy'] };
  if (of.grain === 'season' || atom.part === 'after') return inSeason(atom.part, from, to, of);
  const slice = (of.grain === 'week' ? IN_WEEK : of.grain === 'month' ? IN_MONTH : IN_YEAR)[atom.part];
  if (!slice) return null;
  const end = addDays(from, slice[1] - 1);
  const days = { from: addDays(from, slice[0] - 1), to: end > to ? to : end };
  if (atom.part === 'last') days.from = days.to;
  return { ...of, ...fuzzy, days: days.from === days.to ? [days.from] : days, grain: 'part', base: of.days };
}

/** 初日, 最終日, 中日, the halves of a long holiday, and from when it is over. */
function inSeason(which: Part, from: string, to: string, of: Found): Found | null {
  const half = Math.floor(daysBetween(from, to) / 2);
  const middle = addDays(from, Math.ceil(daysBetween(from, to) / 2));
  const days: Partial<Record<Part, Days>> = {
    first: [from], start: [from], last: [to], end: [to], midway: [middle], middle: [middle],
    firstHalf: { from, to: addDays(from, half) }, secondHalf: { from: addDays(from, half + 1), to }, all: { from, to },
    after: of.grain === 'season' && daysBetween(from, to) >= 3 ? { from: addDays(to, 1), to: null } : [addDays(to, 1)],
  };
  const picked = days[which];
  return picked === undefined ? null : { ...of, days: picked, grain: Array.isArray(picked) ? 'day' : 'open', scope: {}, ...(which === 'after' && { soon: true }) };
}

function standsAlone(atom: Extract<DateAtom, { kind: 'part' }>, calendar: Calendar): Found | null {
  if (atom.of === undefined && calendar.scope.week !== undefined) return { days: weekFrom(calendar.scope.week), grain: 'week', scope: calendar.scope };
  if (atom.of === undefined && calendar.scope.month !== undefined) return { days: monthFrom(firstOfMonth(calendar.scope.month)), grain: 'month', scope: calendar.scope };
  if (atom.of === 'week') {
    // 週明け and the like mean the next Monday; what is left of this week is only asked for by 週半ば, 週後半, 週内.
    const ahead = atom.part === 'start' || atom.part === 'firstHalf' ? 7 : 0;
    const monday = addDays(mondayOf(calendar.today), ahead);
    return { days: weekFrom(monday), grain: 'week', scope: { week: monday } };
  }
  if (atom.of === 'month') {
    const slice = IN_MONTH[atom.part]!;
    const over = +calendar.today.slice(8) > slice[1];
    return month({ kind: 'month', months: over ? 1 : 0 }, calendar);
  }
  return atom.of === 'year' ? year({ kind: 'year', years: 0 }, calendar) : null;
}
