/**
 * How an offer ends without a yes: its time is over, the answer is no, or what it was made for is no more. Whatever
 * the end, the slot goes to the next who waits for it, in the same transaction. An end that is already there is no end.
 */
import type { Reservation, SlotOffer, WaitlistEntry } from '../../model/reservation.ts';
import { MINUTE } from '../../model/time.ts';
import { joinedFollowed, storeOf } from '../deps.ts';
import type { ChangeDeps, Followed } from '../deps.ts';
import { whyNot } from '../judge.ts';
import { aboutVisit } from '../news.ts';
import { planOf } from '../plan.ts';
import { businessDayOf } from '../working.ts';
import { offerFreed } from './freed.ts';
import type { KeptOffer, QueuedEntry } from './ports.ts';

const NOTHING: Followed = { changed: [], news: [], jobs: [] };

/** The first word of a change to an offer. Null = there is none of this id at these shops. */
export async function lockOffer(id: string, deps: ChangeDeps): Promise<KeptOffer | null> {
  const seen = await deps.writer.offer(id);
  const store = seen && storeOf(deps, seen.storeId);
  if (!store) return null;
  await deps.writer.lockDays(store.id, [businessDayOf(store.hours, seen.start)]);
  return deps.writer.offerForUpdate(id);
}

/** An offer that is over by now lapses: once its customer goes to the end of the queue, with `policy.waiting.misses` the wait ends. */
export async function lapse(id: string, deps: ChangeDeps): Promise<Followed> {
  const offer = await lockOffer(id, deps);
  if (!offer || !(await deps.writer.endOffer(id, 'expired', deps.now))) return NOTHING;
  const missed = await miss(offer, deps);
  return joinedFollowed([missed, await passOn(offer, deps)]);
}

/** What a customer who did not answer loses. One who was only asked among others loses nothing. */
async function miss(offer: KeptOffer, deps: ChangeDeps): Promise<Followed> {
  const { writer, now } = deps;
  const entry = await writer.entry(offer.entryId);
  if (!entry || !offer.held) {
    await backInQueue(offer, 'waiting', deps);
    return NOTHING;
  }
  const misses = entry.misses + 1;
  const over = misses >= storeOf(deps, offer.storeId)!.policy.waiting.misses;
  const missed = await writer.setEntry(entry.id, ['offered'], { status: over ? 'closed' : 'waiting', misses, queuedAt: now });
  if (!missed || !over) return NOTHING;
  const { storeId, userId } = offer;
  return { changed: [{ storeId, slotsVersion: null, waitlistUserId: userId }], news: [{ to: 'customer', userId, storeId, act: { say: 'wait_closed', entry: entryOf({ ...entry, status: 'closed' }) } }], jobs: [] };
}

/** Ends an open offer that cannot be taken any more; `tell` = the customer must hear of it. The wait goes on, unless `ends`. */
export async function revoke(id: string, deps: ChangeDeps, how: { tell?: boolean; ends?: boolean } = {}): Promise<Followed> {
  const offer = await lockOffer(id, deps);
  if (!offer || !(await deps.writer.endOffer(id, 'revoked'))) return NOTHING;
  await backInQueue(offer, how.ends ? 'closed' : 'waiting', deps);
  const { storeId, userId } = offer;
  const told: Followed = how.tell && offer.toldAt <= deps.now
    ? { changed: [], news: [{ to: 'customer', userId, storeId, act: { say: 'offer_revoked', offer: { ...offerOf(offer), state: 'revoked' }, waits: !how.ends } }], jobs: [] } : NOTHING;
  return joinedFollowed([told, await passOn(offer, deps)]);
}

/** The entry of an offer that ended waits again, at its place. */
export async function backInQueue(offer: KeptOffer, status: 'waiting' | 'left' | 'closed', { writer }: ChangeDeps): Promise<void> {
  await writer.setEntry(offer.entryId, ['offered'], { status });
}

/** Lets go what an ended offer held, and offers it to the next; where there is none left to ask, the shop's people hear of it. */
export async function passOn(offer: KeptOffer, deps: ChangeDeps): Promise<Followed> {
  const { storeId, staffId, start, end, userId, reservationId } = offer;
  const { writer } = deps;
  const freed = reservationId === null ? null : await writer.cancelReservation(reservationId, userId);
  const changed = [{ storeId, slotsVersion: freed ? await writer.bumpSlots(storeId) : null, waitlistUserId: userId }];
  const next = await offerFreed([{ storeId, staffId, start, end }], deps);
  return joinedFollowed([{ ...NOTHING, changed }, next, await failed(offer, deps) ? { ...NOTHING, news: [aboutVisit('offer_failed', visitOf(offer))] } : NOTHING]);
}

/** Whether an offer's time stands free, could still be booked but for the notice, and nobody is left who was asked. */
async function failed({ storeId, staffId, menuIds, start, blockedUntil }: KeptOffer, deps: ChangeDeps): Promise<boolean> {
  const { writer, now } = deps;
  const store = storeOf(deps, storeId);
  const plan = store ? planOf(store, { storeId, menuIds, staffId }) : 'unknown';
  const why = store && typeof plan !== 'string' ? whyNot(store, plan, start, now) : 'unknown';
  if (why !== null && why !== 'too_soon') return false;
  const span = { start, end: blockedUntil };
  const busy = await writer.busy(storeId, span, now);
  return !busy.some((b) => b.staffId === staffId) && (await writer.openOffers(staffId, span)).length === 0;
}

/** The visit that was offered, as something that did not come about. */
const visitOf = ({ id, reservationId, userId, storeId, staffId, menuIds, start, end }: KeptOffer): Reservation => ({
  id: reservationId ?? id, userId, storeId, staffId, menuIds, start, end, status: 'canceled', nominated: false,
});

/** An entry as others see it. */
export const entryOf = ({ joinedAt: _j, queuedAt: _q, misses: _m, declined: _d, ...entry }: QueuedEntry): WaitlistEntry => entry;

/** An offer as its customer sees it. */
export const offerOf = ({ reservationId: _r, blockedUntil: _b, ...offer }: KeptOffer): SlotOffer => offer;

/** Whether nothing is left of a wish without this time. */
export function onlyWish(entry: QueuedEntry, offer: KeptOffer, deps: ChangeDeps): boolean {
  const store = storeOf(deps, entry.storeId);
  const plan = store && planOf(store, { storeId: store.id, menuIds: entry.menuIds, staffId: null });
  const minutes = plan && typeof plan !== 'string' ? plan.duration : MINUTE;
  return entry.from + minutes > offer.start && entry.until - MINUTE < offer.end;
}
