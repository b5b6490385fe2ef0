import type { Pool } from 'pg';
import type { LogSource } from '../../chatlog/move.ts';
import { entryOf } from '../log-entry.ts';
import type { Kept } from '../log-entry.ts';
import { visitOf } from '../log-history.ts';
import type { KeptVisit } from '../log-history.ts';

/** `xmin` is the transaction that last wrote a row: a row that changed since is not removed. */
const ENTRIES = `SELECT seq, xmin::text AS version, user_id, channel, entry FROM chat_log_entries WHERE seq > $1 ORDER BY seq LIMIT $2`;
const REMOVE = `
  DELETE FROM chat_log_entries e USING jsonb_to_recordset($1::jsonb) AS h(place bigint, version text)
  WHERE e.seq = h.place AND e.xmin::text = h.version`;
const COUNT = 'SELECT (SELECT count(*) FROM chat_log_entries)::int AS entries, (SELECT count(*) FROM reservation_history)::int AS customers';
const HISTORIES = `SELECT user_id, xmin::text AS version, history FROM reservation_history WHERE user_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY user_id LIMIT $2`;
const REMOVE_HISTORY = 'DELETE FROM reservation_history WHERE user_id = $1 AND xmin::text = $2';

type Row = { seq: string; version: string; user_id: string; channel: string; entry: Kept<string> };
type HistoryRow = { user_id: string; version: string; history: KeptVisit[] };

/** The log documents of PostgreSQL, to be carried away. */
export function postgresLogSource(pool: Pick<Pool, 'query'>): LogSource {
  return {
    count: async () => (await pool.query<{ entries: number; customers: number }>(COUNT)).rows[0]!,
    entries: async (after, limit) => {
      const { rows } = await pool.query<Row>(ENTRIES, [after, limit]);
      return rows.map((row) => ({ place: Number(row.seq), version: row.version, userId: row.user_id, channel: row.channel, entry: entryOf(row.entry) }));
    },
    remove: async (held) => {
      if (held.length === 0) return 0;
      const { rowCount } = await pool.query(REMOVE, [JSON.stringify(held.map(({ place, version }) => ({ place, version })))]);
      return rowCount ?? 0;
    },
    histories: async (after, limit) => {
      const { rows } = await pool.query<HistoryRow>(HISTORIES, [after, limit]);
      return rows.map((row) => ({ userId: row.user_id, version: row.version, history: row.history.map(visitOf) }));
    },
    removeHistory: async ({ userId, version }) => ((await pool.query(REMOVE_HISTORY, [userId, version])).rowCount ?? 0) > 0,
  };
}
