/** The record by what is in it, in MongoDB. */
import type { QueryFilter } from 'mongoose';
import type { ConversationQuery, LogSearch } from '../../chatlog/record.ts';
import { conversationSpan } from '../../model/conversation-day.ts';
import { dateOf, entryOf } from '../log-entry.ts';
import { wantedGrams, wordsOf } from '../log-index.ts';
import { readEntries } from './chat-log.ts';
import type { Mongo } from './connect.ts';
import { bucketsOf, indexOf } from './documents.ts';
import type { Buckets, Index, Indexed } from './documents.ts';
import { makeAnew, note } from './log-index.ts';

/** Gathered at a time. */
const TOGETHER = 200;

/** Throws `MongoAway` at once while it is away. */
export function mongoLogSearch(mongo: Mongo): LogSearch {
  const [buckets, index] = [bucketsOf(mongo.connection), indexOf(mongo.connection)];
  let caughtUp: Promise<void> | null = null;
  /** Once a process; one that failed is tried again by the next search. */
  const caught = (): Promise<void> => (caughtUp ??= catchUp(buckets, index).catch((error: unknown) => {
    caughtUp = null;
    throw error;
  }));
  const gather = async (most: number): Promise<number> => {
    await caught();
    const stale = await index.find({ gathered: false }, { user_id: 1, day: 1 }).sort({ began: 1 }).limit(most).lean();
    for (const { user_id, day } of stale) {
      const { start: from, end: to } = conversationSpan(day);
      await makeAnew(index, user_id, day, () => readEntries(buckets, user_id, { from, to }));
    }
    return stale.length;
  };
  return {
    gather: (most) => mongo.whenUp(() => gather(most)),
    conversations: (query) =>
      mongo.whenUp(async () => {
        await caught();
        if (wordsOf(query).length > 0) while ((await gather(TOGETHER)) === TOGETHER);
        const found = await index.find(filterOf(query), { user_id: 1, day: 1, began: 1 }).sort({ began: -1, user_id: -1 }).limit(query.limit).lean();
        return found.map(({ user_id, day, began }) => ({ userId: user_id, day, began: began.getTime() }));
      }),
  };
}

/** The words themselves stand first: a server without an index for the grams has less to compare. */
function filterOf(query: ConversationQuery): QueryFilter<Indexed> {
  const { userId, storeIds, acts, from, to, after } = query;
  const words = wordsOf(query);
  const grams = [...new Set(words.flatMap(wantedGrams))];
  const parts: QueryFilter<Indexed>[] = [
    ...(userId === undefined ? [] : [{ user_id: userId }]),
    ...(from === undefined && to === undefined ? [] : [{ day: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lte: to }) } }]),
    ...(acts ? [{ acts: { $in: [...acts] } }] : []),
    ...(storeIds ? [{ stores: { $in: [...storeIds] } }] : []),
    ...words.map((word) => ({ words: { $regex: escaped(word) } })),
    ...(grams.length === 0 ? [] : [{ grams: { $all: grams } }]),
    ...(after ? [{ $or: [{ began: { $lt: dateOf(after.began) } }, { began: dateOf(after.began), user_id: { $lt: after.userId } }] }] : []),
  ];
  return parts.length === 0 ? {} : { $and: parts };
}

/** Buckets that were made before there was an index, or by somebody else. */
async function catchUp(buckets: Buckets, index: Index): Promise<void> {
  for (;;) {
    const bucket = await buckets.findOne({ indexed: null }).lean();
    if (!bucket) return;
    const entries = (bucket.logs ?? []).map((entry) => entryOf(entry, bucket.last_at));
    await note(index, entries.map((entry) => ({ userId: bucket.user_id, entry })));
    const times = entries.map((entry) => entry.timestamp).filter(Number.isFinite);
    const span = times.length === 0 ? {} : { first_at: dateOf(Math.min(...times)), last_at: dateOf(Math.max(...times)) };
    await buckets.updateOne({ _id: bucket._id }, { $set: { indexed: true, ...span } });
  }
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
