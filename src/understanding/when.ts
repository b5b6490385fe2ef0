import type { HearingContext } from './context.ts';
import type { Assumption, Evidence, Exclusion, Refusal, Shift, When } from './heard.ts';
import type { Normalised } from './normalise.ts';

/** What a message says about days and times. */
export type WhenReading = {
  /** Alternatives in the order said; the new ones where something is changed. Empty when a refusal stands. */
  when: When[];
  /** The days and times a change replaces (「明日の予約を明後日に」: tomorrow), to find the reservation meant. */
  replaced: When[];
  exclude: Exclusion | null;
  refuse: Refusal | null;
  prefer: 'any' | 'earliest' | 'latest' | null;
  shift: Shift | null;
  assumed: Assumption[];
  evidence: Evidence[];
  /** One piece of the original text that carries the day and time. */
  datePhrase: string | null;
  /** Stretches of `Normalised.text` that were read as days and times, or as something that cannot be one. */
  consumed: { from: number; to: number }[];
};

/** Reads the days and times of a message. Pure and linear in its length. */
export function readWhen(_text: Normalised, _ctx: HearingContext): WhenReading {
  return {
    when: [], replaced: [], exclude: null, refuse: null, prefer: null, shift: null,
    assumed: [], evidence: [], datePhrase: null, consumed: [],
  };
}
