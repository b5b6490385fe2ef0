import { joinedFollowed, only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import type { Effect } from './ports.ts';
import { lockOffer, revoke } from './waiting/ends.ts';

/** Leaves the waiting list; what was offered goes to the next. A second time, and of another account's shop, nothing happens. */
export async function leave({ entryId }: Extract<Effect, { do: 'leave' }>, deps: WritingDeps): Promise<Performed> {
  const own = (await deps.writer.waiting(deps.userId, deps.now)).find((entry) => entry.id === entryId);
  if (!own || !storeOf(deps, own.storeId)) return only({ to: 'leave', done: null });
  const open = async () => (await deps.writer.offersOf(own.storeId)).filter((offer) => offer.entryId === entryId);
  for (const offer of await open()) await lockOffer(offer.id, deps);
  const done = await deps.writer.leaveWaiting(entryId, deps.userId);
  if (!done) return only({ to: 'leave', done: null });
  const after = [];
  for (const offer of await open()) after.push(await revoke(offer.id, deps));
  return { answer: { to: 'leave', done }, freed: [], ...joinedFollowed([{ changed: [{ storeId: done.storeId, slotsVersion: null, waitlistUserId: deps.userId }], news: [], jobs: [] }, ...after]) };
}
