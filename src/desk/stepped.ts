/** The few ways a hop at the desk can end. */
import type { DeskEffect } from '../booking/desk/ports.ts';
import type { DeskStepped } from './hop.ts';
import type { DeskAct } from './says.ts';
import type { DeskTalk } from './talk.ts';

/** The talk without its question. */
export function unasked(talk: DeskTalk): DeskTalk {
  const { pending: _, ...left } = talk;
  return left;
}

/** Ends the turn with words and no question. */
export const say = (talk: DeskTalk, ...says: DeskAct[]): DeskStepped => ({ talk: unasked(talk), says });

/** Asks booking for something. */
export const want = (talk: DeskTalk, effect: DeskEffect): DeskStepped => ({ talk: unasked(talk), says: [], effect });
