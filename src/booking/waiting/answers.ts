/** The customer's answer to an offer. A yes that comes late, or again, is answered by how things stand, and never books twice. */
import type { Reservation } from '../../model/reservation.ts';
import { overlaps } from '../../model/span.ts';
import type { Store } from '../../model/store.ts';
import { approvalHold, askApproval } from '../approval.ts';
import { grant } from '../deposit.ts';
import { joinedFollowed, only, storeOf } from '../deps.ts';
import type { Followed, Performed, WritingDeps } from '../deps.ts';
import { whyNot } from '../judge.ts';
import { aboutVisit } from '../news.ts';
import type { Job, News } from '../news.ts';
import { planOf } from '../plan.ts';
import type { Effect, LostOffer, QueuedWait } from '../ports.ts';
import { strandingOf } from '../stranded.ts';
import { barred } from '../terms.ts';
import { backInQueue, entryOf, lockOffer, offerOf, onlyWish, passOn, revoke } from './ends.ts';
import type { KeptOffer } from './ports.ts';
import { satisfied } from './satisfied.ts';

type Answering<Do extends 'accept' | 'decline'> = Extract<Effect, { do: 'accept' | 'decline' }> & { do: Do };

/** はい. An open offer is taken; one that is over too, while the time is still free. */
export async function accept({ offerId }: Answering<'accept'>, deps: WritingDeps): Promise<Performed> {
  const offer = await own(offerId, deps);
  if (!offer) return only({ to: 'accept', unknown: true });
  if (offer.state === 'accepted') {
    const visit = offer.reservationId === null ? null : await deps.writer.reservation(offer.reservationId);
    return only(visit && visit.status !== 'canceled' ? { to: 'accept', done: visit, again: true } : { to: 'accept', lost: 'ended', offer: offerOf(offer), entry: await waitOf(offer, deps) });
  }
  const store = storeOf(deps, offer.storeId)!;
  const bar = await barred(store, deps);
  if (bar) return only({ to: 'accept', barred: bar, offer: offerOf(offer) });
  const inTime = offer.state === 'open' && offer.expiresAt > deps.now;
  const held = inTime && offer.reservationId !== null ? await deps.writer.reservation(offer.reservationId) : null;
  const visit = held && strandingOf(store, held) === null ? await granted(held, store, deps) : null;
  return visit ? taken(offer, visit, deps) : takeFree(offer, store, deps);
}

type Granted = { visit: Reservation; news: News[]; jobs: Job[] };

/** The yes to a time that is held for him: a visit, or held on for what the shop wants besides. Null = it is held no more. */
async function granted(held: Reservation, store: Store, deps: WritingDeps): Promise<Granted | null> {
  const approval = await approvalHold(store, held.start, deps);
  if (approval) {
    const visit = await deps.writer.holdOn(held.id, approval);
    return visit && { visit, ...askApproval(visit) };
  }
  const done = await grant(held, store, deps);
  return done && { ...done, news: done.visit.hold ? [] : [aboutVisit('booked', done.visit)] };
}

/** Takes the time of an offer that holds nothing (any more), if nobody else has it. */
async function takeFree(offer: KeptOffer, store: Store, deps: WritingDeps): Promise<Performed> {
  const { writer, now } = deps;
  // Asked again meanwhile, for the same time: that is the one that is meant.
  const newer = (await writer.openOffers(offer.staffId, offer)).find((other) => other.userId === offer.userId && other.id !== offer.id && other.start === offer.start);
  if (newer) return accept({ do: 'accept', offerId: newer.id }, deps);

  const { userId, storeId, staffId, menuIds, start, end, blockedUntil } = offer;
  const late = offer.expiresAt <= now;
  // One that holds nothing stays open while it can be answered again; one that held something is over with that.
  const over = offer.state === 'open' && (late || offer.held) && await endNow(offer, late ? 'expired' : 'revoked', deps);
  const plan = planOf(store, { storeId, menuIds, staffId });
  if (typeof plan === 'string' || whyNot(store, plan, start, now) !== null) return lost(offer, 'ended', over, deps);
  const entry = await writer.entry(offer.entryId);
  const held = { id: deps.newId(), userId, storeId, staffId, menuIds, start, end, nominated: entry?.staffId != null, hold: { for: 'offer', until: start } } as const;
  const written = await writer.insertReservation({ ...held, blockedUntil, notes: null });
  const visit = written === 'ok' ? await granted({ ...held, status: 'pending' }, store, deps) : null;
  if (visit) return taken(offer, visit, deps);
  if (written === 'staff_taken') {
    const gone = over || (offer.state === 'open' && await endNow(offer, 'revoked', deps));
    return lost(offer, late && offer.held && offer.state !== 'declined' ? 'late' : 'taken', gone, deps);
  }
  const clash = (await writer.upcoming(userId, now)).find((other) => overlaps(other, offer)) ?? null;
  const after = over ? await passOn(offer, deps) : joinedFollowed([]);
  return { answer: { to: 'accept', clash, offer: offerOf(offer) }, freed: [], ...after };
}

