/**
 * A shop is looked at again: its file changed, somebody's days did, or free time was missed. What was offered and cannot
 * be any more is taken back, and whatever stands free is offered. Looking only reads; each mending is a change of its own.
 */
import type { SlotOffer } from '../../model/reservation.ts';
import { activeStaff } from '../../model/store.ts';
import type { Staff, Store } from '../../model/store.ts';
import { DAY, addDays, at, dayOf } from '../../model/time.ts';
import type { Day, Instant } from '../../model/time.ts';
import { lastDay } from '../availability.ts';
import type { ChangeDeps, Followed } from '../deps.ts';
import { planOf } from '../plan.ts';
import type { BookingReader } from '../ports.ts';
import { strandingOf } from '../stranded.ts';
import { businessDayOf } from '../working.ts';
import { revoke } from './ends.ts';
import { offerDay, placesFor } from './freed.ts';
import type { QueuedEntry } from './ports.ts';

/** Open offers of a shop whose visit could not take place as the shop is now. */
export const stranded = async (store: Store, reader: BookingReader): Promise<SlotOffer[]> =>
  (await reader.offersOf(store.id)).filter((offer) => strandingOf(store, { ...offer, status: 'pending', nominated: false }) !== null);

/** Takes such an offer back and says so; where nobody does any more what is waited for, the wait ends with it. */
export async function takeBack({ id, entryId }: SlotOffer, store: Store, deps: ChangeDeps): Promise<Followed> {
  const entry = await deps.writer.entry(entryId);
  return revoke(id, deps, { tell: true, ends: entry !== null && typeof planOf(store, entry) === 'string' });
}

/** Somebody's day of which something could be offered. */
export type FreeDay = { staff: Staff; day: Day };

/** People's days of which something stands free, is waited for and is not offered. */
export async function missed(store: Store, reader: BookingReader, now: Instant): Promise<FreeDay[]> {
  const last = lastDay(store.hours, now);
  const span = { start: now, end: at(last, 0) + 2 * DAY };
  const queue = store.policy.waiting.offers ? await reader.queue(store.id, null, span, now) : [];
  if (queue.length === 0) return [];
  const wished = queue.map((entry) => ({ entry, days: daysOf(entry, store, now, last) }));
  const busy = await reader.busy(store.id, span, now);
  const open = (await reader.offersOf(store.id)).filter((offer) => !offer.held);
  return activeStaff(store).flatMap((staff) => {
    const known = { store, staff, near: null, busy, asked: open.filter((o) => o.staffId === staff.id).map((o) => ({ start: o.start, end: o.blockedUntil })) };
    const own = wished.filter(({ entry }) => entry.staffId === null || entry.staffId === staff.id);
    const days = [...new Set(own.flatMap((wish) => [...wish.days]))].sort();
    return days.filter((day) => own.some((wish) => wish.days.has(day) && placesFor(wish.entry, { ...known, day }, now).places.length > 0)).map((day) => ({ staff, day }));
  });
}

/** The business days on which a wished start can lie and that can still be booked. */
function daysOf(entry: QueuedEntry, { hours }: Store, now: Instant, last: Day): Set<Day> {
  const days = new Set<Day>();
  for (let day = businessDayOf(hours, Math.max(entry.from, now)); day <= last && day <= dayOf(entry.until - 1); day = addDays(day, 1)) days.add(day);
  return days;
}

/** Offers what was missed of a day. */
export function offerMissed(store: Store, { staff, day }: FreeDay, deps: ChangeDeps): Promise<Followed> {
  return offerDay(store, staff, day, null, deps);
}

/** Tells a customer of the offer that was made to him in quiet hours; once. */
export async function tellOffer(id: string, { writer, now }: ChangeDeps): Promise<Followed> {
  const nothing = { changed: [], news: [], jobs: [] };
  const offer = await writer.offer(id);
  if (!offer || offer.toldAt > now || !(await writer.markTold(id))) return nothing;
  const { reservationId: _r, blockedUntil: _b, ...told } = offer;
  return { ...nothing, news: [{ to: 'customer', userId: offer.userId, storeId: offer.storeId, act: { say: 'offer', offer: told } }] };
}
