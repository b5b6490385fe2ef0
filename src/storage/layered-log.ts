import type { ChatLog, LogEntry, LogSearch } from '../chatlog/record.ts';
import { newestFirst } from './log-index.ts';

/**
 * A log whose older entries are still kept elsewhere, until `logs:move` has carried them: new ones go to `newer`, and
 * whatever is read, delivered or taken back concerns both. While an entry is being carried it is in both.
 */
export function layeredLog(newer: ChatLog, older: ChatLog): ChatLog {
  return {
    append: (entries) => newer.append(entries),
    setDelivery: async (userId, entryId, delivery) => {
      await older.setDelivery(userId, entryId, delivery);
      await newer.setDelivery(userId, entryId, delivery);
    },
    // The older first: were it carried in between, the newer would get the words after it was asked to forget them.
    forget: async (userId, messageId) => (await older.forget(userId, messageId)) + (await newer.forget(userId, messageId)),
    erase: async (userId) => (await older.erase(userId)) + (await newer.erase(userId)),
    eraseBefore: async (moment) => (await older.eraseBefore(moment)) + (await newer.eraseBefore(moment)),
    replace: async (userId, entries) => {
      await older.replace(userId, entries);
      await newer.replace(userId, entries);
    },
    read: async (userId, { limit, last, ...range } = {}) => {
      // Each may hold all of the first so many, or of the newest; only of both together they are cut.
      const own = limit === undefined ? { ...range, ...(last === undefined ? {} : { last }) } : { ...range, limit };
      const [before, after] = await Promise.all([older.read(userId, own), newer.read(userId, own)]);
      const first = merged(before, after).slice(0, limit);
      return last === undefined ? first : first.slice(Math.max(0, first.length - last));
    },
  };
}

function merged(older: LogEntry[], newer: LogEntry[]): LogEntry[] {
  const ids = new Set(newer.map((entry) => entry.id));
  return [...older.filter((entry) => !ids.has(entry.id)), ...newer].toSorted((a, b) => a.timestamp - b.timestamp);
}

/** The same for what is looked for. A conversation that lies in both, on the day of the change, is found if either has all that is asked. */
export function layeredSearch(newer: LogSearch, older: LogSearch): LogSearch {
  return {
    gather: async (most) => (await newer.gather(most)) + (await older.gather(most)),
    conversations: async (query) => {
      const found = (await Promise.all([newer.conversations(query), older.conversations(query)])).flat().toSorted(newestFirst);
      const days = new Map(found.map((it) => [`${it.userId} ${it.day}`, it]));
      return [...days.values()].toSorted(newestFirst).slice(0, query.limit);
    },
  };
}
