/**
 * `chat_log_index`: a document a conversation with its words, their grams and what was said, to be found by. It follows
 * the buckets and is made anew from them wherever it may be behind.
 */
import mongoose from 'mongoose';
import type { LogEntry } from '../../chatlog/record.ts';
import { conversationDay } from '../../model/conversation-day.ts';
import type { Day } from '../../model/time.ts';
import { dateOf } from '../log-entry.ts';
import { actsOf, gramsOf, searchable, storesOf } from '../log-index.ts';
import type { Index, Indexed } from './documents.ts';

export type Logged = { userId: string; entry: LogEntry };

/** A document is no bigger than 16 MB; what a customer says after so much in one day is logged, but not found by its words. */
const TOO_BIG = new Set([10334, 17419]);
const TRIES = 20;

export const idOf = (userId: string, day: Day): string => `${userId}/${day}`;

type Parts = Omit<Indexed, 'v'>;

function partsOf(logged: readonly Logged[]): Parts[] {
  const days = new Map<string, Parts>();
  for (const { userId, entry } of logged) {
    const day = conversationDay(entry.timestamp);
    const began = dateOf(entry.timestamp);
    const _id = idOf(userId, day);
    const parts = days.get(_id) ?? days.set(_id, { _id, user_id: userId, day, began, words: [], grams: [], acts: [], stores: [] }).get(_id)!;
    if (began < parts.began) parts.began = began;
    const words = searchable(String(entry.message ?? ''));
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

/** Adds entries to their conversations, past mongoose's casting. May be repeated. */
export async function addToIndex(index: Index, logged: readonly Logged[]): Promise<void> {
  let left = partsOf(logged);
  for (let tries = 0; left.length > 0; tries++) {
    const driver = index.collection as unknown as mongoose.mongo.Collection<Indexed>;
    const there = new Map((await driver.find({ _id: { $in: left.map(({ _id }) => _id) } }).project<Pick<Indexed, '_id' | 'words' | 'grams'>>({ words: 1, grams: 1 }).toArray()).map((it) => [it._id, it]));
    try {
      await driver.bulkWrite(left.map((parts) => ({ updateOne: adding(parts, there.get(parts._id)) })), { ordered: false });
      return;
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
      const failures = [error.writeErrors].flat();
      // Two that make the same document at once: the second is told so, and adds to it.
      const again = failures.filter((failure) => failure.code === 11000);
      if (failures.length === 0 || tries === TRIES || failures.some((failure) => failure.code !== 11000 && !TOO_BIG.has(Number(failure.code)))) throw error;
      left = again.map((failure) => left[failure.index]!);
    }
  }
}

/** Only what is not there is pushed: `$addToSet` compares each with all. Twice, where two write at once, is no harm. */
function adding({ _id, user_id, day, began, words, grams, acts, stores }: Parts, there: Pick<Indexed, 'words' | 'grams'> = { words: [], grams: [] }) {
  const fresh = (all: string[], old: ReadonlySet<string>) => ({ $each: all.filter((one) => !old.has(one)) });
  return {
    filter: { _id },
    update: {
      $setOnInsert: { user_id, day },
      $min: { began },
      $push: { words: fresh(words, new Set(there.words)), grams: fresh(grams, new Set(there.grams)) },
      $addToSet: { acts: { $each: acts }, stores: { $each: stores } },
      $inc: { v: 1 },
    },
    upsert: true,
  };
}

/** Makes a conversation's document anew from its entries, so that nothing else is in it any more. */
export async function makeAnew(index: Index, userId: string, day: Day, read: () => Promise<LogEntry[]>): Promise<void> {
  const _id = idOf(userId, day);
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await index.findOne({ _id }, { v: 1 }).lean();
    const entries = await read();
    if (!before) return await addToIndex(index, entries.map((entry) => ({ userId, entry })));
    const [parts] = partsOf(entries.map((entry) => ({ userId, entry })));
    // Only if nothing was added since it was looked at.
    const { v } = before;
    const done = parts ? (await index.replaceOne({ _id, v }, { ...parts, v: v + 1 })).matchedCount : (await index.deleteOne({ _id, v })).deletedCount;
    if (done > 0) return;
  }
  throw new Error(`The conversation ${_id} is written by too many at once`);
}
