/** 予約金: asked for with a visit, kept or given back when it is cancelled, taken by the shop's own hand where there is no link. */
import { depositOf } from '../model/payment.ts';
import type { DepositFate, Payment } from '../model/payment.ts';
import type { Hold, Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { WritingDeps } from './deps.ts';
import { expiring } from './hold.ts';
import { aboutVisit } from './news.ts';
import type { Job, News } from './news.ts';
import type { BookingWriter, Changed } from './ports.ts';

/** A link ends so long before its visit's hold, so that who pays at the last moment is heard of while the time is still his. */
const LINK_ENDS_BEFORE = 4 * MINUTE;
/** Stripe lets none end sooner than in half an hour; a minute for its clock and ours. */
export const LINK_LIVES = 31 * MINUTE;

type Deps = Pick<WritingDeps, 'now' | 'writer' | 'newId' | 'payLink'>;

/** Until when a visit is held for its deposit; null = it is certain at once: it needs none, or the shop takes it itself. */
export function depositHold(store: Store, menuIds: readonly string[], start: Instant, { now, payLink }: Pick<Deps, 'now' | 'payLink'>): Hold | null {
  const deposit = depositOf(store, menuIds);
  return deposit && payLink ? { for: 'deposit', until: Math.min(now + deposit.holdMinutes * MINUTE, start) } : null;
}

/** Asks for the deposit of a visit that is held for it, or that the shop takes it for; once. Gives the visit as it is now. */
export async function askDeposit(visit: Reservation, store: Store, { now, writer, newId, payLink }: Deps): Promise<{ visit: Reservation; jobs: Job[] }> {
  const wanted = depositOf(store, visit.menuIds);
  const asking = visit.hold === undefined || visit.hold.for === 'deposit';
  if (!wanted || !asking || visit.deposit) return { visit: withLink(visit, payLink), jobs: [] };
  const id = newId();
  const held = payLink && visit.hold?.for === 'deposit' ? visit.hold.until : null;
  const linkUntil = held === null ? null : Math.max(held - LINK_ENDS_BEFORE, now + LINK_LIVES);
  await writer.payments.insert({ ...UNPAID, id, reservationId: visit.id, userId: visit.userId, yen: wanted.yen, by: held === null ? 'shop' : 'stripe', linkUntil, createdAt: now });
  if (held === null) return { visit: { ...visit, deposit: { id, yen: wanted.yen, by: 'shop', state: 'due' } }, jobs: [] };
  return {
    visit: withLink({ ...visit, deposit: { id, yen: wanted.yen, by: 'stripe', state: 'due', until: linkUntil! } }, payLink),
    jobs: [tend(id, now), expiring(visit.id, { for: 'deposit', until: held })],
  };
}

/** A visit that is held for its deposit with the link by which that is paid, and until when. */
export const withLink = (visit: Reservation, payLink: Deps['payLink']): Reservation =>
  payLink && visit.deposit && visit.hold?.for === 'deposit'
    ? { ...visit, deposit: { ...visit.deposit, link: payLink(visit.deposit.id), until: Math.min(visit.deposit.until ?? Infinity, visit.hold.until) } } : visit;

const UNPAID = {
  status: 'pending', attempt: 1, session: null, url: null, charge: null, paidAt: null, closedAt: null, refundDueAt: null, refundedAt: null, refund: null, refundTrouble: null,
} as const satisfies Partial<Payment>;

/** Does what is due for a payment, at a moment. */
export const tend = (id: string, at: Instant): Job => ({ name: 'tend_payment', key: `payment:${id}`, at, payload: { payment: id } });

/** The last yes to a pending visit (an offer taken, the shop's approval): it is certain, or held on for its deposit. Null = it is pending no more. */
export async function grant(pending: Reservation, store: Store, deps: Deps): Promise<{ visit: Reservation; jobs: Job[] } | null> {
  const hold = pending.deposit?.state === 'paid' ? null : depositHold(store, pending.menuIds, pending.start, deps);
  const visit = hold ? await deps.writer.holdOn(pending.id, hold) : await deps.writer.confirmHold(pending.id);
  return visit && askDeposit(visit, store, deps);
}

/** `unpaid`: the visit was only held for it, and the shop's people never heard of it. */
export type LetGo = { deposit?: DepositFate; unpaid: boolean; jobs: Job[]; news: News[] };

/** What becomes of the deposit of a visit that was just cancelled; `returned` by the shop's rules, always where the shop itself cancels. */
export async function letGo(cancelled: Reservation, returned: boolean, { now, writer }: { now: Instant; writer: BookingWriter }): Promise<LetGo> {
  const found = cancelled.deposit ? await writer.payments.lock({ reservationId: cancelled.id }) : null;
  if (!found) return { unpaid: false, jobs: [], news: [] };
  const { payment } = found;
  const { id, yen, by } = payment;
  const byLink = by === 'stripe';
  if (payment.status === 'pending') {
    // Its link is still to be closed, unless there is none.
    await writer.payments.save({ ...payment, status: 'failed', ...(byLink ? {} : { closedAt: now }) });
    return { unpaid: byLink, jobs: byLink ? [tend(id, now)] : [], news: [] };
  }
  if (!returned) return { deposit: { yen, by, fate: 'kept' }, unpaid: false, jobs: [], news: [] };
  await writer.payments.save({ ...payment, refundDueAt: now });
  const { deposit: _, ...visit } = cancelled;
  return { deposit: { yen, by, fate: 'returned' }, unpaid: false, jobs: byLink ? [tend(id, now)] : [], news: byLink ? [] : [aboutDeposit(visit, yen, 'give_back')] };
}

/** For the shop's people: a deposit somebody of them has to see to. */
export const aboutDeposit = (visit: Reservation, yen: number, what: 'give_back' | 'not_given_back'): News => (
  { to: 'staff', storeId: visit.storeId, staffId: visit.staffId, news: { kind: 'deposit', visit, yen, what } });

/** What the shop's word that the deposit came leads to: `none` is due, `already` paid, or the visit is `gone`. */
export type MarkedPaid = { answer: 'none' | 'already' | 'gone'; visit?: undefined } | { answer: 'paid'; visit: Reservation; yen: number };

/** 入金: the shop has the money in its own hands. A visit that was held for a link is certain by it, and the link is closed. `by` = whose word it was. */
export async function markPaid(reservationId: string, { now, writer, newId }: Omit<Deps, 'payLink'>, by?: string): Promise<{ result: MarkedPaid; changed: Changed[]; news: News[]; jobs: Job[] }> {
  const nothing = (answer: 'none' | 'already' | 'gone') => ({ result: { answer }, changed: [], news: [], jobs: [] });
  const found = await writer.payments.lock({ reservationId });
  if (!found) return nothing('none');
  const { payment, visit } = found;
  if (payment.status === 'completed') return nothing('already');
  const certain = visit.status === 'pending' ? await writer.confirmHold(visit.id, true) : visit.status === 'confirmed' ? visit : null;
  if (!certain) return nothing('gone');
  const paid = { status: 'completed', paidAt: now, closedAt: now } as const;
  if (payment.by === 'shop') await writer.payments.save({ ...payment, ...paid });
  else {
    await writer.payments.save({ ...payment, status: 'failed' });
    await writer.payments.insert({ ...UNPAID, ...paid, id: newId(), reservationId, userId: payment.userId, yen: payment.yen, by: 'shop', linkUntil: null, createdAt: now });
  }
  const after = (await writer.reservation(reservationId))!;
  const changed = visit.status === 'pending' ? [{ storeId: visit.storeId, slotsVersion: await writer.bumpSlots(visit.storeId), waitlistUserId: null }] : [];
  return {
    result: { answer: 'paid', visit: after, yen: payment.yen }, changed, jobs: payment.by === 'stripe' ? [tend(payment.id, now)] : [],
    news: [{ to: 'customer', userId: visit.userId, storeId: visit.storeId, act: { say: 'deposit_paid', visit: after } }, ...(visit.status === 'pending' ? [aboutVisit('booked', after, { by })] : [])],
  };
}

/** 返金済み: the shop has given a deposit back with its own hands. False = there is none to give back. */
export async function markReturned(paymentId: string, { now, writer }: Pick<Deps, 'now' | 'writer'>): Promise<boolean> {
  const found = await writer.payments.lock({ id: paymentId });
  if (!found || found.payment.refundDueAt === null || found.payment.refundedAt !== null) return false;
  await writer.payments.save({ ...found.payment, refundedAt: now });
  return true;
}
