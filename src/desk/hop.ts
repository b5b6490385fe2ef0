/** The shape of one hop at the desk: what comes in, what is known around it, what comes out. */
import type { Member } from '../booking/desk/deps.ts';
import type { DeskAnswer, DeskEffect } from '../booking/desk/ports.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskAct } from './says.ts';
import type { DeskTap } from './tap.ts';
import type { DeskTalk } from './talk.ts';

export type DeskEvent =
  | { type: 'ordered'; order: Order }
  /** Null = no button of ours. */
  | { type: 'tapped'; tap: DeskTap | null }
  | { type: 'answered'; effect: DeskEffect; answer: DeskAnswer }
  /** A picture, a sticker: anything without words. */
  | { type: 'sent' }
  /** Added us as a friend. */
  | { type: 'followed' }
  /** Took back a message. */
  | { type: 'unsent' };

export type DeskContext = {
  now: Instant;
  /** Null = nobody's account as far as we know; he may say by a code whose it is. */
  me: Member | null;
  /** The shops of the channel. */
  stores: readonly Store[];
};

/** With an `effect` the turn performs it and steps again with `answered`. */
export type DeskStepped = { talk: DeskTalk; says: DeskAct[]; effect?: DeskEffect };
