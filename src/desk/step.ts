/**
 * One pure step at the desk: talk and event in; talk, acts and at most one effect out, as in dialogue/. Says something
 * for every event, except an unsend. Never throws.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DeskContext, DeskEvent, DeskStepped } from './hop.ts';
import { ordered } from './orders.ts';
import { answered } from './answered.ts';
import { unasked } from './stepped.ts';
import type { DeskTalk } from './talk.ts';
import { tapped } from './tapped.ts';
import { MINUTE } from '../model/time.ts';

/** After this long a question is no longer open, and who wrote as a customer is of the shop again. */
export const IDLE = 30 * MINUTE;

export function stepAtDesk(before: DeskTalk, event: DeskEvent, ctx: DeskContext): DeskStepped {
  const talk = event.type === 'answered' ? before : settled(before, ctx);
  const stepped = route(talk, event, ctx);
  const { during, ...left } = stepped.talk;
  const another = stepped.talk.pending !== undefined && !isDeepStrictEqual(stepped.talk.pending, before.pending);
  return { ...stepped, talk: { ...left, ...(stepped.effect && during ? { during } : {}), seq: another ? before.seq + 1 : before.seq, touched: ctx.now } };
}

function route(talk: DeskTalk, event: DeskEvent, ctx: DeskContext): DeskStepped {
  switch (event.type) {
    case 'unsent': return { talk: unasked(talk), says: [] };
    case 'ordered': return ordered(talk, event.order, ctx);
    case 'tapped': return tapped(talk, event.tap, ctx);
    case 'answered': return answered(talk, event.effect, event.answer, ctx);
    case 'followed': return { talk: unasked(talk), says: [{ say: 'desk_help', unknown: false }] };
    case 'sent': return { talk: unasked(talk), says: [{ say: 'desk_help', unknown: true }] };
  }
}

/** Whether what was asked, and as whom he writes, still holds after a pause. */
export const isFresh = (talk: DeskTalk, now: number): boolean => now - talk.touched <= IDLE;

/** Whoever is at the desk is no customer any more. */
function settled(talk: DeskTalk, { now }: DeskContext): DeskTalk {
  const { asCustomer: _, ...left } = talk;
  return isFresh(talk, now) ? left : unasked(left);
}
