import { addDays, daysBetween } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import type { Calendar, DateAtom, Found } from './atoms.ts';
import { dayOfCalendar, firstOf, firstOfMonth, lastOf, listed, monthFrom, monthOf, nextDay, yearOf } from './days.ts';

type Numbers = Extract<DateAtom, { kind: 'calendar' }>;

/** Convention 4: a date without a year that passed up to this many days ago is refused as past, not moved to next year. */
const JUST_PASSED = 60;

/** Year, month and day in numbers: 2026年3月16日, 3/16, 16日, and the day after a month that was named before it. */
export function calendarDay(atom: Numbers, found: Found | null, calendar: Calendar): Found | null {
  if (found?.grain === 'prefix') return null;
  if (atom.day === undefined) return atom.month === undefined ? wholeYear(atom.year!, found) : wholeMonth(atom, found, calendar);
  if (atom.month === undefined) return dayOnly(atom.day, found, calendar);
  if (found !== null && found.grain !== 'year' && found.grain !== 'weekday' && found.grain !== 'day') return null;
  const year = atom.year ?? (found?.grain === 'year' ? yearOf(firstOf(found.days)!) : undefined);
  const read = year === undefined ? nearest(atom.month, atom.day, calendar) : exact(year, atom.month, atom.day);
  return found === null || found.grain === 'year' ? read : sameDay(found, read);
}

const impossible: Found = { days: [], grain: 'day', scope: {}, refuse: { reason: 'impossible_date' } };

function exact(year: number, month: number, day: number): Found {
  const date = dayOfCalendar(year, month, day);
  return date === null ? impossible : { days: [date], grain: 'day', scope: { month: firstOfMonth(date) } };
}

/** The nearest such day ahead. 2/29 waits for a leap year only if that is the coming one. */
function nearest(month: number, day: number, calendar: Calendar): Found {
  const year = yearOf(calendar.today);
  const thisYear = dayOfCalendar(year, month, day);
  const nextYear = dayOfCalendar(year + 1, month, day);
  if (thisYear !== null && thisYear >= calendar.today) return exact(year, month, day);
  if (thisYear === null && nextYear === null) return impossible;
  const passed = thisYear === null ? 0 : daysBetween(thisYear, calendar.today);
  if (thisYear === null && monthOf(calendar.today) <= month) return impossible;
  if (passed > 0 && passed <= JUST_PASSED) {
    return { ...exact(year, month, day), refuse: { reason: 'past', day: thisYear! } };
  }
  return nextYear === null ? impossible : { ...exact(year + 1, month, day), assumed: ['next_year'] };
}

/** Convention 4: a bare day is of the month named, else of this month, else of the next month that has it. */
function dayOnly(day: number, found: Found | null, calendar: Calendar): Found | null {
  if (found?.refuse?.reason === 'impossible_date') return { ...found, grain: 'day' };
  if (day < 1 || day > 31) return impossible;
  if (found?.grain === 'month') return inMonth(firstOf(found.days)!, day);
  if (found !== null && (found.grain === 'week' || found.grain === 'weekday' || found.grain === 'weekend' || found.grain === 'day')) {
    const days = Array.isArray(found.days) ? found.days : [found.days.from!, found.days.to!];
    const match = found.grain === 'week' ? inWeek(days[0]!, day) : days.find((d) => +d.slice(8) === day);
    if (match !== undefined && match !== null) return { ...found, days: [match], grain: 'day', base: found.days };
    const read = dayOnly(day, null, calendar);
    return read === null || found.grain === 'day' ? null : sameDay(found, read);
  }
  if (found?.grain === 'open' && !Array.isArray(found.days) && found.days.from !== null && found.days.to === null) {
    const match = nextDay(found.days.from, (d) => +d.slice(8) === day);
    return match === null ? null : { days: [match], grain: 'day', scope: { month: firstOfMonth(match) } };
  }
  if (found?.grain === 'season' || found?.grain === 'part') {
    const match = listed(found.days, calendar.today)?.find((d) => +d.slice(8) === day);
    return match === undefined ? null : { ...found, days: [match], grain: 'day', scope: { month: firstOfMonth(match) }, base: found.days };
  }
  if (found !== null) return null;
  const named = calendar.scope.month;
  if (named !== undefined) {
    const here = dayOfCalendar(yearOf(named), monthOf(named), day);
    if (here !== null && here >= calendar.today) return inMonth(firstOfMonth(named), day);
    return inMonth(firstOfMonth(named, 1), day);
  }
  for (let months = 0; months < 3; months++) {
    const first = firstOfMonth(calendar.today, months);
    const date = dayOfCalendar(yearOf(first), monthOf(first), day);
    if (date !== null && date >= calendar.today) return { days: [date], grain: 'day', scope: { month: first }, assumed: ['this_month'] };
  }
  return impossible;
}

const inWeek = (monday: Day, day: number): Day | null => {
  for (let n = 0; n < 7; n++) if (+addDays(monday, n).slice(8) === day) return addDays(monday, n);
  return null;
};

const inMonth = (first: Day, day: number): Found => exact(yearOf(first), monthOf(first), day);

/** A weekday or a day said first and a date after it must be the same day: 「日曜の16日」. */
function sameDay(said: Found, read: Found): Found | null {
  const day = firstOf(read.days);
  if (read.refuse || day === null) return read;
  if (Array.isArray(said.days) && said.days.includes(day)) return { ...read, grain: 'day' };
  if (said.grain === 'day') return null;
  const weekday = said.days;
  if (!Array.isArray(weekday) || weekday.length !== 1) return null;
  const off = ((daysBetween(weekday[0]!, day) % 7) + 7) % 7;
  if (off === 0) return read;
  const fit = addDays(day, 7 - off);
  return { ...read, refuse: { reason: 'weekday_mismatch', day, instead: [addDays(fit, -7), fit] } };
}

function wholeYear(year: number, found: Found | null): Found | null {
  if (found !== null) return null;
  return { days: { from: `${year}-01-01`, to: `${year}-12-31` }, grain: 'year', scope: { month: `${year}-01-01` } };
}

/** A month by its number: of the year named, else the nearest that is not over. */
function wholeMonth(atom: Numbers, found: Found | null, calendar: Calendar): Found | null {
  if (found !== null && found.grain !== 'year') return null;
  if (atom.month! < 1 || atom.month! > 12) return { ...impossible, grain: 'month' };
  const stated = atom.year ?? (found === null ? undefined : yearOf(firstOf(found.days)!));
  const thisYear = dayOfCalendar(stated ?? yearOf(calendar.today), atom.month!, 1)!;
  const over = stated === undefined && lastOf(monthFrom(thisYear))! < calendar.today;
  const first = over ? firstOfMonth(thisYear, 12) : thisYear;
  return { days: monthFrom(first), grain: 'month', scope: { month: first }, ...(over && { assumed: ['next_year'] }) };
}

