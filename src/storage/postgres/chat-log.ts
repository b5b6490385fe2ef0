/** `chat_logs` where no MongoDB is given: an entry is a row, the view `chat_logs` shows MongoDB's documents. */
import type { Pool } from 'pg';
import type { ChatLog } from '../../chatlog/record.ts';
import { conversationDay, conversationSpan } from '../../model/conversation-day.ts';
import { entryOf, fitted, isoOf, kept, keptDelivery } from '../log-entry.ts';
import type { Kept } from '../log-entry.ts';
import { forgotten } from '../log-forget.ts';

const PORTION = 5_000;

/** One statement a batch; the rows are numbered in the order given. */
const APPEND = `
  INSERT INTO chat_log_entries (id, user_id, channel, at, entry)
  SELECT r.id, r.user_id, r.channel, r.at, r.entry::jsonb
  FROM unnest($1::varchar[], $2::uuid[], $3::varchar[], $4::timestamptz[], joined_json($5)) WITH ORDINALITY AS r(id, user_id, channel, at, entry, nr)
  ORDER BY r.nr
  ON CONFLICT (id) DO NOTHING`;

const DELIVERY = `UPDATE chat_log_entries SET entry = jsonb_set(entry, '{delivery}', $3::jsonb) WHERE id = $2 AND user_id = $1`;

/** Entries that hold a message's words: its own, and the one that carries its turn. */
const HOLDING = `
  SELECT seq, entry FROM chat_log_entries
  WHERE user_id = $1 AND (entry->>'messageId' = $2
    OR jsonb_path_exists(entry, '$.turn.events[*].message ? (@.id == $id)', jsonb_build_object('id', $2::text)))`;

/** Only what forgetting changes, so that a delivery set meanwhile stays. */
const CLEAR = `
  UPDATE chat_log_entries e SET entry = e.entry || c.parts
  FROM jsonb_to_recordset($1::jsonb) AS c(seq bigint, parts jsonb) WHERE e.seq = c.seq`;

/** A portion at a time, so that nobody waits long for the rows. */
const ERASE_BEFORE = `DELETE FROM chat_log_entries WHERE seq IN (SELECT seq FROM chat_log_entries WHERE at < $1 ORDER BY seq LIMIT ${PORTION})`;
const REPLACE = `
  UPDATE chat_log_entries e SET entry = r.entry
  FROM jsonb_array_elements($2::jsonb) AS r(entry) WHERE e.id = r.entry->>'id' AND e.user_id = $1`;

const WITHIN = `FROM chat_log_entries WHERE user_id = $1 AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)`;
const READ = `SELECT at, entry ${WITHIN} ORDER BY at, seq LIMIT $4`;
/** The newest so many, still oldest first: of all, or of the first so many. */
const READ_LAST = `SELECT at, entry FROM (SELECT at, seq, entry ${WITHIN} ORDER BY at DESC, seq DESC LIMIT $4) newest ORDER BY at, seq`;
const READ_LAST_OF_FIRST = `SELECT at, entry FROM (SELECT * FROM (SELECT at, seq, entry ${WITHIN} ORDER BY at, seq LIMIT $4) first ORDER BY at DESC, seq DESC LIMIT $5) newest ORDER BY at, seq`;

type Row = { seq: string; at: Date | number; entry: Kept<string> };

/** The record in PostgreSQL. Throws what `pg` throws when the database is away. */
export function postgresChatLog(pool: Pick<Pool, 'query'>): ChatLog {
  return {
    append: async (entries) => {
      if (entries.length === 0) return;
      const rows = entries.map(({ entry }) => kept(fitted(entry).entry, isoOf));
      await pool.query({
        name: 'chat-log-append',
        text: APPEND,
        // JSON escapes every control character, so a record separator ends each (`joined_json`).
        values: [rows.map((r) => r.id), entries.map((e) => e.userId), entries.map((e) => e.channel), rows.map((r) => r.timestamp), rows.map((r) => JSON.stringify(r)).join('\x1e')],
      });
    },
    setDelivery: async (userId, entryId, delivery) => {
      await pool.query({ name: 'chat-log-delivery', text: DELIVERY, values: [userId, entryId, JSON.stringify(keptDelivery(delivery, isoOf))] });
    },
    forget: async (userId, messageId) => {
      const { rows } = await pool.query<Row>(HOLDING, [userId, messageId]);
      const cleared = rows.flatMap(({ seq, entry }) => {
        const cleared = forgotten(entryOf(entry), messageId);
        return cleared ? [{ seq, parts: { message: cleared.message, forgotten: cleared.forgotten, ...(cleared.turn ? { turn: cleared.turn } : {}) } }] : [];
      });
      if (cleared.length > 0) await pool.query(CLEAR, [JSON.stringify(cleared)]);
      return cleared.length;
    },
    erase: async (userId) => (await pool.query('DELETE FROM chat_log_entries WHERE user_id = $1', [userId])).rowCount ?? 0,
    eraseBefore: async (moment) => {
      const before = isoOf(conversationSpan(conversationDay(moment)).start);
      let erased = 0;
      for (;;) {
        const { rowCount } = await pool.query(ERASE_BEFORE, [before]);
        erased += rowCount ?? 0;
        if ((rowCount ?? 0) < PORTION) return erased;
      }
    },
    replace: async (userId, entries) => {
      if (entries.length > 0) await pool.query(REPLACE, [userId, JSON.stringify(entries.map((entry) => kept(fitted(entry).entry, isoOf)))]);
    },
    read: async (userId, { from, to, limit, last } = {}) => {
      const within = [userId, bound(from), bound(to)];
      const { rows } = await (last === undefined ? pool.query<Row>(READ, [...within, limit ?? null])
        : limit === undefined ? pool.query<Row>(READ_LAST, [...within, last]) : pool.query<Row>(READ_LAST_OF_FIRST, [...within, limit, last]));
      return rows.map((row) => entryOf(row.entry, row.at));
    },
  };
}

const bound = (at: number | undefined): string | null => (at === undefined || !Number.isFinite(at) ? null : isoOf(at));
