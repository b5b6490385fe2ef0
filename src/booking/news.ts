/**
 * What others than the one who asks for a change must hear of it. Made inside its transaction, said after COMMIT: to a
 * customer as acts of the dialogue, to the shop's people as notices.
 */
import type { NoticeKind } from '../model/policy.ts';
import type { DepositFate } from '../model/payment.ts';
import type { Reservation, SlotOffer, WaitlistEntry } from '../model/reservation.ts';
import type { FreeStart } from './ports.ts';
import type { ReminderKind } from './reminders.ts';

/** An act said to a customer who did not ask; every one has its words in replies/. */
export type CustomerNews =
  /** A slot that freed, until when it is his to take. */
  | { say: 'offer'; offer: SlotOffer }
  /** It cannot be taken any more: the shop closes then, or does not do it any more. `waits`: the wait goes on. */
  | { say: 'offer_revoked'; offer: SlotOffer; waits: boolean }
  /** Offers were not answered, so the wait is over. */
  | { say: 'wait_closed'; entry: WaitlistEntry }
  /** A visit to come. */
  | { say: 'reminder'; kind: ReminderKind; visit: Reservation }
  /** The shop said yes to a provisional visit. */
  | { say: 'approved'; visit: Reservation }
  /** It said no, or nothing in time; `near` = what is free near it, for the same menus and person. */
  | { say: 'declined' | 'lapsed'; visit: Reservation; near: FreeStart[]; deposit?: DepositFate }
  /** 予約金: the visit is held until it is paid by the link in it; `approved` = the shop has just said yes. */
  | { say: 'deposit_asked'; visit: Reservation; approved: boolean }
  /** 予約金: it came, so the visit is certain. */
  | { say: 'deposit_paid'; visit: Reservation }
  /** It did not come in time, or the payment failed: the hold is over. */
  | { say: 'deposit_lapsed'; visit: Reservation; why: 'late' | 'failed' }
  /** It came when it was not needed any more, and goes back. */
  | { say: 'deposit_unneeded'; visit: Reservation; yen: number }
  /** The shop ended or moved a visit for its own sake; `near` as above. */
  | { say: 'cancelled_by_shop'; visit: Reservation; near: FreeStart[]; deposit?: DepositFate }
  | { say: 'moved_by_shop'; visit: Reservation; was: Reservation }
  /** It did so because he asked for it. */
  | { say: 'cancelled'; visit: Reservation; deposit?: DepositFate }
  | { say: 'moved'; visit: Reservation };

/** What happened, for the shop's people. Every kind has its words in replies/notices.ts. */
export type StaffNews =
  /** `visit` as it is now, `was` as it was; `customer`: who it is, where LINE knows nobody. */
  | { kind: VisitNotice; visit: Reservation; was?: Reservation; customer?: string }
  /** The customer could not be reminded of a visit: he blocked the account, or LINE would not take it. */
  | { kind: 'unreachable'; visit: Reservation; why: 'blocked' | 'refused' }
  /** Most of the month's messages are used (`low`), or all; reminders and notices wait for the next month. */
  | { kind: 'quota'; level: 'low' | 'gone'; used: number; limit: number; month: string }
  /** 予約金 of a visit that is no more. `give_back`: by the shop's own hand. `not_given_back`: the provider would not. */
  | { kind: 'deposit'; visit: Reservation; yen: number; what: 'give_back' | 'not_given_back' }
  /** A customer is left to a person of the shop. `words` = what he wrote last, in the message of that id. */
  | { kind: 'handover'; userId: string; why: HandoverReason; words: string | null; messageId: string | null };

/**
 * What asks the shop for something, so that no shop can leave it out: 仮予約 waits for a yes until `visit.hold.until`, or
 * nobody said it in time; a customer wants to cancel or move a visit after the deadline.
 */
export const ALWAYS_TOLD = ['approval_asked', 'approval_lapsed', 'late_cancel_asked', 'late_move_asked'] as const;
/** Notices that say no more than what became of a visit. */
export type VisitNotice = Exclude<NoticeKind, 'handover' | 'unreachable' | 'quota' | 'deposit'> | (typeof ALWAYS_TOLD)[number];

/** Why a customer is left to a person; `waiting` = he has been, and wrote again. */
export type HandoverReason = 'asked' | 'misses' | 'waiting';

export type News =
  | { to: 'customer'; userId: string; storeId: string; act: CustomerNews }
  /** To the person of the visit and to the managers, as the shop's policy has it; `by` = who did it himself, and knows. */
  | { to: 'staff'; storeId: string; staffId: string | null; by?: string; news: StaffNews };

/** News of a visit for the person of it, and for the one it was with before. */
export const aboutVisit = (kind: VisitNotice, visit: Reservation, more: { was?: Reservation; by?: string | undefined; customer?: string | null } = {}): News => ({
  to: 'staff', storeId: visit.storeId, staffId: visit.staffId, ...(more.by ? { by: more.by } : {}), news: { kind, visit, ...(more.was ? { was: more.was } : {}), ...(more.customer ? { customer: more.customer } : {}) },
});

/** Work that becomes due. One of the same key replaces the one before. */
export type Job = { name: JobName; key: string; at: number; payload: Record<string, string> };
export const JOBS = [
  /** An offer's time is over. */ 'expire_offer',
  /** The quiet hours in which an offer was made are over. */ 'tell_offer',
  /** Something about a shop changed: who waits there, and what was offered, is looked at again. */ 'review_waiting',
  'expire_hold', 'tell_staff', 'remind', 'tend_payment', 'reconcile_payments',
] as const;
export type JobName = (typeof JOBS)[number];
