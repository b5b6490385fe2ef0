/** What is remembered of a talk with a person of the shop. Plain JSON, kept beside the customer's talk of the same lane. */
import type { Instant } from '../model/time.ts';

export const DESK_VERSION = 1;

/** What our last question was about: what a yes does, or which of these visits is meant and for what. */
export type DeskPending = never;

export type DeskTalk = {
  v: typeof DESK_VERSION;
  /** Counts up whenever a question is asked anew, so that an old button is known as old. */
  seq: number;
  pending?: DeskPending;
  /** He writes as a customer until he says otherwise, or for a while says nothing. */
  asCustomer?: true;
  touched: Instant;
};

export const freshDesk = (now: Instant): DeskTalk => ({ v: DESK_VERSION, seq: 0, touched: now });

/** A stored talk as this build can go on with it; of an unknown version only the number is kept. Never throws. */
export function reviveDesk(stored: unknown, now: Instant): DeskTalk {
  if (typeof stored !== 'object' || stored === null) return freshDesk(now);
  const talk = stored as Partial<DeskTalk>;
  const base = { ...freshDesk(now), seq: Number(talk.seq) || 0, touched: Number(talk.touched) || now };
  return talk.v === DESK_VERSION ? { ...talk, ...base } : base;
}
