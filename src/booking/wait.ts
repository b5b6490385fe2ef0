import type { WaitlistEntry } from '../model/reservation.ts';
import { MINUTE, addDays, dayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { lastDay } from './availability.ts';
import { only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import { cannotOn } from './judge.ts';
import { menuIdsOf, planOf } from './plan.ts';
import type { Effect } from './ports.ts';
import { statesOf } from './states.ts';
import { barred } from './terms.ts';
import { businessDayOf } from './working.ts';

/**
 * キャンセル待ち: for a visit that starts in [from, until). Not for what is free (it is told instead), nor for what could
 * not be booked if everybody cancelled, nor for when the customer himself is elsewhere. Asking again for the same keeps the old place.
 */
export async function wait({ visit, from, until }: Extract<Effect, { do: 'wait' }>, deps: WritingDeps): Promise<Performed> {
  const store = storeOf(deps, visit.storeId);
  const plan = store && visit.menuIds.length > 0 ? planOf(store, visit) : 'unknown';
  if (!store || typeof plan === 'string') return only({ to: 'wait', cannot: typeof plan === 'string' ? plan : 'unknown' });

  // Who may book no more for now may still wait for a better time; at a shop that books him only itself, it does that, too.
  const bar = await barred(store, deps);
  if (bar?.why === 'no_shows') return only({ to: 'wait', barred: bar });

  await deps.writer.lockQueue(store.id);
  const wanted = { start: from, end: Math.max(until, from + 1) };
  const days = daysFrom(businessDayOf(store.hours, from), [dayOf(wanted.end - 1), lastDay(store.hours, deps.now)].sort()[0]!);
  const states = await statesOf(store, plan, days, deps, { wanted: () => wanted });
  const free = states.flatMap((state) => state.free);
  if (free.length > 0) return only({ to: 'wait', free });
  if (states.every((state) => state.closed !== null)) return only({ to: 'wait', cannot: cannotOn(states[0]!.closed!) });

  const visits = await deps.writer.upcoming(deps.userId, deps.now);
  const clash = visits.find((own) => own.start < from + plan.duration && wanted.end - MINUTE < own.end);
  if (clash) return only({ to: 'wait', clash });

  const entry: WaitlistEntry = {
    id: deps.newId(), userId: deps.userId, storeId: store.id, staffId: visit.staffId, menuIds: menuIdsOf(visit),
    from: wanted.start, until: wanted.end, status: 'waiting',
  };
  if (await deps.writer.insertWaiting(entry, deps.now)) {
    const position = await deps.writer.waitPosition(entry);
    return { answer: { to: 'wait', entry, position, already: false }, changed: [{ storeId: store.id, slotsVersion: null, waitlistUserId: deps.userId }], freed: [], news: [], jobs: [] };
  }
  const old = (await deps.writer.waiting(deps.userId, deps.now)).find((other) => isSame(other, entry)) ?? entry;
  return only({ to: 'wait', entry: old, position: await deps.writer.waitPosition(old), already: true });
}

const daysFrom = (first: Day, last: Day): Day[] => {
  const days = [first];
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Waiting for just the same: what makes an entry unique. */
const isSame = (a: WaitlistEntry, b: WaitlistEntry): boolean =>
  a.storeId === b.storeId && a.staffId === b.staffId && a.from === b.from && a.until === b.until && a.menuIds.join() === b.menuIds.join();
