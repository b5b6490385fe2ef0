/** When an offer is told and until when it stands: by lead time, with the clock stopped in the shop's quiet hours. Pure. */
import type { Policy } from '../../model/policy.ts';
import type { Span } from '../../model/span.ts';
import type { Store } from '../../model/store.ts';
import { MINUTE, addDays, at, dayOf, toMinute } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';

/** `held`: the slot is kept for him until `until`; else it is anybody's, and whoever says yes first has it. */
export type OfferTimes = { tellAt: Instant; until: Instant; held: boolean };

/** The quiet stretch a moment lies in, or the next one after it. */
function quietFrom({ from, until }: NonNullable<Policy['quiet']>, moment: Instant): Span {
  const [begins, ends] = [toMinute(from), toMinute(until)];
  const today = dayOf(moment);
  const nights = [addDays(today, -1), today, addDays(today, 1)].map((day) => ({ start: at(day, begins), end: at(day, ends > begins ? ends : ends + 1440) }));
  return nights.find((night) => moment < night.end)!;
}

/** The moment itself, or the end of the quiet hours it lies in. */
export function afterQuiet(quiet: Policy['quiet'], moment: Instant): Instant {
  if (!quiet) return moment;
  const night = quietFrom(quiet, moment);
  return moment >= night.start ? night.end : moment;
}

/** `ms` after `from`, by a clock that stands still in quiet hours. */
export function runClock(quiet: Policy['quiet'], from: Instant, ms: number): Instant {
  if (!quiet) return from + ms;
  let now = afterQuiet(quiet, from);
  for (let left = ms; ; ) {
    const night = quietFrom(quiet, now);
    if (now + left <= night.start) return now + left;
    left -= night.start - now;
    now = night.end;
  }
}

/** How a start is offered now; null = not any more: nobody could answer before the shop's notice. */
export function offerTimes({ policy, hours }: Pick<Store, 'policy' | 'hours'>, start: Instant, now: Instant): OfferTimes | null {
  const tellAt = afterQuiet(policy.quiet, now);
  const last = start - hours.noticeMinutes * MINUTE;
  if (tellAt >= last) return null;
  const hold = policy.waiting.holds.find(({ leadMinutes }) => start - tellAt >= leadMinutes * MINUTE);
  return hold ? { tellAt, until: Math.min(runClock(policy.quiet, tellAt, hold.holdMinutes * MINUTE), last), held: true } : { tellAt, until: last, held: false };
}
