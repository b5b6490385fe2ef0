/** 来店 and 無断キャンセル: what the shop's people say of the day. A word taken back, or changed, is told to the history again. */
import type { Reservation } from '../model/reservation.ts';
import type { Came, HouseDeps } from './deps.ts';
import { nothingCame } from './deps.ts';

/** `too_early`: nobody can have missed what has not begun. Null = there is no such visit (cancelled, provisional, unknown). */
export type Marked = Reservation | 'too_early' | null;

/** 来店. Who came late after all is no no-show any more. */
export const markArrived = (reservationId: string, deps: HouseDeps): Promise<Came<Marked>> => marked(reservationId, 'arrived', deps);

/** 無断キャンセル. From the start of the visit on. */
export const markNoShow = (reservationId: string, deps: HouseDeps): Promise<Came<Marked>> => marked(reservationId, 'no_show', deps);

/** Neither is known any more: said by mistake. */
export const unmark = (reservationId: string, deps: HouseDeps): Promise<Came<Marked>> => marked(reservationId, null, deps);

async function marked(reservationId: string, came: 'arrived' | 'no_show' | null, { writer, now }: HouseDeps): Promise<Came<Marked>> {
  const visit = await writer.reservation(reservationId);
  if (!visit || visit.status !== 'confirmed') return nothingCame(null);
  if (came === 'no_show' && now < visit.start) return nothingCame('too_early' as const);
  return nothingCame(await writer.mark(reservationId, came));
}
