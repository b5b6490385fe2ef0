import { only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import type { Effect } from './ports.ts';

/** Leaves the waiting list; a second time, and of another account's shop, nothing happens. */
export async function leave({ entryId }: Extract<Effect, { do: 'leave' }>, deps: WritingDeps): Promise<Performed> {
  const own = (await deps.writer.waiting(deps.userId, deps.now)).find((entry) => entry.id === entryId);
  if (!own || !storeOf(deps, own.storeId)) return only({ to: 'leave', done: null });
  const done = await deps.writer.leaveWaiting(entryId, deps.userId);
  if (!done) return only({ to: 'leave', done: null });
  return { answer: { to: 'leave', done }, changed: [{ storeId: done.storeId, slotsVersion: null, waitlistUserId: deps.userId }], freed: [], news: [], jobs: [] };
}
