/** The conversations that are asked for, with what was said in them. */
import { conversationsIn } from '../../chatlog/conversations.ts';
import { happened } from '../../chatlog/happened.ts';
import type { Conversation, ConversationQuery, LogEntry } from '../../chatlog/record.ts';
import { speakerOf, wordsOf as spokenIn } from '../../chatlog/turns.ts';
import { WHAT } from '../../chatlog/what.ts';
import type { What } from '../../chatlog/what.ts';
import { conversationDay, conversationSpan } from '../../model/conversation-day.ts';
import type { Instant } from '../../model/time.ts';
import { searchable, wordsOf } from '../../storage/log-index.ts';
import type { Listed } from './list.ts';
import { shopsMeant } from './record.ts';
import type { Record } from './record.ts';
import { readBound, spanOf } from './when.ts';

export type Filters = { find?: string; shop?: string; from?: string; to?: string; what?: What };
export type Asked = { query: Omit<ConversationQuery, 'limit' | 'after'>; within: { from?: Instant; to?: Instant } };
export type Found = Listed & { entries: LogEntry[] };

/** Of a conversation that is longer, the newest so many entries. */
const LONGEST = 4_000;
/** Conversations read side by side. */
const SIDE_BY_SIDE = 8;

/** What the options ask for. Throws a PlainError for a day or a shop that is none. */
export function askedOf({ find, shop, from, to, what }: Filters, userId: string | null, { stores }: Pick<Record, 'stores'>, now: Instant): Asked {
  const within = spanOf(from === undefined ? null : readBound('--from', from, now), to === undefined ? null : readBound('--to', to, now));
  return {
    within,
    query: {
      ...(find === undefined ? {} : { words: [find] }), ...(userId === null ? {} : { userId }), ...(what ? { acts: WHAT[what] } : {}),
      ...(shop === undefined ? {} : { storeIds: shopsMeant(stores, shop).map((store) => store.id) }),
      ...(within.from === undefined ? {} : { from: conversationDay(within.from) }), ...(within.to === undefined ? {} : { to: conversationDay(within.to - 1) }),
    },
  };
}

/** The newest so many, and whether there are more. */
export async function collected(record: Record, asked: Asked, limit: number): Promise<{ found: Found[]; more: boolean }> {
  const found: Found[] = [];
  let waiting: Promise<Found | null>[] = [];
  for await (const conversation of conversationsIn(record.search, asked.query, Math.min(limit + 1, 200))) {
    waiting.push(readOne(record, conversation, asked));
    if (waiting.length < SIDE_BY_SIDE && found.length + waiting.length <= limit) continue;
    found.push(...(await Promise.all(waiting)).filter((it) => it !== null));
    waiting = [];
    if (found.length > limit) break;
  }
  found.push(...(await Promise.all(waiting)).filter((it) => it !== null));
  const persons = new Map((await record.people.byId([...new Set(found.map((it) => it.userId))])).map((it) => [it.userId, it]));
  return { found: found.slice(0, limit).map((it) => ({ ...it, person: persons.get(it.userId) ?? null })), more: found.length > limit };
}

/** Null = the index had it for what is in the record no more. */
async function readOne({ log, stores, shopsAt }: Record, conversation: Conversation, { query, within }: Asked): Promise<Found | null> {
  const { start, end } = conversationSpan(conversation.day);
  const entries = await log.read(conversation.userId, { from: start, to: end, last: LONGEST });
  const { from = -Infinity, to = Infinity } = within;
  const it = await happened(entries, shopsAt);
  if (!entries.some(({ timestamp }) => from <= timestamp && timestamp < to) || (query.acts && !query.acts.some((act) => it.acts.includes(act)))) return null;
  const shops = it.storeIds.map((id) => stores.find((store) => store.id === id)?.name ?? '（今はないお店）');
  return { ...conversation, entries, happened: it, shops, person: null, hit: hitIn(entries, wordsOf(query)) };
}

/** Characters shown before the word in a long line. */
const BEFORE = 8;

/** The first line with most of the words, of the customer if there is one, from a little before the first of them. */
function hitIn(entries: readonly LogEntry[], words: readonly string[]): Listed['hit'] {
  if (words.length === 0) return null;
  const lines = entries.flatMap((entry) => spokenIn(entry).split('\n').map((line) => ({ by: speakerOf(entry), line, found: words.filter((word) => searchable(line).includes(word)) })));
  const best = lines.toSorted((a, b) => b.found.length - a.found.length || Number(b.by === 'customer') - Number(a.by === 'customer'))[0];
  if (!best || best.found.length === 0) return null;
  const at = searchable(best.line).indexOf(best.found[0]!);
  return { by: best.by, line: at > BEFORE * 2 ? `…${best.line.slice(at - BEFORE)}` : best.line };
}
