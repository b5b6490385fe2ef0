import type { Conversation, ConversationQuery, LogEntry, LogSearch } from '../../chatlog/record.ts';
import { conversationDay } from '../../model/conversation-day.ts';
import { actsOf, newestFirst, searchable, storesOf, wordsOf } from '../log-index.ts';

type Talked = Conversation & { entries: LogEntry[] };

/** Looks through every entry. `all` gives what is kept, by customer. */
export function memoryLogSearch(all: () => Iterable<[userId: string, entries: readonly LogEntry[]]>): LogSearch {
  return {
    gather: async () => 0,
    conversations: async (query) => {
      const words = wordsOf(query);
      const found = [...all()].flatMap(([userId, entries]) => (query.userId !== undefined && userId !== query.userId ? [] : byDay(userId, entries)));
      return found
        .filter((it) => isWithin(it, query) && words.every((word) => it.entries.some((entry) => searchable(String(entry.message ?? '')).includes(word))))
        .map(({ userId, day, began }): Conversation => ({ userId, day, began }))
        .toSorted(newestFirst)
        .filter((it) => !query.after || newestFirst(query.after, it) < 0)
        .slice(0, query.limit);
    },
  };
}

function byDay(userId: string, entries: readonly LogEntry[]): Talked[] {
  const days = new Map<string, Talked>();
  for (const entry of entries) {
    const day = conversationDay(entry.timestamp);
    const it = days.get(day) ?? days.set(day, { userId, day, began: entry.timestamp, entries: [] }).get(day)!;
    it.began = Math.min(it.began, entry.timestamp);
    it.entries.push(entry);
  }
  return [...days.values()];
}

function isWithin({ day, entries }: Talked, { from, to, acts, storeIds }: ConversationQuery): boolean {
  if ((from !== undefined && day < from) || (to !== undefined && day > to)) return false;
  const has = (wanted: readonly string[] | undefined, of: (entry: LogEntry) => string[]) => !wanted || entries.some((entry) => of(entry).some((one) => wanted.includes(one)));
  return has(acts, actsOf) && has(storeIds, storesOf);
}
