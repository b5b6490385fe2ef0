/** What a customer says right after a reminder is about that visit, whichever others he has. */
import type { Reservation } from '../model/reservation.ts';
import type { Heard } from '../understanding/heard.ts';
import { ahead } from './done.ts';
import type { StepContext, Stepped } from './hop.ts';
import { IDLE, mine, rest, resting, say, spokenAt } from './stepped.ts';
import { hasValues } from './take.ts';
import type { Talk } from './talk.ts';
import { speaksOnlyOf } from './visits.ts';

/** The visit he was reminded of since his last word. A question we asked shortly before, or a booking under way, is nearer. */
export function remindedOf(talk: Talk, ctx: StepContext): Reservation | null {
  const { reminded } = ctx;
  if (!reminded || reminded.at <= spokenAt(talk) || !ahead(reminded.visit, ctx) || talk.goal === 'human') return null;
  return ctx.now - talk.touched > IDLE || (resting(talk) && !talk.pending) ? reminded.visit : null;
}

/** 「了解です」 is thanked, 「行けなくなりました」 asks whether to cancel it, 「16時に変えたい」 moves it; anything else is heard as ever. */
export function afterReminder(talk: Talk, heard: Heard, ctx: StepContext): Stepped | null {
  const visit = remindedOf(talk, ctx);
  if (!visit || heard.topics.length > 0) return null;
  const own = speaksOnlyOf(visit, heard, ctx);
  switch (heard.intent) {
    case 'affirm': case 'thanks':
      return own && !heard.shift && !heard.detail ? say({ ...rest(talk), visit }, { say: 'see_you', visit }) : null;
    case 'cancel': case 'deny':
      return own ? mine({ ...rest(talk), goal: 'cancel' }, ctx, { for: 'cancel', id: visit.id }) : null;
    case 'correct': case 'reschedule':
      if (heard.of && !speaksOnlyOf(visit, { ...heard, when: [], menus: null, staff: null }, ctx)) return null;
      // 「明日は無理です」: no other time is wished yet; the question whether to cancel has a button to move it.
      if (heard.intent === 'correct' && heard.exclude && !hasValues({ ...heard, exclude: null })) return mine({ ...rest(talk), goal: 'cancel' }, ctx, { for: 'cancel', id: visit.id });
      return mine({ ...rest(talk), goal: 'move' }, ctx, { for: 'move', id: visit.id, heard: { ...heard, then: [] } });
    default: return null;
  }
}
