/** The shape of one hop of a turn: what comes in, what is known around it, what comes out. */
import type { HandoverReason } from '../booking/news.ts';
import type { Answer, Effect } from '../booking/ports.ts';
import type { Reminded, SlotOffer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import type { Clock, Day, Instant } from '../model/time.ts';
import type { Heard } from '../understanding/heard.ts';
import type { Act, Sent } from './says.ts';
import type { Talk } from './talk.ts';
import type { Tapped } from './tap.ts';

/** What a datetimepicker brings; LINE sends one of them. */
export type Picked = { date?: Day; time?: Clock; datetime?: string };

export type StepEvent =
  | { type: 'heard'; heard: Heard }
  /** A button (`readTap` makes it from postback data); `picked` where it was a datetimepicker. */
  | { type: 'tapped'; tap: Tapped; picked?: Picked | undefined }
  /** What came back for the effect the hop before asked for. */
  | { type: 'answered'; effect: Effect; answer: Answer }
  /** Added us as a friend; `again` = had blocked us before. */
  | { type: 'followed'; again: boolean }
  | { type: 'sent'; what: Sent }
  /** Took back a message; what was built on it and is not booked yet is dropped. */
  | { type: 'unsent' };

/** What a hop may know besides the talk. `now` is the event's own time. */
export type StepContext = {
  now: Instant;
  /** The shops of the channel, usually one. */
  stores: readonly Store[];
  customer: { id: string; name: string | null; phone: string | null };
  /** Freed slots that were offered and can be answered, of these shops: open ones, and such as ended since the customer's last word, while the wait goes on. */
  offers: readonly SlotOffer[];
  /** The visit the customer was reminded of since he last wrote, and when. */
  reminded?: Reminded;
  /** The shop's people gave the chat back that was left to them. */
  handedBack?: true;
};

/**
 * What a hop gives. With an `effect` the turn performs it and steps again with `answered`; the acts of all hops
 * are said together, in order. At most `MAX_HOPS` hops a turn.
 */
export type Stepped = {
  talk: Talk;
  says: Act[];
  effect?: Effect;
  /** A human is wanted; staff must be told. */
  handover?: { why: HandoverReason };
};

/** A turn that would hop more often is broken; tests hold the step to fewer. */
export const MAX_HOPS = 8;
