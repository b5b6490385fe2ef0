/**
 * What a button carries, and how little of it is believed. A tap names the talk it was shown in and the customer it
 * was shown to; everything else in it is read again from today's truth.
 */
import { isDay } from '../model/time.ts';
import type { Talk } from './talk.ts';

/** Everything a button can say. `value` is an id, a day, a local time or nothing, as noted. */
export const VERBS = [
  /** nothing */ 'yes', 'no', 'stop', 'book', 'human', 'bot', 'hours', 'menus', 'mine', 'wait', 'leave', 'earliest',
  /** an id */ 'store', 'menu', 'staff', 'visit', 'entry', 'cancel', 'move', 'accept', 'decline',
  /** a day, or nothing with a picker */ 'day',
  /** `2026-11-28T15:00`, with `/<staff id>` where a person goes with it */ 'at',
  /** the slot to change */ 'change',
  /** a visit of these menus with this person at a time: `2026-11-28T15:00/<staff id or nothing>/<menu ids, with commas>` */ 'again',
] as const;
export type Verb = (typeof VERBS)[number];
export type Tap = { verb: Verb; value: string; seq: number };

/** A tap as it arrived: good, or why it is not believed. */
export type Tapped = Tap | { bad: 'forged' | 'foreign' };

const FORMAT = '1';
const MAX_DATA = 300;

/** FNV-1a in base 36: enough to tell customers apart, not a secret. */
const shortHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
};

/** Postback data for a button shown to this customer in this talk, ≤ 300 characters: `1.<seq>.<customer>.<verb>.<value>`. */
export const writeTap = (talk: Pick<Talk, 'seq'>, customerId: string, verb: Verb, value = ''): string =>
  [FORMAT, talk.seq, shortHash(customerId), verb, value].join('.').slice(0, MAX_DATA);

/** Reads postback data. Anything not written by `writeTap` is `forged`; another customer's button is `foreign`. Never throws. */
export function readTap(data: string, customerId: string): Tapped {
  const [format, seq, owner, verb, ...rest] = data.length <= MAX_DATA ? data.split('.') : [];
  const known = VERBS.find((v) => v === verb);
  if (format !== FORMAT || !known || !seq || !/^\d{1,9}$/.test(seq)) return { bad: 'forged' };
  if (owner !== shortHash(customerId)) return { bad: 'foreign' };
  return { verb: known, value: rest.join('.'), seq: Number(seq) };
}

/** What an `again` value names; null when it is not one. */
export function readAgain(value: string): { day: string; time: string; staffId: string | null; menuIds: string[] } | null {
  const [at = '', staffId, menuIds, more] = value.split('/');
  const when = readAt(at);
  if (!when || staffId === undefined || !menuIds || more !== undefined) return null;
  return { ...when, staffId: staffId === '' ? null : staffId, menuIds: menuIds.split(',') };
}

/** The day and time of an `at` value, and the person where one goes with it; null when it is not one. */
export function readAt(value: string): { day: string; time: string; staffId: string | null } | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?:\/(.+))?$/.exec(value);
  if (!found || !isDay(found[1]!)) return null;
  return { day: found[1]!, time: found[2]!, staffId: found[3] ?? null };
}
