import type { BookingWriter, Busy, Load, NewReservation, NewTime, Snapshot, Snapshots, Standing } from '../../booking/ports.ts';
import type { Customer, Hold, Reservation, WaitlistEntry } from '../../model/reservation.ts';
import type { Span } from '../../model/span.ts';
import type { Instant } from '../../model/time.ts';
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
  waiting(userId: string, now: Instant): Promise<WaitlistEntry[]> { return waitlist.waiting(this.#db, userId, now); }
  waitPosition(entry: WaitlistEntry): Promise<number> { return waitlist.waitPosition(this.#db, entry.id); }

  insertReservation(r: NewReservation): Promise<'ok' | 'staff_taken' | 'self_overlap'> { return writes.insertReservation(this.#db, r, this.#now()); }
  moveReservation(id: string, userId: string, to: NewTime): Promise<'ok' | 'staff_taken' | 'self_overlap' | 'gone'> {
    return writes.moveReservation(this.#db, id, userId, to, this.#now());
  }
  cancelReservation(id: string, userId: string): Promise<Reservation | null> { return writes.cancelReservation(this.#db, id, userId, this.#now()); }
  insertWaiting(entry: WaitlistEntry, createdAt: Instant): Promise<boolean> { return waitlist.insertWaiting(this.#db, entry, createdAt); }
  leaveWaiting(id: string, userId: string): Promise<WaitlistEntry | null> { return waitlist.leaveWaiting(this.#db, id, userId, this.#now()); }
  confirmHold(id: string, late = false): Promise<Reservation | null> { return writes.confirmHold(this.#db, id, late, this.#now()); }
  holdOn(id: string, hold: Hold): Promise<Reservation | null> { return writes.holdOn(this.#db, id, hold, this.#now()); }
  endHold(id: string, hold: Hold['for'], only: 'running' | 'ended'): Promise<Reservation | null> { return writes.endHold(this.#db, id, hold, only, this.#now()); }
  mark(id: string, came: 'arrived' | 'no_show' | null): Promise<Reservation | null> { return writes.mark(this.#db, id, came, this.#now()); }
  lockCustomer(userId: string): Promise<void> { return writes.lockCustomer(this.#db, userId); }
  once(key: string): Promise<boolean> { return writes.once(this.#db, key, this.#now()); }
  bumpSlots(storeId: string): Promise<number> { return writes.bumpSlots(this.#db, storeId); }
}
