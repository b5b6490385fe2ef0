/**
 * What booking writes of reservations. Nobody looks before he writes: three exclusion constraints (a person, a customer, a
 * room) decide, asked by ON CONFLICT DO NOTHING, which neither aborts the transaction nor lets two wait for each other.
 *
 * Locks are taken in one order: the customer's row, reservations, rooms, at COMMIT the store's row. With the customer's row held nobody
 * else writes his reservations, so after a refusal it is certain whether he himself was in the way.
 */
import type { NewReservation, NewTime } from '../../../booking/ports.ts';
import type { Hold, Reservation, ReservationStatus } from '../../../model/reservation.ts';
import type { Instant } from '../../../model/time.ts';
import { slotsVersion } from './reads.ts';
import type { Db } from './reads.ts';
import { RESERVATION, holds, iso, reservationOf } from './rows.ts';
import type { ReservationRow } from './rows.ts';

type Refusal = 'staff_taken' | 'self_overlap';

/** SQL: takes the customer's row first. Foreign keys to him stay free to be checked. */
const ME = 'WITH me AS MATERIALIZED (SELECT id FROM users WHERE id = $2 FOR NO KEY UPDATE)';

/** SQL: what the exclusion constraints leave out is not in the way, nor is a room that is needed full; as in `insert_visit`. */
const nothingElse = (staff: string, start: string, until: string, except = 'NULL'): string =>
  `NOT EXISTS (SELECT FROM reservations o WHERE o.overbooked AND o.status IN ('pending', 'confirmed') AND o.id IS DISTINCT FROM ${except}::uuid
     AND o.staff_id = ${staff} AND o.start_time < ${until} AND o.blocked_until > ${start})
   AND NOT EXISTS (SELECT FROM staff_blocks b WHERE b.staff_id = ${staff} AND b.start_time < ${until} AND b.end_time > ${start})`;

export async function insertReservation(db: Db, r: NewReservation, now: Instant): Promise<'ok' | Refusal> {
  const insert = async (): Promise<boolean> => {
    const { rows } = await db.query<{ done: boolean }>({
      name: 'insert-visit',
      text: 'SELECT insert_visit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS done',
      values: [r.id, r.userId, r.storeId, r.staffId, r.menuIds, iso(r.start), iso(r.end), iso(r.blockedUntil), r.nominated, r.notes, iso(now), r.hold?.for ?? null, r.hold ? iso(r.hold.until) : null],
    });
    return rows[0]!.done;
  };
  if (await insert()) return 'ok';
  const there = await whoIsThere(db, r.userId, r.storeId, r, now, null);
  if (there.freed && (await insert())) return 'ok';
  return there.self ? 'self_overlap' : 'staff_taken';
}

/**
 * Moves in place. An UPDATE into a taken range would abort the transaction, and two of them could wait for each other,
 * so the new time is first taken by a row that lives only until the reservation itself is put there. Refused, the old
 * time was never given up: the savepoint brings it back, and meanwhile others wait for this transaction.
 *
 * This one looks first: two who want each other's time would both give up theirs and wait for the other's. It saves
 * the wait only; who is there is still for the constraint to say.
 */
export async function moveReservation(db: Db, id: string, userId: string, to: NewTime, now: Instant): Promise<'ok' | Refusal | 'gone'> {
  const { rows: [old] } = await db.query<{ status: ReservationStatus; store_id: string }>(
    `${ME}
     SELECT r.status, r.store_id FROM reservations r JOIN me ON r.user_id = me.id
     WHERE r.id = $1 AND r.status IN ('pending', 'confirmed') FOR UPDATE OF r`, [id, userId]);
  if (!old) return 'gone';
  const there = await whoIsThere(db, userId, old.store_id, to, now, id);
  if (there.self) return 'self_overlap';
  if (there.staff || !(await takeNewTime(db, id, to))) return 'staff_taken';
  await putThere(db, id, to.hold ? 'pending' : old.status, to, now);
  return 'ok';
}

/** Raised by `reservation_lanes_follow`: a room the visit needs is full; and by `refuse_blocked`: its person keeps that time for himself. */
const REFUSED: readonly unknown[] = ['AI002', 'AI003'];

