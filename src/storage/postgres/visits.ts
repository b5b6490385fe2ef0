import type { Pool } from 'pg';
import type { HistoryEntry } from '../../chatlog/record.ts';
import type { SettledVisits } from '../../jobs/history.ts';

/** SQL: what became of a visit. */
const FATE = `CASE WHEN r.status = 'canceled' THEN 'canceled' WHEN r.no_show THEN 'no_show' ELSE 'completed' END`;

const UNRECORDED = `
  SELECT r.id, r.user_id, s.name AS store, ${FATE} AS fate, to_char(r.start_time AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS"+09:00"') AS date,
    (SELECT string_agg(m.name, '・' ORDER BY array_position(r.menu_ids, m.id)) FROM menus m WHERE m.id = ANY (r.menu_ids)) AS menu
  FROM reservations r JOIN stores s ON s.id = r.store_id
  WHERE r.recorded_at IS NULL AND (r.status = 'canceled' OR r.no_show OR (r.status = 'confirmed' AND r.end_time <= to_timestamp($1 / 1000.0)))
    -- What was only offered to somebody who waits was never a visit.
    AND NOT EXISTS (SELECT FROM waitlist_offers o WHERE o.reservation_id = r.id AND o.state <> 'accepted')
  ORDER BY r.end_time LIMIT $2`;

type Row = { id: string; user_id: string; store: string; menu: string | null; fate: HistoryEntry['status']; date: string };

/** Settled visits in PostgreSQL. */
export const postgresVisits = (pool: Pick<Pool, 'query'>): SettledVisits => ({
  unrecorded: async (now, limit) => {
    const { rows } = await pool.query<Row>(UNRECORDED, [now, limit]);
    return rows.map((row) => ({ userId: row.user_id, entry: { reservationId: row.id, store: row.store, menu: row.menu ?? '', date: row.date, status: row.fate } }));
  },
  recorded: async (visits, now) => void (await pool.query(
    `UPDATE reservations r SET recorded_at = to_timestamp($3 / 1000.0) FROM unnest($1::uuid[], $2::text[]) AS told(id, fate) WHERE r.id = told.id AND ${FATE} = told.fate`,
    [visits.map((v) => v.entry.reservationId), visits.map((v) => v.entry.status), now])),
});
