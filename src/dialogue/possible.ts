/** What cannot be on a day or at a time whatever is booked: the shop is closed, the person is not there, it is over or too soon. */
import { openSpans, openingsOn } from '../model/hours.ts';
import { worksOn } from '../model/shifts.ts';
import { joined } from '../model/span.ts';
import type { Span } from '../model/span.ts';
import { isOff, staffWhoDo } from '../model/store.ts';
import type { Staff, Store } from '../model/store.ts';
import { MINUTE, addDays, at, dayOf, toClock, toMinute, weekdayOf } from '../model/time.ts';
import type { Clock, Day } from '../model/time.ts';
import type { Times } from '../understanding/heard.ts';
import { isPoint, lastDay, minutesOf, openDaysFrom, within } from './days.ts';
import type { StepContext } from './hop.ts';
import type { Problem } from './says.ts';
import type { Known } from './talk.ts';

/** The person who is wished for by name. */
export const person = (known: Known, store: Store): Staff | undefined => store.staff.find((s) => s.id === known.staff);

/** What is wrong with one day. */
export function dayProblem(d: Day, known: Known, store: Store, ctx: StepContext): Problem | null {
  const today = dayOf(ctx.now);
  const last = lastDay(store.hours, ctx.now);
  if (d < today) return { why: 'past', day: d };
  if (d > last) return { why: 'beyond_window', day: d, last };
  if (openingsOn(store.hours, d).length === 0) {
    const because = store.hours.exceptions.some((e) => e.day === d) ? 'exception' : store.hours.weekly[weekdayOf(d)].length > 0 ? 'holiday' : 'closing_day';
    return { why: 'closed', day: d, because, instead: openDaysFrom(store.hours, d, last, 2) };
  }
  if (d === today && openSpans(store.hours, d).every((span) => span.end - minutesOf(store, [], null) * MINUTE < ctx.now + store.hours.noticeMinutes * MINUTE)) {
    return { why: 'closed', day: d, because: 'too_soon', instead: openDaysFrom(store.hours, addDays(d, 1), last, 2) };
  }
  const who = person(known, store);
  if (!who || !isOff(who, d)) return null;
  const there = (day_: Day) => openDaysFrom(store.hours, day_, last, 14).filter((x) => !isOff(who, x)).slice(0, 2);
  const others = staffWhoDo(store, known.menuIds ?? []).filter((s) => s.id !== who.id && !isOff(s, d)).map((s) => s.id);
  return { why: 'staff_off', staffId: who.id, day: d, others, instead: there(d) };
}

/** Whether no visit could start then on this day (null = on no weekday), whatever is booked. */
export function hoursProblem(known: Known, store: Store, d: Day | null): Problem | null {
  const wished = known.time!;
  const openings = d === null ? Object.values(store.hours.weekly).flat() : openingsOn(store.hours, d);
  const fits = openings.some(([from, to]) => {
    if (isPoint(wished)) return within({ from, to }, toMinute(wished.from));
    return (wished.from === null || toMinute(wished.from) < toMinute(to)) && (wished.to === null || toMinute(wished.to) > toMinute(from));
  });
  if (!fits) return { why: 'outside_hours', day: d, time: wished, openings };
  if (d === null || !known.menuIds?.length) return null;
  const minutes = minutesOf(store, known.menuIds, null);
  if (!isPoint(wished)) {
    // 「夜」 for a visit that takes longer than the evening is open.
    const [last] = openings.filter(([from, to]) => toMinute(to) - minutes >= toMinute(from)).slice(-1);
    const start = last && toMinute(last[1]) - minutes;
    if (!last || start === undefined || wished.from === null || toMinute(wished.from) <= start) return null;
    return { why: 'too_long', day: d, time: wished.from, menuIds: known.menuIds, until: last[1], latest: toClock(start - (start % store.hours.gridMinutes)) };
  }
  const opening = openings.find(([from, to]) => within({ from, to }, toMinute(wished.from)))!;
  const latest = toMinute(opening[1]) - minutes;
  if (toMinute(wished.from) <= latest) return null;
  return { why: 'too_long', day: d, time: wished.from, menuIds: known.menuIds, until: opening[1], latest: latest >= toMinute(opening[0]) ? toClock(latest - (latest % store.hours.gridMinutes)) : null };
}

/** Whether nobody who is wished for works then, whatever is booked. Who the others are that do comes with it. */
export function shiftProblem(known: Known, store: Store, d: Day): Problem | null {
  const menuIds = known.menuIds ?? [];
  const who = person(known, store);
  const able = staffWhoDo(store, menuIds);
  const wished = who ? [who] : able;
  if (wished.length === 0 || (who && !able.includes(who))) return null;
  const open = joined(openSpans(store.hours, d));
  const fits = (staff: Staff): boolean => startsIn(worksOn(staff, open, d), known.time!, d, minutesOf(store, menuIds, staff.id));
  if (wished.some(fits)) return null;
  const there = joined(wished.flatMap((staff) => worksOn(staff, open, d)));
  // Nobody is there at all that day: the day is what cannot be.
  if (there.length === 0) return null;
  const clock = (moment: number): string => toClock((moment - at(d, 0)) / MINUTE);
  return {
    why: 'staff_hours', staffId: who?.id ?? null, day: d, time: known.time!, openings: there.map((span): [Clock, Clock] => [clock(span.start), clock(span.end)]),
    others: who ? able.filter((staff) => staff.id !== who.id && fits(staff)).map((staff) => staff.id) : [],
  };
}

/** Whether a visit of so many minutes can start within these spans as wished. */
function startsIn(spans: readonly Span[], wished: Times, d: Day, minutes: number): boolean {
  return spans.some(({ start, end }) => {
    const last = end - minutes * MINUTE;
    if (isPoint(wished)) return start <= at(d, toMinute(wished.from)) && at(d, toMinute(wished.from)) <= last;
    return start <= last && (wished.from === null || at(d, toMinute(wished.from)) <= last) && (wished.to === null || start < at(d, toMinute(wished.to)));
  });
}
