/** The record by what is in it, in PostgreSQL (migration `log_search`). */
import type { Pool } from 'pg';
import type { Conversation, ConversationQuery, LogSearch } from '../../chatlog/record.ts';
import { isoOf } from '../log-entry.ts';
import { wantedGrams, wordsOf } from '../log-index.ts';

/**
 * So many of the newest conversations are looked through for a word before its index is asked: what is said often is
 * found there at once, and what is not has few places in the index.
 */
const LOOKED_THROUGH = 1_500;
/** Gathered by one statement. */
const TOGETHER = 500;

type Row = { user_id: string; day: string; began: string };
type Values = { add(value: unknown): string; all: unknown[] };

/** Throws what `pg` throws when the database is away. */
export function postgresLogSearch(pool: Pick<Pool, 'query'>): LogSearch {
  const ask = async ({ text, values }: Asked): Promise<Conversation[]> =>
    (await pool.query<Row>(text, values.all)).rows.map(({ user_id, day, began }) => ({ userId: user_id, day, began: Date.parse(began) }));
  /** The database's own lower case. */
  const asKept = async (words: readonly string[]): Promise<string[]> =>
    words.length === 0 ? [] : (await pool.query<{ word: string }>('SELECT log_searchable(w) AS word FROM unnest($1::text[]) AS w', [words])).rows.map((row) => row.word);
  const gather = async (most: number): Promise<number> => (await pool.query<{ n: number }>('SELECT log_gather($1) AS n', [most])).rows[0]!.n;
  return {
    gather,
    conversations: async (query) => {
      const words = await asKept(wordsOf(query));
      if (words.length === 0) return ask(newest(query, query.limit));
      while ((await gather(TOGETHER)) === TOGETHER);
      const grams = [...new Set(words.flatMap(wantedGrams))];
      if (grams.length === 0) return ask(lookedThrough(query, words, null));
      const near = await ask(lookedThrough(query, words, LOOKED_THROUGH));
      if (near.length === query.limit || (await ask(newest(query, LOOKED_THROUGH))).length < LOOKED_THROUGH) return near;
      return ask(byIndex(query, words, grams));
    },
  };
}

type Asked = { text: string; values: Values };

const COLUMNS = `c.user_id, c.day::text, to_char(c.began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS began`;
const ORDER = 'ORDER BY c.began DESC, c.user_id DESC';

/** Whatever was said. */
function newest(query: ConversationQuery, most: number, values = listed()): Asked {
  return { text: `SELECT ${COLUMNS} FROM chat_log_conversations c WHERE ${isWithin(query, values)} ${ORDER} LIMIT ${values.add(most)}`, values };
}

/** The newest so many, looked through for the words. */
function lookedThrough(query: ConversationQuery, words: readonly string[], most: number | null, values = listed()): Asked {
  // The OFFSET keeps the planner from looking for words before it has sorted.
  const some = `SELECT * FROM chat_log_conversations c WHERE ${isWithin(query, values)} ${ORDER} LIMIT ${values.add(most)} OFFSET 0`;
  return { text: `SELECT ${COLUMNS} FROM (${some}) c WHERE ${holds(words, values)} ${ORDER} LIMIT ${values.add(query.limit)}`, values };
}

/** By the grams of all words; what somebody else is writing just now is looked through. */
function byIndex(query: ConversationQuery, words: readonly string[], grams: readonly string[], values = listed()): Asked {
  const where = `${isWithin(query, values)} AND ${holds(words, values)}`;
  const found = (those: string): string => `SELECT * FROM chat_log_conversations c WHERE ${those} AND ${where}`;
  const text = `SELECT ${COLUMNS} FROM (${found(`words IS NOT NULL AND log_grams(words) COLLATE "C" @> ${values.add(grams)}::text[]`)} UNION ALL ${found('words IS NULL')}) c
    ${ORDER} LIMIT ${values.add(query.limit)}`;
  return { text, values };
}

/** A conversation that is not gathered is read. */
const holds = (words: readonly string[], values: Values): string => words.map((it) => {
  const word = values.add(it);
  return `CASE WHEN c.words IS NOT NULL THEN strpos(c.words, ${word}) > 0 ELSE EXISTS (SELECT FROM chat_log_entries e
    WHERE e.user_id = c.user_id AND e.at >= log_began(c.day) AND e.at < log_began(c.day + 1) AND strpos(log_searchable(e.entry->>'message'), ${word}) > 0) END`;
}).join(' AND ') || 'true';

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
