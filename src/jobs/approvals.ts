/** Provisional visits the shop did not answer in time. */
import { lapse } from '../booking/approval.ts';
import type { Reservation } from '../model/reservation.ts';
import { change } from './change.ts';
import type { ChangeHouse } from './change.ts';

/** Ends one whose time is over; does nothing where it was answered, moved or ended before. */
export const lapsing = (house: ChangeHouse) => ({ id }: Reservation): Promise<void> =>
  change(house, async (writer, now, stores) => ({ ...(await lapse(id, { writer, now, stores, newId: house.newId })), result: undefined }));
