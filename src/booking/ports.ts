/** What booking needs from storage, and what dialogue may ask of booking (effects) and hear back (answers). */
import type { DepositFate } from '../model/payment.ts';
import type { Customer, Hold, Reservation, SlotOffer, WaitlistEntry } from '../model/reservation.ts';
import type { Span } from '../model/span.ts';
import type { Store } from '../model/store.ts';
import type { Clock, Day, Instant } from '../model/time.ts';
import type { PaymentReader, PaymentWriter } from './payment-ports.ts';
import type { WaitingReader, WaitingWriter } from './waiting/ports.ts';

// ---- what storage gives booking ----------------------------------------------------------------------------------

/**
 * A staff member kept busy: a reservation with its buffer, a hold, or time of his own, which has its own id and no customer
 * (`''`); `lanes` = the rooms it has meanwhile, where it needs any.
 */
export type Busy = Span & { staffId: string; userId: string; reservationId: string; lanes?: Lane[] };
/** One of the rooms or chairs of a resource, counted from 1. */
export type Lane = { resourceId: string; lane: number };

/** Milliseconds a person has booked, buffers included, and whether he is busy at the time asked about. */
export type Load = { staffId: string; booked: number; busyThen: boolean };

/** Reads, outside or inside a turn's transaction. One bounded query each. */
export interface BookingReader extends WaitingReader {
  readonly payments: PaymentReader;
  /** Everything that keeps this store's staff busy within the window; holds that ended by `now` do not. */
  busy(storeId: string, window: Span, now: Instant): Promise<Busy[]>;
  /** How much of a day each of the store's people has booked, and whether a time is taken; who has nothing booked is left out. `except`: a reservation that does not count. */
  loads(storeId: string, day: Span, time: Span, now: Instant, except?: string): Promise<Load[]>;
  /** The customer's visits that have not ended, earliest first, `pending` ones included. */
  upcoming(userId: string, now: Instant): Promise<Reservation[]>;
  /** The customer's last completed visit at the store, for 「前と同じ人」. */
  lastVisit(userId: string, storeId: string, now: Instant): Promise<Reservation | null>;
  reservation(id: string): Promise<Reservation | null>;
  /** What the customer's past at the store speaks for and against. */
  standing(userId: string, storeId: string): Promise<Standing>;
  /** What waits for the store's yes, earliest visit first; what ended by `now` is left out. */
  awaiting(storeId: string, now: Instant): Promise<Reservation[]>;
  /**
   * Visits held for a yes or a payment that did not come in time, of whose end nobody has been told yet, those that ended
   * first first; those too that somebody has booked over, which are canceled and still have their hold.
   */
  endedHolds(now: Instant, limit: number): Promise<Reservation[]>;
  /** A customer as the channel knows him, or where he never wrote there, as the one does where he wrote last. Null = nobody LINE could reach. */
  customer(userId: string, channel: string): Promise<(Customer & { channel: string }) | null>;
  /** The same for many at once; whom nobody LINE could reach is not in it. */
  customers(userIds: readonly string[], channel: string): Promise<ReadonlyMap<string, Customer & { channel: string }>>;
}

/** Visits the store said yes to and that took place or are still to come, and those for which nobody came. */
export type Standing = { visits: number; noShows: number };

/** Why a customer may not book by himself: he has as many visits ahead as the shop allows, or did not come too often. */
export type Barred = { why: 'open_bookings'; most: number; open: Reservation[] } | { why: 'no_shows' };

/** `first`: nothing is booked and nothing was; `approval`: a booking would be provisional. */
export type Terms = { barred: Barred | null; first: boolean; approval: boolean };

export type NewReservation = {
  id: string;
  userId: string;
  storeId: string;
  staffId: string;
  menuIds: string[];
  start: Instant;
  end: Instant;
  /** `end` plus the buffer. */
  blockedUntil: Instant;
  nominated: boolean;
  notes: string | null;
  /** Given = `pending` until then; else `confirmed`. */
  hold?: Hold;
};

/** Where a visit is moved to; the rest of it stays, a hold too where none is given. */
export type NewTime = Omit<NewReservation, 'id' | 'userId' | 'notes' | 'storeId'>;

/**
 * Writes, always inside the turn's transaction. No check comes before a write: the constraint decides. Locks are taken
 * in one order: the customer, the reservation, and at COMMIT the store.
 */
