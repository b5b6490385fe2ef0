import type { Reservation } from '../model/reservation.ts';
import { withLink } from './deposit.ts';
import { only } from './deps.ts';
import type { BookingDeps, Performed } from './deps.ts';
import type { Effect, QueuedWait } from './ports.ts';

/** The customer's own visits to come and waits, at one shop or at all of this channel, and his last visit where it is wanted. */
export async function mine({ storeId, last: wanted }: Extract<Effect, { do: 'mine' }>, deps: BookingDeps): Promise<Performed> {
  const here = (thing: { storeId: string }) => (storeId === null ? deps.stores.some((store) => store.id === thing.storeId) : thing.storeId === storeId);
  const visits = (await deps.reader.upcoming(deps.userId, deps.now)).filter(here).map((visit) => withLink(visit, deps.payLink));
  const waits: QueuedWait[] = [];
  for (const entry of (await deps.reader.waiting(deps.userId, deps.now)).filter(here)) waits.push({ ...entry, position: await deps.reader.waitPosition(entry) });
  let last: Reservation | null = null;
  for (const id of !wanted ? [] : storeId === null ? deps.stores.map((store) => store.id) : [storeId]) {
    const there = await deps.reader.lastVisit(deps.userId, id, deps.now);
    if (there && (!last || there.start > last.start)) last = there;
  }
  return only({ to: 'mine', visits, waits, last });
}
