import { isHoliday } from '../../model/holidays.ts';
import { addDays, weekdayOf, WEEKDAYS } from '../../model/time.ts';
import type { Day, Weekday } from '../../model/time.ts';
import type { Words } from '../reading/lexicon.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { firstOf, firstOfMonth, isDayOff, listDays, listed, mondayOf, monthFrom, nextWeekday } from './days.ts';

const KANJI: Record<Weekday, string> = { mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土', sun: '日' };
const KANA: Record<Weekday, string> = { mon: 'げつ', tue: 'か', wed: 'すい', thu: 'もく', fri: 'きん', sat: 'ど', sun: 'にち' };
const ENGLISH: Record<Weekday, string> = {
  mon: 'monday mon', tue: 'tuesday tue', wed: 'wednesday wed', thu: 'thursday thu', fri: 'friday fri', sat: 'saturday', sun: 'sunday',
};
/** 曜 as an IME or a hurried thumb writes it. */
const DAY_SIGNS = ['曜日', '曜', '用日', '耀日', '陽日', 'ようび', 'よう日', '用び', '曜び'];

const spell = (day: Weekday): string =>
  [...DAY_SIGNS.map((sign) => KANJI[day] + sign), ...DAY_SIGNS.filter((s) => s !== '曜').map((sign) => KANA[day] + sign), KANA[day] + '曜', ENGLISH[day]].join(' ');

export const weekdayWords: readonly Words<DateAtom>[] = [
  ...WEEKDAYS.map((day): Words<DateAtom> => [spell(day), { kind: 'weekday', weekdays: [day] }]),
  ['げつよう 月よう', { kind: 'weekday', weekdays: ['mon'] }],
  ['かよう 火よう', { kind: 'weekday', weekdays: ['tue'] }],
  ['すいよう 水よう', { kind: 'weekday', weekdays: ['wed'] }],
  ['もくよう 木よう', { kind: 'weekday', weekdays: ['thu'] }],
  ['きんよう 金よう', { kind: 'weekday', weekdays: ['fri'] }],
  ['どよう 土よう 土用', { kind: 'weekday', weekdays: ['sat'] }],
  ['にちよう 日よう 日用', { kind: 'weekday', weekdays: ['sun'] }],
  ['花金 華金', { kind: 'weekday', weekdays: ['fri'] }],
];
export const dayClassWords: readonly Words<DateAtom>[] = [
  ['平日 へいじつ ウィークデー ウイークデイ 平日中', { kind: 'class', days: 'workdays' }],
  ['土日 どにち 土・日 土、日 土/日 土曜日曜 土曜・日曜 土曜日・日曜日 土曜日日曜日', { kind: 'class', days: 'weekend' }],
  ['祝日 しゅくじつ 祭日 祝祭日 旗日', { kind: 'class', days: 'holidays' }],
  ['土日祝 土日祝日 土・日・祝 土日・祝日 土日と祝日 土日や祝日 休日 どにちしゅく お休みの日', { kind: 'class', days: 'daysOff' }],
];
export const nthWords: readonly Words<DateAtom>[] = [
  ['最後の 最終 さいごの ラストの', { kind: 'nth', nth: [-1] }],
  ['最初の 一番目の さいしょの', { kind: 'nth', nth: [1] }],
  ['最終週 最後の週 さいごの週', { kind: 'nth', nth: [-1], week: true }],
  ['最初の週 第一週目', { kind: 'nth', nth: [1], week: true }],
  ['次の つぎの 次 今度の こんどの 今度 直近の この 次回の 一番近い', { kind: 'next', more: 0 }],
  ['次の次の 次の次 再来の つぎのつぎの', { kind: 'next', more: 1 }],
  ['その次の そのつぎの', { kind: 'next', more: 0, thence: true }],
];

/** 「土」 for a list of bare kanji (月水金, (土)). */
export const weekdayOfKanji = (char: string): Weekday | null => WEEKDAYS.find((day) => KANJI[day] === char) ?? null;

const pick = (found: Found, days: Day[], calendar: Calendar): Found => {
  const ahead = days.filter((day) => day >= calendar.today);
  return { ...found, days: ahead.length > 0 ? ahead : days, grain: 'weekday', base: found.days };
};

/**
 * Convention 3: a bare weekday is the nearest after today. After a week, a month or a part it is picked from there;
 * after a single day it has to agree with it.
 */
export function weekday(atom: Extract<DateAtom, { kind: 'weekday' }>, found: Found | null, calendar: Calendar): Found | null {
  const isOne = (day: Day) => atom.weekdays.includes(weekdayOf(day));
  if (found?.next) return afterNext(atom, found.next);
  if (found?.nth) return nthWeekday(atom.weekdays, found, calendar);
  if (found === null) return bare(atom, calendar);
  // 「正月明けの土曜」 is the first from then on.
  if (found.soon && !found.refuse) return { ...found, days: atom.weekdays.map((day) => nextWeekday(firstOf(found.days)!, day)).sort(), grain: 'weekday', soon: false };
  if (found.grain === 'day') return agrees(found, atom.weekdays);
  if (found.grain === 'around') {
    // 「2週間後の土曜」 is the Saturday of that week.
    const day = firstOf(found.days)!;
    return { ...found, days: listDays(mondayOf(day), addDays(mondayOf(day), 6)).filter(isOne), grain: 'weekday' };
  }
  if (found.grain === 'class' && !Array.isArray(found.days)) return bare(atom, calendar);
  if (!['week', 'weekend', 'month', 'part', 'season', 'class'].includes(found.grain)) {
    return found.grain === 'open' ? within(found, { weekdays: WEEKDAYS.filter((day) => !atom.weekdays.includes(day)) }) : null;
  }
  const all = listed(found.days, calendar.today);
  if (all === null) return within(found, { weekdays: WEEKDAYS.filter((day) => !atom.weekdays.includes(day)) });
  const days = all.filter(isOne);
  // 「来週の頭か、遅くとも水曜まで」: a weekday that is not in the stretch says something else.
  if (days.length === 0 && (found.grain !== 'class' || all.every(isHoliday))) return null;
  const read = pick(found, days, calendar);
  // Whoever begins the week on Sunday means another one by 「来週の日曜」.
  return found.grain === 'week' && atom.weekdays.includes('sun') && days[0]! > addDays(calendar.today, 6) ? { ...read, assumed: [...(found.assumed ?? []), 'sunday_week'] } : read;
}

const within = (found: Found, exclude: NonNullable<Found['exclude']>): Found => ({ ...found, exclude, grain: 'class' });

function bare({ weekdays, run }: { weekdays: readonly Weekday[]; run?: boolean }, calendar: Calendar): Found {
  if (calendar.scope.week !== undefined) {
    const monday = calendar.scope.week;
    const base = { from: monday, to: addDays(monday, 6) };
    return { days: weekdays.map((day) => nextWeekday(monday, day)), grain: 'weekday', scope: calendar.scope, base };
  }
  // 月〜金 begins with the nearest Monday.
  const first = addDays(calendar.today, 1);
  const start = run ? nextWeekday(first, weekdays[0]!) : first;
  const days = weekdays.map((day) => nextWeekday(start, day)).sort();
  return { days, grain: 'weekday', scope: {}, assumed: ['nearest_weekday'] };
}

/** 「次の土曜」 is the nearest after today, by convention 3; some mean the week after, so it is an assumption. */
function afterNext(atom: Extract<DateAtom, { kind: 'weekday' }>, next: NonNullable<Found['next']>): Found {
  const days = atom.weekdays.map((day) => addDays(nextWeekday(addDays(next.from, 1), day), 7 * next.more)).sort();
  return { days, grain: 'weekday', scope: {}, assumed: ['next_weekday'] };
}

/** A date and a weekday that contradict each other are refused, with the nearest days that would fit. */
export function agrees(found: Found, weekdays: readonly Weekday[]): Found {
  const day = firstOf(found.days)!;
  if (found.refuse || weekdays.includes(weekdayOf(day))) return found;
  const said = weekdays[0]!;
  const after = nextWeekday(day, said);
  const instead = [addDays(after, -7), after];
  return { ...found, refuse: { reason: 'weekday_mismatch', day, weekday: said, instead } };
}

/** 「第2土曜」 of the month named, or else of the first month in which it has not passed. */
function nthWeekday(weekdays: readonly Weekday[], found: Found, calendar: Calendar): Found | null {
  const named = found.scope.month;
  if (found.base !== undefined) return nthOf(weekdays, found, calendar);
  const inMonth = (first: Day, counts = found.nth!): Day[] => {
    const { from, to } = monthFrom(first);
    const of = (day: Weekday) => listDays(from, to).filter((d) => weekdayOf(d) === day);
    return weekdays.flatMap((day) => counts.flatMap((n) => of(day).at(n > 0 ? n - 1 : n) ?? [])).sort();
  };
  if (named !== undefined) {
    const days = inMonth(named);
    if (days.length === 0) return { ...found, refuse: { reason: 'impossible_date' } };
    const ahead = days.filter((day) => day >= calendar.today);
    return { days: ahead.length > 0 ? ahead : days, grain: 'weekday', scope: { month: named } };
  }
  const days = found.nth!.flatMap((n) => {
    for (let months = 0; months < 12; months++) {
      const ahead = inMonth(firstOfMonth(calendar.today, months), [n]).filter((day) => day >= calendar.today);
      if (ahead.length > 0) return ahead;
    }
    return [];
  });
  return days.length === 0 ? null : { days: days.sort(), grain: 'weekday', scope: {}, assumed: ['this_month'] };
}

/** 「年明け最初の土曜」「GW最後の日曜」: counted from the days named, not in a month. */
function nthOf(weekdays: readonly Weekday[], found: Found, calendar: Calendar): Found | null {
  const from = firstOf(found.base!) ?? calendar.today;
  const all = (listed(found.base!, calendar.today) ?? listDays(from, addDays(from, 60))).filter((day) => day >= calendar.today && weekdays.includes(weekdayOf(day)));
  const days = found.nth!.flatMap((n) => all.at(n > 0 ? n - 1 : n) ?? []);
  return days.length === 0 ? null : { days, grain: 'weekday', scope: {}, ...(found.assumed && { assumed: found.assumed }) };
}

/** 「第2週」: the week of the month that begins with its nth Monday; the first is the one the month begins in. */
export function nthWeek(found: Found, calendar: Calendar): Found {
  const first = found.scope.month ?? firstOfMonth(calendar.today);
  const n = found.nth![0]!;
  const { to } = monthFrom(first);
  const monday = n > 0 ? addDays(mondayOf(first), 7 * (n - 1)) : mondayOf(to);
  const days = { from: monday < first ? first : monday, to: addDays(monday, 6) > to ? to : addDays(monday, 6) };
  return { days, grain: 'week', scope: { week: monday }, assumed: ['fuzzy'] };
}

/**
 * Convention 7: 平日 is without Saturdays, Sundays and public holidays; 土日 is the coming pair. Within a week or a
 * month they are picked from it, elsewhere 平日 stays open and says what it leaves out.
 */
export function dayClass(atom: Extract<DateAtom, { kind: 'class' }>, found: Found | null, calendar: Calendar): Found | null {
  const passes = { workdays: (d: Day) => !isDayOff(d), weekend: (d: Day) => weekdayOf(d) === 'sat' || weekdayOf(d) === 'sun', holidays: isHoliday, daysOff: isDayOff }[atom.days];
  const stretch = found !== null && ['week', 'month', 'part', 'season', 'year', 'open'].includes(found.grain) ? found : scopeWeek(calendar);
  if (stretch) {
    const all = listed(stretch.days, calendar.today);
    if (all === null) {
      if (atom.days === 'workdays') return { ...stretch, exclude: { weekdays: ['sat', 'sun'], holidays: true }, grain: 'class' };
      const from = firstOf(stretch.days) ?? calendar.today;
      return { ...stretch, days: listDays(from, addDays(from, 13)).filter(passes), grain: 'class' };
    }
    const days = all.filter(passes);
    return days.length === 0 ? null : { ...pick(stretch, days, calendar), grain: 'class' };
  }
  if (found?.grain === 'day') return atom.days === 'holidays' ? found : null;
  if (found !== null && found.grain !== 'prefix') return null;
  const from = found?.next ? addDays(found.next.from, 1) : addDays(calendar.today, 1);
  if (atom.days === 'workdays') {
    return { days: { from: calendar.today, to: null }, exclude: { weekdays: ['sat', 'sun'], holidays: true }, grain: 'class', scope: {} };
  }
  return { days: coming(atom.days, passes, from, found?.next?.more ?? 0, calendar), grain: 'class', scope: {}, assumed: ['nearest_weekday'] };
}

/** A class in the list after a week: 「来週の火曜か土日」. */
const scopeWeek = (calendar: Calendar): Found | null =>
  calendar.scope.week === undefined ? null
    : { days: { from: calendar.scope.week, to: addDays(calendar.scope.week, 6) }, grain: 'week', scope: calendar.scope };

function coming(which: 'weekend' | 'holidays' | 'daysOff', passes: (day: Day) => boolean, from: Day, more: number, calendar: Calendar): Day[] {
  const saturday = addDays(nextWeekday(weekdayOf(calendar.today) === 'sat' ? calendar.today : from, 'sat'), 7 * more);
  const pair = [saturday, addDays(saturday, 1)];
  if (which === 'weekend') return pair;
  const until = which === 'holidays' ? addDays(from, 370) : addDays(saturday, 2);
  const days = listDays(from, until).filter(passes);
  return which === 'holidays' ? days.slice(more, more + 1) : [...new Set([...days.filter((d) => d >= from), ...pair])].sort();
}