export interface BookingWriter extends BookingReader, WaitingWriter {
  readonly payments: PaymentWriter;
  /**
   * Books it. Not `ok` = the customer himself is elsewhere then (`self_overlap`), or somebody is with this person, or has the
   * last room the visit needs (`staff_taken`); nothing was written.
   */
  insertReservation(r: NewReservation): Promise<'ok' | 'staff_taken' | 'self_overlap'>;
  /** Moves one's own active reservation in place; the old time stays when this does not return `ok`. */
  moveReservation(id: string, userId: string, to: NewTime): Promise<'ok' | 'staff_taken' | 'self_overlap' | 'gone'>;
  /** Null = was not active any more (or not this customer's). */
  cancelReservation(id: string, userId: string): Promise<Reservation | null>;
  /** A hold becomes a visit. Null = it is none any more: it was cancelled, is one already, or it ended, which `late` overlooks while nobody else took the time. */
  confirmHold(id: string, late?: boolean): Promise<Reservation | null>;
  /** A hold waits for something else from now on, until another time. Null = it is none any more. */
  holdOn(id: string, hold: Hold): Promise<Reservation | null>;
  /**
   * A hold ends without a visit; `ended` = only one whose time is over. Null = it is none any more, or somebody has been
   * told of its end: this gives each of them once, also where somebody has booked over it meanwhile.
   */
  endHold(id: string, hold: Hold['for'], only: 'running' | 'ended'): Promise<Reservation | null>;
  /** The customer is there, or nobody came (`null` = neither is known any more). Null = there is no such visit. */
  mark(id: string, came: 'arrived' | 'no_show' | null): Promise<Reservation | null>;
  /** Until the transaction ends nobody else books for this customer. */
  lockCustomer(userId: string): Promise<void>;
  /** True the first time for a key, ever; whoever asks later, or beside it, hears false. */
  once(key: string): Promise<boolean>;
  /** Does the work; where it gives false, everything it wrote is taken back. Gives what it gave. */
  attempt(work: () => Promise<boolean>): Promise<boolean>;
  /** The last word of every change to availability: `stores.slots_version` moves with it. Gives the least version it will have. */
  bumpSlots(storeId: string): Promise<number>;
}

/** One moment's truth about a store, read by one statement so that versions and rows belong together. */
export type Snapshot = { slotsVersion: number; configVersion: number; busy: Busy[] };
export interface Snapshots {
  /** The version alone, as it is committed now. */
  slotsVersion(storeId: string): Promise<number | null>;
  /** Null = no such store. */
  snapshot(storeId: string, window: Span, now: Instant): Promise<Snapshot | null>;
}

/** Starts on the grid, earliest first, of the fourteen days from `from` on, as they were at `version`. */
export type CachedSlots = { version: number; from: Day; starts: readonly Instant[] };

/** `available_slots:<store>`: starts on the grid where at least one staff is free for the shortest menu. A projection. */
export interface SlotCache {
  read(storeId: string): Promise<CachedSlots | null>;
  /** Refused (false) when an invalidation with a newer version came since. */
  fill(storeId: string, slots: CachedSlots): Promise<boolean>;
  invalidate(storeId: string, version: number): Promise<void>;
}

/** `waitlist:<store>:<user>`: the same entries as in Postgres, projected. */
export interface WaitlistProjection {
  set(storeId: string, userId: string, starts: Instant[]): Promise<void>;
}

// ---- what dialogue asks, and hears back --------------------------------------------------------------------------

/** A visit that is wanted; `staffId` null = anyone. */
export type Visit = { storeId: string; menuIds: string[]; staffId: string | null };

export type Effect =
  /** Free starts for a visit (no menu = as long as the shortest active menu, anyone who does some menu of that length) on these days, cut to starts in [from, until) where given (`from` = `until`: just that start). `moving`: one's own reservation, which is not in its own way. */
  | { do: 'look'; visit: Visit; days: Day[]; from: Clock | null; until: Clock | null; moving?: string }
  /** The first free starts from a moment on, at most `limit` days with any. */
  | { do: 'soonest'; visit: Visit; after: Instant; limit: number; moving?: string }
  | { do: 'book'; visit: Visit; start: Instant; notes: string | null }
  | { do: 'move'; reservationId: string; visit: Visit; start: Instant }
  /** `asked`: when the customer was shown what becomes of a deposit; that holds, though he answers later. */
  | { do: 'cancel'; reservationId: string; asked?: Instant }
  | { do: 'wait'; visit: Visit; from: Instant; until: Instant }
  | { do: 'leave'; entryId: string }
  /** To cancel or move a visit although it is too late for that. */
  | { do: 'late'; reservationId: string; wish: 'cancel' | 'move' }
  /** The yes and the no to a freed slot that was offered. */
  | { do: 'accept' | 'decline'; offerId: string }
  /** The customer's own visits and waits, and who served him last. */
  | { do: 'mine'; storeId: string | null; last?: true };

