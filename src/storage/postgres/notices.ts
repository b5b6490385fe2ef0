import type { Pool } from 'pg';
import type { StaffNews } from '../../booking/news.ts';
import type { Notice, NoticeReader, NoticeWriter, Untold } from '../../jobs/notices.ts';
import { DAY } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import type { Db } from './booking/reads.ts';
import { iso, ms } from './booking/rows.ts';

/** So many in one push; the rest in the next. */
const AT_ONCE = 60;
/** No chat is left to a person longer than that without a new word. */
const LEFT_FOR = 90 * DAY;
/** How long it is known what somebody was told: longer than any row of the outbox is tried. */
const REMEMBERED = 7 * DAY;

/** On a pool. */
export const postgresNotices = (pool: Pick<Pool, 'query'>): NoticeReader => ({
  async waiting(now) {
    const { rows } = await pool.query<{ id: string }>('SELECT DISTINCT staff_id AS id FROM staff_notices WHERE told_at IS NULL AND due_at <= $1', [iso(now)]);
    return rows.map((row) => row.id);
  },
});

type Row = { row_id: string; news: StaffNews; due_ms: number };

/** On a client inside a transaction. */
export class PostgresNotices implements NoticeWriter {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async keep(notices: readonly Notice[]): Promise<void> {
    for (const { rowId, staffId, storeId, news, about, madeAt, calm } of notices) {
      await this.#db.query(
        `INSERT INTO staff_notices (row_id, staff_id, store_id, about, message_id, news, made_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, greatest($7::timestamptz, CASE WHEN $8 > 0 THEN
           (SELECT max(told_at) FROM staff_notices WHERE staff_id = $2 AND about = $4) + make_interval(secs => $8::float8 / 1000) END))
         ON CONFLICT DO NOTHING`,
        [rowId, staffId, storeId, about, news.kind === 'handover' ? news.messageId : null, JSON.stringify(news), iso(madeAt), calm]);
    }
  }

  async untold(staffId: string, channel: string): Promise<Untold> {
    // Held until the end of the transaction; foreign keys to the person stay free to be checked.
    const { rows: [person] } = await this.#db.query<{ line_id: string | null }>('SELECT line_id FROM staff WHERE id = $1 FOR NO KEY UPDATE', [staffId]);
    const { rows: [last] } = await this.#db.query<{ told_ms: number | null }>(`SELECT ${ms('max(told_at)', 'told_ms')} FROM staff_notices WHERE staff_id = $1`, [staffId]);
    const { rows } = await this.#db.query<Row>(
      `SELECT row_id, news, ${ms('due_at', 'due_ms')} FROM staff_notices
       WHERE staff_id = $1 AND told_at IS NULL ORDER BY made_at, row_id LIMIT ${AT_ONCE}`, [staffId]);
    return {
      listener: person?.line_id ? await this.#listener(person.line_id, channel) : null,
      notices: rows.map((row) => ({ rowId: row.row_id, news: row.news })),
      due: rows.length === 0 ? null : Math.min(...rows.map((row) => Math.round(row.due_ms))),
      toldAt: last?.told_ms ? Math.round(last.told_ms) : null,
    };
  }

  /** A person of whom only LINE's id is known has a row of his own from now on, for the log. */
  async #listener(lineId: string, channel: string): Promise<Untold['listener']> {
    await this.#db.query(`INSERT INTO users (name, line_id) SELECT '', $1::varchar WHERE NOT EXISTS (SELECT FROM users WHERE line_id = $1) ON CONFLICT DO NOTHING`, [lineId]);
    const { rows: [user] } = await this.#db.query<{ id: string; blocked: boolean | null }>(
      'SELECT u.id, t.blocked FROM users u LEFT JOIN talks t ON t.user_id = u.id AND t.channel = $2 WHERE u.line_id = $1', [lineId, channel]);
    return user ? { lineId, userId: user.id, blocked: user.blocked ?? false } : null;
  }

  async left(channel: string, userId: string, at: Instant): Promise<void> {
    await this.#db.query(
      `INSERT INTO handoffs (channel, user_id, at) SELECT channel, user_id, $3 FROM talks WHERE channel = $1 AND user_id = $2
       ON CONFLICT (channel, user_id) DO UPDATE SET at = excluded.at`, [channel, userId, iso(at)]);
    await this.#db.query('DELETE FROM handoffs WHERE at < $1', [iso(at - LEFT_FOR)]);
  }

  async told(staffId: string, rowIds: readonly string[], at: Instant): Promise<void> {
    await this.#db.query('UPDATE staff_notices SET told_at = $3, news = NULL WHERE staff_id = $1 AND row_id = ANY ($2::uuid[])', [staffId, rowIds, iso(at)]);
    await this.#db.query('DELETE FROM staff_notices WHERE staff_id = $1 AND told_at < $2', [staffId, iso(at - REMEMBERED)]);
  }
}
