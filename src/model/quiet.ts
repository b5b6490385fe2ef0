/** Hours in which nobody is disturbed, as the shop says them: 21:00 to 9:00. */
import { MINUTE, addDays, at, dayOf, toMinute } from './time.ts';
import type { Clock, Instant } from './time.ts';
import type { Span } from './span.ts';

/** A stretch of every day, its beginning included, its end not; may run over midnight. Null = never quiet. */
export type Quiet = { from: Clock; until: Clock } | null;

/** The quiet stretch a moment is in; null = it is not quiet then. */
export function quietAt(quiet: Quiet, instant: Instant): Span | null {
  if (quiet === null) return null;
  const minutes = (toMinute(quiet.until) - toMinute(quiet.from) + 1440) % 1440;
  const begins = [dayOf(instant), addDays(dayOf(instant), -1)].map((day) => at(day, toMinute(quiet.from)));
  const start = begins.find((begin) => begin <= instant && instant < begin + minutes * MINUTE);
  return start === undefined ? null : { start, end: start + minutes * MINUTE };
}
