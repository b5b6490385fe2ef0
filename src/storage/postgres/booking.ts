import type { BookingWriter, Busy, Load, NewReservation, NewTime, Snapshot, Snapshots, Standing } from '../../booking/ports.ts';
import type { KeptOffer, QueuedEntry } from '../../booking/waiting/ports.ts';
import type { Customer, Hold, OfferState, Reservation, WaitlistEntry, WaitlistStatus } from '../../model/reservation.ts';
import type { Span } from '../../model/span.ts';
import type { Day, Instant } from '../../model/time.ts';
import * as offers from './booking/offers.ts';
import { PostgresPayments } from './booking/payments.ts';
import * as reads from './booking/reads.ts';
import type { Db } from './booking/reads.ts';
import * as waitlist from './booking/waitlist.ts';
import * as writes from './booking/writes.ts';

/**
 * Booking in PostgreSQL, by `pg` and prepared statements. On a pool it may only read; it writes on a client inside a
 * transaction. `now` is the house's clock: what a row was written at, and which holds ended.
 */
export class PostgresBooking implements BookingWriter, Snapshots {
  readonly payments: PostgresPayments;
  readonly #db: Db;
  readonly #now: () => Instant;
  /** Locks of this transaction. */
  readonly #locked = new Set<string>();

  constructor(db: Db, now: () => Instant) {
    this.#db = db;
    this.payments = new PostgresPayments(db);
    this.#now = now;
  }

