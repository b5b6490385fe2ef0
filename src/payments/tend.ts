/**
 * What is due for a payment follows from its row and its visit, so that it may be asked at any time: after a booking,
 * when a hold is over, by the sweep, every night. Talks to the provider outside of any transaction, and settles what it
 * said inside one.
 */
import type { Job } from '../booking/news.ts';
import type { PaidVisit, PaymentReader } from '../booking/payment-ports.ts';
import { LINK_LIVES } from '../booking/deposit.ts';
import { change } from '../jobs/change.ts';
import type { ChangeHouse } from '../jobs/change.ts';
import type { Payments } from '../jobs/ports.ts';
import type { Reservation } from '../model/reservation.ts';
import { DAY, HOUR, at, dayOf } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { ProviderAway } from './ports.ts';
import type { PaymentProvider } from './ports.ts';
import { over, refunded, settle } from './settle.ts';
import type { Outcome } from './settle.ts';

export type PaymentHouse = ChangeHouse & {
  provider: PaymentProvider;
  payments: PaymentReader;
  /** Where customers come back to from paying. */
  pages: { paid: (paymentId: string) => string; left: (paymentId: string) => string };
  /** What the customer reads that he pays for. */
  title: (storeName: string) => string;
  observe: { payment: (outcome: string) => void };
  log: { info: Log; warn: Log };
};
type Log = (fields: Record<string, unknown>, message: string) => void;

/** So many a round of the sweep. */
const AT_ONCE = 50;
/** What is looked at again every night, however settled it seems. */
const RECONCILED = 3 * DAY;

/** What is to be done for a payment at a moment. */
export function dueFor({ payment, visit }: PaidVisit, now: Instant): 'link' | 'close' | 'refund' | null {
  if (payment.by !== 'stripe') return null;
  if (payment.refundDueAt !== null && payment.refundedAt === null && payment.refundTrouble === null) return 'refund';
  if (payment.closedAt !== null) return null;
  if (!isHeld({ payment, visit }, now)) return 'close';
  return payment.session === null ? 'link' : null;
}

/** Whether a visit waits for this payment. */
export const isHeld = ({ payment, visit }: PaidVisit, now: Instant): boolean =>
  payment.status === 'pending' && visit.status === 'pending' && visit.hold?.for === 'deposit' && visit.hold.until > now;

export function tending(house: PaymentHouse): Payments {
  const { provider, payments, log } = house;
  const told = (id: string, outcome: string): void => tell(house, { payment: id }, outcome);

  const tend = async (id: string): Promise<void> => {
    const found = await payments.payment({ id });
    switch (found && dueFor(found, house.now())) {
      case 'link': return link(found!);
      case 'close': return close(found!);
      case 'refund': return refund(found!);
      default:
    }
  };

  const link = async ({ payment, visit }: PaidVisit): Promise<void> => {
    const { id, attempt, yen, reservationId, linkUntil } = payment;
    const store = (await house.stores()).find((s) => s.id === visit.storeId);
    const made = await provider.createCheckout({
      paymentId: id, reservationId, attempt, yen, title: house.title(store?.name ?? ''), until: linkUntil ?? house.now() + LINK_LIVES, paidUrl: house.pages.paid(id), leftUrl: house.pages.left(id),
    });
    const kept = await change(house, async ({ payments: rows }, now) => {
      const now_ = await rows.lock({ id });
      const mine = now_?.payment.attempt === attempt && now_.payment.session === null;
      if (mine) await rows.save({ ...now_.payment, ...('refused' in made ? { attempt: attempt + 1, linkUntil: now + LINK_LIVES } : { session: made.id, url: made.url, closedAt: null }) });
      return { result: mine, changed: [], news: [], jobs: [] };
    });
    if ('refused' in made) throw new ProviderAway(`no link was made: ${made.refused}`);
    if (!kept) return;
    told(id, 'asked');
    // Cancelled or lapsed while the link was made: it is closed again.
    await tend(id);
  };

  const close = async ({ payment: { id, session } }: PaidVisit): Promise<void> => {
    const state = session === null ? null : await provider.expire(session);
    const outcome = await change(house, async (writer, now): Promise<Awaited<ReturnType<typeof settle>>> => {
      const settled = state ? await settle({ ...state, paymentId: id }, { writer, now, newId: house.newId }) : null;
      if (settled && settled.result !== 'nothing') return settled;
      // No link, none the provider knows, or one whose money is only promised: nobody waits for it any more.
      const found = await writer.payments.lock({ id });
      return found ? over(found, 'late', { writer, now }) : settled!;
    });
    told(id, outcome);
  };

  const refund = async ({ payment: { id, charge, yen } }: PaidVisit): Promise<void> => {
    const answer = charge === null ? { refused: 'there is no charge to refund' } : await provider.refund({ paymentId: id, charge, yen });
    const outcome = await change(house, (writer, now) => refunded(id, answer, { writer, now }));
    if ('refused' in answer) log.warn({ payment: id, why: answer.refused }, 'a deposit cannot be given back');
    told(id, outcome);
  };

  return {
    tend,
    ended: async (visit: Reservation) => {
      const found = await payments.payment({ reservationId: visit.id });
      if (found) return tend(found.payment.id);
      // Its payment has failed or goes back already; only the hold is left.
      await change(house, async (writer) => {
        const fallen = await writer.endHold(visit.id, 'deposit', 'ended');
        return { result: undefined, changed: fallen ? [{ storeId: visit.storeId, slotsVersion: await writer.bumpSlots(visit.storeId), waitlistUserId: null }] : [], news: [], jobs: [] };
      });
    },
    async tendAll() {
      const ids = await payments.due(house.now(), AT_ONCE);
      for (const id of ids) await tend(id);
      return ids.length;
    },
    async reconcile() {
      await change(house, async (_writer, now) => ({ result: undefined, changed: [], news: [], jobs: [nightly(now)] }));
      let mended = 0;
      for (const id of await payments.since(house.now() - RECONCILED)) {
        const found = await payments.payment({ id });
        const state = found?.payment.session ? await provider.session(found.payment.session) : null;
        const outcome: Outcome = state ? await change(house, (writer, now) => settle({ ...state, paymentId: id }, { writer, now, newId: house.newId })) : 'nothing';
        if (outcome === 'nothing') continue;
        mended++;
        told(id, outcome);
        log.warn({ payment: id, outcome }, 'a payment was found otherwise at the provider');
      }
      return mended;
    },
  };
}

/** Counts and logs what became of a payment; no word of a customer in it. */
export function tell({ observe, log }: Pick<PaymentHouse, 'observe' | 'log'>, about: Record<string, unknown>, outcome: string): void {
  if (outcome === 'nothing' || outcome === 'closed') return;
  observe.payment(outcome);
  log.info({ ...about, outcome }, 'a deposit');
}

/** When the provider is asked about every link: at four in the morning, each night anew. */
export function nightly(now: Instant): Job {
  const four = at(dayOf(now), 0) + 4 * HOUR;
  return { name: 'reconcile_payments', key: 'reconcile_payments', at: four > now ? four : four + DAY, payload: {} };
}
