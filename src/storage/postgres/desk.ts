import type { Account, DeskReader, DeskWriter, VisitSeen } from '../../booking/desk/ports.ts';
import type { Span } from '../../model/span.ts';
import type { Instant } from '../../model/time.ts';
import type { Db } from './booking/reads.ts';
import { RESERVATION, holds, iso, reservationOf } from './booking/rows.ts';
import type { ReservationRow } from './booking/rows.ts';

/** Seeds the locks behind which codes are tried, one channel at a time. */
const GUESSING = 41_742;

/** What the shop's people see and set, in PostgreSQL. On a pool it may only read. */
export class PostgresDesk implements DeskWriter, DeskReader {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async visits(storeId: string, channel: string, window: Span, now: Instant): Promise<VisitSeen[]> {
    const { rows } = await this.#db.query<ReservationRow & { customer: string | null; phone: string | null; notes: string | null }>({
      name: 'desk-visits',
      // Who is not on LINE has what the shop itself noted down; what another account was told is not known here.
      text: `SELECT ${RESERVATION}, r.notes, coalesce(t.name, CASE WHEN u.line_id IS NULL THEN nullif(u.name, '') END) AS customer, coalesce(t.phone, CASE WHEN u.line_id IS NULL THEN u.phone END) AS phone
             FROM reservations r JOIN users u ON u.id = r.user_id LEFT JOIN talks t ON t.user_id = r.user_id AND t.channel = $2
             WHERE r.store_id = $1 AND r.start_time < $4 AND r.start_time > $3::timestamptz - interval '2 days' AND r.end_time > $3 AND ${holds('r', '$5')}
             ORDER BY r.start_time, r.id`,
      values: [storeId, channel, iso(window.start), iso(window.end), iso(now)],
    });
    return rows.map(({ customer, phone, notes, ...row }) => ({ ...reservationOf(row), customer, phone, notes }));
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
    const { rows: [row] } = await this.#db.query<{ store_id: string }>(
      `UPDATE staff SET line_id = $2 WHERE id = $1 AND NOT EXISTS (SELECT FROM staff o WHERE o.line_id = $2 AND o.id <> $1) RETURNING store_id`, [staffId, lineId]);
    // Every process reads the shop again.
    if (row) await this.#db.query('UPDATE stores SET config_version = config_version + 1 WHERE id = $1', [row.store_id]);
    return row !== undefined;
  }
}
