/** What booking reads of reservations. Every statement is bounded by a store and a window, or by a customer. */
import type { ClientBase, Pool } from 'pg';
import type { Busy, Load, Snapshot, Standing } from '../../../booking/ports.ts';
import type { Customer, Reservation } from '../../../model/reservation.ts';
import type { Span } from '../../../model/span.ts';
import type { Instant } from '../../../model/time.ts';
import { BUSY, RESERVATION, busyOf, holds, iso, reservationOf } from './rows.ts';
import type { BusyRow, LaneRow, ReservationRow } from './rows.ts';

/** A pool, or a client inside a transaction. */
export type Db = Pick<Pool | ClientBase, 'query'>;

/**
 * SQL: what keeps a store's people busy within [from, until): visits with their buffers, and time they keep for themselves,
 * which has no customer. Neither lasts two days, which bounds `start_time` from below so that the index on (store_id,
 * start_time) need not be walked from its beginning.
 */
const busyRows = (store: string, from: string, until: string, now: string): string => `
  SELECT v.id, v.staff_id, v.user_id, v.start_time, v.blocked_until FROM reservations v
  WHERE v.store_id = ${store} AND v.start_time < ${until} AND v.start_time > ${from}::timestamptz - interval '2 days' AND v.blocked_until > ${from} AND ${holds('v', now)}
  UNION ALL
  SELECT b.id, b.staff_id, NULL, b.start_time, b.end_time FROM staff_blocks b
  WHERE b.store_id = ${store} AND b.start_time < ${until} AND b.start_time > ${from}::timestamptz - interval '2 days' AND b.end_time > ${from}`;

/** SQL: the rooms visits have then, in the columns of `BUSY`; $1 the store, $2 and $3 the window, $4 now. */
const LANES = `SELECT l.reservation_id, NULL::uuid, NULL::uuid, NULL::float8, NULL::float8, l.resource_id, l.lane
  FROM reservation_lanes l JOIN reservations r ON r.id = l.reservation_id
  WHERE l.store_id = $1 AND l.start_time < $3 AND l.start_time > $2::timestamptz - interval '2 days' AND l.blocked_until > $2 AND ${holds('r', '$4')}`;

export async function busy(db: Db, storeId: string, window: Span, now: Instant): Promise<Busy[]> {
  const { rows } = await db.query<BusyRow | LaneRow>({
    name: 'busy',
    text: `SELECT ${BUSY} FROM (${busyRows('$1', '$2', '$3', '$4')}) r UNION ALL ${LANES}`,
    values: [storeId, iso(window.start), iso(window.end), iso(now)],
  });
  return busyOf(rows);
}

export async function loads(db: Db, storeId: string, day: Span, time: Span, now: Instant, except?: string): Promise<Load[]> {
  const { rows } = await db.query<{ staff_id: string; booked: number; busy_then: boolean }>({
    name: 'loads',
    text: `SELECT r.staff_id, coalesce(sum(extract(epoch FROM r.blocked_until - r.start_time) * 1000) FILTER (WHERE r.user_id IS NOT NULL), 0)::float8 AS booked,
             bool_or(r.start_time < $5 AND r.blocked_until > $4) AS busy_then
           FROM (${busyRows('$1', '$2', '$3', '$6')}) r
           WHERE r.id IS DISTINCT FROM $7::uuid
           GROUP BY r.staff_id`,
    values: [storeId, iso(day.start), iso(day.end), iso(time.start), iso(time.end), iso(now), except ?? null],
  });
  return rows.map((row) => ({ staffId: row.staff_id, booked: row.booked, busyThen: row.busy_then }));
}

/** How far what is free at a store has changed; null = no such store. */
export async function slotsVersion(db: Db, storeId: string): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>({ name: 'slots-version', text: 'SELECT slots_version::float8 AS version FROM stores WHERE id = $1', values: [storeId] });
  return rows[0]?.version ?? null;
}

/** Versions and rows by one statement, hence of one moment. */
export async function snapshot(db: Db, storeId: string, window: Span, now: Instant): Promise<Snapshot | null> {
  const { rows } = await db.query<{ slots: number | null; config: number | null } & (BusyRow | LaneRow | { id: null })>({
    name: 'slots-snapshot',
    text: `SELECT s.slots_version::float8 AS slots, s.config_version::float8 AS config, ${BUSY}
           FROM stores s
           LEFT JOIN LATERAL (${busyRows('s.id', '$2', '$3', '$4')}) r ON true
           WHERE s.id = $1
           UNION ALL SELECT NULL, NULL, lanes.* FROM (${LANES}) AS lanes`,
    values: [storeId, iso(window.start), iso(window.end), iso(now)],
  });
  const store = rows.find((row) => row.slots !== null);
  if (!store) return null;
  return { slotsVersion: store.slots!, configVersion: store.config!, busy: busyOf(rows.flatMap((row) => (row.id === null ? [] : row))) };
}

