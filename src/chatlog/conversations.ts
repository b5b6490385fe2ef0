/** The record as conversations, however long it is: a page of it in memory at a time. */
import type { ChatLog, Conversation, ConversationQuery, LogEntry, LogRange, LogSearch } from './record.ts';

const CONVERSATIONS = 200;
const ENTRIES = 500;

/** All conversations of a query, the one that began last first. One that begins meanwhile may be missing. */
export async function* conversationsIn(search: LogSearch, query: Omit<ConversationQuery, 'limit' | 'after'>, page = CONVERSATIONS): AsyncGenerator<Conversation> {
  for (let after: Conversation | undefined; ; ) {
    const found: Conversation[] = await search.conversations({ ...query, limit: page, ...(after ? { after } : {}) });
    yield* found;
    if (found.length < page) return;
    after = found.at(-1)!;
  }
}

/** A customer's entries of a range, oldest first. */
export async function* entriesIn(log: Pick<ChatLog, 'read'>, userId: string, { from, to }: Pick<LogRange, 'from' | 'to'> = {}, page = ENTRIES): AsyncGenerator<LogEntry> {
  let since = from;
  /** Those of the last moment, which the next page begins with again. */
  let told = new Set<string>();
  for (let limit = page; ; ) {
    const found = await log.read(userId, { limit, ...(since === undefined ? {} : { from: since }), ...(to === undefined ? {} : { to }) });
    const fresh = found.filter((entry) => !told.has(entry.id));
    yield* fresh;
    const last = found.at(-1);
    if (found.length < limit || !last) return;
    // A page that is all of one moment would be read for ever.
    limit = found[0]!.timestamp === last.timestamp ? limit * 2 : page;
    if (since !== last.timestamp) told = new Set();
    since = last.timestamp;
    for (const entry of found) if (entry.timestamp === since) told.add(entry.id);
  }
}
