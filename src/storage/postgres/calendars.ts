import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { CalendarReader, TimeKept } from '../../booking/desk/ports.ts';
import { RESERVATION, iso, ms, reservationOf } from './booking/rows.ts';
import type { ReservationRow } from './booking/rows.ts';

/** How the secret of a calendar is kept. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type Moments = { made_ms: number; changed_ms: number; customer: string | null };

export const postgresCalendars = (pool: Pick<Pool, 'query'>): CalendarReader => ({
  async whose(secret) {
    const { rows: [row] } = await pool.query<{ staff_id: string }>('SELECT staff_id FROM staff_calendars WHERE hash = $1', [hashOf(secret)]);
    return row?.staff_id ?? null;
  },
  async visits(staffId, channel, window, now) {
    const { rows } = await pool.query<ReservationRow & Moments>(
      `SELECT ${RESERVATION}, ${ms('r.created_at', 'made_ms')}, ${ms('r.updated_at', 'changed_ms')}, coalesce(t.name, CASE WHEN u.line_id IS NULL THEN nullif(u.name, '') END) AS customer
       FROM reservations r JOIN users u ON u.id = r.user_id LEFT JOIN talks t ON t.user_id = r.user_id AND t.channel = $2
       WHERE r.staff_id = $1 AND r.start_time < $4 AND r.end_time > $3
         AND (r.status = 'confirmed' OR (r.status = 'pending' AND r.hold_for <> 'offer' AND r.hold_expires_at > $5) OR (r.status = 'canceled' AND r.confirmed_at IS NOT NULL))
       ORDER BY r.start_time, r.id`, [staffId, channel, iso(window.start), iso(window.end), iso(now)]);
    return rows.map(({ made_ms: made, changed_ms: changed, customer, ...row }) => ({ ...reservationOf(row), customer: customer || null, madeAt: Math.round(made), changedAt: Math.round(changed) }));
  },
  async kept(staffId, window) {
    const { rows } = await pool.query<{ id: string; kind: TimeKept['kind']; start_ms: number; end_ms: number; made_ms: number }>(
      `SELECT id, kind, ${ms('start_time', 'start_ms')}, ${ms('end_time', 'end_ms')}, ${ms('created_at', 'made_ms')} FROM staff_blocks
       WHERE staff_id = $1 AND start_time < $3 AND end_time > $2 ORDER BY start_time, id`, [staffId, iso(window.start), iso(window.end)]);
    return rows.map((row) => ({ id: row.id, staffId, kind: row.kind, start: Math.round(row.start_ms), end: Math.round(row.end_ms), madeAt: Math.round(row.made_ms) }));
  },
});
