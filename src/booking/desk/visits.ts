/** What the shop's people do to a customer's visit. No deadline, notice or window of the customer's holds for them; the calendar does. */
import { openSpans } from '../../model/hours.ts';
import { worksOn } from '../../model/shifts.ts';
import { joined } from '../../model/span.ts';
import { isReturned } from '../../model/payment.ts';
import { mayTouch } from '../../model/store.ts';
import type { Reservation } from '../../model/reservation.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { approve, decline, nearTo } from '../approval.ts';
import { markArrived, markNoShow, unmark } from '../came.ts';
import { letGo, markPaid } from '../deposit.ts';
import { nothingCame, onBehalf } from '../deps.ts';
import { aboutVisit } from '../news.ts';
import type { News } from '../news.ts';
import { planOf } from '../plan.ts';
import type { Plan } from '../plan.ts';
import type { CannotBook } from '../ports.ts';
import { seat } from '../seat.ts';
import { businessDayOf } from '../working.ts';
import { member } from './deps.ts';
import type { DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { DeskEffect, VisitSeen } from './ports.ts';

/** A visit of one's own shop that one may touch, or why not; null = there is none such. */
async function visitFor(reservationId: string, deps: DeskWritingDeps): Promise<{ visit: VisitSeen | null } | { refused: DeskPerformed }> {
  const { store, staff } = member(deps);
  const there = await deps.writer.reservation(reservationId);
  if (!there || there.storeId !== store.id || there.status === 'canceled') return { visit: null };
  const visit = (await deps.desk.visits(store.id, store.channel, there, deps.now)).find(({ id }) => id === there.id);
  if (!visit) return { visit: null };
  // What is offered to somebody who waits is not the shop's to give away.
  if (visit.hold?.for === 'offer') return { visit: null };
  if (mayTouch(store, staff, visit.staffId)) return { visit };
  return { refused: nothingCame({ to: 'not_yours', staffId: visit.staffId }) };
}

/** A visit as it is now, with what the desk knows of its customer. */
const seenNow = <T extends Reservation>(visit: T, { customer, phone, notes, reachable }: VisitSeen): VisitSeen => ({ ...visit, customer, phone, notes, reachable, unreminded: false });

/** Before a visit's time is given back. */
const lockDayOf = ({ storeId, start }: Reservation, deps: DeskWritingDeps): Promise<void> =>
  deps.writer.lockDays(storeId, [businessDayOf(member(deps).store.hours, start)]);

/** キャンセル. What waits for the shop's yes is declined instead, for its customer was never told yes. */
export async function cancelVisit({ reservationId, wish }: Extract<DeskEffect, { do: 'cancel_visit' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const found = await visitFor(reservationId, deps);
  if ('refused' in found) return found.refused;
  const { visit } = found;
  if (!visit || visit.end <= deps.now) return nothingCame({ to: 'cancel_visit', done: null });
  if (visit.hold?.for === 'approval') {
    const { result, ...came } = await decline(visit.id, deps);
    return { result: { to: 'cancel_visit', done: result && seenNow(result, visit) }, ...came };
  }
  await lockDayOf(visit, deps);
  const done = await deps.writer.cancelReservation(visit.id, visit.userId);
  if (!done) return nothingCame({ to: 'cancel_visit', done: null });
  const slotsVersion = await deps.writer.bumpSlots(done.storeId);
  const { store, staff } = member(deps);
  const { deposit, unpaid, news, jobs } = await letGo(done, wish === 'shop' || isReturned(store.policy.deposit, done.start, deps.now), deps);
  const back = deposit ? { deposit } : {};
  const act = wish === 'shop' ? { say: 'cancelled_by_shop' as const, visit: done, near: await nearTo(done, deps), ...back } : { say: 'cancelled' as const, visit: done, ...back };
  return {
    result: { to: 'cancel_visit', done: seenNow(done, visit), ...back },
    changed: [{ storeId: done.storeId, slotsVersion, waitlistUserId: null }],
    freed: [{ storeId: done.storeId, staffId: done.staffId, start: done.start, end: done.end }],
    news: [{ to: 'customer', userId: done.userId, storeId: done.storeId, act }, ...(unpaid ? [] : [aboutVisit('cancelled', done, { by: staff.id, customer: visit.customer })]), ...news.map((one) => (one.to === 'staff' ? { ...one, by: staff.id } : one))], jobs,
  };
}

/** 変更: to another time, another person, or both. */
export async function moveVisit({ reservationId, start, staffId, wish }: Extract<DeskEffect, { do: 'move_visit' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const found = await visitFor(reservationId, deps);
  if ('refused' in found) return found.refused;
  const { visit } = found;
  if (!visit || visit.end <= deps.now) return nothingCame({ to: 'move_visit', gone: true });
  // The shop's yes first: its customer was not told one yet.
  if (visit.hold?.for === 'approval') return nothingCame({ to: 'move_visit', cannot: 'unanswered' });
  const { store } = member(deps);
  const plan = planOf(store, { storeId: store.id, menuIds: visit.menuIds, staffId: staffId ?? (visit.nominated ? visit.staffId : null) });
  if (typeof plan === 'string') return nothingCame({ to: 'move_visit', cannot: plan });
  const why = whyNotThen(store, plan, start, deps.now);
  if (why) return nothingCame({ to: 'move_visit', cannot: why });
  await lockDayOf(visit, deps);
  const moved = await putThere(visit, plan, start, store, deps);
  if (moved === 'gone') return nothingCame({ to: 'move_visit', gone: true });
  if (typeof moved === 'string') return nothingCame({ to: 'move_visit', cannot: moved === 'full' ? 'taken' : moved });
  const slotsVersion = await deps.writer.bumpSlots(store.id);
  return {
    result: { to: 'move_visit', done: seenNow(moved, visit), was: visit },
    changed: [{ storeId: store.id, slotsVersion, waitlistUserId: null }],
    freed: [{ storeId: store.id, staffId: visit.staffId, start: visit.start, end: visit.end }],
    news: movedNews(seenNow(moved, visit), visit, member(deps).staff.id, wish), jobs: [],
  };
}

/** Writes a visit to another time or person, the one he has first where he need not change. */
export async function putThere(visit: Reservation, plan: Plan, start: Instant, store: Store, deps: DeskWritingDeps): Promise<Reservation | 'full' | 'self_overlap' | 'gone'> {
  const seating = { start, menuIds: visit.menuIds, nominated: visit.nominated && plan.doers.some(({ staff }) => staff.id === visit.staffId), moving: visit.id, keep: visit.staffId };
  const time = await seat(store, plan, seating, onBehalf(visit.userId, deps), (at) => deps.writer.moveReservation(visit.id, visit.userId, at));
  if (typeof time === 'string') return time;
  const { blockedUntil: _, ...visible } = time;
  return { ...visit, ...visible };
}

/** What the customer, and the shop's people but for the one who did it, hear of it. */
export const movedNews = (visit: VisitSeen, was: Reservation, by: string, wish: 'shop' | 'customer'): News[] => [
  { to: 'customer', userId: visit.userId, storeId: visit.storeId, act: wish === 'shop' ? { say: 'moved_by_shop', visit, was } : { say: 'moved', visit } },
  aboutVisit('moved', visit, { was, by, customer: visit.customer }),
];

/** Why a visit cannot be put there by the shop itself: only where nobody is there to do it. */
export function whyNotThen(store: Store, plan: Plan, start: Instant, now: Instant): CannotBook | null {
  if (start < now) return 'past';
  const day = businessDayOf(store.hours, start);
  const open = joined(openSpans(store.hours, day));
  if (open.length === 0) return 'closed';
  const end = start + plan.duration;
  if (!open.some((span) => span.start <= start && end <= span.end)) return 'outside_hours';
  return plan.doers.some(({ staff }) => worksOn(staff, open, day).some((span) => span.start <= start && end <= span.end)) ? null : 'staff_off';
}

/** 承認 and お断り of a 仮予約. */
export async function answerVisit({ do: to, reservationId }: Extract<DeskEffect, { do: 'approve' | 'decline' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const found = await visitFor(reservationId, deps);
  if ('refused' in found) return found.refused;
  if (!found.visit) return nothingCame({ to, done: null });
  const { result, ...came } = to === 'approve' ? await approve(reservationId, deps, member(deps).staff.id) : await decline(reservationId, deps);
  return { result: { to, done: result && seenNow(result, found.visit) }, ...came };
}

/** 来店 and 無断キャンセル, and neither. */
export async function markVisit({ reservationId, came }: Extract<DeskEffect, { do: 'mark' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const found = await visitFor(reservationId, deps);
  if ('refused' in found) return found.refused;
  if (!found.visit) return nothingCame({ to: 'mark', marked: null });
  const mark = came === 'arrived' ? markArrived : came === 'no_show' ? markNoShow : unmark;
  const { result, ...rest } = await mark(reservationId, deps);
  return { result: { to: 'mark', marked: result === null || result === 'too_early' ? result : seenNow(result, found.visit) }, ...rest };
}

/** 入金: the deposit of a visit is in the shop's hands. */
export async function takePaid({ reservationId }: Extract<DeskEffect, { do: 'paid' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const found = await visitFor(reservationId, deps);
  if ('refused' in found) return found.refused;
  if (!found.visit) return nothingCame({ to: 'paid', refused: 'gone' });
  const { result, changed, news, jobs } = await markPaid(reservationId, deps, member(deps).staff.id);
  return { result: result.answer === 'paid' ? { to: 'paid', done: seenNow(result.visit, found.visit), yen: result.yen } : { to: 'paid', refused: result.answer }, changed, freed: [], news, jobs };
}
