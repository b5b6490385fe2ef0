import type { Instant } from '../../model/time.ts';
import type { Db } from './booking/reads.ts';
import { ms } from './booking/rows.ts';

/** A deposit that is not paid yet, or that goes back and does not by itself. */
export type OpenDeposit = {
  id: string;
  what: 'give_back' | 'due' | 'link';
  yen: number;
  visitAt: Instant;
  shop: string;
  customer: string | null;
  /** Why the provider would not give it back. */
  trouble: string | null;
};

/** What goes back first, then by visit. */
export async function openDeposits(db: Db): Promise<OpenDeposit[]> {
  const { rows } = await db.query<Omit<OpenDeposit, 'visitAt'> & { visit_ms: number }>(
    `SELECT p.id, p.amount::int AS yen, p.refund_trouble AS trouble, s.name AS shop, coalesce(t.name, nullif(u.name, '')) AS customer, ${ms('r.start_time', 'visit_ms')},
       CASE WHEN p.refund_due_at IS NOT NULL THEN 'give_back' WHEN p.provider = 'stripe' THEN 'link' ELSE 'due' END AS what
     FROM payments p JOIN reservations r ON r.id = p.reservation_id JOIN stores s ON s.id = r.store_id JOIN users u ON u.id = p.user_id
       LEFT JOIN talks t ON t.user_id = p.user_id AND t.channel = s.channel
     WHERE p.status = 'pending' AND r.status <> 'canceled'
       OR p.refund_due_at IS NOT NULL AND p.refunded_at IS NULL AND (p.provider IS DISTINCT FROM 'stripe' OR p.refund_trouble IS NOT NULL)
     ORDER BY (p.refund_due_at IS NULL), r.start_time, p.id`);
  return rows.map(({ visit_ms, ...row }) => ({ ...row, visitAt: Math.round(visit_ms) }));
}