/** Ends an open offer while it is being answered; its customer waits on at his place. */
async function endNow(offer: KeptOffer, state: 'expired' | 'revoked', deps: WritingDeps): Promise<boolean> {
  if (!(await deps.writer.endOffer(offer.id, state))) return false;
  await backInQueue(offer, 'waiting', deps);
  if (offer.reservationId !== null) await deps.writer.cancelReservation(offer.reservationId, offer.userId);
  return true;
}

/** The visit stands: the offer is taken, the wait is over, and others who were asked for the time are not any more. */
async function taken(offer: KeptOffer, { visit, news, jobs }: Granted, deps: WritingDeps): Promise<Performed> {
  const { writer } = deps;
  await writer.takeOffer(offer.id, visit.id);
  await writer.setEntry(offer.entryId, ['waiting', 'offered', 'left', 'closed'], { status: 'booked' });
  const slotsVersion = await writer.bumpSlots(offer.storeId);
  const others: Followed[] = [];
  const time = { start: offer.start, end: offer.blockedUntil };
  // Those who were asked for the same time, and what he himself was offered since for the same wait.
  for (const other of await writer.offersOf(offer.storeId)) {
    const same = other.staffId === offer.staffId && overlaps({ start: other.start, end: other.blockedUntil }, time);
    if (same || other.entryId === offer.entryId) others.push(await revoke(other.id, deps));
  }
  const { waited: _, ...after } = await satisfied(visit, deps);
  return {
    answer: { to: 'accept', done: visit, again: false }, freed: [],
    ...joinedFollowed([{ changed: [{ storeId: offer.storeId, slotsVersion, waitlistUserId: offer.userId }], news, jobs }, ...others, after]),
  };
}

/** Somebody else has it. Who answered, late or not, keeps the place he had in the queue. `over` = the offer has only just ended. */
async function lost(offer: KeptOffer, why: LostOffer, over: boolean, deps: WritingDeps): Promise<Performed> {
  const { writer, now } = deps;
  const entry = await writer.entry(offer.entryId);
  const missed = entry?.status === 'closed' && offer.state === 'expired';
  if (entry && entry.until > now) await writer.setEntry(entry.id, missed ? ['closed'] : ['waiting'], { status: 'waiting', queuedAt: entry.joinedAt, misses: 0 });
  const changed = [{ storeId: offer.storeId, slotsVersion: null, waitlistUserId: offer.userId }];
  const after = over ? [await passOn(offer, deps)] : [];
  return { answer: { to: 'accept', lost: why, offer: offerOf(offer), entry: await waitOf(offer, deps) }, freed: [], ...joinedFollowed([{ changed, news: [], jobs: [] }, ...after]) };
}

/** いいえ. The next in the queue is asked; the wait goes on for other times, if it was for others, too. */
export async function decline({ offerId }: Answering<'decline'>, deps: WritingDeps): Promise<Performed> {
  const offer = await own(offerId, deps);
  if (!offer) return only({ to: 'decline', unknown: true });
  if (offer.state === 'accepted') {
    const visit = offer.reservationId === null ? null : await deps.writer.reservation(offer.reservationId);
    return only({ to: 'decline', offer: offerOf(offer), entry: null, booked: visit && visit.status !== 'canceled' ? visit : null });
  }
  const ended = await deps.writer.endOffer(offer.id, 'declined');
  const entry = await deps.writer.entry(offer.entryId);
  if (ended) await backInQueue(offer, entry && onlyWish(entry, offer, deps) ? 'left' : 'waiting', deps);
  const after = ended ? await passOn(offer, deps) : joinedFollowed([]);
  return { answer: { to: 'decline', offer: offerOf(offer), entry: await waitOf(offer, deps), booked: null }, freed: [], ...after };
}

/** The offer, if it is this customer's and of a shop of this channel; locked. */
async function own(id: string, deps: WritingDeps): Promise<KeptOffer | null> {
  const offer = await lockOffer(id, deps);
  return offer?.userId === deps.userId ? offer : null;
}

/** The wait an offer came from, if it goes on. */
async function waitOf(offer: KeptOffer, { writer, now }: WritingDeps): Promise<QueuedWait | null> {
  const entry = await writer.entry(offer.entryId);
  if (!entry || (entry.status !== 'waiting' && entry.status !== 'offered') || entry.until <= now) return null;
  return { ...entryOf(entry), position: await writer.waitPosition(entry) };
}
