import { addDays, dayOf, minuteOf, toClock, toMinute } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import { bind } from './bind.ts';
import type { Wish } from './bind.ts';
import type { HearingContext } from '../context.ts';
import { firstOf, listDays, listed, tidy } from '../dates/days.ts';
import { applied, excludedBy, excluding } from './exclude.ts';
import type { Assumption, Days, Evidence, Exclusion, Times, When } from '../heard.ts';
import type { DateItem, Item, PlacedSignal } from '../reading/item.ts';
import type { Normalised } from '../normalise.ts';
import { source } from '../normalise.ts';
import { phraseOf } from './phrase.ts';
import { preference } from './preference.ts';
import { refusalOf } from './refuse.ts';
import { openingsFor, resolveTime } from '../times/resolve.ts';
import type { TimeSaid } from '../times/atoms.ts';
import type { WhenReading } from '../when.ts';

type Sorted = { wanted: Item[]; unwanted: Item[]; replaced: Item[]; signals: PlacedSignal[]; text: Normalised; ctx: HearingContext };

/** What the phrases mean on the calendar and the clock, and whether that can be. */
export function resolved({ wanted, unwanted, replaced, signals, text, ctx }: Sorted): Omit<WhenReading, 'consumed'> {
  const today = dayOf(ctx.now);
  const old = whensOf(bind(replaced.map(closed)), ctx);
  const items = carried([...wanted, ...rests(unwanted)], replaced);
  const wishes = whensOf(bind(items), ctx);
  const prefer = preference(text.folded, signals, items);
  const excluded = exclusion(unwanted, wishes.flatMap((w) => w.exclude ?? []), wanted, ctx);
  const settled = settle(wishes, excluded, today);
  const refuse = refusalOf(items, wishes, text, ctx);
  // 「一番早い時間で」 after a day was named is about the times of that day.
  const ofDay = ctx.known.dates !== null && (ctx.asked === 'asked_time' || ctx.asked === 'offered_times');
  const open = prefer !== null && !ofDay && settled.when.length === 0 && settled.exclude === null && refuse === null;
  const when: When[] = open ? [{ dates: { from: today, to: null }, time: null }] : settled.when;
  return {
    when: refuse ? [] : when,
    replaced: old.map(({ dates, time }) => ({ dates, time })),
    exclude: refuse ? null : settled.exclude,
    refuse,
    prefer,
    shift: null,
    assumed: assumptions(items, wishes, text),
    evidence: evidence(items, unwanted, text),
    datePhrase: phraseOf(wanted.length > 0 ? wanted : unwanted.length > 0 ? unwanted : replaced, text),
  };
}

/** 「12/5から12/8に変更」: what is changed is one day and no open end. */
const closed = (item: Item): Item =>
  item.is === 'date' && item.open && !Array.isArray(item.found.days) && item.found.days.from !== null
    ? { ...item, found: { ...item.found, days: [item.found.days.from] } } : item;

/** What 「来週の水曜以外」 leaves: the week the day was picked from. */
const rests = (unwanted: readonly Item[]): Item[] =>
  unwanted.flatMap((item) => (item.is === 'date' && (item.except || item.apart) && item.found.base !== undefined
    ? [{ ...item, except: false, found: { days: item.found.base, grain: 'week', scope: item.found.scope } satisfies DateItem['found'] }] : []));

/** Convention 8: the last stated wins, and parts not stated again stay: 「明日の14時…いや15時」 is tomorrow at three. */
function carried(wanted: Item[], replaced: Item[]): Item[] {
  const kept = (['date', 'time'] as const).filter((is) => replaced.some((i) => i.is === is) && !wanted.some((i) => i.is === is));
  const restated = wanted.some((w) => replaced.some((r) => r.is === w.is));
  if (kept.length === 0 || !restated) return wanted.length > 0 && !restated && replaced.length > 0 ? [...replaced.filter((r) => kept.includes(r.is) && r.is === 'date'), ...wanted] : wanted;
  return [...replaced.filter((r) => kept.includes(r.is)), ...wanted];
}

export type Resolved = When & { exclude: Exclusion | null; closed: boolean; twelveHour: boolean; later: boolean };

/** One wish a pair of days and time. */
function whensOf(wishes: readonly Wish[], ctx: HearingContext): Resolved[] {
  const out: Resolved[] = [];
  const today = dayOf(ctx.now);
  for (const wish of wishes) {
    const days = wish.dates.length === 0 ? null : union(wish, wishes.length > 1 || wish.dates.length > 1, today);
    if (wish.times.length === 0) {
      if (days) out.push({ dates: days.days, time: null, exclude: days.exclude, closed: false, twelveHour: false, later: false });
      continue;
    }
    for (const { time } of wish.times) out.push(timed(days?.days ?? null, days?.exclude ?? null, time, ctx));
  }
  return out;
}

