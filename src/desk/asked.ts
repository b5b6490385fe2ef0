/** What understanding is told about the talk at the desk. */
import type { Instant } from '../model/time.ts';
import type { HearingContext, Lexicon } from '../understanding/context.ts';
import type { DeskContext } from './hop.ts';
import type { DeskTalk } from './talk.ts';

/** `judgedAt` = by when the past is judged; `lexicon` = the words of the shop. */
export function deskHearing(_talk: DeskTalk, { now, me, stores }: DeskContext, judgedAt: Instant, lexicon: Lexicon): HearingContext {
  return { now, judgedAt, hours: (me?.store ?? stores[0])?.hours ?? null, lexicon, asked: null, known: { dates: null, time: null }, offered: [] };
}