/** Gives up the old time and takes the new one for the same customer, or neither. */
async function takeNewTime(db: Db, id: string, to: NewTime): Promise<boolean> {
  await db.query('SAVEPOINT moving');
  const took = await standIn(db, id, to).catch((error: unknown) => {
    if (REFUSED.includes((error as { code?: string }).code)) return false;
    throw error;
  });
  await db.query(took ? 'RELEASE SAVEPOINT moving' : 'ROLLBACK TO SAVEPOINT moving; RELEASE SAVEPOINT moving');
  return took;
}

async function standIn(db: Db, id: string, to: NewTime): Promise<boolean> {
  await db.query(`UPDATE reservations SET status = 'canceled' WHERE id = $1`, [id]);
  const { rows: [stand] } = await db.query<{ id: string }>(
    `INSERT INTO reservations (user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status)
     SELECT user_id, store_id, $2, $3, $4, $5, $6, $7, 'confirmed' FROM reservations WHERE id = $1
     ON CONFLICT DO NOTHING RETURNING id`,
    [id, to.staffId, to.menuIds[0], to.menuIds, iso(to.start), iso(to.end), iso(to.blockedUntil)]);
  if (stand) await db.query('DELETE FROM reservations WHERE id = $1', [stand.id]);
  return stand !== undefined;
}

async function putThere(db: Db, id: string, status: ReservationStatus, to: NewTime, now: Instant): Promise<void> {
  await db.query(
    `UPDATE reservations SET staff_id = $2, menu_id = $3, menu_ids = $4, start_time = $5, end_time = $6, blocked_until = $7, nominated = $8,
       status = $9, overbooked = false, updated_at = $10, hold_for = coalesce($11, hold_for), hold_expires_at = coalesce($12, hold_expires_at)
     WHERE id = $1`,
    [id, to.staffId, to.menuIds[0], to.menuIds, iso(to.start), iso(to.end), iso(to.blockedUntil), to.nominated, status, iso(now), to.hold?.for ?? null, to.hold ? iso(to.hold.until) : null]);
}

/**
 * Whether the person is busy then or a room the visit needs is full (`staff`), and whether the customer himself is busy.
 * Cancels holds in the way that ended (`freed`: there were some). `except` is the reservation being moved.
 */
async function whoIsThere(db: Db, userId: string, storeId: string, at: NewTime, now: Instant, except: string | null): Promise<{ self: boolean; staff: boolean; freed: boolean }> {
  const stays = '(start_time, end_time, \'[)\')';
  const blocks = '(start_time, blocked_until, \'[)\')';
  const { rows: [there] } = await db.query<{ self: boolean; staff: boolean; freed: boolean }>({
    name: 'who-is-there',
    text: `WITH freed AS (
             UPDATE reservations SET status = 'canceled', updated_at = $6
             WHERE status IN ('pending', 'confirmed') AND NOT overbooked AND status = 'pending' AND hold_expires_at <= $6
               AND (staff_id = $2 AND tstzrange${blocks} && tstzrange($3, $5, '[)')
                 OR user_id = $1 AND tstzrange${stays} && tstzrange($3, $4, '[)')
                 OR store_id = $8 AND start_time < $5 AND blocked_until > $3 AND EXISTS (SELECT FROM reservation_lanes l JOIN resource_menus m USING (resource_id)
                   WHERE l.reservation_id = reservations.id AND m.menu_id = ANY ($9::uuid[])))
             RETURNING 1
           )
           SELECT EXISTS (SELECT FROM freed) AS freed,
             EXISTS (SELECT FROM reservations r
               WHERE ${holds('r', '$6')} AND NOT r.overbooked AND r.id IS DISTINCT FROM $7::uuid
                 AND r.user_id = $1 AND tstzrange${stays} && tstzrange($3, $4, '[)')) AS self,
             EXISTS (SELECT FROM reservations r
               WHERE ${holds('r', '$6')} AND NOT r.overbooked AND r.id IS DISTINCT FROM $7::uuid
                 AND r.staff_id = $2 AND tstzrange${blocks} && tstzrange($3, $5, '[)'))
             OR NOT (${nothingElse('$2', '$3', '$5', '$7')}) OR no_room($8, $9, $3, $5, $6, $7) AS staff`,
    values: [userId, at.staffId, iso(at.start), iso(at.end), iso(at.blockedUntil), iso(now), except, storeId, at.menuIds],
  });
  return there!;
}

