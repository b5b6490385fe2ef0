/**
 * What others than the one who asks for a change must hear of it. Made inside its transaction, said after COMMIT: to a
 * customer as acts of the dialogue, to the shop's people as notices.
 */
import type { NoticeKind } from '../model/policy.ts';
import type { OpenOffer, Reservation } from '../model/reservation.ts';

/** An act said to a customer who did not ask; every one has its words in replies/. */
export type CustomerNews =
  /** A slot that freed, until when it is his to take. */
  | { say: 'offer'; offer: OpenOffer };

/** What happened, for the shop's people; `visit` as it is now, `was` as it was. */
export type StaffNews = { kind: NoticeKind; visit: Reservation; was?: Reservation };

export type News =
  | { to: 'customer'; userId: string; storeId: string; act: CustomerNews }
  /** To the person of the visit and to the managers, as the shop's policy has it. */
  | { to: 'staff'; storeId: string; staffId: string | null; news: StaffNews };

/** Work that becomes due. One of the same key replaces the one before. */
export type Job = { name: JobName; key: string; at: number; payload: Record<string, string> };
export const JOBS = ['expire_offer'] as const;
export type JobName = (typeof JOBS)[number];
