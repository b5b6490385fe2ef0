/**
 * How entries get into buckets. Two rules keep an entry from being there twice and the order whole, without
 * transactions: a bucket is closed (200 entries, or 3 MB) before the next one begins, so that only one is open; and
 * every push asks that the open one has room and does not hold the entries yet.
 */
import type { LogAppend } from '../../chatlog/record.ts';
import { dateOf, fitted, kept } from '../log-entry.ts';
import type { Kept } from '../log-entry.ts';
import { isDuplicate } from './documents.ts';
import type { Bucket, Buckets } from './documents.ts';

export const MAX_ENTRIES = 200;
/** A bucket is rewritten with every push, and 16 MB is the end of a document. */
const MAX_BYTES = 3_000_000;

export type Item = { id: string; bytes: number; entry: Kept<Date> };
/** New entries of one customer at one channel. */
export type Batch = { userId: string; channel: string; items: Item[] };

/** The entries by customer, each once, in the order given. */
export function batchesOf(entries: readonly LogAppend[]): Batch[] {
  const batches = new Map<string, Batch>();
  const seen = new Set<string>();
  for (const { userId, channel, entry } of entries) {
    if (seen.has(entry.id)) continue;
    seen.add(entry.id);
    const key = keyOf({ userId, channel });
    const batch = batches.get(key) ?? batches.set(key, { userId, channel, items: [] }).get(key)!;
    const fit = fitted(entry);
    batch.items.push({ id: entry.id, bytes: fit.bytes, entry: kept(fit.entry, dateOf) });
  }
  return [...batches.values()];
}

export const keyOf = ({ userId, channel }: Pick<Batch, 'userId' | 'channel'>): string => `${channel} ${userId}`;

/** As many of the first items as one push may carry. */
export function portion(items: readonly Item[], room: number): Item[] {
  let bytes = 0;
  let n = 0;
  while (n < items.length && n < room && (n === 0 || bytes + items[n]!.bytes <= MAX_BYTES)) bytes += items[n++]!.bytes;
  return items.slice(0, n);
}

/** Pushes items into a bucket, or makes it. A duplicate key says that it is closed or that it holds one of them. */
export function push({ userId, channel }: Batch, bucket: number, items: readonly Item[]) {
  const times = items.map((item) => item.entry.timestamp.getTime());
  return {
    filter: { user_id: userId, channel, bucket, count: { $lte: MAX_ENTRIES - items.length }, bytes: { $lt: MAX_BYTES }, 'logs.id': { $nin: items.map((item) => item.id) } },
    update: {
      $push: { logs: { $each: items.map((item) => item.entry) } },
      $inc: { count: items.length, bytes: items.reduce((sum, item) => sum + item.bytes, 0) },
      $min: { first_at: new Date(Math.min(...times)) },
      $max: { last_at: new Date(Math.max(...times)) },
      $setOnInsert: { indexed: true },
    },
    upsert: true,
  };
}

/** Against endless company in one customer's bucket: every lost try is somebody else's entry written. */
const TRIES = 200;

/** Appends what is not there yet, bucket after bucket. Gives the bucket that is open now. */
export async function settle(buckets: Buckets, batch: Batch): Promise<number> {
  const { userId, channel } = batch;
  for (let tries = 0; tries < TRIES; tries++) {
    // In this order: were the entries looked for first, one could be written into the last place of a bucket in between.
    const latest = await buckets.findOne({ user_id: userId, channel }, { bucket: 1, count: 1, bytes: 1 }).sort({ bucket: -1 }).lean();
    const missing = await without(buckets, batch.items);
    const open = latest && latest.count < MAX_ENTRIES && latest.bytes < MAX_BYTES;
    const bucket = open ? latest.bucket : latest ? latest.bucket + 1 : 0;
    if (missing.length === 0) return bucket;
    const { filter, update } = push(batch, bucket, portion(missing, open ? MAX_ENTRIES - latest.count : MAX_ENTRIES));
    try {
      await buckets.updateOne(filter, update, { upsert: true });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  throw new Error(`The log of ${userId} is written by too many at once`);
}

async function without(buckets: Buckets, items: readonly Item[]): Promise<Item[]> {
  const holding = await buckets.find({ 'logs.id': { $in: items.map((item) => item.id) } }, { 'logs.id': 1 }).lean<Pick<Bucket, 'logs'>[]>();
  const there = new Set(holding.flatMap((bucket) => bucket.logs.map((entry) => entry.id)));
  return items.filter((item) => !there.has(item.id));
}
