import type { Clocked, Edge, Period, TimeAtom, TimeSaid } from './atoms.ts';
import { minuteIn } from './periods.ts';

/** What one atom says about the time, or null for words that say nothing alone. */
export function saidBy(atom: TimeAtom): TimeSaid | null {
  switch (atom.kind) {
    case 'clock':
      if (atom.impossible) return { from: null, to: null, point: true, assumed: [], refuse: 'impossible_time' };
      return { from: placed(atom.clock, atom.clock.period), to: null, point: true, assumed: [] };
    case 'period': return { from: atom.from, to: atom.to, point: false, period: atom.period, assumed: atom.exactly ? [] : ['daypart'] };
    case 'moment': return { from: atom.at, to: null, point: true, assumed: atom.at === 'open' ? ['daypart'] : [] };
    case 'later': return { from: null, to: null, point: true, later: atom.minutes, assumed: [] };
    default: return null;
  }
}

/** A clock in a part of the day leaves no doubt: 午後3時, 夜8時. */
function placed(clock: Clocked, period: Period | undefined): Clocked {
  if (period === undefined || clock.minute > 1440) return clock;
  const minute = minuteIn(period, clock.minute);
  return { minute, exact: true, period };
}

const isClock = (edge: Edge | null): edge is Clocked => edge !== null && typeof edge === 'object';

/** `next` read in the part of the day that was named before it. */
export function inPeriod(next: TimeSaid, period: Period): TimeSaid {
  const edge = (e: Edge | null): Edge | null => (isClock(e) && e.period === undefined ? placed(e, period) : e);
  const out = { ...next, from: edge(next.from), to: edge(next.to) };
  const impossible = [out.from, out.to].some((e) => isClock(e) && Number.isNaN(e.minute));
  return impossible ? { ...out, refuse: 'impossible_time' } : out;
}

/** From the one to the other: 13時から15時, 午後1時〜3時, 午前中から夕方. */
export function rangeOf(from: TimeSaid, to: TimeSaid): TimeSaid {
  const period = isClock(from.from) ? from.from.period : undefined;
  const shared = period !== undefined && period !== 'am' && to.point ? inPeriodFrom(to, from, period) : to;
  const end = shared.point ? shared.from : shared.to;
  return { from: from.from, to: end, point: false, assumed: [...new Set([...from.assumed, ...to.assumed])], ...(refusal(from, shared)) };
}

/** The end shares the part of the day unless it then came before the start (昼11時から3時). */
function inPeriodFrom(to: TimeSaid, from: TimeSaid, period: Period): TimeSaid {
  if (!isClock(to.from) || to.from.exact) return to;
  const read = inPeriod(to, period);
  return isClock(read.from) && isClock(from.from) && read.from.minute > from.from.minute ? read : to;
}

const refusal = (...all: TimeSaid[]): Pick<TimeSaid, 'refuse'> => {
  const refused = all.find((t) => t.refuse)?.refuse;
  return refused === undefined ? {} : { refuse: refused };
};

/** Two times said of one day and meant together: 18時以降で21時まで, 午後で15時以降. */
export function both(a: TimeSaid, b: TimeSaid): TimeSaid {
  const onlyFrom = (t: TimeSaid) => !t.point && t.from !== null && t.to === null;
  const onlyTo = (t: TimeSaid) => !t.point && t.from === null && t.to !== null;
  if ((onlyFrom(a) || a.point) && onlyTo(b)) return { ...b, from: a.from, ...refusal(a, b) };
  if (onlyTo(a) && onlyFrom(b)) return { ...b, to: a.to, ...refusal(a, b) };
  if (a.period !== undefined && !a.point) return inPeriod(b, a.period);
  return b;
}

/** What the words behind a time make of it. Past the hour is the hour after it, about is the point itself. */
export function bent(time: TimeSaid, how: 'after' | 'past' | 'till' | 'before' | 'hourLong' | 'around' | 'from', until?: number): TimeSaid {
  const fuzzy = { ...time, assumed: [...new Set([...time.assumed, 'fuzzy' as const])] };
  const plus = (edge: Edge | null, minutes: number): Edge | null => (isClock(edge) ? { ...edge, minute: edge.minute + minutes } : edge);
  switch (how) {
    case 'after': return { ...time, to: null, point: false };
    case 'from': return time.point ? time : { ...time, to: null };
    case 'past': return time.point ? { ...fuzzy, to: plus(time.from, 60), point: false } : { ...fuzzy, from: time.to, to: null };
    case 'hourLong': return { ...time, to: plus(time.from, 60), point: false };
    case 'till': return { ...time, from: null, to: time.point ? time.from : until === undefined ? time.to : { minute: until, exact: true }, point: false };
    case 'before': return { ...time, from: null, to: time.from, point: false };
    case 'around': return fuzzy;
  }
}
