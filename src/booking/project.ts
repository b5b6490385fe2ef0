import type { Now } from '../model/time.ts';
import type { BookingReader, WaitlistProjection } from './ports.ts';

/** Writes `waitlist:<store>:<user>` anew from what Postgres says, so that it may be done again at any time. */
export function waitlistProjector(reader: Pick<BookingReader, 'waiting'>, projection: WaitlistProjection, now: Now): { project(storeId: string, userId: string): Promise<void> } {
  return {
    async project(storeId, userId) {
      const entries = await reader.waiting(userId, now());
      await projection.set(storeId, userId, entries.filter((entry) => entry.storeId === storeId).map((entry) => entry.from));
    },
  };
}