/** A start that is free for the whole visit, with everyone who could do it (only the person asked for where `visit.staffId` is set; nobody is named where neither menu nor person was asked for). */
export type FreeStart = { start: Instant; staffIds: string[] };

/**
 * A day as it stands for a visit. `closed` says why nothing can be had whatever is booked; null with no `free` = full.
 * `open` are the stretches to say (15:00〜17:00): whatever start on the grid has its end within one too is free.
 */
export type DayState = {
  day: Day;
  free: FreeStart[];
  open: Span[];
  /** Starts at which somebody is free but a room the visit needs is not; left out where there are none. */
  short?: FreeStart[];
  closed: null | 'closing_day' | 'holiday' | 'exception' | 'past' | 'beyond_window' | 'staff_off' | 'outside_hours' | 'too_soon';
};

/**
 * Why a visit cannot be booked whatever is free. `too_long`: it starts within the hours but would run past closing or
 * into the break; `off_grid`: not one of the shop's starting times; `unknown`: a menu, person or shop that is no more.
 */
export type CannotBook = 'past' | 'too_soon' | 'beyond_window' | 'closed' | 'outside_hours' | 'staff_off' | 'staff_cannot' | 'nobody_can' | 'too_long' | 'off_grid' | 'unknown';

export type Answer =
  /** Days ascending. `staffCannot`: the person asked for does not do this, so the days are anybody's. */
  | { to: 'look'; days: DayState[]; staffCannot: boolean; terms?: Terms }
  | { to: 'soonest'; days: DayState[]; terms?: Terms }
  /** `waited` = waits that are over with it. */
  | { to: 'book' | 'move'; done: Reservation; waited?: WaitlistEntry[] }
  /** Somebody has it (between look and book, or from the start), or the customer himself is elsewhere then. */
  | { to: 'book' | 'move'; taken: 'full' | 'self_overlap'; nearest: FreeStart[]; clash?: Reservation }
  | { to: 'book' | 'move'; cannot: CannotBook; nearest: FreeStart[] }
  | { to: 'book'; barred: Barred }
  | { to: 'wait'; barred: Barred }
  | { to: 'cancel'; done: Reservation | null; tooLate?: Reservation; deposit?: DepositFate }
  /** Null = it is not too late, or there is no such visit. */
  | { to: 'late'; visit: Reservation | null }
  | { to: 'move'; gone: true }
  | { to: 'move'; tooLate: Reservation }
  | { to: 'wait'; entry: WaitlistEntry; position: number; already: boolean }
  | { to: 'wait'; cannot: CannotBook }
  /** Not needed: the time is free, so book it instead. */
  | { to: 'wait'; free: FreeStart[] }
  /** The customer himself is elsewhere at every time wished for. */
  | { to: 'wait'; clash: Reservation }
  | { to: 'leave'; done: WaitlistEntry | null }
  /** `again` = it was taken before, by the same visit. */
  | { to: 'accept'; done: Reservation; again: boolean }
  /** Not to be had any more, and why; `entry` = the wait that goes on, at this place. */
  | { to: 'accept'; lost: LostOffer; offer: SlotOffer; entry: QueuedWait | null }
  /** He may not book one more; the offer stays open. */
  | { to: 'accept'; barred: Barred; offer: SlotOffer }
  /** The customer himself is elsewhere then. */
  | { to: 'accept'; clash: Reservation | null; offer: SlotOffer }
  /** `entry` = the wait that goes on; `booked` = it had been taken. */
  | { to: 'decline'; offer: SlotOffer; entry: QueuedWait | null; booked: Reservation | null }
  /** No offer of this customer. */
  | { to: 'accept' | 'decline'; unknown: true }
  | { to: 'mine'; visits: Reservation[]; waits: QueuedWait[]; last: Reservation | null };

/** A wait with its place in the queue, from 1. */
export type QueuedWait = WaitlistEntry & { position: number };
/** Why an offer cannot be taken: answered too late and given to the next, somebody else was quicker, or not done any more. */
export type LostOffer = 'late' | 'taken' | 'ended';

/** Time of a person that a change gave back, for those who wait for it. */
export type Freed = Span & { storeId: string; staffId: string };

/** Changes a turn made that others must be told about after COMMIT. */
export type Changed = { storeId: string; slotsVersion: number | null; waitlistUserId: string | null };

/** Stores are read whole and kept; the version says when to read again. */
export interface StoreReader {
  store(id: string): Promise<Store | null>;
  stores(): Promise<readonly Store[]>;
  /** The stores a LINE channel answers for, the first made first. */
  ofChannel(channel: string): Promise<readonly Store[]>;
}
