/**
 * What becomes due: the work of each job, and what a sweep mends. The one list the shop, the tests and `talk` plug in,
 * so that a script's clock moves what the shop's clock does.
 */
import type { BookingReader } from '../booking/ports.ts';
import { lapsing } from './approvals.ts';
import type { ChangeHouse } from './change.ts';
import { holds } from './holds.ts';
import type { JobHandlers } from './ports.ts';
import type { StaffTeller } from './staff.ts';
import type { Mend } from './sweep.ts';

export type DueHouse = ChangeHouse & { booking: BookingReader; staff: Pick<StaffTeller, 'flush' | 'mend'> };

export function due(house: DueHouse): { handlers: JobHandlers; mends: readonly Mend[] } {
  const { expire_hold, mend } = holds({ booking: house.booking, now: house.now, owners: { approval: lapsing(house), deposit: async () => undefined } });
  return {
    handlers: { expire_offer: async () => undefined, expire_hold, tell_staff: ({ staffId = '' }) => house.staff.flush(staffId) },
    mends: [mend, { what: 'staff_notices', mend: () => house.staff.mend() }],
  };
}
