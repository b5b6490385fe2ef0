/** The record by what is in it, in PostgreSQL (migration `log_search`). */
import type { Pool } from 'pg';
import type { Conversation, ConversationQuery, LogSearch } from '../../chatlog/record.ts';
import { isoOf } from '../log-entry.ts';
import { wantedGrams, wordsOf } from '../log-index.ts';

/**
 * So many of the newest conversations are looked through for a word before its index is asked: what is said often is
 * found there at once, and what is not has few places in the index.
 */
const LOOKED_THROUGH = 3_000;

type Row = { user_id: string; day: string; began: string };
type Values = { add(value: unknown): string; all: unknown[] };

/** Throws what `pg` throws when the database is away. */
export function postgresLogSearch(pool: Pick<Pool, 'query'>): LogSearch {
  const ask = async (text: string, values: unknown[]): Promise<Conversation[]> =>
    (await pool.query<Row>(text, values)).rows.map(({ user_id, day, began }) => ({ userId: user_id, day, began: Date.parse(began) }));
  return {
    conversations: async (query) => {
      // Longest first: it has the most to be told apart by.
      const words = wordsOf(query).toSorted((a, b) => b.length - a.length);
      const indexed = words.find((word) => wantedGrams(word).length > 0);
      if (indexed === undefined) return ask(...newest(query, words, null));
      const recent = await ask(...newest(query, words, LOOKED_THROUGH));
      if (recent.length === query.limit) return recent;
      return ask(...byIndex(query, [indexed, ...words.filter((word) => word !== indexed)]));
    },
  };
}

const COLUMNS = `c.user_id, c.day::text, to_char(c.began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS began`;
const ORDER = 'ORDER BY c.began DESC, c.user_id DESC';

/** The newest ones, looked through for the words one by one; at most so many of them. */
function newest(query: ConversationQuery, words: readonly string[], most: number | null): [string, unknown[]] {
  const values = listed();
  const last = most === null ? '' : `AND c.began >= coalesce((SELECT c.began FROM chat_log_conversations c WHERE ${after(query, values)} ${ORDER} OFFSET ${most} LIMIT 1), '-infinity')`;
  const some = `chat_log_conversations c WHERE ${isWithin(query, values)} ${last}`;
  if (words.length === 0) return [`SELECT ${COLUMNS} FROM ${some} ${ORDER} LIMIT ${values.add(query.limit)}`, values.all];
  // The OFFSET keeps the planner from looking for words before it has sorted.
  const from = `(SELECT * FROM ${some} ${ORDER} OFFSET 0) c`;
  return [`SELECT ${COLUMNS} FROM ${from} WHERE ${holds(words, values)} ${ORDER} LIMIT ${values.add(query.limit)}`, values.all];
}

/** The first word by its grams, the others looked for in the conversations that have it. */
function byIndex(query: ConversationQuery, [first = '', ...others]: readonly string[]): [string, unknown[]] {
  const values = listed();
  const word = `log_searchable(${values.add(first)})`;
  const hits = `(SELECT DISTINCT conversation_id FROM chat_log_words w WHERE log_grams(w.words) @> log_wanted(${word}) AND strpos(w.words, ${word}) > 0)`;
  return [`SELECT ${COLUMNS} FROM ${hits} h JOIN chat_log_conversations c ON c.id = h.conversation_id
    WHERE ${isWithin(query, values)} AND ${holds(others, values)} ${ORDER} LIMIT ${values.add(query.limit)}`, values.all];
}

/** `LIMIT 1` keeps each a look-up by the conversation. */
const holds = (words: readonly string[], values: Values): string =>
  words.map((word) => `(SELECT true FROM chat_log_words w WHERE w.conversation_id = c.id AND strpos(w.words, log_searchable(${values.add(word)})) > 0 LIMIT 1)`).join(' AND ') || 'true';

function isWithin(query: ConversationQuery, values: Values): string {
  const { userId, storeIds, acts, from, to } = query;
  return [
    after(query, values),
    ...(userId === undefined ? [] : [`c.user_id = ${values.add(userId)}::uuid`]),
    ...(storeIds ? [`c.store_ids && ${values.add(storeIds)}::text[]`] : []),
    ...(acts ? [`c.acts && ${values.add(acts)}::text[]`] : []),
    ...(from === undefined ? [] : [`c.day >= ${values.add(from)}::date`]),
    ...(to === undefined ? [] : [`c.day <= ${values.add(to)}::date`]),
  ].join(' AND ');
}

const after = ({ after: last }: ConversationQuery, values: Values): string =>
  last ? `(c.began, c.user_id) < (${values.add(isoOf(last.began))}::timestamptz, ${values.add(last.userId)}::uuid)` : 'true';

function listed(): Values {
  const all: unknown[] = [];
  return { all, add: (value) => `$${all.push(value)}` };
}
