/** What a replay says of a turn. */
import type { Answer, Effect } from '../../booking/ports.ts';
import { DESK_READS } from '../../booking/desk/perform.ts';
import { READS } from '../../booking/perform.ts';
import type { DeskAnswer, DeskEffect } from '../../booking/desk/ports.ts';
import type { DeskAct } from '../../desk/says.ts';
import type { Act } from '../../dialogue/says.ts';
import type { Talk } from '../../dialogue/talk.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import type { Heard } from '../../understanding/heard.ts';

/** Worst first. The last two say nothing about the builds and are not counted as differences. */
export const VERDICTS = ['booked differently', 'decided differently', 'heard differently', 'worded differently', 'same', 'off script', 'cannot replay'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** The verdicts as operators call them. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  'booked differently': '予約が違う', 'decided differently': '判断が違う', 'heard differently': '聞き取りが違う', 'worded differently': '言い方が違う',
  same: '同じ', 'off script': '台本から外れた', 'cannot replay': '再現できない',
};
/** Verdicts that make a run fail. */
export const FAILING: readonly Verdict[] = VERDICTS.slice(0, 3);

/** Whether an effect is a question to the calendar, of a customer or of the shop's people, and changes nothing. */
export const onlyAsks = (effect: Effect | DeskEffect): boolean => (READS as ReadonlySet<string>).has(effect.do) || (DESK_READS as ReadonlySet<string>).has(effect.do);

/** What a turn came to, then or now. `unanswered`: asked for something the log has no answer to, and ended there. */
export type Side = {
  heard: Heard | null;
  acts: (Act | DeskAct)[];
  effects: { effect: Effect | DeskEffect; answer: Answer | DeskAnswer }[];
  unanswered?: Effect | DeskEffect;
  /** LINE message objects. */
  messages: unknown[];
  talk: Talk;
  /** Milliseconds. */
  ms: number | null;
};

export type ReplayedTurn = {
  /** Where it is from: a customer's day, or a file. */
  conversation: string;
  /** From 1, within its conversation. */
  nth: number;
  /** The line of a file. */
  line?: number;
  turnId: string;
  at: Instant;
  /** What the customer did, in words. */
  said: string;
  verdict: Verdict;
  /** What differs, or why it cannot be replayed. */
  because: string[];
  build: string | null;
  /** The shops it was replayed with, for names. */
  stores: readonly Store[];
  /** They are today's, for want of those there were then. */
  todays: boolean;
  before: Talk | null;
  then: Side | null;
  now: Side | null;
};
