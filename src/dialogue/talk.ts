/**
 * 会話: what we remember of a conversation between turns. Plain JSON, stored in Postgres, versioned. There is no
 * step number: the next question is derived from what is known (`reference` in docs/dialogue.md).
 */
import type { Clock, Day, Instant } from '../model/time.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Assumption, Days, Exclusion, Heard, Times, UsualHeard, When } from '../understanding/heard.ts';

/** Bumped when a stored talk can no longer be read as it is; an unknown version keeps `known` and derives again. */
export const TALK_VERSION = 1;

/** The details of a visit, in asking order; each is a row of the table in `slots.ts`. */
export const SLOT_NAMES = ['store', 'menu', 'staff', 'day', 'time', 'name', 'phone', 'notes'] as const;
export type SlotName = (typeof SLOT_NAMES)[number];

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
  /** Further alternatives said in the same breath (「土曜の15時か日曜の10時」). */
  or?: When[];
  exclude?: Exclusion;
  prefer?: 'any' | 'earliest' | 'latest';
  name?: string;
  phone?: string;
  /** What the shop should know of a first visit; empty = nothing. */
  notes?: string;
  people?: number;
};

/** A thing on offer the customer may choose by button, number or description. */
export type Offered =
  | { kind: 'time'; day: Day; time: Clock; staffId?: string }
  | { kind: 'day'; day: Day }
  | { kind: 'menu'; id: string }
  | { kind: 'staff'; id: string }
  | { kind: 'store'; id: string }
  | { kind: 'reservation'; id: string; start: Instant; menuIds: string[]; staffId: string }
  | { kind: 'wait'; id: string; from: Instant };

/** What our last question was about; only used to read short answers. */
export type Pending = {
  about: 'store' | 'menu' | 'staff' | 'day' | 'time' | 'name' | 'phone' | 'notes' | 'confirm' | 'move' | 'cancel' | 'waitlist' | 'leave' | 'which' | 'change' | 'start_look' | 'offer';
  offered?: Offered[];
  /** The message that waits for the answer: it is taken up again once the shop or the visit is known. */
  heard?: Heard;
};

/** Only inside a turn: what the effect in flight is for, and what was just said. Never stored. */
export type During = {
  for: 'look' | 'near' | 'further' | 'ask_day' | 'ask_time' | 'earliest' | 'cancel' | 'move' | 'list' | 'leave' | 'waits' | 'same' | 'usual' | 'repeat' | 'already' | 'stop';
  /** Slots this message set, and those among them that had another value before. */
  noted?: SlotName[];
  changed?: SlotName[];
  /** The message whose wish waits for the answer. */
  heard?: Heard;
  /** A visit or waiting-list entry named by a button. */
  id?: string;
  /** A booking was under way: with no visit to cancel it is that which is given up, with none to move it goes on. */
  booking?: true;
  /** What is to be as at the last visit. */
  usual?: UsualHeard[];
  /** The rooms that were missing at what was wished for, while what is near is looked up. */
  lacks?: string[];
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
  /** The visit being moved or cancelled, or the one booked last; always checked again before anything is done. */
  visit?: Reservation;
  /** Further wishes of the message, not yet come to. */
  later?: Heard[];
  /** Named in a question about the shop, or wished and let go: 「じゃあ」 and 「水曜」 may still mean it. */
  spoken?: Pick<Known, 'menuIds' | 'dates' | 'time'>;
  /** What understanding assumed and the customer has not confirmed yet. */
  assumed?: Assumption[];
  during?: During;
  /** Of a talk left to a person: since when, and what was written last. */
  human?: { since: Instant; last: string | null };
  /** When this talk last changed. */
  touched: Instant;
};

export const freshTalk = (now: Instant): Talk => ({ v: TALK_VERSION, seq: 0, goal: 'idle', known: {}, misses: 0, touched: now });

const GOALS: readonly Goal[] = ['idle', 'look', 'book', 'move', 'cancel', 'wait', 'human'];

/**
 * A stored talk as this build can go on with it. One of an unknown version keeps what is known and loses the question:
 * it is derived again. What cannot be read at all is a fresh talk. Never throws. One that comes from the turn before without
 * having been stored is read as if it had been: what is undefined is not there.
 */
export function reviveTalk(stored: unknown, now: Instant): Talk {
  if (typeof stored !== 'object' || stored === null) return freshTalk(now);
  const talk = JSON.parse(JSON.stringify(stored)) as Partial<Talk>;
  const known = typeof talk.known === 'object' && talk.known !== null ? talk.known : {};
  const goal = GOALS.find((g) => g === talk.goal) ?? 'idle';
  const base = { v: TALK_VERSION, seq: Number(talk.seq) || 0, misses: Number(talk.misses) || 0, touched: Number(talk.touched) || now } as const;
  if (talk.v === TALK_VERSION) return { ...freshTalk(now), ...talk, ...base, goal, known };
  const derivable = goal === 'look' || goal === 'book' || goal === 'wait' || goal === 'human';
  return { ...base, misses: 0, goal: derivable ? goal : 'idle', known: derivable ? known : storeOnly(known) };
}

/** What outlives a booking: the shop and who is asking. */
export const storeOnly = (known: Known): Known => ({
  ...(known.storeId ? { storeId: known.storeId } : {}),
  ...(known.name ? { name: known.name } : {}),
  ...(known.phone ? { phone: known.phone } : {}),
});
