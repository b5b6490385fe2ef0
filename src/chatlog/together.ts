import type { ChatLog, LogAppend } from './record.ts';

type Waiting = { entries: LogAppend[]; resolve: () => void; reject: (error: unknown) => void };

/**
 * The same log, its appends sent together: those that come while one is under way share the next. Each still resolves
 * when its own entries are kept. Where a shared append fails each is tried alone, so that none fails for another's sake.
 */
export function together(log: ChatLog, { most = 200 } = {}): ChatLog {
  let waiting: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    for (let taken = take(waiting, most); taken.length > 0; taken = take(waiting, most)) {
      waiting = waiting.slice(taken.length);
      await attempt(log, taken);
    }
    running = false;
  };
  return {
    append: (entries) =>
      new Promise((resolve, reject) => {
        waiting.push({ entries, resolve, reject });
        if (!running) {
          running = true;
          // After this tick: what came together leaves together.
          setImmediate(() => void run());
        }
      }),
    setDelivery: (userId, entryId, delivery) => log.setDelivery(userId, entryId, delivery),
    forget: (userId, messageId) => log.forget(userId, messageId),
    read: (userId, range) => log.read(userId, range),
  };
}

/** The first of those that wait, up to `most` entries but at least one append. */
function take(waiting: readonly Waiting[], most: number): Waiting[] {
  let entries = 0;
  const end = waiting.findIndex((it, i) => (entries += it.entries.length) > most && i > 0);
  return waiting.slice(0, end === -1 ? waiting.length : end);
}

async function attempt(log: ChatLog, taken: readonly Waiting[]): Promise<void> {
  try {
    await log.append(taken.flatMap((it) => it.entries));
    for (const it of taken) it.resolve();
  } catch (error) {
    if (taken.length === 1) taken[0]!.reject(error);
    else await Promise.all(taken.map((it) => attempt(log, [it])));
  }
}
