import { addDays, weekdayOf } from '../../model/time.ts';
import { openingsOn } from '../../model/hours.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { addMonths, mondayOf, nextDay, nextWeekday, weekFrom } from './days.ts';

/** Days counted from today, and from the day the talk is about. */
export const relativeWords: readonly Words<DateAtom>[] = [
  ['今日 きょう 本日 ほんじつ 今日中 本日中 きょうじゅう 今日これから 本日これから today kyou', { kind: 'relative', days: 0 }],
  ['明日 あした あす みょうにち 明日中 あしたじゅう あした中 tomorrow ashita asita asu', { kind: 'relative', days: 1 }],
  ['明後日 あさって あさて みょうごにち 明後日中', { kind: 'relative', days: 2 }],
  ['明々後日 明明後日 しあさって しあさて', { kind: 'relative', days: 3 }],
  ['弥の明後日 やのあさって', { kind: 'relative', days: 4 }],
  ['昨日 きのう さくじつ yesterday', { kind: 'relative', days: -1 }],
  ['一昨日 おととい おとつい いっさくじつ', { kind: 'relative', days: -2 }],
  ['一昨々日 さきおととい', { kind: 'relative', days: -3 }],
  ['翌日 次の日 つぎの日 つぎのひ 明くる日 もう一日後', { kind: 'following', days: 1 }],
  ['翌々日 次の次の日', { kind: 'following', days: 2 }],
  ['前日 前の日 まえの日 まえのひ 一日前の日', { kind: 'following', days: -1 }],
  ['翌週 次の週 その次の週 つぎの週', { kind: 'following', days: 7, unit: 'week' }],
  ['翌月 次の月の', { kind: 'following', days: 1, unit: 'month' }],
  ['同じ日 おなじ日 おなじひ その日 そのひ 同日 当日', { kind: 'same' }],
  ['同じ曜日 おなじ曜日 同曜日', { kind: 'same', weekday: true }],
  ['診療日 営業日 開いている日 やってる日', { kind: 'openDay' }],
];

export const onDay = (day: string, grain: Found['grain'] = 'day'): Found => ({ days: [day], grain, scope: { month: day } });

/** 「来週の今日」 is today a week on. */
export function dayOfWeekNamed(found: Found, days: number, calendar: Calendar): Found | null {
  if (found.grain === 'around' && days === 0) return { ...found, grain: 'day' };
  const monday = found.grain === 'week' && !Array.isArray(found.days) ? found.days.from : null;
  if (monday === null) return null;
  return { ...found, ...onDay(nextWeekday(monday, weekdayOf(addDays(calendar.today, days)))), scope: found.scope };
}

export const relative = (atom: Extract<DateAtom, { kind: 'relative' }>, calendar: Calendar): Found => ({
  ...onDay(addDays(calendar.today, atom.days)),
  scope: {},
});

/** 「翌日」 counts from the day spoken of; without one it says nothing. */
export function following(atom: Extract<DateAtom, { kind: 'following' }>, calendar: Calendar): Found | null {
  if (atom.unit === 'week') {
    const monday = addDays(mondayOf(calendar.spoken ?? calendar.today), 7);
    return { days: weekFrom(monday), grain: 'week', scope: { week: monday } };
  }
  if (calendar.spoken === null) return null;
  const day = atom.unit === 'month' ? addMonths(calendar.spoken, 1) : addDays(calendar.spoken, atom.days);
  return { ...onDay(day), assumed: ['shifted'] };
}

/** 「次の診療日」: the first open day after the day spoken of (「その次の」) or after today. */
export function openDay(found: Found | null, calendar: Calendar): Found | null {
  if (found?.next === undefined) return null;
  let day: string | null = found.next.from;
  for (let n = 0; n <= found.next.more && day !== null; n++) {
    day = nextDay(addDays(day, 1), (d) => calendar.hours === null || openingsOn(calendar.hours, d).length > 0);
  }
  return day === null ? null : { ...onDay(day), assumed: ['shifted'] };
}
