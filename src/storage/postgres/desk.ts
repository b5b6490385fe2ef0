import type { Account, DeskReader, DeskWriter, LeftToUs, TimeKept, VisitSeen } from '../../booking/desk/ports.ts';
import { UNTOLD } from '../../model/reminder.ts';
import type { Span } from '../../model/span.ts';
import type { Day, Instant } from '../../model/time.ts';
import type { Db } from './booking/reads.ts';
import { RESERVATION, holds, iso, ms, reservationOf } from './booking/rows.ts';
import type { ReservationRow } from './booking/rows.ts';
import { hashOf } from './calendars.ts';

const untold = UNTOLD.map((outcome) => `'${outcome}'`).join(', ');
/** Seeds the locks behind which codes are tried, one channel at a time. */
const GUESSING = 41_742;

/** What the shop's people see and set, in PostgreSQL. On a pool it may only read. */
export class PostgresDesk implements DeskWriter, DeskReader {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async visits(storeId: string, channel: string, window: Span, now: Instant): Promise<VisitSeen[]> {
    const { rows } = await this.#db.query<ReservationRow & { customer: string | null; phone: string | null; notes: string | null; reachable: boolean; unreminded: boolean }>({
      name: 'desk-visits',
      // Who is not on LINE has what the shop itself noted down; what another account was told is not known here.
      text: `SELECT ${RESERVATION}, r.notes, coalesce(t.name, CASE WHEN u.line_id IS NULL THEN nullif(u.name, '') END) AS customer, coalesce(t.phone, CASE WHEN u.line_id IS NULL THEN u.phone END) AS phone,
               u.line_id IS NOT NULL AND NOT coalesce(t.blocked, false) AS reachable,
               coalesce((SELECT bool_and(m.outcome IN (${untold})) FROM reminders m WHERE m.reservation_id = r.id AND m.start_time = r.start_time), false) AS unreminded
             FROM reservations r JOIN users u ON u.id = r.user_id LEFT JOIN talks t ON t.user_id = r.user_id AND t.channel = $2
             WHERE r.store_id = $1 AND r.start_time < $4 AND r.start_time > $3::timestamptz - interval '2 days' AND r.end_time > $3 AND ${holds('r', '$5')}
             ORDER BY r.start_time, r.id`,
      values: [storeId, channel, iso(window.start), iso(window.end), iso(now)],
    });
    return rows.map(({ customer, phone, notes, reachable, unreminded, ...row }) => ({ ...reservationOf(row), customer, phone, notes, reachable, unreminded }));
  }

  async timeKept(storeId: string, window: Span): Promise<TimeKept[]> {
    const { rows } = await this.#db.query<{ id: string; staff_id: string; kind: TimeKept['kind']; start_ms: number; end_ms: number }>({
      name: 'time-kept',
      text: `SELECT b.id, b.staff_id, b.kind, ${ms('b.start_time', 'start_ms')}, ${ms('b.end_time', 'end_ms')} FROM staff_blocks b
             WHERE b.store_id = $1 AND b.start_time < $3 AND b.start_time > $2::timestamptz - interval '2 days' AND b.end_time > $2 ORDER BY b.start_time, b.id`,
      values: [storeId, iso(window.start), iso(window.end)],
    });
    return rows.map((row) => ({ id: row.id, staffId: row.staff_id, kind: row.kind, start: Math.round(row.start_ms), end: Math.round(row.end_ms) }));
  }

  async notedCustomer({ id, name, phone, at }: { id: string; name: string; phone: string | null; at: Instant }): Promise<string> {
    // A number is one customer's; who is on LINE tells it himself, and may not be the one on the telephone.
    const { rows: [known] } = phone === null ? { rows: [] } : await this.#db.query<{ id: string }>('UPDATE users SET name = $2, updated_at = $3 WHERE phone = $1 AND line_id IS NULL RETURNING id', [phone, name, iso(at)]);
    if (known) return known.id;
    await this.#db.query(`INSERT INTO users (id, name, phone, created_at, updated_at) VALUES ($1, $2, CASE WHEN EXISTS (SELECT FROM users WHERE phone = $3) THEN NULL ELSE $3 END, $4, $4)`, [id, name, phone, iso(at)]);
    return id;
  }

  async hasCalendar(staffId: string): Promise<boolean> {
    const { rowCount } = await this.#db.query('SELECT FROM staff_calendars WHERE staff_id = $1', [staffId]);
    return rowCount === 1;
  }

  async setCalendar(staffId: string, secret: string | null, at: Instant): Promise<boolean> {
    const { rowCount } = await this.#db.query('DELETE FROM staff_calendars WHERE staff_id = $1', [staffId]);
    if (secret !== null) await this.#db.query('INSERT INTO staff_calendars (staff_id, hash, made_at) VALUES ($1, $2, $3)', [staffId, hashOf(secret), iso(at)]);
    return rowCount === 1;
  }

  async leftToUs(channel: string): Promise<LeftToUs[]> {
    const { rows } = await this.#db.query<{ user_id: string; name: string | null; store_id: string | null; since: number; touched: number; last: string | null; handed_back_ms: number | null }>(
      `SELECT t.user_id, t.name, t.talk->'known'->>'storeId' AS store_id, coalesce((t.talk->'human'->>'since')::float8, (t.talk->>'touched')::float8) AS since, (t.talk->>'touched')::float8 AS touched,
         t.talk->'human'->>'last' AS last, ${ms('t.handed_back_at', 'handed_back_ms')}
       FROM handoffs h JOIN talks t USING (channel, user_id) WHERE h.channel = $1 AND t.talk->>'goal' = 'human' AND NOT t.blocked`, [channel]);
    return rows.map((row) => ({ userId: row.user_id, customer: row.name || null, storeId: row.store_id, since: row.since, touched: row.touched, last: row.last, handedBack: row.handed_back_ms === null ? null : Math.round(row.handed_back_ms) }));
  }

  async handBack(channel: string, userId: string, at: Instant): Promise<void> {
    await this.#db.query('UPDATE talks SET handed_back_at = $3 WHERE channel = $1 AND user_id = $2', [channel, userId, iso(at)]);
  }

  async daysOffSaid(staffId: string, from: Day): Promise<Day[]> {
    const { rows } = await this.#db.query<{ day: string }>(`SELECT to_char(day, 'YYYY-MM-DD') AS day FROM staff_absences WHERE staff_id = $1 AND by_chat AND day >= $2 ORDER BY 1`, [staffId, from]);
    return rows.map((row) => row.day);
  }

  async lockPerson(staffId: string, now: Instant): Promise<void> {
    await this.#db.query(
      `UPDATE reservations SET status = 'canceled', updated_at = $2 WHERE id IN (
         SELECT id FROM reservations WHERE staff_id = $1 AND status = 'pending' AND hold_expires_at <= $2 ORDER BY id FOR UPDATE)`, [staffId, iso(now)]);
    // A visit's foreign key waits for this, and this for visits under way.
    await this.#db.query('SELECT FROM staff WHERE id = $1 FOR UPDATE', [staffId]);
  }

  async keepTime({ id, staffId, storeId, kind, start, end }: TimeKept & { storeId: string }, at: Instant): Promise<void> {
    await this.#db.query('INSERT INTO staff_blocks (id, staff_id, store_id, kind, start_time, end_time, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, staffId, storeId, kind, iso(start), iso(end), iso(at)]);
  }

  async dropTime(ids: readonly string[]): Promise<void> {
    await this.#db.query('DELETE FROM staff_blocks WHERE id = ANY ($1::uuid[])', [ids]);
  }

  async setAway(staffId: string, days: readonly Day[], away: boolean): Promise<Day[]> {
    const { rows } = await this.#db.query<{ day: string }>(
      away ? `INSERT INTO staff_absences (staff_id, day, by_chat) SELECT $1, day, true FROM unnest($2::date[]) AS day ON CONFLICT DO NOTHING RETURNING to_char(day, 'YYYY-MM-DD') AS day`
        : `DELETE FROM staff_absences WHERE staff_id = $1 AND day = ANY ($2::date[]) AND by_chat RETURNING to_char(day, 'YYYY-MM-DD') AS day`, [staffId, days]);
    if (rows.length > 0) await this.#reread(staffId);
    return rows.map((row) => row.day).sort();
  }

  async guesses({ channel, lineId }: Account, since: Instant): Promise<{ own: number; all: number }> {
    await this.#db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [channel, GUESSING]);
    const { rows: [row] } = await this.#db.query<{ own: number; all: number }>(
      'SELECT count(*)::int AS all, (count(*) FILTER (WHERE line_id = $2))::int AS own FROM staff_guesses WHERE channel = $1 AND at > $3', [channel, lineId, iso(since)]);
    return { own: row!.own, all: row!.all };
  }

  async guessed({ channel, lineId }: Account, at: Instant): Promise<void> {
    await this.#db.query('INSERT INTO staff_guesses (channel, line_id, at) VALUES ($1, $2, $3)', [channel, lineId, iso(at)]);
    await this.#db.query(`DELETE FROM staff_guesses WHERE channel = $1 AND at < $2::timestamptz - interval '1 day'`, [channel, iso(at)]);
  }

  async newCode({ id, staffId, code, expiresAt, at }: { id: string; staffId: string; code: string; expiresAt: Instant; at: Instant }): Promise<void> {
    await this.#db.query(
      `INSERT INTO staff_codes (id, staff_id, hash, expires_at, created_at) VALUES ($1::uuid, $2, encode(sha256(convert_to($1::uuid || ':' || $3, 'UTF8')), 'hex'), $4, $5)`,
      [id, staffId, code, iso(expiresAt), iso(at)]);
    await this.#db.query(`DELETE FROM staff_codes WHERE expires_at < $1::timestamptz - interval '30 days'`, [iso(at)]);
  }

  async useCode(code: string, storeIds: readonly string[], now: Instant): Promise<string | null> {
    const { rows: [row] } = await this.#db.query<{ staff_id: string }>(
      `UPDATE staff_codes c SET used_at = $3 FROM staff p
       WHERE p.id = c.staff_id AND p.active AND p.store_id = ANY ($2::uuid[]) AND c.used_at IS NULL AND c.expires_at > $3
         AND c.hash = encode(sha256(convert_to(c.id || ':' || $1, 'UTF8')), 'hex')
       RETURNING c.staff_id`, [code, storeIds, iso(now)]);
    return row?.staff_id ?? null;
  }

  async setAccount(staffId: string, lineId: string | null): Promise<boolean> {
    const { rows: [row] } = await this.#db.query(
      `UPDATE staff SET line_id = $2 WHERE id = $1 AND NOT EXISTS (SELECT FROM staff o WHERE o.line_id = $2 AND o.id <> $1) RETURNING id`, [staffId, lineId]);
    if (row) await this.#reread(staffId);
    return row !== undefined;
  }

  /** Every process reads the shop of this person again. */
  async #reread(staffId: string): Promise<void> {
    await this.#db.query('UPDATE stores SET config_version = config_version + 1 WHERE id = (SELECT store_id FROM staff WHERE id = $1)', [staffId]);
  }
}
