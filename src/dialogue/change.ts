/** One detail is to be another, not yet said which: it is asked again, everything else stays. */
import { dayOf, minuteOf, toClock } from '../model/time.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import { without } from './slots.ts';
import { unasked } from './stepped.ts';
import type { Known, SlotName, Talk } from './talk.ts';

/** Only for a talk about looking, booking or moving. */
export function changeSlots(talk: Talk, slots: readonly SlotName[], ctx: StepContext): Stepped {
  const known = without(talk.goal === 'move' ? withVisit(talk) : talk.known, ...slots);
  return proceed({ ...unasked(talk), goal: talk.goal === 'look' ? 'book' : talk.goal, known }, ctx);
}

/** What is known of a move: what is not said otherwise stays as the visit is now. */
export function withVisit({ known, visit }: Talk): Known {
  if (!visit || known.dates || known.time || known.prefer) return known;
  const clock = toClock(minuteOf(visit.start));
  return { ...known, dates: [dayOf(visit.start)], time: { from: clock, to: clock } };
}
