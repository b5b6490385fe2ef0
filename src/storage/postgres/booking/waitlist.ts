/** The waiting list's entries. One stays where it joined the queue until it is over, or is put to its end. */
import type { QueuedEntry } from '../../../booking/waiting/ports.ts';
import type { Reservation, WaitlistEntry, WaitlistStatus } from '../../../model/reservation.ts';
import type { Span } from '../../../model/span.ts';
import type { Day, Instant } from '../../../model/time.ts';
import type { Db } from './reads.ts';
import { ENTRY, entryOf, iso, ms } from './rows.ts';
import type { EntryRow } from './rows.ts';

const OPEN = `('waiting', 'offered')`;

export async function waiting(db: Db, userId: string, now: Instant): Promise<WaitlistEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'waiting',
    text: `SELECT ${ENTRY} FROM waitlist_entries e
           WHERE e.user_id = $1 AND e.status IN ${OPEN} AND e.wanted_until > $2
           ORDER BY e.queued_at, e.id`,
    values: [userId, iso(now)],
  });
  return rows.map(entryOf);
}

export async function waitPosition(db: Db, entryId: string): Promise<number> {
  const { rows: [found] } = await db.query<{ before: number }>({
    name: 'wait-position',
    text: `SELECT count(e.id)::int AS before
           FROM waitlist_entries own
           JOIN waitlist_entries e ON e.store_id = own.store_id AND e.status IN ${OPEN}
             AND e.wanted_from < own.wanted_until AND e.wanted_until > own.wanted_from
             AND (e.staff_id IS NULL OR own.staff_id IS NULL OR e.staff_id = own.staff_id)
             AND (e.queued_at, e.id) < (own.queued_at, own.id)
           WHERE own.id = $1`,
    values: [entryId],
  });
  return found!.before + 1;
}

/** SQL: what `queuedOf` reads besides ENTRY. */
const QUEUED = `${ENTRY}, e.misses, ${ms('e.created_at', 'joined_ms')}, ${ms('e.queued_at', 'queued_ms')},
  (SELECT jsonb_agg(jsonb_build_object('start', (extract(epoch FROM o.start_time) * 1000)::bigint, 'end', (extract(epoch FROM o.end_time) * 1000)::bigint))
   FROM waitlist_offers o WHERE o.entry_id = e.id AND o.state = 'declined') AS declined`;
type QueuedRow = EntryRow & { misses: number; joined_ms: number; queued_ms: number; declined: Span[] | null };
const queuedOf = (row: QueuedRow): QueuedEntry => ({
  ...entryOf(row), misses: row.misses, joinedAt: Math.round(row.joined_ms), queuedAt: Math.round(row.queued_ms), declined: row.declined ?? [],
});

export async function queue(db: Db, storeId: string, staffId: string | null, span: Span, now: Instant): Promise<QueuedEntry[]> {
  const { rows } = await db.query<QueuedRow>({
    name: 'wait-queue',
    text: `SELECT ${QUEUED} FROM waitlist_entries e
           WHERE e.store_id = $1 AND e.status = 'waiting' AND e.wanted_from < $4 AND e.wanted_until > $3 AND e.wanted_until > $5
             AND ($2::uuid IS NULL OR e.staff_id IS NULL OR e.staff_id = $2)
             AND NOT EXISTS (SELECT FROM waitlist_offers o WHERE o.user_id = e.user_id AND o.state = 'open')
             AND NOT EXISTS (SELECT FROM talks t JOIN stores s ON s.id = e.store_id AND s.channel = t.channel WHERE t.user_id = e.user_id AND t.blocked)
           ORDER BY e.queued_at, e.id`,
    values: [storeId, staffId, iso(span.start), iso(span.end), iso(now)],
  });
  return rows.map(queuedOf);
}

export async function entry(db: Db, id: string): Promise<QueuedEntry | null> {
  const { rows: [row] } = await db.query<QueuedRow>({ name: 'wait-entry', text: `SELECT ${QUEUED} FROM waitlist_entries e WHERE e.id = $1`, values: [id] });
  return row ? queuedOf(row) : null;
}

export async function storesWithQueue(db: Db, now: Instant): Promise<string[]> {
  const { rows } = await db.query<{ store_id: string }>(
    `SELECT DISTINCT store_id FROM waitlist_entries WHERE status IN ${OPEN} AND wanted_until > $1`, [iso(now)]);
  return rows.map((row) => row.store_id);
}

