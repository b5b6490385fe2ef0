/** On which terms a customer books at a shop: whether he may, whether it is the first time, whether the shop wants to say yes. */
import type { Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { needsApproval } from './approval.ts';
import type { BookingDeps, WritingDeps } from './deps.ts';
import type { Barred, Standing, Terms } from './ports.ts';

/** What a shop that asks nothing, limits nothing and waits for no yes needs not know; null = nothing is to be known. */
export async function termsOf(store: Store, deps: BookingDeps): Promise<Terms | null> {
  const { approval, limits, firstVisit } = store.policy;
  const asks = approval.when === 'first' || firstVisit.length > 0;
  if (!asks && limits.openBookings === null && limits.noShows === null) return approval.when === 'always' ? { barred: null, first: false, approval: true } : null;
  const standing = await deps.reader.standing(deps.userId, store.id);
  const open = limits.openBookings !== null || asks ? await openAt(store, deps) : [];
  return { barred: barredBy(store, standing, open), first: standing.visits === 0 && open.length === 0, approval: needsApproval(store, standing) };
}

/** Why this customer may not book one more; null = he may. Certain until the end of the transaction: nobody else books for him meanwhile. */
export async function barred(store: Store, deps: WritingDeps): Promise<Barred | null> {
  const { openBookings, noShows } = store.policy.limits;
  if (openBookings === null && noShows === null) return null;
  await deps.writer.lockCustomer(deps.userId);
  return barredBy(store, await deps.writer.standing(deps.userId, store.id), openBookings === null ? [] : await openAt(store, deps));
}

function barredBy({ policy: { limits } }: Store, { noShows }: Standing, open: Reservation[]): Barred | null {
  if (limits.noShows !== null && noShows >= limits.noShows) return { why: 'no_shows' };
  return limits.openBookings !== null && open.length >= limits.openBookings ? { why: 'open_bookings', most: limits.openBookings, open } : null;
}

/** What he has ahead at the shop, provisional visits included. */
const openAt = async (store: Store, { reader, userId, now }: BookingDeps): Promise<Reservation[]> =>
  (await reader.upcoming(userId, now)).filter((visit) => visit.storeId === store.id);
