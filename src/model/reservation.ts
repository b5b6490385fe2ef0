import type { Deposit } from './payment.ts';
import type { Instant } from './time.ts';

export type ReservationStatus = 'confirmed' | 'pending' | 'canceled';

/** 予約: one visit. Several menus in one visit are one reservation. */
export type Reservation = {
  id: string;
  userId: string;
  storeId: string;
  staffId: string;
  /** The first is `reservations.menu_id`; all are in `menu_ids`. */
  menuIds: string[];
  start: Instant;
  /** When the customer leaves. */
  end: Instant;
  status: ReservationStatus;
  /** Whether the customer asked for this person (指名) or was given the least loaded (指名なし). */
  nominated: boolean;
  /** What a `pending` one waits for, and until when. A canceled one has it until those who waited have heard of its end. */
  hold?: Hold;
  /** What the shop's people said of the day: the customer came (来店), or nobody did (無断キャンセル). */
  came?: 'arrived' | 'no_show';
  /** 予約金, where there is one that has not failed or gone back. */
  deposit?: Deposit;
};

/** 仮押さえ: an offer to be taken, the shop's yes, or a payment. */
export const HOLDS = ['offer', 'approval', 'deposit'] as const;
export type Hold = { for: (typeof HOLDS)[number]; until: Instant };

/** A visit a customer was reminded of at a moment. */
export type Reminded = { at: Instant; visit: Reservation };

export type WaitlistStatus = 'waiting' | 'offered' | 'booked' | 'left' | 'closed';

/** キャンセル待ち: wants a visit that starts somewhere in [from, until). */
export type WaitlistEntry = {
  id: string;
  userId: string;
  storeId: string;
  /** null = anyone. */
  staffId: string | null;
  menuIds: string[];
  from: Instant;
  until: Instant;
  status: WaitlistStatus;
};

/** お客様, as one LINE account at one channel. */
export type Customer = {
  id: string;
  /** LINE's user id. */
  lineId: string;
  name: string | null;
  phone: string | null;
  /** Blocked us (unfollow): a push would go nowhere. */
  blocked: boolean;
};

/** What became of an offer. `revoked` = what it was made for is no more: somebody else was first, the shop closes, the wait ended. */
export const OFFER_STATES = ['open', 'accepted', 'declined', 'expired', 'revoked'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** A freed slot, offered to a waiting customer. */
export type SlotOffer = {
  id: string;
  entryId: string;
  userId: string;
  storeId: string;
  staffId: string;
  menuIds: string[];
  start: Instant;
  end: Instant;
  /** The slot is kept for him; else whoever says yes first has it. */
  held: boolean;
  /** When the customer is told: at once, or at the end of the shop's quiet hours. */
  toldAt: Instant;
  expiresAt: Instant;
  state: OfferState;
};
