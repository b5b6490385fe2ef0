/** A relative wish (「30分遅く」「もう少し早く」「次の日」) from where a visit is now. */
import { MINUTE, addDays, dayOf, minuteOf, toClock, toMinute } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Shift, Times, When } from '../understanding/heard.ts';

export function shiftedFrom(shift: Shift, from: Instant): When {
  const sign = shift.direction === 'earlier' && (shift.minutes ?? shift.days ?? 0) > 0 ? -1 : 1;
  const start = from + sign * (shift.minutes ?? 0) * MINUTE;
  const day = addDays(dayOf(start), sign * (shift.days ?? 0));
  const clock = toClock(minuteOf(start));
  const point: Times = { from: clock, to: clock };
  if (shift.minutes !== undefined) return { dates: [day], time: point };
  if (shift.days !== undefined) return { dates: [day], time: shift.same === 'day' ? null : point };
  if (shift.same) return shift.same === 'time' ? { dates: null, time: point } : { dates: [day], time: null };
  return { dates: [day], time: shift.direction === 'earlier' ? { from: null, to: clock } : { from: toClock(toMinute(clock) + 1), to: null } };
}
