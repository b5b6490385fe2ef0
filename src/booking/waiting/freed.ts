/**
 * Freed time is offered, in the transaction that frees it, to those who wait for it, the longest first: as a pending
 * reservation that only they can take, or shortly before the visit to a few at once, the first yes wins. Whatever
 * frees a person's time ends here: effects of a turn by `perform`, every other change by `change`, which takes `freed`.
 * A change of hours, people or rules plans `reviewWaiting` instead.
 */
import { DAY } from '../../model/time.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import { activeStaff } from '../../model/store.ts';
import type { Staff, Store } from '../../model/store.ts';
import type { Day, Instant } from '../../model/time.ts';
import { busyBy, freeByDay, lastDay, windowOf } from '../availability.ts';
import { joinedFollowed, storeOf } from '../deps.ts';
import type { ChangeDeps, Followed } from '../deps.ts';
import type { Job } from '../news.ts';
import { planOf } from '../plan.ts';
import type { Busy, Freed } from '../ports.ts';
import { businessDayOf } from '../working.ts';
import type { KeptOffer, QueuedEntry } from './ports.ts';
import { offerTimes } from './times.ts';
import type { OfferTimes } from './times.ts';

/** A start an entry can be offered. */
export type Place = Span & OfferTimes & { blockedUntil: Instant };

/** What is known of one person's day while its time is given out. */
export type StaffDay = {
  store: Store;
  staff: Staff;
  day: Day;
  /** What keeps the shop's people and rooms busy. */
  busy: readonly Busy[];
  /** Open offers of this person's time that hold nothing. */
  asked: readonly Span[];
  /** Freed at this moment of the day; the nearest starts are offered first. */
  near: Instant | null;
};

/** Offers what a change gave back. */
export async function offerFreed(freed: readonly Freed[], deps: ChangeDeps): Promise<Followed> {
  const days = new Map<string, { store: Store; staff: Staff; day: Day; near: Instant }>();
  for (const { storeId, staffId, start } of freed) {
    const store = storeOf(deps, storeId);
    if (!store) continue;
    const day = businessDayOf(store.hours, start);
    // A room that is free again may be what others' visits wanted.
    const people = activeStaff(store).filter((s) => s.id === staffId || store.resources.length > 0).sort((a, b) => Number(b.id === staffId) - Number(a.id === staffId));
    for (const staff of people) days.set(`${staff.id} ${day}`, { store, staff, day, near: start });
  }
  const parts: Followed[] = [];
  for (const { store, staff, day, near } of days.values()) parts.push(await offerDay(store, staff, day, near, deps));
  return joinedFollowed(parts);
}

/** Offers whatever is free of a person's day. `near`: where it was freed. */
export async function offerDay(store: Store, staff: Staff, day: Day, near: Instant | null, deps: ChangeDeps): Promise<Followed> {
  const { writer, now, newId } = deps;
  const window = windowOf([day]);
  // Best it was the first word of the change; without it a join in between would be missed, and now it is not.
  await writer.lockDays(store.id, [day]);
  const queue = store.policy.waiting.offers && day <= lastDay(store.hours, now) ? await writer.queue(store.id, staff.id, window, now) : [];
  if (queue.length === 0) return joinedFollowed([]);
  const state: StaffDay = { ...await staffDay(store, staff, day, deps), near };
  const parts: Followed[] = [];
  const asked = new Set<string>();
  let quietUntil: Instant | null = null;
  for (const entry of queue) {
    if (asked.has(entry.userId)) continue;
    const { places, later } = placesFor(entry, state, now);
    quietUntil = later ?? quietUntil;
    if (places.length === 0 || !(await writer.takeWaiting(entry.id))) continue;
    const offer = await make(entry, places, state, deps, newId);
    if (!offer) continue;
    asked.add(entry.userId);
    parts.push(await offered(offer, deps));
    if (offer.held) state.busy = await writer.busy(store.id, window, now);
    else state.asked = [...state.asked, { start: offer.start, end: offer.blockedUntil }];
  }
  return joinedFollowed([...parts, ...(quietUntil === null ? [] : [{ changed: [], news: [], jobs: [reviewWaiting(store.id, quietUntil)] }])]);
}

