import mongoose from 'mongoose';
import type { PipelineStage } from 'mongoose';
import type { ChatLog, LogEntry, LogRange } from '../../chatlog/record.ts';
import { conversationDay, conversationSpan } from '../../model/conversation-day.ts';
import type { Day } from '../../model/time.ts';
import { dateOf, entryOf, fitted, kept, keptDelivery } from '../log-entry.ts';
import { forgotten } from '../log-forget.ts';
import { MAX_ENTRIES, batchesOf, keyOf, portion, push, settle } from './buckets.ts';
import type { Batch } from './buckets.ts';
import type { Mongo } from './connect.ts';
import { bucketsOf, heldIn, indexOf } from './documents.ts';
import type { Bucket, Buckets, Index } from './documents.ts';
import { makeAnew, note } from './log-index.ts';

/** Customers whose open bucket is remembered; for the others the first one is tried. */
const REMEMBERED = 10_000;

/** The record in MongoDB. Throws `MongoAway` at once while it is away. */
export function mongoChatLog(mongo: Mongo): ChatLog {
  const [buckets, index] = [bucketsOf(mongo.connection), indexOf(mongo.connection)];
  const open = new Map<string, number>();
  const remember = (key: string, bucket: number): void => {
    open.delete(key);
    if (bucket > 0) open.set(key, bucket);
    if (open.size > REMEMBERED) open.delete(open.keys().next().value!);
  };
  return {
    append: (entries) =>
      mongo.soon(async () => {
        const batches = batchesOf(entries);
        const [short, long] = [batches.filter(fitsOnePush), batches.filter((batch) => !fitsOnePush(batch))];
        const left = await pushAll(buckets, short, (batch) => open.get(keyOf(batch)) ?? 0);
        await Promise.all([...left, ...long].map(async (batch) => remember(keyOf(batch), await settle(buckets, batch))));
        await note(index, entries);
      }),
    setDelivery: (userId, entryId, delivery) =>
      mongo.soon(async () => {
        const set = { $set: { 'logs.$[one].delivery': keptDelivery(delivery, dateOf) } };
        await buckets.updateOne({ user_id: userId, 'logs.id': entryId }, set, { arrayFilters: [{ 'one.id': entryId }] });
        if (delivery.status === 'failed') await note(index, (await heldIn(buckets, [entryId])).map(({ user_id, logs }) => ({ userId: user_id, entry: entryOf(logs) })));
      }),
    forget: (userId, messageId) => mongo.whenUp(() => forget(buckets, index, userId, messageId)),
    erase: (userId) => mongo.whenUp(async () => {
      const counts = await buckets.find({ user_id: userId }, { count: 1 }).lean();
      await index.deleteMany({ user_id: userId });
      await buckets.deleteMany({ user_id: userId });
      return counts.reduce((sum, { count }) => sum + count, 0);
    }),
    eraseBefore: (moment) => mongo.whenUp(() => eraseBefore(buckets, index, conversationDay(moment))),
    replace: (userId, entries) => mongo.whenUp(() => replace(buckets, index, userId, entries)),
    read: (userId, range = {}) => mongo.whenUp(() => readEntries(buckets, userId, range)),
  };
}

const fitsOnePush = (batch: Batch): boolean => portion(batch.items, MAX_ENTRIES).length === batch.items.length;

/**
 * One round trip for all, past mongoose's casting: the entries are typed and fitted, and casting them again costs a
 * quarter of a millisecond a turn. Gives those whose bucket was closed or had some of the entries.
 */
