/**
 * What becomes due: the work of each job, and what a sweep mends. The one list the shop, the tests and `talk` plug in,
 * so that a script's clock moves what the shop's clock does.
 */
import type { BookingReader } from '../booking/ports.ts';
import { lapsing } from './approvals.ts';
import { holds } from './holds.ts';
import type { JobHandlers, Payments } from './ports.ts';
import { Reminding } from './remind.ts';
import type { RemindHouse } from './remind.ts';
import type { StaffTeller } from './staff.ts';
import type { Mend } from './sweep.ts';
import { waitingDue } from './waiting.ts';

/** `payments`: left out where no deposit is paid by a link. */
export type DueHouse = RemindHouse & { booking: BookingReader; payments?: Payments | undefined; staff: Pick<StaffTeller, 'flush' | 'mend'> };
/** The work of some jobs, and what mends what they left undone. */
export type Due<Name extends keyof JobHandlers = keyof JobHandlers> = { handlers: Pick<JobHandlers, Name>; mends: readonly Mend[] };

/** `reminding` is to be stopped with the jobs, and hears of reminders that LINE did not take. */
export function due(house: DueHouse): Due & { reminding: Reminding } {
  const reminding = new Reminding(house);
  const { expire_hold, mend } = holds({ booking: house.booking, now: house.now, owners: { approval: lapsing(house), deposit: async (visit) => house.payments?.ended(visit) } });
  const waiting = waitingDue(house);
  return {
    handlers: { ...waiting.handlers, expire_hold, remind: () => reminding.due(), tell_staff: ({ staffId = '' }) => house.staff.flush(staffId), tend_payment: async ({ payment = '' }) => house.payments?.tend(payment), reconcile_payments: async () => void (await house.payments?.reconcile()) },
    // Reminders last: there may be thousands.
    mends: [...waiting.mends, mend, { what: 'staff_notices', mend: () => house.staff.mend() }, ...(house.payments ? [{ what: 'payments', mend: () => house.payments!.tendAll() }] : []), reminding.mend],
    reminding,
  };
}