export async function upcoming(db: Db, userId: string, now: Instant): Promise<Reservation[]> {
  const { rows } = await db.query<ReservationRow>({
    name: 'upcoming-visits',
    text: `SELECT ${RESERVATION} FROM reservations r
           WHERE r.user_id = $1 AND r.end_time > $2 AND r.start_time > $2::timestamptz - interval '2 days' AND ${holds('r', '$2')}
             AND r.hold_for IS DISTINCT FROM 'offer'
           ORDER BY r.start_time`,
    values: [userId, iso(now)],
  });
  return rows.map(reservationOf);
}

export async function lastVisit(db: Db, userId: string, storeId: string, now: Instant): Promise<Reservation | null> {
  const { rows } = await db.query<ReservationRow>({
    name: 'last-visit',
    text: `SELECT ${RESERVATION} FROM reservations r
           WHERE r.user_id = $1 AND r.store_id = $2 AND r.status = 'confirmed' AND NOT r.no_show AND r.end_time <= $3
           ORDER BY r.start_time DESC LIMIT 1`,
    values: [userId, storeId, iso(now)],
  });
  return rows[0] ? reservationOf(rows[0]) : null;
}

export async function reservation(db: Db, id: string): Promise<Reservation | null> {
  const { rows } = await db.query<ReservationRow>({ name: 'reservation', text: `SELECT ${RESERVATION} FROM reservations r WHERE r.id = $1`, values: [id] });
  return rows[0] ? reservationOf(rows[0]) : null;
}

export async function standing(db: Db, userId: string, storeId: string): Promise<Standing> {
  const { rows: [row] } = await db.query<{ visits: number; no_shows: number }>({
    name: 'standing',
    text: `SELECT count(*) FILTER (WHERE NOT r.no_show)::int AS visits, count(*) FILTER (WHERE r.no_show)::int AS no_shows
           FROM reservations r WHERE r.user_id = $1 AND r.store_id = $2 AND r.status = 'confirmed'`,
    values: [userId, storeId],
  });
  return { visits: row!.visits, noShows: row!.no_shows };
}

export async function awaiting(db: Db, storeId: string, now: Instant): Promise<Reservation[]> {
  const { rows } = await db.query<ReservationRow>({
    name: 'awaiting-approval',
    text: `SELECT ${RESERVATION} FROM reservations r
           WHERE r.store_id = $1 AND r.hold_for = 'approval' AND r.status = 'pending' AND r.hold_expires_at > $2
           ORDER BY r.start_time, r.id`,
    values: [storeId, iso(now)],
  });
  return rows.map(reservationOf);
}

/** One that somebody has booked over is canceled already, and keeps what it waited for until its end is told. */
export async function endedHolds(db: Db, now: Instant, limit: number): Promise<Reservation[]> {
  const { rows } = await db.query<ReservationRow>({
    name: 'ended-holds',
    text: `SELECT ${RESERVATION} FROM reservations r
           WHERE r.hold_for IN ('approval', 'deposit') AND r.hold_expires_at <= $1 AND r.status IN ('pending', 'canceled')
           ORDER BY r.hold_expires_at LIMIT $2`,
    values: [iso(now), limit],
  });
  return rows.map(reservationOf);
}

/** A customer as the channel knows him; where he never wrote there, as the channel does where he wrote last. */
export const customer = async (db: Db, userId: string, channel: string): Promise<(Customer & { channel: string }) | null> => (await customers(db, [userId], channel)).get(userId) ?? null;

export async function customers(db: Db, userIds: readonly string[], channel: string): Promise<ReadonlyMap<string, Customer & { channel: string }>> {
  const { rows } = await db.query<{ id: string; line_id: string; name: string; phone: string | null; channel: string | null; blocked: boolean | null }>({
    name: 'customers',
    // Only who never wrote to any account has nothing but what the shop itself noted down.
    text: `SELECT DISTINCT ON (u.id) u.id, u.line_id, CASE WHEN t.channel IS NULL THEN u.name ELSE coalesce(t.name, '') END AS name, CASE WHEN t.channel IS NULL THEN u.phone ELSE t.phone END AS phone, t.channel, t.blocked
           FROM users u LEFT JOIN talks t ON t.user_id = u.id
           WHERE u.id = ANY ($1::uuid[]) AND u.line_id IS NOT NULL ORDER BY u.id, t.channel = $2 DESC, t.updated_at DESC`,
    values: [userIds, channel],
  });
  return new Map(rows.map((row) => [row.id, { id: row.id, lineId: row.line_id, name: row.name || null, phone: row.phone, blocked: row.blocked ?? false, channel: row.channel ?? channel }]));
}
