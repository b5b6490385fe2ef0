/**
 * What is free, as plain arithmetic on spans: (opening ∩ shift − days off − bookings with their buffers), on the shop's
 * grid, within notice and window, for everyone who could do the visit. A visit ends within the opening; clearing up
 * after it may last beyond closing. A visit that needs a room needs one that is free for the whole of it. Spans are sorted
 * once and passed over once for each person and each room.
 */
import { isHoliday } from '../model/holidays.ts';
import type { BusinessHours } from '../model/hours.ts';
import { worksOn } from '../model/shifts.ts';
import type { Span } from '../model/span.ts';
import type { Resource, Store } from '../model/store.ts';
import { DAY, MINUTE, addDays, at, dayOf, toMinute } from '../model/time.ts';
import type { Clock, Day, Instant } from '../model/time.ts';
import type { Plan } from './plan.ts';
import type { Busy, DayState, FreeStart, Lane } from './ports.ts';
import { stretches } from './stretches.ts';
import { gridDown, gridOf, gridUp, openOn } from './working.ts';

/** Any start will do. */
export const ANY_TIME: Span = { start: -Infinity, end: Infinity };

/** What keeps each person, and each lane of a resource, busy, earliest first. */
export type BusyBy = ReadonlyMap<string, readonly Span[]>;
const laneKey = ({ resourceId, lane }: Lane): string => `${resourceId}#${lane}`;

/** Sorts a store's reservations by person and lane; `moving` is left out, being no obstacle to itself. */
export function busyBy(busy: readonly Busy[], moving?: string): BusyBy {
  const by = new Map<string, Busy[]>();
  for (const span of busy) {
    if (span.reservationId === moving) continue;
    for (const key of [span.staffId, ...(span.lanes ?? []).map(laneKey)]) {
      const own = by.get(key);
      if (own) own.push(span);
      else by.set(key, [span]);
    }
  }
  for (const own of by.values()) own.sort((a, b) => a.start - b.start);
  return by;
}

/** The time in which bookings can matter to these days (ascending): until two days after the last one's midnight, since it may run over its end. */
export const windowOf = (days: readonly Day[]): Span => ({ start: at(days[0]!, 0), end: at(days.at(-1)!, 0) + 2 * DAY });

/** Free starts of these days (ascending) by day, whatever the time is now. */
export function freeByDay(store: Store, plan: Plan, days: readonly Day[], busy: BusyBy): Map<Day, FreeStart[]> {
  const found = new Map<Day, Map<Instant, string[]>>(days.map((day) => [day, new Map()]));
  const open = days.map((day) => openOn(store.hours, day));
  const roomy = roomyStarts(days.flatMap((day, i) => open[i]!.map((span) => ({ ...span, day }))), plan.duration, store.hours, busy);
  for (const doer of plan.doers) {
    const working = days.flatMap((day, i) => worksOn(doer.staff, open[i]!, day).map((span) => ({ ...span, day })));
    const rooms = doer.needs.map((resource) => roomy(resource, doer.buffer));
    for (const [day, start] of startsOf(doer.buffer, working, busy.get(doer.staff.id) ?? [], plan.duration, store.hours)) {
      if (!rooms.every((starts) => starts.has(start))) continue;
      const starts = found.get(day)!;
      const who = starts.get(start);
      if (!who) starts.set(start, [doer.staff.id]);
      else if (!who.includes(doer.staff.id)) who.push(doer.staff.id);
    }
  }
  return new Map([...found].map(([day, starts]) => [day, [...starts].map(([start, staffIds]) => ({ start, staffIds })).sort((a, b) => a.start - b.start)]));
}

/** The starts at which one of a resource is free for the whole visit; each asked for is worked out once. */
function roomyStarts(open: readonly (Span & { day: Day })[], duration: number, hours: BusinessHours, busy: BusyBy): (resource: Resource, buffer: number) => ReadonlySet<Instant> {
  const known = new Map<string, ReadonlySet<Instant>>();
  return ({ id: resourceId, count }, buffer) => {
    const key = `${resourceId} ${buffer}`;
    const lanes = () => Array.from({ length: count }, (_, n) => [...startsOf(buffer, open, busy.get(laneKey({ resourceId, lane: n + 1 })) ?? [], duration, hours)]);
    const starts = known.get(key) ?? new Set(lanes().flatMap((lane) => lane.map(([, start]) => start)));
    known.set(key, starts);
    return starts;
  };
}

