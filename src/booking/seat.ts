import { worksOn } from '../model/shifts.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import type { WritingDeps } from './deps.ts';
import type { Doer, Plan } from './plan.ts';
import type { NewTime } from './ports.ts';
import { businessDayOf, openOn } from './working.ts';

/** A visit about to be written: when, for which menus, and whom the customer would keep (a move). */
export type Seating = { start: Instant; menuIds: string[]; nominated: boolean; moving?: string; keep?: string };

/**
 * Tries everyone who is free for a visit, least loaded first, until the constraint lets one in. `put` writes.
 * Gives the time that was written, or why none was. Where only one could do it there is nothing to choose or to read.
 */
export async function seat<Other extends string>(
  store: Store, plan: Plan, seating: Seating, deps: WritingDeps,
  put: (time: NewTime) => Promise<'ok' | 'staff_taken' | 'self_overlap' | Other>,
): Promise<NewTime | 'full' | 'self_overlap' | Other> {
  const end = seating.start + plan.duration;
  const chairs = plan.doers.length === 1 ? plan.doers : await freeByLoad(store, plan, seating, deps);
  for (const { staff, buffer } of chairs) {
    const time = { staffId: staff.id, menuIds: seating.menuIds, start: seating.start, end, blockedUntil: end + buffer, nominated: seating.nominated };
    const result = await put(time);
    if (result === 'ok') return time;
    if (result !== 'staff_taken') return result;
  }
  return 'full';
}

/** Who is free then: the person to keep first, then those with the fewest booked minutes that day, then the shop's order. */
async function freeByLoad(store: Store, plan: Plan, { start, moving, keep }: Seating, deps: WritingDeps): Promise<Doer[]> {
  const day = businessDayOf(store.hours, start);
  const open = openOn(store.hours, day);
  const end = start + plan.duration;
  const there = plan.doers.filter(({ staff }) => worksOn(staff, open, day).some((span) => span.start <= start && end <= span.end));
  const buffer = Math.max(...plan.doers.map((doer) => doer.buffer));
  const today = { start: open[0]?.start ?? start, end: (open.at(-1)?.end ?? end) + buffer };
  const loads = new Map((await deps.writer.loads(store.id, today, { start, end: end + buffer }, deps.now, moving)).map((load) => [load.staffId, load]));
  const weight = ({ staff }: Doer) => (staff.id === keep ? -1 : (loads.get(staff.id)?.booked ?? 0));
  return there.filter(({ staff }) => !loads.get(staff.id)?.busyThen).sort((a, b) => weight(a) - weight(b));
}
