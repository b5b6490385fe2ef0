/** The waiting list's rows. An entry stays where it joined the queue until it is over. */
import type { WaitlistEntry } from '../../../model/reservation.ts';
import type { Instant } from '../../../model/time.ts';
import type { Db } from './reads.ts';
import { ENTRY, entryOf, iso } from './rows.ts';
import type { EntryRow } from './rows.ts';

export async function waiting(db: Db, userId: string, now: Instant): Promise<WaitlistEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'waiting',
    text: `SELECT ${ENTRY} FROM waitlist_entries e
           WHERE e.user_id = $1 AND e.status IN ('waiting', 'offered') AND e.wanted_until > $2
           ORDER BY e.created_at, e.id`,
    values: [userId, iso(now)],
  });
  return rows.map(entryOf);
}

export async function waitPosition(db: Db, entryId: string): Promise<number> {
  const { rows: [found] } = await db.query<{ before: number }>({
    name: 'wait-position',
    text: `SELECT count(e.id)::int AS before
           FROM waitlist_entries own
           JOIN waitlist_entries e ON e.store_id = own.store_id AND e.status IN ('waiting', 'offered')
             AND e.wanted_from < own.wanted_until AND e.wanted_until > own.wanted_from
             AND (e.staff_id IS NULL OR own.staff_id IS NULL OR e.staff_id = own.staff_id)
             AND (e.created_at, e.id) < (own.created_at, own.id)
           WHERE own.id = $1`,
    values: [entryId],
  });
  return found!.before + 1;
}

export async function insertWaiting(db: Db, e: WaitlistEntry, createdAt: Instant): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'insert-waiting',
    text: `INSERT INTO waitlist_entries (id, user_id, store_id, staff_id, menu_id, menu_ids, wanted_from, wanted_until, status, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
           ON CONFLICT DO NOTHING`,
    values: [e.id, e.userId, e.storeId, e.staffId, e.menuIds[0], e.menuIds, iso(e.from), iso(e.until), e.status, iso(createdAt)],
  });
  return rowCount === 1;
}

export async function leaveWaiting(db: Db, id: string, userId: string, now: Instant): Promise<WaitlistEntry | null> {
  const { rows: [row] } = await db.query<EntryRow>({
    name: 'leave-waiting',
    text: `UPDATE waitlist_entries e SET status = 'left', updated_at = $3
           WHERE e.id = $1 AND e.user_id = $2 AND e.status IN ('waiting', 'offered')
           RETURNING ${ENTRY}`,
    values: [id, userId, iso(now)],
  });
  return row ? entryOf(row) : null;
}
