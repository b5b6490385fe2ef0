/** What understanding is told about the talk at the desk. */
import { dayOf, minuteOf, toClock } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { AskedContext } from '../understanding/heard.ts';
import type { HearingContext, Lexicon } from '../understanding/context.ts';
import type { DeskContext } from './hop.ts';
import type { DeskPending, DeskTalk } from './talk.ts';

const ASKED: Record<DeskPending['about'], AskedContext> = { confirm: 'confirming', off: 'confirming', which: 'asked_which_reservation', when: 'asked_time' };

/** `judgedAt` = by when the past is judged; `lexicon` = the words of the shop. */
export function deskHearing({ pending }: DeskTalk, { now, me, stores }: DeskContext, judgedAt: Instant, lexicon: Lexicon): HearingContext {
  const asked = pending === undefined ? null : pending.about === 'confirm' && pending.effect.do === 'cancel_visit' ? 'confirming_cancel' : ASKED[pending.about];
  const moving = pending?.about === 'when' ? { dates: [dayOf(pending.visit.start)], time: { from: toClock(minuteOf(pending.visit.start)), to: toClock(minuteOf(pending.visit.start)) } } : { dates: null, time: null };
  return {
    now, judgedAt, hours: (me?.store ?? stores[0])?.hours ?? null, lexicon, asked, known: moving,
    offered: pending?.about === 'which' ? pending.visits.map(({ start }) => ({ day: dayOf(start), time: toClock(minuteOf(start)) })) : [],
  };
}
