/** A replayed turn as it is shown: names for ids, wall clocks for moments, and what changed from then to now fact by fact. */
import { toLocal } from '../../model/time.ts';
import type { Store } from '../../model/store.ts';
import { readableAll } from '../readable.ts';
import { heardView, readable } from '../view.ts';
import type { HeardView } from '../view.ts';
import { stable } from './stable.ts';
import { onlyAsks } from './turn.ts';
import type { ReplayedTurn, Side, Verdict } from './turn.ts';

/** `asks`: questions to the calendar; `does`: what is booked, changed or waited for, with what came of it. `stopped`: the log has no answer to the last of them, and what would follow is not known. */
export type SideView = { heard: HeardView | null; says: Says[]; asks: unknown[]; does: unknown[]; text: string; talk: unknown; ms: number | null; stopped: boolean };
export type Says = { say: string } & { [fact: string]: unknown };
/** A fact by where it stands; null = there is none. */
export type Change = { part: 'heard' | 'says' | 'asks' | 'does' | 'remembers'; fact: string; then: string | null; now: string | null };
export type TurnView = {
  conversation: string; nth: number; line?: number; turnId: string;
  /** `2026-11-24T10:12`. */
  at: string;
  said: string; verdict: Verdict; because: string[]; build: string | null; todays: boolean;
  before: unknown; then: SideView | null; now: SideView | null; changes: Change[];
};

export function viewOf({ stores, at, before, then, now, ...rest }: ReplayedTurn): TurnView {
  const sides = { then: then && sideView(then, stores), now: now && sideView(now, stores) };
  return { ...rest, at: toLocal(at), before: before && readable(before, stores), ...sides, changes: sides.then && sides.now ? changesOf(sides.then, sides.now) : [] };
}

function sideView({ heard, acts, effects, unanswered, messages, talk, ms }: Side, stores: readonly Store[]): SideView {
  const all = [...effects, ...(unanswered ? [{ effect: unanswered, answer: '記録にありません' }] : [])];
  const shown = (wanted: boolean): unknown[] => all.filter(({ effect }) => onlyAsks(effect) === wanted).map(({ effect, answer }) => readable({ ...effect, answer }, stores));
  return {
    heard: heard && heardView(heard), says: acts.map((act) => readable(act, stores) as Says),
    asks: shown(true), does: shown(false), text: messages.length === 0 ? '' : readableAll(messages), talk: readable(talk, stores), ms, stopped: unanswered !== undefined,
  };
}

/** Facts that are beside the point wherever they stand. */
const ASIDE = new Set(['id', 'userId', 'moving', 'touched', 'seq', 'evidence', 'v']);

function changesOf(then: SideView, now: SideView): Change[] {
  const between = (part: Change['part'], a: unknown, b: unknown, at = ''): Change[] => differences(a, b, at).map((change) => ({ part, ...change }));
  const names = ({ says }: SideView): string => says.map(({ say }) => say).join(', ') || 'なし';
  const says = names(then) === names(now)
    ? then.says.flatMap((act, nth) => between('says', { ...act, say: undefined }, { ...now.says[nth], say: undefined }, act.say))
    : [{ part: 'says' as const, fact: '', then: names(then), now: names(now) }];
  return [
    ...between('heard', then.heard ?? {}, now.heard ?? {}), ...says,
    ...between('asks', then.asks.map(question), now.asks.map(question)), ...between('does', then.does, now.does),
    ...between('remembers', talkOf(then), talkOf(now)),
  ];
}

const question = (ask: unknown): unknown => ({ ...(ask as object), answer: undefined });
const talkOf = ({ talk }: SideView): unknown => ({ ...(talk as object), during: undefined });

function differences(a: unknown, b: unknown, at: string): Omit<Change, 'part'>[] {
  if (stable(a, ASIDE) === stable(b, ASIDE)) return [];
  if (isMap(a) && isMap(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !ASIDE.has(key));
    return keys.flatMap((key) => differences(a[key], b[key], at === '' ? key : `${at}.${key}`));
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.some(isMap)) return a.flatMap((one: unknown, nth) => differences(one, b[nth], a.length === 1 ? at : `${at}[${nth + 1}]`));
  return [{ fact: at, then: inWords(a), now: inWords(b) }];
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `カット`, `[15:00, 16:00]`, `{ day: 2026-11-28, time: 15:00 }`; null where there is nothing. */
export function inWords(value: unknown): string | null {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  return words(value);
}

function words(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(words).join(', ')}]`;
  if (!isMap(value)) return String(value);
  const facts = Object.entries(value).filter(([key, fact]) => fact !== undefined && !ASIDE.has(key));
  return `{ ${facts.map(([key, fact]) => `${key}: ${words(fact)}`).join(', ')} }`;
}
