import type { PaidVisit, PaymentWriter, WhichPayment } from '../../../booking/payment-ports.ts';
import type { Payment } from '../../../model/payment.ts';
import type { Instant } from '../../../model/time.ts';
import { reservation } from './reads.ts';
import type { Db } from './reads.ts';
import { iso, ms } from './rows.ts';

const MOMENTS = ['link_until', 'paid_at', 'closed_at', 'refund_due_at', 'refunded_at', 'created_at'] as const;
const PAYMENT = `p.id, p.reservation_id, p.user_id, p.amount::int AS yen, p.status, p.provider, p.attempt, p.provider_ref, p.link_url, p.charge_ref, p.refund_ref,
  p.refund_trouble, ${MOMENTS.map((column) => ms(`p.${column}`, column)).join(', ')}`;
type PaymentRow = {
  id: string; reservation_id: string; user_id: string; yen: number; status: Payment['status']; provider: string | null; attempt: number; provider_ref: string | null;
  link_url: string | null; charge_ref: string | null; refund_ref: string | null; refund_trouble: string | null; created_at: number;
} & Record<Exclude<(typeof MOMENTS)[number], 'created_at'>, number | null>;
const moment = (ms: number | null): Instant | null => (ms === null ? null : Math.round(ms));
const paymentOf = (row: PaymentRow): Payment => ({
  id: row.id, reservationId: row.reservation_id, userId: row.user_id, yen: row.yen, status: row.status, by: row.provider === 'stripe' ? 'stripe' : 'shop',
  attempt: row.attempt, linkUntil: moment(row.link_until), session: row.provider_ref, url: row.link_url, charge: row.charge_ref, paidAt: moment(row.paid_at),
  closedAt: moment(row.closed_at), refundDueAt: moment(row.refund_due_at), refundedAt: moment(row.refunded_at), refund: row.refund_ref, refundTrouble: row.refund_trouble,
  createdAt: Math.round(row.created_at),
});
const valuesOf = (p: Payment): unknown[] => [
  p.id, p.status, p.attempt, p.session, p.url, p.charge, p.refund, p.refundTrouble, ...[p.linkUntil, p.paidAt, p.closedAt, p.refundDueAt, p.refundedAt].map((at) => (at === null ? null : iso(at))),
];

/** SQL: which payment is meant, and its parameter. */
function where(which: WhichPayment): [string, string] {
  if ('id' in which) return ['p.id = $1', which.id];
  if ('session' in which) return ['p.provider_ref = $1', which.session];
  if ('charge' in which) return ['p.charge_ref = $1', which.charge];
  return [`p.reservation_id = $1 AND p.status <> 'failed' AND p.refund_due_at IS NULL`, which.reservationId];
}

/** SQL: a link that may still take money, while its visit is held for it. */
const HELD = `p.status = 'pending' AND r.status = 'pending' AND r.hold_for = 'deposit' AND r.hold_expires_at > $1`;

/** Payments in PostgreSQL. Locks are taken in the order of all booking: the customer, the reservation, then the payment. */
export class PostgresPayments implements PaymentWriter {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async payment(which: WhichPayment): Promise<PaidVisit | null> {
    const [condition, value] = where(which);
    const { rows: [row] } = await this.#db.query<PaymentRow>(`SELECT ${PAYMENT} FROM payments p WHERE ${condition} LIMIT 1`, [value]);
    const visit = row && (await reservation(this.#db, row.reservation_id));
    return row && visit ? { payment: paymentOf(row), visit } : null;
  }

  async lock(which: WhichPayment): Promise<PaidVisit | null> {
    const [condition, value] = where(which);
    const { rows: [found] } = await this.#db.query<{ id: string; user_id: string; reservation_id: string }>(`SELECT p.id, p.user_id, p.reservation_id FROM payments p WHERE ${condition} LIMIT 1`, [value]);
    if (!found) return null;
    await this.#db.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [found.user_id]);
    await this.#db.query('SELECT FROM reservations WHERE id = $1 FOR UPDATE', [found.reservation_id]);
    await this.#db.query('SELECT FROM payments WHERE id = $1 FOR UPDATE', [found.id]);
    return this.payment({ id: found.id });
  }

  async insert(p: Payment): Promise<void> {
    await this.#db.query(
      `INSERT INTO payments (id, status, attempt, provider_ref, link_url, charge_ref, refund_ref, refund_trouble, link_until, paid_at, closed_at, refund_due_at, refunded_at,
         reservation_id, user_id, amount, provider, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [...valuesOf(p), p.reservationId, p.userId, p.yen, p.by, iso(p.createdAt)]);
  }

  async save(p: Payment): Promise<void> {
    await this.#db.query(
      `UPDATE payments SET status = $2, attempt = $3, provider_ref = $4, link_url = $5, charge_ref = $6, refund_ref = $7, refund_trouble = $8, link_until = $9, paid_at = $10,
         closed_at = $11, refund_due_at = $12, refunded_at = $13
       WHERE id = $1`, valuesOf(p));
  }

  async due(now: Instant, limit: number): Promise<string[]> {
    const { rows } = await this.#db.query<{ id: string }>(
      `SELECT p.id FROM payments p JOIN reservations r ON r.id = p.reservation_id
       WHERE p.provider = 'stripe' AND (p.closed_at IS NULL AND (p.provider_ref IS NULL OR NOT (${HELD}))
         OR p.refund_due_at IS NOT NULL AND p.refunded_at IS NULL AND p.refund_trouble IS NULL)
       ORDER BY p.created_at LIMIT $2`, [iso(now), limit]);
    return rows.map((row) => row.id);
  }

  async since(at: Instant): Promise<string[]> {
    const { rows } = await this.#db.query<{ id: string }>(`SELECT p.id FROM payments p WHERE p.provider = 'stripe' AND p.created_at >= $1 ORDER BY p.created_at`, [iso(at)]);
    return rows.map((row) => row.id);
  }
}
