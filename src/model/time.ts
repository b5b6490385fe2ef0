/**
 * Time as the house speaks it. Japan has one zone and no daylight saving, so a shop's wall clock is
 * UTC+9 and arithmetic on it is plain.
 */

/** A moment: milliseconds since 1970-01-01 UTC. */
export type Instant = number;
/** A day on the shop's calendar, `YYYY-MM-DD`. */
export type Day = string;
/** A wall-clock time, `HH:MM`. May pass 24:00 (`25:30`) where a business day runs over midnight. */
export type Clock = string;
/** A wall-clock moment, `YYYY-MM-DDTHH:MM`. */
export type LocalTime = string;
/** Minutes since the midnight a business day began; 25:00 is 1500. */
export type Minute = number;
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
/** Where rooms get the present from; only `main.ts` makes a real one. */
export type Now = () => Instant;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** UTC+9, Asia/Tokyo. */
export const TOKYO = 9 * HOUR;

const midnightUtc = (day: Day): number => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10));
const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
/** As `toISOString` would, at a fifth of the cost: days are counted in the hottest loops. */
function isoDay(utc: number): Day {
  const date = new Date(utc);
  const year = date.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}` : date.toISOString().slice(0, 10);
}

/** The shop's calendar day at a moment. */
export const dayOf = (at: Instant): Day => isoDay(at + TOKYO);
/** Minutes since midnight on the shop's clock, 0..1439. */
export const minuteOf = (at: Instant): Minute => Math.floor((((at + TOKYO) % DAY) + DAY) % DAY / MINUTE);
/** The moment `minute` minutes after `day` began. */
export const at = (day: Day, minute: Minute): Instant => midnightUtc(day) - TOKYO + minute * MINUTE;
export const addDays = (day: Day, n: number): Day => isoDay(midnightUtc(day) + n * DAY);
/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => Math.round((midnightUtc(b) - midnightUtc(a)) / DAY);
export const weekdayOf = (day: Day): Weekday => WEEKDAYS[(new Date(midnightUtc(day)).getUTCDay() + 6) % 7]!;
/** Whether `YYYY-MM-DD` names a day that exists. */
export const isDay = (s: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(s) && isoDay(midnightUtc(s)) === s;

/** `900` → `15:00`; minutes past a day stay as they are said (`25:00`). */
export const toClock = (minute: Minute): Clock =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** `15:00` → `900`. */
export const toMinute = (clock: Clock): Minute => {
  const colon = clock.indexOf(':');
  return +clock.slice(0, colon) * 60 + +clock.slice(colon + 1);
};
/** A moment as the shop's wall clock, `2026-11-24T15:00`. */
export const toLocal = (instant: Instant): LocalTime => `${dayOf(instant)}T${toClock(minuteOf(instant))}`;
/** The shop's wall clock as a moment. */
export const fromLocal = (local: LocalTime): Instant => at(local.slice(0, 10), toMinute(local.slice(11)));
