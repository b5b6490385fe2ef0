import { isReturned } from '../model/payment.ts';
import { letGo } from './deposit.ts';
import { only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import { toldLate } from './late.ts';
import { stillOwn } from '../model/hours.ts';
import { aboutVisit } from './news.ts';
import type { Effect } from './ports.ts';
import { businessDayOf } from './working.ts';

/** キャンセル: until the shop's deadline. A second time, and of another account's shop, there is nothing to cancel, and nothing happens. */
export async function cancel({ reservationId, asked = Infinity }: Extract<Effect, { do: 'cancel' }>, deps: WritingDeps): Promise<Performed> {
  const old = await deps.writer.reservation(reservationId);
  if (!old || old.userId !== deps.userId || old.status === 'canceled' || old.hold?.for === 'offer') return only({ to: 'cancel', done: null });
  const store = storeOf(deps, old.storeId);
  if (!store) return only({ to: 'cancel', done: null });
  if (!stillOwn(store.hours, old, deps.now, 'cancel')) return { ...only({ to: 'cancel', done: null, tooLate: old }), news: toldLate(old, 'cancel') };

  await deps.writer.lockDays(store.id, [businessDayOf(store.hours, old.start)]);
  const done = await deps.writer.cancelReservation(reservationId, deps.userId);
  if (!done) return only({ to: 'cancel', done: null });
  const slotsVersion = await deps.writer.bumpSlots(done.storeId);
  const returned = isReturned(store?.policy.deposit ?? null, done.start, Math.min(deps.now, asked));
  const { deposit, unpaid, news, jobs } = await letGo(done, returned, deps);
  return {
    answer: { to: 'cancel', done, ...(deposit ? { deposit } : {}) },
    changed: [{ storeId: done.storeId, slotsVersion, waitlistUserId: null }],
    freed: [{ storeId: done.storeId, staffId: done.staffId, start: done.start, end: done.end }], news: [...(unpaid ? [] : [aboutVisit('cancelled', done)]), ...news], jobs,
  };
}
