import type { ChatLog, LogAppend, LogEntry, LogRange, LogSearch } from '../../chatlog/record.ts';
import { conversationDay, conversationSpan } from '../../model/conversation-day.ts';
import { fitted } from '../log-entry.ts';
import { forgotten } from '../log-forget.ts';
import { memoryLogSearch } from './log-search.ts';

/** The record in the process, for replays and tests. */
export function memoryChatLog(): ChatLog & LogSearch {
  const byUser = new Map<string, LogEntry[]>();
  const ids = new Set<string>();
  const of = (userId: string): LogEntry[] => byUser.get(userId) ?? byUser.set(userId, []).get(userId)!;
  return {
    ...memoryLogSearch(() => byUser),
    append: async (entries: LogAppend[]) => {
      for (const { userId, entry } of entries) {
        if (ids.has(entry.id)) continue;
        ids.add(entry.id);
        of(userId).push(structuredClone(fitted(entry).entry));
      }
    },
    setDelivery: async (userId, entryId, delivery) => {
      const entry = of(userId).find((e) => e.id === entryId);
      if (entry) entry.delivery = { ...delivery };
    },
    forget: async (userId, messageId) => {
      const entries = of(userId);
      const cleared = entries.map((entry) => forgotten(entry, messageId));
      cleared.forEach((entry, i) => entry && entries.splice(i, 1, entry));
      return cleared.filter((entry) => entry !== null).length;
    },
    erase: async (userId) => {
      const entries = of(userId).splice(0);
      for (const { id } of entries) ids.delete(id);
      return entries.length;
    },
    eraseBefore: async (moment) => {
      const { start } = conversationSpan(conversationDay(moment));
      const before = ids.size;
      for (const [userId, entries] of byUser) {
        byUser.set(userId, entries.filter((entry) => entry.timestamp >= start));
        for (const { id, timestamp } of entries) if (timestamp < start) ids.delete(id);
      }
      return before - ids.size;
    },
    replace: async (userId, entries) => {
      const own = of(userId);
      for (const entry of entries) {
        const at = own.findIndex(({ id }) => id === entry.id);
        if (at >= 0) own.splice(at, 1, structuredClone(fitted(entry).entry));
      }
    },
    read: async (userId, range = {}) => structuredClone(within(of(userId), range)),
  };
}

function within(entries: readonly LogEntry[], { from = -Infinity, to = Infinity, limit = Infinity, last }: LogRange): LogEntry[] {
  const sorted = entries.filter((e) => from <= e.timestamp && e.timestamp < to).sort((a, b) => a.timestamp - b.timestamp).slice(0, limit);
  return last === undefined ? sorted : sorted.slice(Math.max(0, sorted.length - last));
}
