import type { Reservation, WaitlistEntry } from '../../model/reservation.ts';
import { joinedFollowed } from '../deps.ts';
import type { ChangeDeps, Followed } from '../deps.ts';
import { revoke } from './ends.ts';

/** A visit that is what a customer waited for ends his wait; what was offered to him for it goes to the next. */
export async function satisfied(visit: Reservation, deps: ChangeDeps): Promise<Followed & { waited: WaitlistEntry[] }> {
  const waited = await deps.writer.satisfy(visit);
  const parts: Followed[] = [];
  // Looked for now: an offer may have come in the same moment.
  const open = waited.length > 0 ? (await deps.writer.offersOf(visit.storeId)).filter((offer) => waited.some((entry) => entry.id === offer.entryId)) : [];
  for (const { storeId, userId } of waited) parts.push({ changed: [{ storeId, slotsVersion: null, waitlistUserId: userId }], news: [], jobs: [] });
  for (const offer of open) parts.push(await revoke(offer.id, deps));
  return { waited, ...joinedFollowed(parts) };
}
