/**
 * What becomes due: the work of each job, and what a sweep mends. The one list the shop, the tests and `talk` plug in,
 * so that a script's clock moves what the shop's clock does.
 */
import type { BookingReader } from '../booking/ports.ts';
import { lapsing } from './approvals.ts';
import type { ChangeHouse } from './change.ts';
import { holds } from './holds.ts';
import type { JobHandlers, Payments } from './ports.ts';
import type { StaffTeller } from './staff.ts';
import type { Mend } from './sweep.ts';

/** `payments`: left out where no deposit is paid by a link. */
export type DueHouse = ChangeHouse & { booking: BookingReader; payments?: Payments | undefined; staff: Pick<StaffTeller, 'flush' | 'mend'> };

export function due(house: DueHouse): { handlers: JobHandlers; mends: readonly Mend[] } {
  const { expire_hold, mend } = holds({ booking: house.booking, now: house.now, owners: { approval: lapsing(house), deposit: async (visit) => house.payments?.ended(visit) } });
  return {
    handlers: { expire_offer: async () => undefined, expire_hold, tell_staff: ({ staffId = '' }) => house.staff.flush(staffId), tend_payment: async ({ payment = '' }) => house.payments?.tend(payment), reconcile_payments: async () => void (await house.payments?.reconcile()) },
    mends: [mend, { what: 'staff_notices', mend: () => house.staff.mend() }, ...(house.payments ? [{ what: 'payments', mend: () => house.payments!.tendAll() }] : [])],
  };
}
