/** 個人情報: everything that is held about one customer, and how the house forgets it. */
import type { Instant } from '../model/time.ts';
import { conversationSpan } from '../model/conversation-day.ts';
import type { Person } from './people.ts';
import type { ChatLog, Conversation, HistoryEntry, LogEntry, LogSearch, ReservationHistory } from './record.ts';

/** Rows as the database has them, by what they are: `talks`, `visits` … */
export type Held = { readonly [what: string]: readonly Record<string, unknown>[] };

/** What PostgreSQL holds of people beside the log. Implemented in storage/postgres. */
export interface PersonalData {
  held(userId: string): Promise<Held>;
  /** A person of the shop, whose LINE account is his work's. Null = none. */
  staffOf(userId: string): Promise<string | null>;
  /**
   * Takes name, phone, LINE id, words, talks and waits away, in one transaction; visits and payments stay without a
   * person. Waits until a turn in hand is over. Gives how many visits are still to come. May be repeated.
   */
  erase(userId: string, at: Instant): Promise<{ ahead: number }>;
  /** Who was erased after a moment. */
  erasedSince(moment: Instant): Promise<string[]>;
  /** Talks nobody has gone on with since a moment, and events set aside before it. */
  eraseWordsBefore(moment: Instant): Promise<void>;
}

export type PersonalHouse = { log: ChatLog; search: LogSearch; data: PersonalData };

/** What was done, for the operator: entries of his own log, entries of others he was named in, his visits ahead. */
export type Forgotten = { entries: number; mentions: number; ahead: number };

/** Forgets a person everywhere. The log first: were it away, nothing would have been done, and it can be said again. */
export async function forgetPerson({ log, search, data }: PersonalHouse, person: Person, at: Instant): Promise<Forgotten> {
  const words = wordsFor(person, await log.read(person.userId));
  const mentions = await eraseMentions({ log, search }, person.userId, words);
  const entries = await log.erase(person.userId);
  const { ahead } = await data.erase(person.userId, at);
  // What a turn in hand has logged meanwhile.
  const late = await log.erase(person.userId);
  return { entries: entries + late, mentions, ahead };
}

/** Everything the person was called or can be reached by, the longest first. */
export function wordsFor(person: Person, entries: readonly LogEntry[]): string[] {
  const told = entries.flatMap(({ turn }) => [...(turn?.heard ?? []), turn?.talkAfter].flatMap((part) => {
    const { name, phone, known } = (part ?? {}) as { name?: unknown; phone?: unknown; known?: { name?: unknown; phone?: unknown } };
    return [name, phone, known?.name, known?.phone];
  }));
  const all = [person.name, person.phone, person.lineId, ...told].filter((word): word is string => typeof word === 'string' && word.trim() !== '');
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

const PAGE = 200;

/** In the logs of others, the shop's people, whatever turn is about this customer loses his name. Gives how many entries. */
async function eraseMentions({ log, search }: Pick<PersonalHouse, 'log' | 'search'>, userId: string, words: readonly string[]): Promise<number> {
  const found = new Map<string, Conversation>();
  for (const word of words) for await (const it of conversationsWith(search, word)) if (it.userId !== userId) found.set(`${it.userId} ${it.day}`, it);
  let mentions = 0;
  for (const { userId: other, day } of found.values()) {
    const { start: from, end: to } = conversationSpan(day);
    const changed = withoutPerson(await log.read(other, { from, to }), userId, words);
    await log.replace(other, changed);
    mentions += changed.length;
  }
  return mentions;
}

async function* conversationsWith(search: LogSearch, word: string): AsyncGenerator<Conversation> {
  for (let after: Conversation | undefined; ;) {
    const page = await search.conversations({ words: [word], limit: PAGE, ...(after ? { after } : {}) });
    yield* page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}

/** Stands where a name was. */
const GONE = '（削除済み）';

/** Those entries of turns about this customer that name him, without his name. A turn of his is told by his id in it. */
export function withoutPerson(entries: readonly LogEntry[], userId: string, words: readonly string[]): LogEntry[] {
  const turns = new Set(entries.filter((entry) => JSON.stringify(entry).includes(userId)).map((entry) => entry.turnId));
  return entries.filter((entry) => turns.has(entry.turnId)).flatMap((entry) => {
    const { id, turnId, ...rest } = entry;
    const cleared: LogEntry = { ...(cleaned(rest, words) as Omit<LogEntry, 'id' | 'turnId'>), id, turnId };
    return JSON.stringify(cleared) === JSON.stringify(entry) ? [] : [cleared];
  });
}

function cleaned(value: unknown, words: readonly string[]): unknown {
  if (typeof value === 'string') return words.reduce((text, word) => text.replaceAll(word, GONE), value);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, words));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one, words)]));
  return value;
}

/** All that is held about a customer. */
export type Given = { person: Person; madeAt: Instant; held: Held; history: HistoryEntry[]; log: LogEntry[] };

export async function givePerson({ log, data, history }: Pick<PersonalHouse, 'log' | 'data'> & { history: Pick<ReservationHistory, 'read'> }, person: Person, madeAt: Instant): Promise<Given> {
  return { person, madeAt, held: await data.held(person.userId), history: await history.read(person.userId), log: await log.read(person.userId) };
}
