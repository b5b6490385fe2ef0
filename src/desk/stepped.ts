/** The few ways a hop at the desk can end. */
import type { DeskEffect } from '../booking/desk/ports.ts';
import type { DeskStepped } from './hop.ts';
import type { DeskAct } from './says.ts';
import type { DeskPending, DeskTalk } from './talk.ts';

/** The talk without its question, and without what a hop was for. */
export function unasked(talk: DeskTalk): DeskTalk {
  const { pending: _, during: __, ...left } = talk;
  return left;
}

/** Ends the turn with words and no question. */
export const say = (talk: DeskTalk, ...says: DeskAct[]): DeskStepped => ({ talk: unasked(talk), says });

/** Ends the turn with a question. */
export const ask = (talk: DeskTalk, pending: DeskPending, ...says: DeskAct[]): DeskStepped => ({ talk: { ...unasked(talk), pending }, says });

/** Asks booking for something; `during` = what for. */
export const want = (talk: DeskTalk, effect: DeskEffect, during?: DeskTalk['during']): DeskStepped =>
  ({ talk: { ...unasked(talk), ...(during ? { during } : {}) }, says: [], effect });
