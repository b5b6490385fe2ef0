import { isHoliday } from '../../model/holidays.ts';
import { addDays, daysBetween, isDay, weekdayOf, WEEKDAYS } from '../../model/time.ts';
import type { Day, Weekday } from '../../model/time.ts';
import type { Days } from '../heard.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** The day of that name, or null where the calendar has none (2/30). */
export function dayOfCalendar(year: number, month: number, day: number): Day | null {
  const name = `${year}-${two(month)}-${two(day)}`;
  return month >= 1 && month <= 12 && isDay(name) ? name : null;
}

/** Convention 1: a week runs from Monday to Sunday. */
export const mondayOf = (day: Day): Day => addDays(day, -WEEKDAYS.indexOf(weekdayOf(day)));
export const weekFrom = (monday: Day): { from: Day; to: Day } => ({ from: monday, to: addDays(monday, 6) });

export const yearOf = (day: Day): number => +day.slice(0, 4);
export const monthOf = (day: Day): number => +day.slice(5, 7);
/** The first day of the month `months` after that of `day`. */
export function firstOfMonth(day: Day, months = 0): Day {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + months;
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}-01`;
}
export const lastOfMonth = (day: Day): Day => addDays(firstOfMonth(day, 1), -1);
export const monthFrom = (first: Day): { from: Day; to: Day } => ({ from: first, to: lastOfMonth(first) });

/** The same day `months` later; the last of the month where that month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const first = firstOfMonth(day, months);
  return dayOfCalendar(yearOf(first), monthOf(first), +day.slice(8)) ?? lastOfMonth(first);
}

export const isDayOff = (day: Day): boolean => weekdayOf(day) === 'sat' || weekdayOf(day) === 'sun' || isHoliday(day);

/** The next day that passes, `from` included; null within a year. */
export function nextDay(from: Day, passes: (day: Day) => boolean): Day | null {
  for (let n = 0, day = from; n <= 370; n++, day = addDays(day, 1)) if (passes(day)) return day;
  return null;
}

/** The next day of that weekday, `from` included. */
export const nextWeekday = (from: Day, weekday: Weekday): Day =>
  addDays(from, (WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(from)) + 7) % 7);

/** The days of a bounded range, ends included, at most `limit`. */
export function listDays(from: Day, to: Day, limit = 400): Day[] {
  const out: Day[] = [];
  for (let day = from; day <= to && out.length < limit; day = addDays(day, 1)) out.push(day);
  return out;
}

/** Sorted and without repeats; neighbours in an unbroken row of three or more as a range. */
export function tidy(days: readonly Day[]): Days {
  const sorted = [...new Set(days)].sort();
  const from = sorted[0];
  const to = sorted.at(-1);
  if (from !== undefined && to !== undefined && sorted.length > 2 && daysBetween(from, to) === sorted.length - 1) return { from, to };
  return sorted;
}

/** The days as a list, or null where an end is open. A missing start means today. */
export function listed(days: Days, today: Day): Day[] | null {
  if (Array.isArray(days)) return days;
  return days.to === null ? null : listDays(days.from ?? today, days.to);
}
export const firstOf = (days: Days): Day | null => (Array.isArray(days) ? (days[0] ?? null) : days.from);
export const lastOf = (days: Days): Day | null => (Array.isArray(days) ? (days.at(-1) ?? null) : days.to);
