/** LINE counts what is pushed in a month; replies are free. What may still be pushed, by what it is for. Pure. */
import { dayOf } from '../model/time.ts';
import type { Instant } from '../model/time.ts';

/**
 * What a push is for: the answer of a turn that has no reply token any more; what a customer waits for or must know
 * (an offer, a booking confirmed or called off); a person of the shop is needed; the shop's people are told what
 * happened; a visit is reminded of.
 */
export const PURPOSES = ['answer', 'news', 'alarm', 'notice', 'reminder'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a channel has of its month: `limit` null = no limit. LINE's count is approximate and includes what was sent from its own manager. */
export type Meter = { limit: number | null; used: number; month: string };

/** This part of a month's messages is spent on anything; the rest is kept for what cannot wait. */
const FREE_PART = 0.8;
const CAN_WAIT: ReadonlySet<Purpose> = new Set(['notice', 'reminder']);

/** The month LINE counts in, `2026-11`: Japan's. */
export const monthOf = (now: Instant): string => dayOf(now).slice(0, 7);

/** How many more may be pushed for a purpose. What cannot wait is always tried: the count is only near, and LINE itself says no. */
export function allowance(purpose: Purpose, meter: Meter | null, now: Instant): number {
  if (!CAN_WAIT.has(purpose) || meter === null || meter.limit === null || meter.month !== monthOf(now)) return Infinity;
  return Math.max(0, Math.floor(meter.limit * FREE_PART) - meter.used);
}

export type Level = 'enough' | 'low' | 'gone';
/** `low` = only what cannot wait is pushed until the month is over. */
export function levelOf({ limit, used }: Meter): Level {
  if (limit === null) return 'enough';
  return used >= limit ? 'gone' : used >= Math.floor(limit * FREE_PART) ? 'low' : 'enough';
}
