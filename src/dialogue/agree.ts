/** What a yes and a no mean, by what was asked. */
import { isDeepStrictEqual } from 'node:util';
import type { Heard } from '../understanding/heard.ts';
import { commit } from './done.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import { askChange, resume } from './resume.ts';
import { readAll, setSlot, without } from './slots.ts';
import { first, mine, rest, resting, say, unasked, want, withGoal } from './stepped.ts';
import { takeOffered } from './take.ts';
import type { Known, Pending, Talk } from './talk.ts';

/** Questions on whose yes something is booked, moved or ended, and what that yes may name. */
const CONSENT: Partial<Record<Pending['about'], readonly Heard['consent'][]>> = { confirm: ['any', 'book'], move: ['any', 'book', 'move'], cancel: ['any', 'cancel'], leave: ['any', 'cancel'] };

/** Whether the open question is one of those. */
export const needsConsent = (talk: Talk): boolean => talk.pending !== undefined && talk.pending.about in CONSENT;

/**
 * Whether a message agrees to exactly what was shown: it is plainly a yes to that, and nothing in it asks, refuses or
 * changes anything. Every booking, move and cancelling that was not tapped goes through here.
 */
export function consents(talk: Talk, heard: Heard, ctx: StepContext): boolean {
  const named = talk.pending && CONSENT[talk.pending.about];
  if (!heard.consent || !named?.includes(heard.consent)) return false;
  if (heard.intent === 'deny' || heard.answer === 'no' || heard.stop || heard.topics.length > 0 || heard.detail || heard.shift || heard.refuse || heard.exclude || heard.of) return false;
  return isDeepStrictEqual(readAll(heard, talk.known, ctx).known, talk.known);
}

/** The yes to the question that is open; null where a yes answers nothing. */
export function yes(talk: Talk, ctx: StepContext): Stepped | null {
  const { pending } = talk;
  switch (pending?.about) {
    case 'confirm': case 'move': return commit(talk, ctx);
    case 'cancel': return talk.visit ? want(talk, { do: 'cancel', reservationId: talk.visit.id, ...(talk.visit.deposit ? { asked: talk.touched } : {}) }, { for: 'look' }) : null;
    case 'leave': {
      const entry = pending.offered?.[0];
      return entry?.kind === 'wait' ? want(talk, { do: 'leave', entryId: entry.id }, { for: 'look' }) : null;
    }
    case 'waitlist': return proceed({ ...unasked(talk), goal: 'wait' }, ctx);
    // 「お願いします」 to 「ご希望はありますか」 leaves it to us.
    case 'staff': return proceed({ ...unasked(talk), known: { ...talk.known, staff: 'anyone' } }, ctx, { noted: ['staff'], changed: [] });
    case 'start_look': return proceed({ ...unasked(talk), goal: 'book' }, ctx);
    // The one that was asked about is over.
    case 'offer': return say(rest(talk), { say: 'offer_unknown' });
    case undefined:
      // After a pause: asked again, if it is still ahead.
      if (talk.goal === 'cancel' && talk.visit) return mine(talk, ctx, { for: 'cancel', id: talk.visit.id });
      // A yes more to a wait that stands finds it.
      if (!resting(talk) || talk.goal === 'wait') return proceed(talk, ctx);
      return talk.visit ? mine(talk, ctx, { for: 'already' }) : say(talk, { say: 'hello' });
    case 'time': case 'day': {
      // A yes to the only thing on offer takes it.
      const [only, ...more] = pending.offered ?? [];
      return only && more.length === 0 ? takeOffered(talk, only, ctx) : null;
    }
    default: return null;
  }
}

const wish = ({ dates, time }: Known): NonNullable<Talk['spoken']> => ({ ...(dates ? { dates } : {}), ...(time ? { time } : {}) });

/** The no to the question that is open; `stop` = the whole matter is given up, not only this answer. */
export function no(talk: Talk, ctx: StepContext, stop: boolean): Stepped {
  const { pending } = talk;
  switch (pending?.about) {
    case 'confirm': return stop ? say(rest(talk), { say: 'stopped', kept: [] }) : askChange(talk);
    case 'move': return stop ? say(rest(talk), { say: 'kept', visit: talk.visit ?? null }) : askChange(talk);
    case 'cancel': return say(rest(talk), { say: 'kept', visit: talk.visit ?? null });
    case 'leave': return say(rest(talk), { say: 'still_waiting' });
    case 'staff':
      // 「いいえ」 to 「ご希望はありますか」 is no preference.
      if (!stop) return proceed({ ...unasked(talk), known: { ...talk.known, staff: 'anyone' } }, ctx, { noted: ['staff'], changed: [] });
      break;
    case 'time':
      // None of these times: another day is asked for, and what was wished can still be waited for.
      if (!stop) return proceed({ ...unasked(talk), goal: talk.goal === 'look' ? 'book' : talk.goal, known: without(talk.known, 'day', 'time'), spoken: wish(talk.known) }, ctx);
      break;
    case 'phone': if (!stop) return first([{ say: 'need_phone' }], resume(talk, ctx)); break;
    case 'notes': if (!stop) return noted(talk, '', ctx); break;
    case 'name': if (!stop) return first([{ say: 'need_name' }], resume(talk, ctx)); break;
    default:
  }
  if (talk.goal === 'move') return say(rest(talk), { say: 'kept', visit: talk.visit ?? null });
  const begun = talk.goal === 'book' || talk.goal === 'cancel' || (talk.goal === 'wait' && pending);
  return say(rest(withGoal(talk, talk.goal)), begun && pending?.about !== 'waitlist' ? { say: 'stopped', kept: [] } : { say: 'bye' });
}

/** What the shop should know was told; empty = there is nothing. */
export function noted(talk: Talk, notes: string, ctx: StepContext): Stepped {
  const reading = setSlot(talk.known, 'notes', { notes });
  return proceed({ ...unasked(talk), known: reading.known }, ctx);
}
