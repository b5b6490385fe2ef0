import { overlaps } from '../model/span.ts';
import type { Span } from '../model/span.ts';
import type { Store } from '../model/store.ts';
import { DAY, addDays, at, dayOf } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { lastDay } from './availability.ts';
import type { BookingDeps } from './deps.ts';
import type { Plan } from './plan.ts';
import type { DayState, FreeStart } from './ports.ts';
import { statesOf } from './states.ts';
import { businessDayOf } from './working.ts';

/** How many times are offered instead, and how many days after the wanted one are looked at. */
const MOST = 4;
const DAYS_AFTER = 7;

/**
 * The free times nearest to one that cannot be had, earliest first: of the same day before and after it, then one of
 * each following day at about the same hour. Never where the customer himself is elsewhere, nor in `but`.
 */
export async function nearest(store: Store, plan: Plan, start: Instant, deps: BookingDeps, moving?: string, but: readonly Span[] = []): Promise<FreeStart[]> {
  const wanted = businessDayOf(store.hours, start);
  const today = dayOf(deps.now);
  const first = wanted < addDays(today, -1) ? today : wanted;
  const last = lastDay(store.hours, deps.now);
  const days = Array.from({ length: DAYS_AFTER + 1 }, (_, n) => addDays(first, n)).filter((day) => day <= last);
  if (days.length === 0) return [];
  const own = [...but, ...(await deps.reader.upcoming(deps.userId, deps.now)).filter((visit) => visit.id !== moving)];
  const states = await statesOf(store, plan, days, deps, { moving });
  return pick(start, states.map((state) => ({
    ...state,
    free: state.free.filter((free) => !own.some((visit) => overlaps(visit, { start: free.start, end: free.start + plan.duration }))),
  })));
}

function pick(wanted: Instant, [first, ...later]: readonly DayState[]): FreeStart[] {
  const closest = (state: DayState, to: Instant) => state.free.toSorted((a, b) => Math.abs(a.start - to) - Math.abs(b.start - to) || a.start - b.start);
  const hour = wanted - at(dayOf(wanted), 0);
  const picked = closest(first!, at(first!.day, 0) + hour).slice(0, MOST);
  for (const state of later) {
    if (picked.length === MOST) break;
    picked.push(...closest(state, at(state.day, 0) + (hour % DAY)).slice(0, 1));
  }
  return picked.sort((a, b) => a.start - b.start);
}