/** All days of a wish. Days without an end win over days beside them; 平日 in a list with others means the next two weeks'. */
function union(wish: Wish, several: boolean, today: Day): { days: Days; exclude: Exclusion | null } {
  const one = wish.dates[0]!.found;
  if (wish.dates.length === 1 && !(several && one.exclude)) return { days: ahead(one.days, today), exclude: one.exclude ?? null };
  const all: Day[] = [];
  for (const { found } of wish.dates) {
    const from = firstOf(found.days) ?? today;
    const bounded = listed(ahead(found.days, today), today);
    if (bounded === null && !found.exclude) return { days: found.days, exclude: null };
    const list = bounded ?? listDays(from, addDays(from, 13));
    all.push(...(found.exclude ? (applied(list, found.exclude, today).days as Day[]) : list));
  }
  return { days: tidy(all), exclude: null };
}

/** A stretch that has begun begins today: 今週 is what is left of it. */
const ahead = (days: Days, today: Day): Days =>
  Array.isArray(days) || days.from === null || days.from >= today || (days.to !== null && days.to < today) ? days : { from: today, to: days.to };

function timed(days: Days | null, exclude: Exclusion | null, time: TimeSaid, ctx: HearingContext): Resolved {
  if (time.later !== undefined) {
    // Nobody means 「1時間半後」 to the minute: the next start of the shop.
    const grid = ctx.hours?.gridMinutes ?? 1;
    const minute = Math.ceil((minuteOf(ctx.now) + time.later) / grid) * grid;
    const clock = toClock(minute % 1440);
    return { dates: [addDays(dayOf(ctx.now), Math.floor(minute / 1440))], time: { from: clock, to: clock }, exclude, closed: false, twelveHour: false, later: true };
  }
  const day = days === null ? null : firstOf(days);
  const read = resolveTime(time, openingsFor(ctx.hours, day), ctx.hours !== null);
  const next = pastMidnight(days, read.times, ctx.hours === null || read.closed);
  return { dates: next?.dates ?? days, time: next?.time ?? read.times, exclude, closed: read.closed, twelveHour: read.twelveHour, later: false };
}

/** Convention 6: 24時 and later are the small hours of the next day, unless the shop is still open on the day named. */
function pastMidnight(days: Days | null, time: Times, over: boolean): { dates: Days | null; time: Times } | null {
  if (time.from === null || time.from !== time.to || toMinute(time.from) < 1440) return null;
  if (days !== null && !over) return null;
  const clock = toClock(toMinute(time.from) - 1440);
  return { dates: Array.isArray(days) ? days.map((day) => addDays(day, 1)) : days, time: { from: clock, to: clock } };
}

function exclusion(unwanted: readonly Item[], own: readonly Exclusion[], wanted: readonly Item[], ctx: HearingContext): Exclusion | null {
  let out: Exclusion | null = null;
  for (const exclude of own) out = excluding(out, exclude);
  for (const item of unwanted) {
    if (item.is === 'date') {
      out = excluding(out, excludedBy(item, dayOf(ctx.now)));
      continue;
    }
    // A time that will not do beside one that will is said already by the latter.
    if (wanted.some((w) => w.is === 'time')) continue;
    const { times } = resolveTime(item.time, openingsFor(ctx.hours, null), ctx.hours !== null);
    out = excluding(out, { time: times });
  }
  return out;
}

/** Applies what is excluded to the wishes that can be listed. */
function settle(wishes: readonly Resolved[], exclude: Exclusion | null, today: Day): { when: When[]; exclude: Exclusion | null } {
  let left = wishes.length === 0 ? exclude : null;
  const when = wishes.map(({ dates, time }): When => {
    if (dates === null) {
      left = excluding(left, exclude);
      return { dates, time };
    }
    const rest = applied(dates, exclude, today);
    left = excluding(left, rest.left);
    return { dates: rest.days, time };
  });
  return { when, exclude: left };
}

function assumptions(items: readonly Item[], wishes: readonly Resolved[], text: Normalised): Assumption[] {
  const out: Assumption[] = [];
  for (const item of items) {
    const { words } = source(text, item.from, item.to);
    const whys = item.is === 'date' ? (item.found.assumed ?? []) : item.time.assumed;
    for (const why of new Set(whys)) out.push({ part: item.is, why, words });
  }
  const clock = items.find((item) => item.is === 'time');
  if (clock && wishes.some((w) => w.twelveHour)) out.push({ part: 'time', why: 'twelve_hour', words: source(text, clock.from, clock.to).words });
  return out;
}

const evidence = (items: readonly Item[], unwanted: readonly Item[], text: Normalised): Evidence[] => [
  ...items.map((item) => ({ part: item.is, ...source(text, item.from, item.to) })),
  ...unwanted.map((item) => ({ part: 'exclude', ...source(text, item.from, item.to) })),
];
