import { stillOwn } from '../model/hours.ts';
import type { Hold, Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { approvalUntil, askApproval } from './approval.ts';
import { askDeposit } from './deposit.ts';
import { only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import { whyNot } from './judge.ts';
import { toldLate } from './late.ts';
import { aboutVisit } from './news.ts';
import { menuIdsOf, planOf } from './plan.ts';
import type { Effect } from './ports.ts';
import { cannot, taken } from './refused.ts';
import { seat } from './seat.ts';
import { businessDayOf } from './working.ts';

/**
 * 変更: the same reservation at another time, with other menus or another person. The old time is kept until the new
 * one is written. Who did not ask for a person keeps the one he has, where free.
 */
export async function move({ reservationId, visit, start }: Extract<Effect, { do: 'move' }>, deps: WritingDeps): Promise<Performed> {
  const old = await deps.writer.reservation(reservationId);
  if (!old || old.userId !== deps.userId || old.status === 'canceled' || old.hold?.for === 'offer' || (old.hold && old.hold.until <= deps.now)) return only({ to: 'move', gone: true });
  const store = storeOf(deps, old.storeId);
  if (!store) return only({ to: 'move', gone: true });
  if (visit.storeId !== old.storeId) return only(await cannot('move', 'unknown', null, visit, start, deps));
  if (!stillOwn(store.hours, old, deps.now, 'move')) return { ...only({ to: 'move', tooLate: old }), news: toldLate(old, 'move') };

  const plan = visit.menuIds.length > 0 ? planOf(store, visit) : 'unknown';
  if (typeof plan === 'string') return only(await cannot('move', plan, store, visit, start, deps, old.id));
  const why = whyNot(store, plan, start, deps.now);
  if (why) return only(await cannot('move', why, store, visit, start, deps, old.id));

  const hold = holdAt(old, store, start, deps.now);
  await deps.writer.lockDays(store.id, [businessDayOf(store.hours, old.start)]);
  const seating = { start, menuIds: menuIdsOf(visit), nominated: visit.staffId !== null, moving: old.id, keep: old.staffId };
  const time = await seat(store, plan, seating, deps, (at) => deps.writer.moveReservation(old.id, deps.userId, hold ? { ...at, hold } : at));
  if (time === 'gone') return only({ to: 'move', gone: true });
  if (typeof time === 'string') return only(await taken('move', store, plan, start, deps, old.id));

  const { blockedUntil: _, ...visible } = time;
  const slotsVersion = await deps.writer.bumpSlots(store.id);
  // A deposit stays with its visit. One that only the new menus need is the shop's to take: the visit is certain already.
  const after = old.hold ? await deps.writer.reservation(old.id) : null;
  const { visit: done, jobs } = await askDeposit({ ...(after ?? old), ...visible, ...(hold ? { status: 'pending' as const, hold } : {}) }, store, deps);
  const told = hold ? askApproval(done, old) : { news: done.hold ? [] : [aboutVisit('moved', done, { was: old })], jobs: [] };
  return {
    answer: { to: 'move', done },
    changed: [{ storeId: store.id, slotsVersion, waitlistUserId: null }],
    freed: [{ storeId: store.id, staffId: old.staffId, start: old.start, end: old.end }],
    news: told.news, jobs: [...told.jobs, ...jobs],
  };
}

/** The shop said yes to a time, not to another one: where it wants to say it always, or has not said it yet, it is asked anew. */
function holdAt({ hold }: Reservation, store: Store, start: Instant, now: Instant): Hold | null {
  const asks = hold ? hold.for === 'approval' : store.policy.approval.when === 'always';
  return asks ? { for: 'approval', until: approvalUntil(store, start, now) } : null;
}