export async function cancelReservation(db: Db, id: string, userId: string, now: Instant): Promise<Reservation | null> {
  const { rows: [row] } = await db.query<ReservationRow>({
    name: 'cancel-reservation',
    text: `${ME}
           UPDATE reservations r SET status = 'canceled', hold_for = NULL, hold_expires_at = NULL, updated_at = $3 FROM me
           WHERE r.id = $1 AND r.user_id = me.id AND r.status IN ('pending', 'confirmed')
           RETURNING ${RESERVATION}`,
    values: [id, userId, iso(now)],
  });
  return row ? reservationOf(row) : null;
}

/** A hold becomes a visit; null where it is none any more (it ended, was cancelled, or is one already). */
export async function confirmHold(db: Db, id: string, late: boolean, now: Instant): Promise<Reservation | null> {
  const { rows: [row] } = await db.query<ReservationRow>({
    name: 'confirm-hold',
    text: `UPDATE reservations r SET status = 'confirmed', hold_for = NULL, hold_expires_at = NULL, updated_at = $2
           WHERE r.id = $1 AND r.status = 'pending' AND (r.hold_expires_at IS NULL OR r.hold_expires_at > $2 OR $3)
           RETURNING ${RESERVATION}`,
    values: [id, iso(now), late],
  });
  return row ? reservationOf(row) : null;
}

export async function holdOn(db: Db, id: string, hold: Hold, now: Instant): Promise<Reservation | null> {
  const { rows: [row] } = await db.query<ReservationRow>({
    name: 'hold-on',
    text: `UPDATE reservations r SET hold_for = $2, hold_expires_at = $3, updated_at = $4
           WHERE r.id = $1 AND r.status = 'pending' AND (r.hold_expires_at IS NULL OR r.hold_expires_at > $4)
           RETURNING ${RESERVATION}`,
    values: [id, hold.for, iso(hold.until), iso(now)],
  });
  return row ? reservationOf(row) : null;
}

export async function endHold(db: Db, id: string, hold: Hold['for'], only: 'running' | 'ended', now: Instant): Promise<Reservation | null> {
  const { rows: [row] } = await db.query<ReservationRow>({
    name: `end-hold-${only}`,
    text: `UPDATE reservations r SET status = 'canceled', hold_for = NULL, hold_expires_at = NULL, updated_at = $3
           WHERE r.id = $1 AND r.hold_for = $2 AND ${only === 'running' ? `r.status = 'pending' AND r.hold_expires_at > $3` : `r.status IN ('pending', 'canceled') AND r.hold_expires_at <= $3`}
           RETURNING ${RESERVATION}`,
    values: [id, hold, iso(now)],
  });
  return row ? reservationOf(row) : null;
}

export async function mark(db: Db, id: string, came: 'arrived' | 'no_show' | null, now: Instant): Promise<Reservation | null> {
  const { rows: [row] } = await db.query<ReservationRow>({
    name: 'mark-visit',
    text: `UPDATE reservations r SET no_show = $2, arrived_at = $3, updated_at = $4
           WHERE r.id = $1 AND r.status = 'confirmed' RETURNING ${RESERVATION}`,
    values: [id, came === 'no_show', came === 'arrived' ? iso(now) : null, iso(now)],
  });
  return row ? reservationOf(row) : null;
}

export async function lockCustomer(db: Db, userId: string): Promise<void> {
  await db.query({ name: 'lock-customer', text: 'SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', values: [userId] });
}

export async function once(db: Db, key: string, now: Instant): Promise<boolean> {
  const { rowCount } = await db.query('INSERT INTO done_once (key, done_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, iso(now)]);
  return rowCount === 1;
}

/** Behind a savepoint, so that what did not come about leaves nothing. */
export async function attempt(db: Db, work: () => Promise<boolean>): Promise<boolean> {
  await db.query('SAVEPOINT attempt');
  const kept = await work();
  await db.query(kept ? 'RELEASE SAVEPOINT attempt' : 'ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt');
  return kept;
}

/** The version moves by itself, when this is committed (trigger `reservations_bump_slots`); nothing is locked before. */
export async function bumpSlots(db: Db, storeId: string): Promise<number> {
  const version = await slotsVersion(db, storeId);
  if (version === null) throw new Error(`there is no store ${storeId}`);
  return version + 1;
}
