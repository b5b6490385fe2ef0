/** 仮押さえ: what becomes of a visit that waits for a yes or a payment, when its time is over and nobody has ended it. */
import type { BookingReader } from '../booking/ports.ts';
import type { Hold, Reservation } from '../model/reservation.ts';
import type { Now } from '../model/time.ts';
import type { JobHandlers } from './ports.ts';
import type { Mend } from './sweep.ts';

/**
 * Ends a hold whose time is over, by what it waited for; a hold for an offer ends with its offer. Each reads the
 * reservation again in a transaction of its own and does nothing where it is no hold any more: it may be called twice,
 * and beside the yes that was just in time.
 */
export type HoldOwners = { readonly [what in Exclude<Hold['for'], 'offer'>]: (visit: Reservation) => Promise<void> };

export type HoldsHouse = { booking: Pick<BookingReader, 'reservation' | 'endedHolds'>; now: Now; owners: HoldOwners };

/** At most so many a round. */
const AT_ONCE = 200;

/** The job of a hold (booking/hold.ts), and what finds those whose job was lost. */
export function holds({ booking, now, owners }: HoldsHouse): { expire_hold: JobHandlers['expire_hold']; mend: Mend } {
  const end = async (visit: Reservation | null): Promise<void> => {
    if (visit?.hold && visit.hold.for !== 'offer' && visit.hold.until <= now()) await owners[visit.hold.for](visit);
  };
  return {
    expire_hold: async ({ reservationId = '' }) => end(await booking.reservation(reservationId)),
    mend: {
      what: 'holds',
      mend: async () => {
        const failed: unknown[] = [];
        const ended = await booking.endedHolds(now(), AT_ONCE);
        for (const visit of ended) await end(visit).catch((error: unknown) => failed.push(error));
        if (failed.length > 0) throw failed[0];
        return ended.length;
      },
    },
  };
}
