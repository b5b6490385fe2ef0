/** Days and times as wished, against the calendar's free starts. */
import type { DayState } from '../booking/ports.ts';
import { openingsOn } from '../model/hours.ts';
import type { BusinessHours } from '../model/hours.ts';
import { isHoliday } from '../model/holidays.ts';
import { activeMenus, menusOf } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { MINUTE, addDays, at, dayOf, daysBetween, toClock, toMinute, weekdayOf } from '../model/time.ts';
import type { Clock, Day, Instant, Minute } from '../model/time.ts';
import type { Days, Times, When } from '../understanding/heard.ts';
import type { Offer, OpenDay, OpenSpan } from './says.ts';
import type { Known } from './talk.ts';

/** The last day that can be booked. */
export const lastDay = (hours: BusinessHours, now: Instant): Day => addDays(dayOf(now), hours.windowDays);

/** A range or list as days; open ends are cut to what can be booked, and to `MOST` days. */
export function listDays(dates: Days, now: Instant, hours: BusinessHours): Day[] {
  if (Array.isArray(dates)) return [...new Set(dates)];
  const today = dayOf(now);
  const last = lastDay(hours, now);
  const from = dates.from && dates.from > today ? dates.from : today;
  const to = dates.to && dates.to < last ? dates.to : last;
  const length = Math.min(daysBetween(from, to) + 1, MOST);
  return length > 0 ? Array.from({ length }, (_, i) => addDays(from, i)) : [dates.to ?? from];
}
const MOST = 62;

/** The wishes of a talk: the first, then its alternatives. Empty when neither day nor time was said. */
export const wishesOf = (known: Known): When[] =>
  known.dates || known.time
    ? [{ dates: known.dates ?? null, time: known.time ?? null }, ...(known.or ?? []).map((w) => ({ dates: w.dates ?? known.dates ?? null, time: w.time }))]
    : [];

const excluded = (known: Known, day: Day): boolean =>
  Boolean(
    known.exclude?.dates?.includes(day) || known.exclude?.weekdays?.includes(weekdayOf(day)) || (known.exclude?.holidays && isHoliday(day)),
  );

/** Every day wished for, excluded ones left out, in the order said. Empty = no day was said. */
export const wishedDays = (known: Known, now: Instant, hours: BusinessHours): Day[] => {
  const said = wishesOf(known).flatMap((wish) => (wish.dates ? listDays(wish.dates, now, hours) : []));
  const left = [...new Set(said)].filter((day) => !excluded(known, day));
  return left.length > 0 ? left : [...new Set(said)];
};

export const isPoint = (time: Times | null | undefined): time is { from: Clock; to: Clock } =>
  Boolean(time?.from && time.from === time.to);

/** Whether a start at this minute is what was wished: a point exactly, a range from its start until before its end. */
export const within = (time: Times, minute: Minute): boolean =>
  isPoint(time) ? toMinute(time.from) === minute
    : (time.from === null || toMinute(time.from) <= minute) && (time.to === null || minute < toMinute(time.to));

/** The one day and time a talk has come to, or null while either is open. */
export function decided(known: Known, now: Instant, hours: BusinessHours): { day: Day; time: Clock; start: Instant } | null {
  const days = wishedDays(known, now, hours);
  if (days.length !== 1 || known.or?.length || !isPoint(known.time)) return null;
  return { day: days[0]!, time: known.time.from, start: at(days[0]!, toMinute(known.time.from)) };
}

/** Minutes on the clock of the business day (25:30 is 1530). */
export const minuteOn = (day: Day, start: Instant): Minute => (start - at(day, 0)) / MINUTE;

/** A free start of a day: its minute and who could do it. */
export type Free = { day: Day; minute: Minute; start: Instant; staffIds: string[] };

/** The free starts of these days that this person (null = anyone) can do, earliest first. */
export const freeStarts = (days: readonly DayState[], staffId: string | null): Free[] =>
  days
    .flatMap(({ day, free }) => free.map((f) => ({ day, minute: minuteOn(day, f.start), start: f.start, staffIds: f.staffIds })))
    .filter((f) => staffId === null || f.staffIds.includes(staffId))
    .sort((a, b) => a.start - b.start);

/** Those of them that are as wished. */
export const fitting = (free: readonly Free[], known: Known, now: Instant, hours: BusinessHours): Free[] => {
  const wishes = wishesOf(known).map((w) => ({ days: w.dates ? new Set(listDays(w.dates, now, hours)) : null, time: w.time }));
  const all = wishes.every((w) => w.days === null);
  return free.filter(
    (f) =>
      !excluded(known, f.day) &&
      !(known.exclude?.time && within(known.exclude.time, f.minute)) &&
      (wishes.length === 0 || wishes.some((w) => (w.days === null ? all : w.days.has(f.day)) && (!w.time || within(w.time, f.minute)))),
  );
};

/** How long the visit takes, in minutes; without menus the shortest the shop (or this person) does. */
export function minutesOf(store: Store, menuIds: readonly string[], staffId: string | null): number {
  if (menuIds.length > 0) return menusOf(store, menuIds).reduce((sum, m) => sum + m.duration, 0);
  const own = store.staff.find((s) => s.id === staffId)?.menuIds;
  const lengths = activeMenus(store).filter((m) => !own || own.includes(m.id)).map((m) => m.duration);
  return lengths.length > 0 ? Math.min(...lengths) : store.hours.gridMinutes;
}

/**
 * Free time as stretches during which a visit fits: starts that follow each other on the grid are one stretch, which
 * ends when a visit begun at its last start would. Free starts 15:00 15:30 16:00 16:30 for 30 minutes are 15:00–17:00.
 */
export function stretches(free: readonly Free[], minutes: number, grid: number): OpenDay[] {
  const days = new Map<Day, OpenSpan[]>();
  let last: Free | null = null;
  for (const f of free) {
    const spans = days.get(f.day) ?? [];
    days.set(f.day, spans);
    const open = last?.day === f.day && f.minute - last.minute <= grid ? spans.at(-1) : undefined;
    if (open) open.to = toClock(f.minute + minutes);
    else spans.push({ from: toClock(f.minute), to: toClock(f.minute + minutes) });
    last = f;
  }
  return [...days].map(([day, spans]) => ({ day, spans }));
}

export const offerOf = (f: Free, staffId?: string): Offer => ({ day: f.day, time: toClock(f.minute), ...(staffId ? { staffId } : {}) });

/** The free starts nearest to a moment, at most `most`, in calendar order. */
export const nearestTo = (free: readonly Free[], wanted: Instant, most: number): Free[] =>
  [...free]
    .sort((a, b) => Math.abs(a.start - wanted) - Math.abs(b.start - wanted) || a.start - b.start)
    .slice(0, most)
    .sort((a, b) => a.start - b.start);

/** The next `most` days the shop is open, from `day` on. */
export function openDaysFrom(hours: BusinessHours, day: Day, last: Day, most: number): Day[] {
  const out: Day[] = [];
  for (let d = day; d <= last && out.length < most; d = addDays(d, 1)) if (openingsOn(hours, d).length > 0) out.push(d);
  return out;
}