async function pushAll(buckets: Buckets, batches: Batch[], bucketOf: (batch: Batch) => number): Promise<Batch[]> {
  if (batches.length === 0) return [];
  try {
    const driver = buckets.collection as unknown as mongoose.mongo.Collection<Bucket>;
    await driver.bulkWrite(batches.map((batch) => ({ updateOne: push(batch, bucketOf(batch), batch.items) })), { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.length === 0 || failures.some((failure) => failure.code !== 11000)) throw error;
    return failures.map((failure) => batches[failure.index]!);
  }
}

async function forget(buckets: Buckets, index: Index, userId: string, messageId: string): Promise<number> {
  const holding = await buckets.find({ user_id: userId, $or: [{ 'logs.messageId': messageId }, { 'logs.turn.events.message.id': messageId }] }).lean();
  const cleared = holding.flatMap(({ _id, logs }) => logs.flatMap((entry) => ({ _id, entry: forgotten(entryOf(entry), messageId) }))).filter((it) => it.entry !== null);
  for (const { _id, entry } of cleared) {
    const { id, message, turn, forgotten: ids } = entry!;
    const set = { 'logs.$[one].message': message, 'logs.$[one].forgotten': ids, ...(turn ? { 'logs.$[one].turn': turn } : {}) };
    await buckets.updateOne({ _id }, { $set: set }, { arrayFilters: [{ 'one.id': id }] });
  }
  await remade(buckets, index, userId, cleared.map(({ entry }) => entry!));
  return cleared.length;
}

/** Buckets that lie before the day whole go; of one that reaches into it what is older. It stays as full as it was, so that a closed one stays closed. */
async function eraseBefore(buckets: Buckets, index: Index, day: Day): Promise<number> {
  const before = dateOf(conversationSpan(day).start);
  const [older] = await buckets.aggregate<{ n: number }>([{ $match: { first_at: { $lt: before } } }, { $unwind: '$logs' }, { $match: { 'logs.timestamp': { $lt: before } } }, { $count: 'n' }]);
  if (!older) return 0;
  await index.deleteMany({ day: { $lt: day } });
  await buckets.deleteMany({ last_at: { $lt: before } });
  await buckets.updateMany({ first_at: { $lt: before } }, { $pull: { logs: { timestamp: { $lt: before } } }, $set: { first_at: before } });
  return older.n;
}

async function replace(buckets: Buckets, index: Index, userId: string, entries: readonly LogEntry[]): Promise<void> {
  const driver = buckets.collection as unknown as mongoose.mongo.Collection<Bucket>;
  for (const entry of entries) {
    await driver.updateOne({ user_id: userId, 'logs.id': entry.id }, { $set: { 'logs.$[one]': kept(fitted(entry).entry, dateOf) } }, { arrayFilters: [{ 'one.id': entry.id }] });
  }
  await remade(buckets, index, userId, entries);
}

/** The conversations of these entries are found by what is in them now. */
async function remade(buckets: Buckets, index: Index, userId: string, entries: readonly LogEntry[]): Promise<void> {
  for (const day of new Set(entries.map((entry) => conversationDay(entry.timestamp)))) {
    const { start: from, end: to } = conversationSpan(day);
    await makeAnew(index, userId, day, () => readEntries(buckets, userId, { from, to }));
  }
}

/** As `ChatLog.read`. */
export async function readEntries(buckets: Buckets, userId: string, { from, to, limit, last }: LogRange): Promise<LogEntry[]> {
  const lower = from === undefined ? {} : { $gte: dateOf(from) };
  const upper = to === undefined ? {} : { $lt: dateOf(to) };
  const backwards = limit === undefined && last !== undefined;
  const way = backwards ? -1 : 1;
  const most = backwards ? last : limit;
  const stages: PipelineStage[] = [
    { $match: { user_id: userId, ...(from === undefined ? {} : { last_at: lower }), ...(to === undefined ? {} : { first_at: upper }) } },
    { $unwind: { path: '$logs', includeArrayIndex: 'place' } },
    ...(from === undefined && to === undefined ? [] : [{ $match: { 'logs.timestamp': { ...lower, ...upper } } }]),
    { $sort: { 'logs.timestamp': way, bucket: way, place: way } },
    ...(most === undefined ? [] : [{ $limit: Math.max(1, most) }]),
    { $project: { _id: 0, logs: 1 } },
  ];
  if (most === 0) return [];
  const found = (await buckets.aggregate<{ logs: Bucket['logs'][number] }>(stages)).map((it) => entryOf(it.logs));
  if (backwards) return found.toReversed();
  return last === undefined ? found : found.slice(Math.max(0, found.length - last));
}