/**
 * Advisory locks until the end of the transaction: the shop's queue (shared by those who give time back, exclusive for
 * those who join), then its days, in one order. A day is locked for the whole shop, for a room that is free again is
 * everybody's. Every statement after them sees what others committed.
 */
export const lockKeys = (storeId: string, days: readonly Day[]): string[] => [`queue:${storeId}`, ...[...new Set(days)].sort().map((day) => `day:${storeId}:${day}`)];

export async function lock(db: Db, keys: readonly string[]): Promise<void> {
  await db.query({
    name: 'lock-days',
    text: `SELECT CASE WHEN key LIKE 'queue:%' THEN pg_advisory_xact_lock_shared(hashtextextended(key, 0)) ELSE pg_advisory_xact_lock(hashtextextended(key, 0)) END
           FROM unnest($1::text[]) WITH ORDINALITY AS locks(key, n)`,
    values: [keys],
  });
}

export async function lockQueue(db: Db, storeId: string): Promise<void> {
  await db.query({ name: 'lock-queue', text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`queue:${storeId}`] });
}

export async function insertWaiting(db: Db, e: WaitlistEntry, createdAt: Instant): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'insert-waiting',
    text: `INSERT INTO waitlist_entries (id, user_id, store_id, staff_id, menu_id, menu_ids, wanted_from, wanted_until, status, created_at, queued_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $10)
           ON CONFLICT DO NOTHING`,
    values: [e.id, e.userId, e.storeId, e.staffId, e.menuIds[0], e.menuIds, iso(e.from), iso(e.until), e.status, iso(createdAt)],
  });
  return rowCount === 1;
}

export async function leaveWaiting(db: Db, id: string, userId: string, now: Instant): Promise<WaitlistEntry | null> {
  const { rows: [row] } = await db.query<EntryRow>({
    name: 'leave-waiting',
    text: `UPDATE waitlist_entries e SET status = 'left', updated_at = $3
           WHERE e.id = $1 AND e.user_id = $2 AND e.status IN ${OPEN}
           RETURNING ${ENTRY}`,
    values: [id, userId, iso(now)],
  });
  return row ? entryOf(row) : null;
}

/** The customer's row is locked with the entry, as before every change of his reservations; who is at it is passed over. */
export async function takeWaiting(db: Db, id: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'take-waiting',
    text: `SELECT FROM waitlist_entries e JOIN users u ON u.id = e.user_id
           WHERE e.id = $1 AND e.status = 'waiting' FOR NO KEY UPDATE OF e, u SKIP LOCKED`,
    values: [id],
  });
  return rowCount === 1;
}

export async function setEntry(db: Db, id: string, from: readonly WaitlistStatus[], to: { status: WaitlistStatus; queuedAt?: Instant; misses?: number }, now: Instant): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'set-entry',
    text: `UPDATE waitlist_entries SET status = $2, queued_at = coalesce($3, queued_at), misses = coalesce($4, misses), updated_at = $5
           WHERE id = $1 AND status = ANY ($6::waitlist_status[])`,
    values: [id, to.status, to.queuedAt === undefined ? null : iso(to.queuedAt), to.misses ?? null, iso(now), from],
  });
  return rowCount === 1;
}

export async function satisfy(db: Db, visit: Reservation, now: Instant): Promise<WaitlistEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'satisfy-waiting',
    text: `UPDATE waitlist_entries e SET status = 'booked', updated_at = $6
           WHERE e.user_id = $1 AND e.store_id = $2 AND e.status IN ${OPEN}
             AND e.wanted_from <= $3 AND e.wanted_until > $3 AND (e.staff_id IS NULL OR e.staff_id = $4) AND e.menu_ids <@ $5::uuid[]
           RETURNING ${ENTRY}`,
    values: [visit.userId, visit.storeId, iso(visit.start), visit.staffId, visit.menuIds, iso(now)],
  });
  return rows.map(entryOf);
}

export async function closeOver(db: Db, now: Instant, limit: number): Promise<WaitlistEntry[]> {
  const { rows } = await db.query<EntryRow>(
    `UPDATE waitlist_entries e SET status = 'closed', updated_at = $1
     WHERE e.id IN (SELECT id FROM waitlist_entries WHERE status = 'waiting' AND wanted_until <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING ${ENTRY}`, [iso(now), limit]);
  return rows.map(entryOf);
}
