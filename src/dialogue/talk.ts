/**
 * 会話: what we remember of a conversation between turns. Plain JSON, stored in Postgres, versioned. There is no
 * step number: the next question is derived from what is known (`reference` in docs/dialogue.md).
 */
import type { Clock, Day, Instant } from '../model/time.ts';
import type { Days, Exclusion, Times } from '../understanding/heard.ts';

/** Bumped when a stored talk can no longer be read as it is; an unknown version keeps `known` and derives again. */
export const TALK_VERSION = 1;

/** The details of a visit, in asking order; each is a row of the table in `slots.ts`. */
export type SlotName = 'store' | 'menu' | 'staff' | 'day' | 'time' | 'name';

/** What the customer is about. */
export type Goal = 'idle' | 'look' | 'book' | 'move' | 'cancel' | 'wait' | 'human';

/** Every detail of a visit that was said, in store ids. */
export type Known = {
  storeId?: string;
  menuIds?: string[];
  /** A staff id, or `anyone` (指名なし). */
  staff?: string | 'anyone';
  dates?: Days;
  time?: Times;
  exclude?: Exclusion;
  prefer?: 'any' | 'earliest' | 'latest';
  name?: string;
  phone?: string;
  people?: number;
};

/** A thing on offer the customer may choose by button, number or description. */
export type Offered =
  | { kind: 'time'; day: Day; time: Clock; staffId?: string }
  | { kind: 'day'; day: Day }
  | { kind: 'menu'; id: string }
  | { kind: 'staff'; id: string }
  | { kind: 'store'; id: string }
  | { kind: 'reservation'; id: string; start: Instant }
  | { kind: 'wait'; id: string; from: Instant };

/** What our last question was about; only used to read short answers. */
export type Pending = {
  about: 'store' | 'menu' | 'staff' | 'day' | 'time' | 'name' | 'phone' | 'confirm' | 'move' | 'cancel' | 'waitlist' | 'leave' | 'which' | 'change' | 'start_look';
  offered?: Offered[];
};

export type Talk = {
  v: typeof TALK_VERSION;
  /** Counts up whenever a question is asked anew; buttons carry it so that an old tap is known as old. */
  seq: number;
  goal: Goal;
  known: Known;
  pending?: Pending;
  /** How often in a row we did not understand. */
  misses: number;
  /** The reservation being moved or cancelled. */
  reservationId?: string;
  /** When this talk last changed. */
  touched: Instant;
};

export const freshTalk = (now: Instant): Talk => ({ v: TALK_VERSION, seq: 0, goal: 'idle', known: {}, misses: 0, touched: now });
