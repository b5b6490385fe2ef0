import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { busyBy, freeByDay, windowOf } from './availability.ts';
import type { BusyBy } from './availability.ts';
import type { WritingDeps } from './deps.ts';
import type { Doer, Plan } from './plan.ts';
import type { NewTime } from './ports.ts';
import { businessDayOf, openOn } from './working.ts';

/** A visit about to be written: when, for which menus, and whom the customer would keep (a move). */
export type Seating = { start: Instant; menuIds: string[]; nominated: boolean; moving?: string; keep?: string };

/**
 * Tries everyone who is free for a visit, least loaded first, until the constraint lets one in. `put` writes.
 * Gives the time that was written, or why none was.
 */
export async function seat<Other extends string>(
  store: Store, plan: Plan, seating: Seating, deps: WritingDeps,
  put: (time: NewTime) => Promise<'ok' | 'staff_taken' | 'self_overlap' | Other>,
): Promise<NewTime | 'full' | 'self_overlap' | Other> {
  const day = businessDayOf(store.hours, seating.start);
  const busy = busyBy(await deps.writer.busy(store.id, windowOf([day]), deps.now), seating.moving);
  const free = freeByDay(store, plan, [day], busy).get(day)!.find(({ start }) => start === seating.start)?.staffIds ?? [];
  const chairs = plan.doers.filter(({ staff }) => free.includes(staff.id));
  const closing = openOn(store.hours, day).at(-1)?.end ?? seating.start;
  for (const { staff, buffer } of byLoad(chairs, busy, closing, seating.keep)) {
    const end = seating.start + plan.duration;
    const time = { staffId: staff.id, menuIds: seating.menuIds, start: seating.start, end, blockedUntil: end + buffer, nominated: seating.nominated };
    const result = await put(time);
    if (result === 'ok') return time;
    if (result !== 'staff_taken') return result;
  }
  return 'full';
}

/** The person to keep first, then those with the fewest booked minutes that day, then the shop's order. */
function byLoad(doers: readonly Doer[], busy: BusyBy, closing: Instant, keep?: string): Doer[] {
  const load = (id: string) => (busy.get(id) ?? []).reduce((sum, span) => (span.start < closing ? sum + span.end - span.start : sum), 0);
  const loads = new Map(doers.map(({ staff }) => [staff.id, staff.id === keep ? -1 : load(staff.id)]));
  return doers.toSorted((a, b) => loads.get(a.staff.id)! - loads.get(b.staff.id)!);
}
