/** What was offered of freed time. */
import type { KeptOffer } from '../../../booking/waiting/ports.ts';
import type { OfferState } from '../../../model/reservation.ts';
import type { Span } from '../../../model/span.ts';
import type { Instant } from '../../../model/time.ts';
import type { Db } from './reads.ts';
import { iso, ms } from './rows.ts';

const OFFER = `o.id, o.entry_id, o.reservation_id, o.user_id, o.store_id, o.staff_id, o.menu_ids, o.state, ${ms('o.start_time', 'start_ms')},
  ${ms('o.end_time', 'end_ms')}, ${ms('o.blocked_until', 'blocked_ms')}, ${ms('o.tell_at', 'tell_ms')}, ${ms('o.expires_at', 'expires_ms')}`;
type OfferRow = {
  id: string; entry_id: string; reservation_id: string | null; user_id: string; store_id: string; staff_id: string; menu_ids: string[]; state: OfferState;
  start_ms: number; end_ms: number; blocked_ms: number; tell_ms: number; expires_ms: number;
};
const offerOf = (row: OfferRow): KeptOffer => ({
  id: row.id, entryId: row.entry_id, reservationId: row.reservation_id, userId: row.user_id, storeId: row.store_id, staffId: row.staff_id, menuIds: row.menu_ids,
  start: Math.round(row.start_ms), end: Math.round(row.end_ms), blockedUntil: Math.round(row.blocked_ms), held: row.reservation_id !== null,
  toldAt: Math.round(row.tell_ms), expiresAt: Math.round(row.expires_ms), state: row.state,
});

async function some(db: Db, name: string, where: string, values: unknown[]): Promise<KeptOffer[]> {
  const { rows } = await db.query<OfferRow>({ name, text: `SELECT ${OFFER} FROM waitlist_offers o WHERE ${where}`, values });
  return rows.map(offerOf);
}
const one = (offers: KeptOffer[]): KeptOffer | null => offers[0] ?? null;

export const offer = async (db: Db, id: string): Promise<KeptOffer | null> => one(await some(db, 'offer', 'o.id = $1', [id]));
export const offerForUpdate = async (db: Db, id: string): Promise<KeptOffer | null> => one(await some(db, 'offer-for-update', 'o.id = $1 FOR UPDATE', [id]));
export const offersOf = (db: Db, storeId: string): Promise<KeptOffer[]> => some(db, 'offers-of', `o.store_id = $1 AND o.state = 'open' ORDER BY o.created_at, o.id`, [storeId]);
export const openOffers = (db: Db, staffId: string, span: Span): Promise<KeptOffer[]> =>
  some(db, 'open-offers', `o.staff_id = $1 AND o.state = 'open' AND o.start_time < $3 AND o.blocked_until > $2 ORDER BY o.created_at, o.id`, [staffId, iso(span.start), iso(span.end)]);
export const untoldOffers = (db: Db, now: Instant, limit: number): Promise<KeptOffer[]> =>
  some(db, 'untold-offers', `o.state = 'open' AND NOT o.told AND o.tell_at <= $1 ORDER BY o.tell_at LIMIT $2`, [iso(now), limit]);
export const overdueOffers = (db: Db, now: Instant, limit: number): Promise<KeptOffer[]> =>
  some(db, 'overdue-offers',
    `o.state = 'open' AND (o.expires_at <= $1 OR EXISTS (SELECT FROM reservations r WHERE r.id = o.reservation_id AND r.status <> 'pending')) ORDER BY o.expires_at LIMIT $2`, [iso(now), limit]);

export async function insertOffer(db: Db, o: KeptOffer, now: Instant): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'insert-offer',
    text: `WITH made AS (
             INSERT INTO waitlist_offers (id, entry_id, reservation_id, user_id, store_id, staff_id, menu_ids, start_time, end_time, blocked_until, tell_at, expires_at, state, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', $13) ON CONFLICT DO NOTHING RETURNING entry_id
           )
           UPDATE waitlist_entries e SET status = 'offered', updated_at = $13 FROM made WHERE e.id = made.entry_id`,
    values: [o.id, o.entryId, o.reservationId, o.userId, o.storeId, o.staffId, o.menuIds, iso(o.start), iso(o.end), iso(o.blockedUntil), iso(o.toldAt), iso(o.expiresAt), iso(now)],
  });
  return rowCount === 1;
}

export async function endOffer(db: Db, id: string, state: OfferState, dueBy?: Instant): Promise<KeptOffer | null> {
  const { rows: [row] } = await db.query<OfferRow>({
    name: 'end-offer',
    text: `UPDATE waitlist_offers o SET state = $2 WHERE o.id = $1 AND o.state = 'open' AND ($3::timestamptz IS NULL OR o.expires_at <= $3) RETURNING ${OFFER}`,
    values: [id, state, dueBy === undefined ? null : iso(dueBy)],
  });
  return row ? offerOf(row) : null;
}

export async function takeOffer(db: Db, id: string, reservationId: string): Promise<void> {
  await db.query({ name: 'take-offer', text: `UPDATE waitlist_offers SET state = 'accepted', reservation_id = $2 WHERE id = $1`, values: [id, reservationId] });
}

export async function markTold(db: Db, id: string): Promise<boolean> {
  const { rowCount } = await db.query({ name: 'mark-told', text: `UPDATE waitlist_offers SET told = true WHERE id = $1 AND state = 'open' AND NOT told`, values: [id] });
  return rowCount === 1;
}
