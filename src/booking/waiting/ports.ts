/** What the waiting list needs from storage. */
import type { OfferState, Reservation, SlotOffer, WaitlistEntry, WaitlistStatus } from '../../model/reservation.ts';
import type { Span } from '../../model/span.ts';
import type { Day, Instant } from '../../model/time.ts';

/** An entry that waits. `queuedAt` = its place: when it joined, or was put to the end. */
export type QueuedEntry = WaitlistEntry & { joinedAt: Instant; queuedAt: Instant; misses: number; declined: Span[] };

/** An offer with what it keeps busy. `reservationId` null: nothing is held. */
export type KeptOffer = SlotOffer & { reservationId: string | null; blockedUntil: Instant };

export interface WaitingReader {
  /** The customer's open entries, oldest place first, those already over left out. */
  waiting(userId: string, now: Instant): Promise<WaitlistEntry[]>;
  /** Place in the queue of an entry among those that want an overlapping time, from 1. */
  waitPosition(entry: Pick<WaitlistEntry, 'id'>): Promise<number>;
  /**
   * Who can be offered a start within the span with this person (null = with anybody): the store's waiting entries,
   * oldest place first, without customers who have an open offer or blocked the shop's account.
   */
  queue(storeId: string, staffId: string | null, span: Span, now: Instant): Promise<QueuedEntry[]>;
  entry(id: string): Promise<QueuedEntry | null>;
  /** A person's open offers of which the visit overlaps the span. */
  openOffers(staffId: string, span: Span): Promise<KeptOffer[]>;
  offer(id: string): Promise<KeptOffer | null>;
  /** Open offers that are over by now, or hold a reservation that is none any more. At most `limit`. */
  overdueOffers(now: Instant, limit: number): Promise<KeptOffer[]>;
  /** Open offers the customer should have been told of by now and was not. */
  untoldOffers(now: Instant, limit: number): Promise<KeptOffer[]>;
  /** A store's open offers. */
  offersOf(storeId: string): Promise<KeptOffer[]>;
  /** Stores where somebody waits. */
  storesWithQueue(now: Instant): Promise<string[]>;
}

/** Writes inside a transaction. */
export interface WaitingWriter extends WaitingReader {
  /**
   * The first word of every change that gives back time of a shop: until its end nobody joins its waiting list, and
   * nobody else gives back or offers time of those days.
   */
  lockDays(storeId: string, days: readonly Day[]): Promise<void>;
  /** The first word of a join: what is being given back at the shop is committed before it looks, or begins after it. */
  lockQueue(storeId: string): Promise<void>;
  /** False = already waiting for just this. */
  insertWaiting(entry: WaitlistEntry, createdAt: Instant): Promise<boolean>;
  /** Null = was not waiting any more (or not this customer's). */
  leaveWaiting(id: string, userId: string): Promise<WaitlistEntry | null>;
  /** Takes the entry and its customer in hand; false = it does not wait any more, or somebody else has it in hand. */
  takeWaiting(id: string): Promise<boolean>;
  /** The entry is `offered` then. False = the customer has another open offer; nothing was written. */
  insertOffer(offer: KeptOffer): Promise<boolean>;
  /** Locks it. */
  offerForUpdate(id: string): Promise<KeptOffer | null>;
  /** Ends an open offer; with `dueBy` only if it is over by then. Null = it was not open (or not over). */
  endOffer(id: string, state: Exclude<OfferState, 'open' | 'accepted'>, dueBy?: Instant): Promise<KeptOffer | null>;
  /** Whatever became of it before, it was taken: by this visit. */
  takeOffer(id: string, reservationId: string): Promise<void>;
  /** Notes that the customer is told now. False = he was, or it is not open any more. */
  markTold(id: string): Promise<boolean>;
  /** Only if it is as one of `from` still. */
  setEntry(id: string, from: readonly WaitlistStatus[], to: { status: WaitlistStatus; queuedAt?: Instant; misses?: number }): Promise<boolean>;
  /** Ends as `booked` every open entry of the customer that this visit is what it waited for; gives them. */
  satisfy(visit: Reservation): Promise<WaitlistEntry[]>;
  /** Ends waits whose time is over; gives them. At most `limit`. */
  closeOver(now: Instant, limit: number): Promise<WaitlistEntry[]>;
}