/** Free starts of a person or a room: one pass over sorted spans in which it is there and sorted bookings together. */
function* startsOf(buffer: number, working: readonly (Span & { day: Day })[], busy: readonly Span[], duration: number, hours: BusinessHours): Generator<[Day, Instant]> {
  let first = 0;
  for (const { day, start, end } of working) {
    const grid = gridOf(hours, day);
    let from = start;
    while (first < busy.length && busy[first]!.end <= from) first++;
    for (let i = first; ; i++) {
      const next = busy[i];
      const last = Math.min(end - duration, next ? next.start - duration - buffer : Infinity);
      for (let s = gridUp(grid, from); s <= last; s += grid.step) yield [day, s];
      if (!next || next.start >= end + buffer) break;
      from = Math.max(from, next.end);
    }
  }
}

/** One day from its free starts (of `freeByDay`, or of the slot cache), cut to starts within `wanted`. */
export function dayState(store: Store, plan: Plan, day: Day, free: readonly FreeStart[], now: Instant, wanted: Span = ANY_TIME): DayState {
  const closed = whyClosed(store, plan, day, now, wanted);
  const earliest = Math.max(now + store.hours.noticeMinutes * MINUTE, wanted.start);
  const left = closed ? [] : free.filter(({ start }) => start >= earliest && start < wanted.end);
  return { day, free: left, open: stretches(left.map((f) => f.start), store.hours.gridMinutes * MINUTE, plan.duration), closed };
}

/** Starts in [from, until) by the shop's clock as moments of a day; null = any; equal = just that start. */
export function startsWithin(day: Day, from: Clock | null, until: Clock | null): Span {
  const start = from === null ? -Infinity : at(day, toMinute(from));
  const end = until === null ? Infinity : at(day, toMinute(until));
  return { start, end: start === end ? end + 1 : end };
}

/** The last day a customer may book now. */
export const lastDay = (hours: BusinessHours, now: Instant): Day => addDays(dayOf(now), hours.windowDays);

/** Why nothing can be had on a day whatever is booked; null = something could. The widest reason is given. */
export function whyClosed({ hours }: Store, plan: Plan, day: Day, now: Instant, wanted: Span): DayState['closed'] {
  if (day > lastDay(hours, now)) return 'beyond_window';
  const over = day < dayOf(now);
  const open = openOn(hours, day);
  if (open.length === 0) return over ? 'past' : shutBy(hours, day);
  const latest = (spans: readonly Span[]) => latestStart(spans, plan.duration, hours, day, wanted);
  if (latest(open) === null) return over ? 'past' : 'outside_hours';
  const last = Math.max(...plan.doers.map(({ staff }) => latest(worksOn(staff, open, day)) ?? -Infinity));
  if (last === -Infinity) return over ? 'past' : 'staff_off';
  if (last < now) return 'past';
  return last < now + hours.noticeMinutes * MINUTE ? 'too_soon' : null;
}

function shutBy(hours: BusinessHours, day: Day): 'exception' | 'holiday' | 'closing_day' {
  if (hours.exceptions.some((e) => e.day === day)) return 'exception';
  return hours.holidays !== 'open' && isHoliday(day) ? 'holiday' : 'closing_day';
}

/** The last wanted start from which a visit ends within one of these spans, with nothing booked. */
function latestStart(spans: readonly Span[], duration: number, hours: BusinessHours, day: Day, wanted: Span): Instant | null {
  const grid = gridOf(hours, day);
  for (const { start, end } of spans.toReversed()) {
    const last = gridDown(grid, Math.min(end - duration, wanted.end - 1));
    if (last >= Math.max(start, wanted.start)) return last;
  }
  return null;
}
