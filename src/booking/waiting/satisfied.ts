import type { Reservation, WaitlistEntry } from '../../model/reservation.ts';
import { joinedFollowed } from '../deps.ts';
import type { ChangeDeps, Followed } from '../deps.ts';
import { revoke } from './ends.ts';

/** A visit that is what a customer waited for ends his wait; what was offered to him for it goes to the next. */
export async function satisfied(visit: Reservation, deps: ChangeDeps): Promise<Followed & { waited: WaitlistEntry[] }> {
  const waited = await deps.writer.satisfy(visit);
  const parts: Followed[] = [];
  for (const entry of waited) {
    const open = entry.status === 'offered' ? (await deps.writer.offersOf(visit.storeId)).find((offer) => offer.entryId === entry.id) : undefined;
    parts.push({ changed: [{ storeId: entry.storeId, slotsVersion: null, waitlistUserId: entry.userId }], news: [], jobs: [] });
    if (open) parts.push(await revoke(open.id, deps));
  }
  return { waited: waited.map((entry) => ({ ...entry, status: 'booked' as const })), ...joinedFollowed(parts) };
}
