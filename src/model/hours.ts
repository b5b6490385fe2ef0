import { isHoliday } from './holidays.ts';
import type { Reservation } from './reservation.ts';
import { MINUTE, addDays, at, dayOf, minuteOf, toMinute, weekdayOf } from './time.ts';
import type { Clock, Day, Instant, Weekday } from './time.ts';
import type { Span } from './span.ts';

/** An opening, `["10:00", "20:00"]`; an end past midnight is said as 25:00. */
export type Opening = [from: Clock, to: Clock];

/** `stores.business_hours`, version 1. Checked on every write; documented in `docs/shop-file.md`. */
export type BusinessHours = {
  v: 1;
  timeZone: 'Asia/Tokyo';
  /** Openings by weekday, several a day for a lunch break, none for a closing day. */
  weekly: Record<Weekday, Opening[]>;
  /** What a public holiday changes: `open` nothing, `closed`, or openings of its own. */
  holidays: 'open' | 'closed' | Opening[];
  /** Dated exceptions; they win over everything else. */
  exceptions: { day: Day; openings: Opening[]; note?: string }[];
  /** Reservations start on this grid, counted from midnight. */
  gridMinutes: number;
  /** How long before its start a reservation must be made. */
  noticeMinutes: number;
  /** How many days ahead can be booked, today included as 0. */
  windowDays: number;
  /** Until how long before its start the customer may cancel it himself; 0 = until it starts. */
  cancelDeadlineMinutes: number;
  /** The same for moving it, where the shop wants it otherwise. */
  changeDeadlineMinutes?: number;
};

/** The openings of one calendar day, as the shop would say them; empty when closed. */
export function openingsOn(hours: BusinessHours, day: Day): Opening[] {
  const exception = hours.exceptions.find((e) => e.day === day);
  if (exception) return exception.openings;
  if (hours.holidays !== 'open' && isHoliday(day)) return hours.holidays === 'closed' ? [] : hours.holidays;
  return hours.weekly[weekdayOf(day)];
}

/** The openings of one calendar day as moments. */
export const openSpans = (hours: BusinessHours, day: Day): Span[] =>
  openingsOn(hours, day).map(([from, to]) => ({ start: at(day, toMinute(from)), end: at(day, toMinute(to)) }));

/** When the shop opens next after a moment; null while it is open, and where it does not within a month. */
export function nextOpening(hours: BusinessHours, now: Instant): Instant | null {
  if (isOpenAt(hours, now)) return null;
  const days = Array.from({ length: 31 }, (_, i) => addDays(dayOf(now), i));
  return days.flatMap((day) => openSpans(hours, day)).map((span) => span.start).find((start) => start > now) ?? null;
}

/** Whether the shop is open at a moment, openings of the evening before that run past midnight included. */
export function isOpenAt(hours: BusinessHours, instant: Instant): boolean {
  const day = dayOf(instant);
  const minute = minuteOf(instant);
  const within = (d: Day, m: number) => openingsOn(hours, d).some(([from, to]) => toMinute(from) <= m && m < toMinute(to));
  return within(day, minute) || within(dayOf(instant - 24 * 3_600_000), minute + 1440);
}

/** How many minutes before the start of a visit its customer may still cancel or move it himself. */
export const deadlineOf = (hours: BusinessHours, wish: 'cancel' | 'move'): number =>
  wish === 'move' ? (hours.changeDeadlineMinutes ?? hours.cancelDeadlineMinutes) : hours.cancelDeadlineMinutes;

/** Whether he still may: until then, and never once it has begun. What the shop has not said yes to is his own until then. */
export const stillOwn = (hours: BusinessHours, visit: Pick<Reservation, 'start' | 'status'>, now: Instant, wish: 'cancel' | 'move'): boolean =>
  now < visit.start && (visit.status === 'pending' || now <= visit.start - deadlineOf(hours, wish) * MINUTE);
