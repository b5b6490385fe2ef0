/** 電話予約: a visit the shop itself writes down, for somebody who is not on LINE. */
import { onBehalf, nothingCame } from '../deps.ts';
import { mayTouch } from '../../model/store.ts';
import { aboutVisit } from '../news.ts';
import { planOf } from '../plan.ts';
import { seat } from '../seat.ts';
import { member } from './deps.ts';
import type { DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { NewTime } from '../ports.ts';
import type { DeskEffect, VisitSeen } from './ports.ts';
import { whyNotThen } from './visits.ts';

/** Certain at once, whatever the shop asks of customers on LINE: who writes it down has spoken to him. */
export async function bookVisit({ customer, phone, menuIds, start, staffId }: Extract<DeskEffect, { do: 'book_visit' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (staffId !== null && !mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  const plan = planOf(store, { storeId: store.id, menuIds, staffId });
  if (typeof plan === 'string') return nothingCame({ to: 'book_visit', cannot: plan });
  const why = whyNotThen(store, plan, start, deps.now);
  if (why) return nothingCame({ to: 'book_visit', cannot: why });
  const id = deps.newId();
  const got: { time?: NewTime; userId: string; cannot: 'taken' | 'self_overlap' } = { userId: '', cannot: 'taken' };
  // Who gets no time is not noted down either.
  await deps.writer.attempt(async () => {
    got.userId = await deps.desk.notedCustomer({ id: deps.newId(), name: customer, phone, at: deps.now });
    const put = (at: NewTime) => deps.writer.insertReservation({ ...at, id, userId: got.userId, storeId: store.id, notes: null });
    const time = await seat<never>(store, plan, { start, menuIds, nominated: staffId !== null }, onBehalf(got.userId, deps), put);
    if (typeof time !== 'string') got.time = time;
    else if (time === 'self_overlap') got.cannot = time;
    return got.time !== undefined;
  });
  if (!got.time) return nothingCame({ to: 'book_visit', cannot: got.cannot });
  const { blockedUntil: _, ...visible } = got.time;
  const done: VisitSeen = { ...visible, id, userId: got.userId, storeId: store.id, status: 'confirmed', customer, phone, notes: null, reachable: false, unreminded: false };
  return {
    result: { to: 'book_visit', done }, changed: [{ storeId: store.id, slotsVersion: await deps.writer.bumpSlots(store.id), waitlistUserId: null }], freed: [],
    news: [aboutVisit('booked', done, { by: staff.id, customer })], jobs: [],
  };
}
