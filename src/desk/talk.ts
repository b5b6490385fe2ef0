/** What is remembered of a talk with a person of the shop. Plain JSON, kept beside the customer's talk of the same lane. */
import type { DeskEffect, Part } from '../booking/desk/ports.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Clock, Day, Instant } from '../model/time.ts';

export const DESK_VERSION = 1;

/** What is wished of a visit, while it is looked for. */
export type Wish =
  | { do: 'show' | 'cancel' | 'approve' | 'decline' | 'paid' }
  /** Where it is to be; what is null stays. */
  | { do: 'move'; day: Day | null; time: Clock | null; staffId: string | null }
  | { do: 'mark'; came: NonNullable<Reservation['came']> | null };

/** As much of a visit as the next answer needs; it is read again before anything is done. */
export type Seen = Pick<Reservation, 'id' | 'start' | 'end' | 'staffId' | 'nominated'>;

/** What our last question was about. */
export type DeskPending =
  | { about: 'which'; visits: Seen[]; wish: Wish }
  /** What a yes does. */
  | { about: 'confirm'; effect: DeskEffect }
  /** To when, or to whom, this visit goes. */
  | { about: 'when'; visit: Seen }
  /** Days off on which there are visits: moved, or left. */
  | { about: 'off'; staffId: string; days: Day[]; part: Part | null };

export type DeskTalk = {
  v: typeof DESK_VERSION;
  /** Counts up whenever a question is asked anew, so that an old button is known as old. */
  seq: number;
  pending?: DeskPending;
  /** Only inside a turn: what the visits in question are looked for. */
  during?: Wish | { do: 'resume' };
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
