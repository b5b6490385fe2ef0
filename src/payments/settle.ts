/**
 * What the provider says of a link becomes what the house knows, whatever order and however often it is said. The row
 * and its visit are locked first, so each thing happens once: paid, and the visit is certain; or over, and its time is free.
 */
import { aboutDeposit, tend } from '../booking/deposit.ts';
import { nothingCame } from '../booking/deps.ts';
import type { Came, HouseDeps } from '../booking/deps.ts';
import { aboutVisit } from '../booking/news.ts';
import type { PaidVisit } from '../booking/payment-ports.ts';
import type { Session } from './ports.ts';

/** What came of it: `unneeded` = paid when it was too late, so it goes back; `unknown` = no payment of ours; `nothing` = we knew. */
export type Outcome = 'paid' | 'unneeded' | 'lapsed' | 'failed' | 'closed' | 'nothing' | 'unknown';
type Deps = Pick<HouseDeps, 'now' | 'writer'>;
type SettlingDeps = Deps & Pick<HouseDeps, 'newId'>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function settle(session: Session, deps: SettlingDeps): Promise<Came<Outcome>> {
  const { payments } = deps.writer;
  const named = session.paymentId !== null && UUID.test(session.paymentId);
  const found = (await payments.lock({ session: session.id })) ?? (named ? await payments.lock({ id: session.paymentId! }) : null);
  if (!found || found.payment.by !== 'stripe') return nothingCame('unknown');
  if (session.paid) return paid(found, session, deps);
  // A link that was replaced ends without a word.
  if ((found.payment.session ?? session.id) !== session.id) return nothingCame('nothing');
  if (session.failed) return over(found, 'failed', deps);
  return session.status === 'expired' ? over(found, 'late', deps) : nothingCame('nothing');
}

async function paid({ payment, visit }: PaidVisit, session: Session, { now, writer, newId }: SettlingDeps): Promise<Came<Outcome>> {
  const { storeId, userId } = visit;
  const goesBack = (id: string): Came<Outcome> => (
    { ...nothingCame('unneeded' as const), jobs: [tend(id, now)], news: [{ to: 'customer', userId, storeId, act: { say: 'deposit_unneeded', visit, yen: payment.yen } }] });
  if (payment.status === 'completed') {
    if (payment.session === session.id) return nothingCame('nothing');
    // By a second link, which nobody should have had: that goes back, as a payment of its own.
    const extra = { ...payment, id: newId(), session: session.id, url: null, charge: session.charge, paidAt: now, closedAt: now, refundDueAt: now, refundedAt: null, refund: null, refundTrouble: null, createdAt: now };
    await writer.payments.insert(extra);
    return goesBack(extra.id);
  }
  const held = visit.status === 'pending' && visit.hold?.for === 'deposit' && payment.status === 'pending';
  const certain = held ? await writer.confirmHold(visit.id, true) : visit.status === 'confirmed' && payment.status === 'pending' ? visit : null;
  await writer.payments.save({ ...payment, status: 'completed', session: session.id, charge: session.charge, paidAt: now, closedAt: now, refundDueAt: certain ? null : now });
  if (!certain) return goesBack(payment.id);
  const after = (await writer.reservation(visit.id))!;
  return {
    result: 'paid', freed: [], jobs: [],
    changed: [{ storeId, slotsVersion: await writer.bumpSlots(storeId), waitlistUserId: null }],
    news: [{ to: 'customer', userId, storeId, act: { say: 'deposit_paid', visit: after } }, ...(held ? [aboutVisit('booked', after)] : [])],
  };
}

/** The link takes no money any more: a visit that is still held for it falls, and its customer hears so. */
export async function over({ payment, visit }: PaidVisit, why: 'late' | 'failed', { now, writer }: Deps): Promise<Came<Outcome>> {
  if (payment.closedAt !== null) return nothingCame('nothing');
  if (payment.status !== 'pending') {
    await writer.payments.save({ ...payment, closedAt: now });
    return nothingCame('closed');
  }
  await writer.payments.save({ ...payment, status: 'failed', closedAt: now });
  const result = why === 'late' ? 'lapsed' : 'failed';
  const fallen = visit.hold ? await writer.endHold(visit.id, 'deposit', visit.hold.until <= now ? 'ended' : 'running') : null;
  if (!fallen) return nothingCame(result);
  const { storeId, userId, staffId, start, end } = fallen;
  return {
    result, jobs: [],
    changed: [{ storeId, slotsVersion: await writer.bumpSlots(storeId), waitlistUserId: null }],
    freed: [{ storeId, staffId, start, end }],
    news: end > now ? [{ to: 'customer', userId, storeId, act: { say: 'deposit_lapsed', visit: fallen, why } }] : [],
  };
}

/** The provider has taken the refund, or says that it never will. */
export async function refunded(paymentId: string, answer: { id: string } | { refused: string }, { now, writer }: Deps): Promise<Came<'refunded' | 'refund_refused' | 'nothing'>> {
  const found = await writer.payments.lock({ id: paymentId });
  if (!found || found.payment.refundDueAt === null || found.payment.refundedAt !== null) return nothingCame('nothing');
  const { payment, visit } = found;
  if ('id' in answer) {
    await writer.payments.save({ ...payment, refundedAt: now, refund: answer.id });
    return nothingCame('refunded');
  }
  if (payment.refundTrouble !== null) return nothingCame('nothing');
  await writer.payments.save({ ...payment, refundTrouble: answer.refused });
  return { ...nothingCame('refund_refused' as const), news: [aboutDeposit(visit, payment.yen, 'not_given_back')] };
}

/** A word of the provider about a charge: it was given back (perhaps by the shop, at the provider's pages), or did not arrive. */
export async function settleRefund(charge: string, trouble: string | null, deps: Deps): Promise<Came<'refunded' | 'refund_refused' | 'nothing' | 'unknown'>> {
  const { payments } = deps.writer;
  const found = await payments.lock({ charge });
  if (!found) return nothingCame('unknown');
  const { payment, visit } = found;
  if (trouble !== null) {
    if (payment.refundDueAt === null || payment.refundTrouble !== null) return nothingCame('nothing');
    await payments.save({ ...payment, refundedAt: null, refundTrouble: trouble });
    return { ...nothingCame('refund_refused' as const), news: [aboutDeposit(visit, payment.yen, 'not_given_back')] };
  }
  // Given back by hand: the visit stands as it is, and has no deposit any more.
  if (payment.refundedAt !== null) return nothingCame('nothing');
  await payments.save({ ...payment, refundDueAt: payment.refundDueAt ?? deps.now, refundedAt: deps.now, refundTrouble: null });
  return nothingCame('refunded');
}
