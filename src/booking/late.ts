import { only, storeOf } from './deps.ts';
import type { BookingDeps, Performed } from './deps.ts';
import { stillOwn } from '../model/hours.ts';
import type { Reservation } from '../model/reservation.ts';
import { aboutVisit } from './news.ts';
import type { News } from './news.ts';
import type { Effect } from './ports.ts';

/** After the deadline only the shop can cancel or move a visit: its people hear that somebody wants it. */
export const toldLate = (visit: Reservation, wish: 'cancel' | 'move'): News[] => [aboutVisit(wish === 'cancel' ? 'late_cancel_asked' : 'late_move_asked', visit)];

/** A wish for what is too late. Changes nothing; where it is not too late after all, or there is no such visit, nobody is told. */
export async function late({ reservationId, wish }: Extract<Effect, { do: 'late' }>, deps: BookingDeps): Promise<Performed> {
  const visit = await deps.reader.reservation(reservationId);
  const store = visit && storeOf(deps, visit.storeId);
  const own = visit?.userId === deps.userId && visit.status !== 'canceled' && store;
  if (!own || stillOwn(store.hours, visit, deps.now, wish)) return only({ to: 'late', visit: null });
  return { ...only({ to: 'late', visit }), news: toldLate(visit, wish) };
}
