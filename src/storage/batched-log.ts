import type { ChatLog, LogAppend } from '../chatlog/record.ts';
import { Batch } from './batch.ts';

/** The same log; appends of many turns that come together are one. A batch that is refused is tried entry by entry. */
export function batchedLog(log: ChatLog): ChatLog {
  const appends = new Batch<LogAppend[], Error | null>(async (batches) => {
    try {
      await log.append(batches.flat());
      return batches.map(() => null);
    } catch (error) {
      if (batches.length === 1) return [error as Error];
      return Promise.all(batches.map((batch) => log.append(batch).then(() => null, (alone: Error) => alone)));
    }
  }, { most: 100 });
  return {
    ...log,
    append: async (entries) => {
      const error = await appends.add(entries);
      if (error) throw error;
    },
  };
}
