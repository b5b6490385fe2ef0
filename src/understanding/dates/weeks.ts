import { addDays, weekdayOf } from '../../model/time.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { mondayOf, weekFrom } from './days.ts';

/** Weeks counted from this one, weekends and Monday after the weekend. Wrong conversions of an IME included. */
export const weekWords: readonly Words<DateAtom>[] = [
  ['今週 こんしゅう 今習 this_week', { kind: 'week', weeks: 0 }],
  ['来週 らいしゅう らい週 来習 来集 来襲 次週 next_week', { kind: 'week', weeks: 1 }],
  ['再来週 さらいしゅう さ来週 さらい週 再来習 再来集 再来襲', { kind: 'week', weeks: 2 }],
  ['再々来週 再再来週', { kind: 'week', weeks: 3 }],
  ['先週 せんしゅう', { kind: 'week', weeks: -1 }],
  ['先々週 先先週 せんせんしゅう', { kind: 'week', weeks: -2 }],
  ['週末 しゅうまつ weekend', { kind: 'weekend', weeks: null }],
  ['今週末 こんしゅうまつ 今週の週末 今週の終末', { kind: 'weekend', weeks: 0 }],
  ['来週末 らいしゅうまつ 来週の週末 翌週末', { kind: 'weekend', weeks: 1 }],
  ['再来週末 再来週の週末 さ来週末 さらいしゅうまつ', { kind: 'weekend', weeks: 2 }],
  ['先週末', { kind: 'weekend', weeks: -1 }],
  ['週明け 週あけ しゅうあけ', { kind: 'part', part: 'start', of: 'week' }],
  ['週頭 週初め 週はじめ 週の頭 週の初め 週のはじめ', { kind: 'part', part: 'start', of: 'week' }],
  ['週半ば 週なかば 週中頃 週の半ば 週の真ん中 週の中頃 週の中日', { kind: 'part', part: 'middle', of: 'week' }],
  ['週前半 週の前半', { kind: 'part', part: 'firstHalf', of: 'week' }],
  ['週後半 週の後半', { kind: 'part', part: 'secondHalf', of: 'week' }],
];

/** Convention 1. A Sunday's 「来週」 begins tomorrow; whoever counts weeks from Sunday means another, so it is an assumption. */
export function week(atom: Extract<DateAtom, { kind: 'week' }>, calendar: Calendar): Found {
  const monday = addDays(mondayOf(calendar.today), 7 * atom.weeks);
  const sunday = weekdayOf(calendar.today) === 'sun' && atom.weeks !== 0;
  return { days: weekFrom(monday), grain: 'week', scope: { week: monday }, ...(sunday && { assumed: ['sunday_week'] }) };
}

/** Saturday and Sunday. A bare 「週末」 said on a Sunday is the one to come. */
export function weekend(atom: Extract<DateAtom, { kind: 'weekend' }>, found: Found | null, calendar: Calendar): Found {
  const bare = atom.weeks === null && weekdayOf(calendar.today) === 'sun';
  const ahead = (atom.weeks ?? 0) + (found?.next?.more ?? 0) + (bare ? 1 : 0);
  const monday = addDays(mondayOf(calendar.today), 7 * ahead);
  const saturday = addDays(monday, 5);
  const left = ahead === 0 && weekdayOf(calendar.today) === 'sun' ? [calendar.today] : [saturday, addDays(saturday, 1)];
  return { days: left, grain: 'weekend', scope: { week: monday }, ...(found?.next && { assumed: ['next_weekday'] }) };
}
