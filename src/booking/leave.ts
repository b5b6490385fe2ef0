import { only } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import type { Effect } from './ports.ts';

/** Leaves the waiting list; a second time nothing happens. */
export async function leave({ entryId }: Extract<Effect, { do: 'leave' }>, deps: WritingDeps): Promise<Performed> {
  const done = await deps.writer.leaveWaiting(entryId, deps.userId);
  if (!done) return only({ to: 'leave', done: null });
  return { answer: { to: 'leave', done }, changed: [{ storeId: done.storeId, slotsVersion: null, waitlistUserId: deps.userId }], freed: [], news: [], jobs: [] };
}
