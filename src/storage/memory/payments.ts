import type { PaidVisit, PaymentWriter, WhichPayment } from '../../booking/payment-ports.ts';
import type { Deposit, Payment } from '../../model/payment.ts';
import type { Reservation } from '../../model/reservation.ts';
import type { Instant } from '../../model/time.ts';

/** Whether a payment is the one its visit has: it neither failed nor goes back. */
export const isLive = (p: Payment): boolean => p.status !== 'failed' && p.refundDueAt === null;

/** Payments kept in the process. Nothing runs beside a transaction here, so a lock is a look. */
export class MemoryPayments implements PaymentWriter {
  readonly #kept: Payment[];
  readonly #visit: (id: string) => Promise<Reservation | null>;
  readonly #undo: (back: () => void) => void;

  constructor(kept: Payment[], visit: (id: string) => Promise<Reservation | null>, undo: (back: () => void) => void) {
    this.#kept = kept;
    this.#visit = visit;
    this.#undo = undo;
  }

  async payment(which: WhichPayment): Promise<PaidVisit | null> {
    const payment = this.#kept.find((p) =>
      'id' in which ? p.id === which.id : 'session' in which ? p.session === which.session : 'charge' in which ? p.charge === which.charge : p.reservationId === which.reservationId && isLive(p));
    const visit = payment && (await this.#visit(payment.reservationId));
    return payment && visit ? { payment: { ...payment }, visit } : null;
  }

  lock(which: WhichPayment): Promise<PaidVisit | null> {
    return this.payment(which);
  }

  async insert(payment: Payment): Promise<void> {
    if (isLive(payment) && this.#kept.some((p) => p.reservationId === payment.reservationId && isLive(p))) throw new Error('this visit has its deposit already');
    const row = { ...payment };
    this.#kept.push(row);
    this.#undo(() => void this.#kept.splice(this.#kept.indexOf(row), 1));
  }

  async save(payment: Payment): Promise<void> {
    const row = this.#kept.find((p) => p.id === payment.id);
    if (!row) return;
    const before = { ...row };
    Object.assign(row, payment);
    this.#undo(() => void Object.assign(row, before));
  }

  async due(now: Instant, limit: number): Promise<string[]> {
    const due: Payment[] = [];
    for (const p of this.#links()) {
      const visit = await this.#visit(p.reservationId);
      const held = p.status === 'pending' && visit?.hold?.for === 'deposit' && visit.hold.until > now;
      const back = p.refundDueAt !== null && p.refundedAt === null && p.refundTrouble === null;
      if ((p.closedAt === null && (p.session === null || !held)) || back) due.push(p);
    }
    return due.slice(0, limit).map((p) => p.id);
  }

  async since(moment: Instant): Promise<string[]> {
    return this.#links().filter((p) => p.createdAt >= moment).map((p) => p.id);
  }

  #links(): Payment[] {
    return this.#kept.filter((p) => p.by === 'stripe').sort((a, b) => a.createdAt - b.createdAt);
  }
}

/** A payment as those see it who look at its visit. */
export function depositSeen({ id, yen, by, status, linkUntil }: Payment): Deposit {
  const paid = status === 'completed';
  return { id, yen, by, state: paid ? 'paid' : 'due', ...(paid || linkUntil === null ? {} : { until: linkUntil }) };
}
