/**
 * `chat_log_index`: a document a conversation with what was said in it and, once they are gathered, its words and their
 * grams. It follows the buckets and is made anew from them.
 */
import mongoose from 'mongoose';
import type { LogEntry } from '../../chatlog/record.ts';
import { conversationDay } from '../../model/conversation-day.ts';
import type { Day } from '../../model/time.ts';
import { dateOf } from '../log-entry.ts';
import { actsOf, gramsOf, searchable, storesOf } from '../log-index.ts';
import { isDuplicate } from './documents.ts';
import type { Index, Indexed } from './documents.ts';

export type Logged = { userId: string; entry: LogEntry };

/** A document is no bigger than 16 MB. */
const TOO_BIG = new Set([10334, 17419]);
const TRIES = 20;

export const idOf = (userId: string, day: Day): string => `${userId}/${day}`;

type Parts = Omit<Indexed, 'v' | 'gathered'>;

/** The documents of these entries, each conversation's together. */
export function partsOf(logged: readonly Logged[], { words: withWords = true } = {}): Parts[] {
  const days = new Map<string, Parts>();
  for (const { userId, entry } of logged) {
    const began = dateOf(entry.timestamp);
    const day = conversationDay(began.getTime());
    const _id = idOf(userId, day);
    const parts = days.get(_id) ?? days.set(_id, { _id, user_id: userId, day, began, words: [], grams: [], acts: [], stores: [] }).get(_id)!;
    if (began < parts.began) parts.began = began;
    const words = withWords ? searchable(String(entry.message ?? '')) : '';
    if (words) parts.words.push(words);
    parts.acts.push(...actsOf(entry));
    parts.stores.push(...storesOf(entry));
  }
  for (const parts of days.values()) {
    parts.grams = [...new Set(parts.words.flatMap(gramsOf))];
    for (const key of ['words', 'acts', 'stores'] as const) parts[key] = [...new Set(parts[key])];
  }
  return [...days.values()];
}

/** Notes what was said in entries, past mongoose's casting, and that their words are to be gathered. May be repeated. */
export async function note(index: Index, logged: readonly Logged[]): Promise<void> {
  let left = partsOf(logged, { words: false });
  for (let tries = 0; left.length > 0; tries++) {
    try {
      await driverOf(index).bulkWrite(left.map((parts) => ({ updateOne: noting(parts) })), { ordered: false });
      return;
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
      const failures = [error.writeErrors].flat();
      // Two that make the same document at once: the second is told so, and adds to it.
      if (failures.length === 0 || tries === TRIES || failures.some((failure) => failure.code !== 11000)) throw error;
      left = failures.map((failure) => left[failure.index]!);
    }
  }
}

const noting = ({ _id, user_id, day, began, acts, stores }: Parts) => ({
  filter: { _id },
  update: {
    $setOnInsert: { user_id, day, words: [], grams: [] }, $min: { began }, $set: { gathered: false },
    $addToSet: { acts: { $each: acts }, stores: { $each: stores } }, $inc: { v: 1 },
  },
  upsert: true,
});

const driverOf = (index: Index) => index.collection as unknown as mongoose.mongo.Collection<Indexed>;

/** Makes a conversation's document anew from its entries, words and all, so that nothing else is in it any more. */
export async function makeAnew(index: Index, userId: string, day: Day, read: () => Promise<LogEntry[]>): Promise<void> {
  const _id = idOf(userId, day);
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await index.findOne({ _id }, { v: 1 }).lean();
    const [parts] = partsOf((await read()).map((entry) => ({ userId, entry })));
    if (await replaced(index, _id, before?.v ?? null, parts ?? null)) return;
  }
  throw new Error(`The conversation ${_id} is written by too many at once`);
}

/** Only if nothing was noted since it was looked at. */
async function replaced(index: Index, _id: string, v: number | null, parts: Parts | null): Promise<boolean> {
  const driver = driverOf(index);
  const whole = (it: Parts): Indexed => ({ ...it, gathered: true, v: (v ?? 0) + 1 });
  if (!parts) return v === null || (await driver.deleteOne({ _id, v })).deletedCount > 0;
  try {
    if (v !== null) return (await driver.replaceOne({ _id, v }, whole(parts))).matchedCount > 0;
    await driver.insertOne(whole(parts));
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    if (!isTooBig(error)) throw error;
    // It is found by what happened in it, but not by its words.
    return replaced(index, _id, v, { ...parts, words: [], grams: [] });
  }
}

const isTooBig = (error: unknown): boolean => error instanceof Error && (('code' in error && TOO_BIG.has(Number(error.code))) || error.name === 'MongoInvalidArgumentError' || error instanceof RangeError);