/** A person's day as it is now. */
export async function staffDay(store: Store, staff: Staff, day: Day, { writer, now }: ChangeDeps): Promise<StaffDay> {
  const window = windowOf([day]);
  const busy = await writer.busy(store.id, window, now);
  const open = await writer.openOffers(staff.id, window);
  return { store, staff, day, busy, near: null, asked: open.filter((offer) => !offer.held).map(({ start, blockedUntil }) => ({ start, end: blockedUntil })) };
}

/**
 * The starts of a person's day an entry can be offered, the best first: free for all of its visit, as wished, not one
 * it declined, and with time to answer. `later` = there would be one once the quiet hours are over.
 */
export function placesFor(entry: QueuedEntry, { store, staff, day, busy, asked, near }: StaffDay, now: Instant): { places: Place[]; later: Instant | null } {
  const plan = planOf(store, { storeId: store.id, menuIds: entry.menuIds, staffId: staff.id });
  const [doer] = typeof plan === 'string' ? [] : plan.doers;
  if (typeof plan === 'string' || !doer) return { places: [], later: null };
  let later: Instant | null = null;
  const places = freeByDay(store, plan, [day], busyBy(busy)).get(day)!.flatMap(({ start }): Place[] => {
    const place = { start, end: start + plan.duration, blockedUntil: start + plan.duration + doer.buffer };
    if (start < entry.from || start >= entry.until || entry.declined.some((declined) => overlaps(declined, place))) return [];
    const times = offerTimes(store, start, now);
    if (!times) return [];
    if (times.held) return [{ ...place, ...times }];
    if (times.tellAt > now) later = times.tellAt;
    const full = asked.filter((other) => overlaps(other, place)).length >= store.policy.waiting.atOnce;
    return full || times.tellAt > now ? [] : [{ ...place, ...times }];
  });
  const distance = ({ start }: Place) => (near === null ? start : start >= near ? start - near : DAY + near - start);
  return { places: places.sort((a, b) => distance(a) - distance(b)), later };
}

/** Writes the first of these offers that can be; null = none: the customer is elsewhere then, or somebody was quicker. */
async function make(entry: QueuedEntry, places: readonly Place[], { store, staff }: StaffDay, { writer, now }: ChangeDeps, newId: () => string): Promise<KeptOffer | null> {
  const { userId, menuIds } = entry;
  for (const { start, end, blockedUntil, tellAt, until, held } of places) {
    const reservationId = held ? newId() : null;
    if (reservationId === null) {
      if ((await writer.upcoming(userId, now)).some((visit) => overlaps(visit, { start, end }))) continue;
    } else {
      const visit = { id: reservationId, userId, storeId: store.id, staffId: staff.id, menuIds, start, end, blockedUntil, nominated: entry.staffId !== null, notes: null };
      if (await writer.insertReservation({ ...visit, hold: { for: 'offer', until } }) !== 'ok') continue;
    }
    const offer: KeptOffer = {
      id: newId(), entryId: entry.id, userId, storeId: store.id, staffId: staff.id, menuIds, start, end, blockedUntil, reservationId, held,
      toldAt: tellAt, expiresAt: until, state: 'open',
    };
    if (await writer.insertOffer(offer)) return offer;
    // Another offer came to him in the same moment: one at a time.
    if (reservationId !== null) await writer.cancelReservation(reservationId, userId);
    return null;
  }
  return null;
}

/** What an offer just made owes: the push, now or after the quiet hours, and its end. */
async function offered(kept: KeptOffer, { writer, now }: ChangeDeps): Promise<Followed> {
  const { reservationId, blockedUntil: _, ...offer } = kept;
  const { id, storeId, userId, toldAt, expiresAt } = offer;
  const told = toldAt <= now;
  if (told) await writer.markTold(id);
  return {
    changed: [{ storeId, slotsVersion: reservationId === null ? null : await writer.bumpSlots(storeId), waitlistUserId: userId }],
    news: told ? [{ to: 'customer', userId, storeId, act: { say: 'offer', offer } }] : [],
    jobs: [
      ...(told ? [] : [{ name: 'tell_offer', key: `tell:${id}`, at: toldAt, payload: { offerId: id } } as const]),
      { name: 'expire_offer', key: `offer:${id}`, at: expiresAt, payload: { offerId: id } },
    ],
  };
}

/** Somebody looks again, at that moment, at who waits at a store: its hours, people, menus or rules changed, or its quiet hours are over. */
export const reviewWaiting = (storeId: string, at: Instant): Job => ({ name: 'review_waiting', key: `review:${storeId}:${at}`, at, payload: { storeId } });