  busy(storeId: string, window: Span, now: Instant): Promise<Busy[]> { return reads.busy(this.#db, storeId, window, now); }
  slotsVersion(storeId: string): Promise<number | null> { return reads.slotsVersion(this.#db, storeId); }
  snapshot(storeId: string, window: Span, now: Instant): Promise<Snapshot | null> { return reads.snapshot(this.#db, storeId, window, now); }
  loads(storeId: string, day: Span, time: Span, now: Instant, except?: string): Promise<Load[]> { return reads.loads(this.#db, storeId, day, time, now, except); }
  upcoming(userId: string, now: Instant): Promise<Reservation[]> { return reads.upcoming(this.#db, userId, now); }
  lastVisit(userId: string, storeId: string, now: Instant): Promise<Reservation | null> { return reads.lastVisit(this.#db, userId, storeId, now); }
  reservation(id: string): Promise<Reservation | null> { return reads.reservation(this.#db, id); }
  standing(userId: string, storeId: string): Promise<Standing> { return reads.standing(this.#db, userId, storeId); }
  awaiting(storeId: string, now: Instant): Promise<Reservation[]> { return reads.awaiting(this.#db, storeId, now); }
  endedHolds(now: Instant, limit: number): Promise<Reservation[]> { return reads.endedHolds(this.#db, now, limit); }
  customer(userId: string, channel: string): Promise<(Customer & { channel: string }) | null> { return reads.customer(this.#db, userId, channel); }
  customers(userIds: readonly string[], channel: string): Promise<ReadonlyMap<string, Customer & { channel: string }>> { return reads.customers(this.#db, userIds, channel); }

  insertReservation(r: NewReservation): Promise<'ok' | 'staff_taken' | 'self_overlap'> { return writes.insertReservation(this.#db, r, this.#now()); }
  moveReservation(id: string, userId: string, to: NewTime): Promise<'ok' | 'staff_taken' | 'self_overlap' | 'gone'> {
    return writes.moveReservation(this.#db, id, userId, to, this.#now());
  }
  cancelReservation(id: string, userId: string): Promise<Reservation | null> { return writes.cancelReservation(this.#db, id, userId, this.#now()); }
  confirmHold(id: string, late = false): Promise<Reservation | null> { return writes.confirmHold(this.#db, id, late, this.#now()); }
  holdOn(id: string, hold: Hold): Promise<Reservation | null> { return writes.holdOn(this.#db, id, hold, this.#now()); }
  endHold(id: string, hold: Hold['for'], only: 'running' | 'ended'): Promise<Reservation | null> { return writes.endHold(this.#db, id, hold, only, this.#now()); }
  mark(id: string, came: 'arrived' | 'no_show' | null): Promise<Reservation | null> { return writes.mark(this.#db, id, came, this.#now()); }
  lockCustomer(userId: string): Promise<void> { return writes.lockCustomer(this.#db, userId); }
  once(key: string): Promise<boolean> { return writes.once(this.#db, key, this.#now()); }
  bumpSlots(storeId: string): Promise<number> { return writes.bumpSlots(this.#db, storeId); }
  async attempt(work: () => Promise<boolean>): Promise<boolean> {
    const kept = await writes.attempt(this.#db, work);
    // Locks taken behind the savepoint are gone with it.
    if (!kept) this.#locked.clear();
    return kept;
  }

  // ---- the waiting list
  waiting(userId: string, now: Instant): Promise<WaitlistEntry[]> { return waitlist.waiting(this.#db, userId, now); }
  waitPosition(entry: Pick<WaitlistEntry, 'id'>): Promise<number> { return waitlist.waitPosition(this.#db, entry.id); }
  queue(storeId: string, staffId: string | null, span: Span, now: Instant): Promise<QueuedEntry[]> { return waitlist.queue(this.#db, storeId, staffId, span, now); }
  entry(id: string): Promise<QueuedEntry | null> { return waitlist.entry(this.#db, id); }
  storesWithQueue(now: Instant): Promise<string[]> { return waitlist.storesWithQueue(this.#db, now); }
  async lockDays(storeId: string, days: readonly Day[]): Promise<void> {
    const keys = waitlist.lockKeys(storeId, days).filter((key) => !this.#locked.has(key));
    if (keys.length > 0) await waitlist.lock(this.#db, keys);
    for (const key of keys) this.#locked.add(key);
  }
  lockQueue(storeId: string): Promise<void> { return waitlist.lockQueue(this.#db, storeId); }
  insertWaiting(entry: WaitlistEntry, createdAt: Instant): Promise<boolean> { return waitlist.insertWaiting(this.#db, entry, createdAt); }
  leaveWaiting(id: string, userId: string): Promise<WaitlistEntry | null> { return waitlist.leaveWaiting(this.#db, id, userId, this.#now()); }
  takeWaiting(id: string): Promise<boolean> { return waitlist.takeWaiting(this.#db, id); }
  setEntry(id: string, from: readonly WaitlistStatus[], to: { status: WaitlistStatus; queuedAt?: Instant; misses?: number }): Promise<boolean> { return waitlist.setEntry(this.#db, id, from, to, this.#now()); }
  satisfy(visit: Reservation): Promise<WaitlistEntry[]> { return waitlist.satisfy(this.#db, visit, this.#now()); }
  closeOver(now: Instant, limit: number): Promise<WaitlistEntry[]> { return waitlist.closeOver(this.#db, now, limit); }

  // ---- what was offered of freed time
  offer(id: string): Promise<KeptOffer | null> { return offers.offer(this.#db, id); }
  offerForUpdate(id: string): Promise<KeptOffer | null> { return offers.offerForUpdate(this.#db, id); }
  offersOf(storeId: string): Promise<KeptOffer[]> { return offers.offersOf(this.#db, storeId); }
  openOffers(staffId: string, span: Span): Promise<KeptOffer[]> { return offers.openOffers(this.#db, staffId, span); }
  overdueOffers(now: Instant, limit: number): Promise<KeptOffer[]> { return offers.overdueOffers(this.#db, now, limit); }
  untoldOffers(now: Instant, limit: number): Promise<KeptOffer[]> { return offers.untoldOffers(this.#db, now, limit); }
  insertOffer(offer: KeptOffer): Promise<boolean> { return offers.insertOffer(this.#db, offer, this.#now()); }
  endOffer(id: string, state: OfferState, dueBy?: Instant): Promise<KeptOffer | null> { return offers.endOffer(this.#db, id, state, dueBy); }
  takeOffer(id: string, reservationId: string): Promise<void> { return offers.takeOffer(this.#db, id, reservationId); }
  markTold(id: string): Promise<boolean> { return offers.markTold(this.#db, id); }
}
