/** What comes next, derived from what is known: a problem to name, a question, or a look into the calendar. */
import type { Effect, Visit } from '../booking/ports.ts';
import { activeMenus, activeStaff, isOff, staffWhoDo } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { MINUTE, addDays, at, dayOf, toMinute } from '../model/time.ts';
import { openSpans } from '../model/hours.ts';
import type { Day } from '../model/time.ts';
import { lastDay, openDaysFrom, wishedDays, wishesOf } from './days.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act, Problem } from './says.ts';
import { askShop } from './shops.ts';
import { SLOTS, without } from './slots.ts';
import { ask, shopOf, want } from './stepped.ts';
import type { SlotName, Talk } from './talk.ts';

/** What this message set and changed, to be echoed with the next question. */
export type Said = { noted: SlotName[]; changed: SlotName[] };
const NOTHING: Said = { noted: [], changed: [] };

/** The echo of what was just said; none where nothing was, or where a summary follows anyway. */
export const echo = (talk: Talk, said: Said): Act[] =>
  said.noted.length > 0 ? [{ say: 'noted', slots: said.noted, changed: said.changed, known: talk.known }] : [];

/** Details that must be known before a visit can be looked up, by what the customer is about. */
const NEEDED: Partial<Record<Talk['goal'], readonly SlotName[]>> = {
  look: ['store'], book: ['store', 'menu', 'staff', 'day'], move: ['store', 'menu', 'staff', 'day'], wait: ['store', 'menu', 'day'],
};

/** The person asked for; null = anyone. */
export const wantedStaff = (talk: Talk): string | null => (talk.known.staff && talk.known.staff !== 'anyone' ? talk.known.staff : null);

export const visitOf = (talk: Talk, store: Store): Visit => ({ storeId: store.id, menuIds: talk.known.menuIds ?? [], staffId: wantedStaff(talk) });

/** Derives the next question or effect of a talk that is about looking, booking, moving or waiting. */
export function proceed(before: Talk, ctx: StepContext, said: Said = NOTHING): Stepped {
  const store = shopOf(before, ctx);
  if (!store) return askShop(before, ctx);
  const talk = onlyMenu(before, store);
  for (const slot of SLOTS) {
    const problem = slot.check(talk.known, store, ctx);
    if (problem) return onProblem(problem, talk, store, ctx);
  }
  const missing = SLOTS.find((s) => NEEDED[talk.goal]?.includes(s.name) && !s.has(talk.known, store, ctx) && !s.skip(talk.known, store, ctx));
  switch (missing?.name) {
    case 'menu': return askMenu(talk, store, ...echo(talk, said));
    // Where nobody is free there is no question who.
    case 'staff': return wishedDays(talk.known, ctx.now, store.hours).length > 0 ? look(talk, store, ctx, said) : askStaff(talk, store, candidates(talk, store, ctx), ...echo(talk, said));
    case 'day': return askDay(talk, store, ctx, said);
    default: return talk.goal === 'wait' ? join(talk, store, ctx) : look(talk, store, ctx, said);
  }
}

/** A shop with one menu has no question about it. */
const onlyMenu = (talk: Talk, store: Store): Talk => {
  const menus = activeMenus(store);
  return talk.known.menuIds?.length || menus.length !== 1 ? talk : { ...talk, known: { ...talk.known, menuIds: [menus[0]!.id] } };
};

const candidates = (talk: Talk, store: Store, ctx: StepContext): string[] => {
  const days = wishedDays(talk.known, ctx.now, store.hours);
  const able = staffWhoDo(store, talk.known.menuIds ?? []);
  const there = able.filter((s) => days.length === 0 || days.some((d) => !isOff(s, d)));
  return (there.length > 0 ? there : able).map((s) => s.id);
};

export function askMenu(talk: Talk, store: Store, ...before: Act[]): Stepped {
  const menuIds = activeMenus(store).map((m) => m.id);
  return ask(talk, { about: 'menu', offered: menuIds.map((id) => ({ kind: 'menu', id })) }, ...before, { say: 'ask_menu', storeId: store.id, menuIds });
}

export const askStaff = (talk: Talk, store: Store, staffIds: string[], ...before: Act[]): Stepped =>
  ask(talk, { about: 'staff', offered: staffIds.map((id) => ({ kind: 'staff', id })) }, ...before, { say: 'ask_staff', storeId: store.id, staffIds });

/** Asks for the day, after a look at which days have anything free. To wait any open day will do. */
function askDay(talk: Talk, store: Store, ctx: StepContext, said: Said, from?: Day): Stepped {
  const last = lastDay(store.hours, ctx.now);
  if (talk.goal === 'wait') {
    const days = openDaysFrom(store.hours, from ?? dayOf(ctx.now), last, 6);
    return ask(talk, { about: 'day', offered: days.map((day) => ({ kind: 'day', day })) }, ...echo(talk, said), { say: 'ask_day', storeId: store.id, days, first: dayOf(ctx.now), last, waiting: true });
  }
  const after = from && from > dayOf(ctx.now) && from <= last ? at(from, 0) : ctx.now;
  const soon = talk.known.prefer && !from;
  const limit = soon || talk.known.time || talk.known.exclude ? 14 : 6;
  return want(talk, soonest(talk, store, after, limit), { for: soon ? 'earliest' : 'ask_day', ...said });
}

export const soonest = (talk: Talk, store: Store, after: number, limit: number): Effect => ({
  do: 'soonest', visit: visitOf(talk, store), after, limit, ...moving(talk),
});

const moving = (talk: Talk): { moving?: string } => (talk.goal === 'move' && talk.visit ? { moving: talk.visit.id } : {});

/** Looks at the days wished for, or at the next free ones where no day was said. */
function look(talk: Talk, store: Store, ctx: StepContext, said: Said): Stepped {
  const days = wishedDays(talk.known, ctx.now, store.hours);
  if (days.length === 0) return want(talk, soonest(talk, store, ctx.now, 14), { for: talk.known.prefer ? 'earliest' : 'further', ...said });
  return lookAt(talk, store, ctx, days, { for: 'look', ...said });
}

/**
 * The whole days are looked at, and everybody's where the menu is known: so the nearest other times and the other
 * people who could do it are known with the same answer.
 */
export function lookAt(talk: Talk, store: Store, ctx: StepContext, days: readonly Day[], during: NonNullable<Talk['during']>, ...says: Act[]): Stepped {
  const [today, last] = [dayOf(ctx.now), lastDay(store.hours, ctx.now)];
  const possible = [...days].filter((d) => d >= today && d <= last).sort();
  const visit = visitOf(talk, store);
  const effect: Effect = {
    do: 'look', visit: { ...visit, staffId: visit.menuIds.length > 0 ? null : visit.staffId }, days: possible.length > 0 ? possible : [today], from: null, until: null, ...moving(talk),
  };
  return want(talk, effect, during, ...says);
}

/** Names what is wrong, and asks for the detail that would put it right. The value stays until another is given. */
function onProblem(problem: Problem, talk: Talk, store: Store, ctx: StepContext): Stepped {
  const why: Act = { say: 'cannot', problem, storeId: store.id };
  const said = NOTHING;
  switch (problem.why) {
    case 'unknown_menu': return askMenu({ ...talk, known: without(talk.known, 'menu') }, store);
    case 'unknown_staff': return proceed({ ...talk, known: without(talk.known, 'staff') }, ctx);
    case 'nobody_can': return askMenu(talk, store, why);
    case 'no_phone': return ask({ ...talk, known: without(talk.known, 'phone') }, { about: 'phone' }, why, { say: 'ask_phone' });
    case 'staff_cannot': return askStaff(talk, store, problem.can.length > 0 ? problem.can : activeStaff(store).map((s) => s.id), why);
    case 'closed': case 'beyond_window': case 'staff_off': return prefixed(why, otherDay(talk, store, ctx, problem.day));
    case 'past':
      if (problem.day < dayOf(ctx.now)) return prefixed(why, otherDay(talk, store, ctx, problem.day));
      break;
    default:
  }
  if (talk.goal === 'wait') return prefixed(why, askDay(talk, store, ctx, said));
  const days = wishedDays(talk.known, ctx.now, store.hours);
  if (days.length > 0) return lookAt(talk, store, ctx, days, { for: 'ask_time' }, why);
  return prefixed(why, askDay({ ...talk, known: without(talk.known, 'time') }, store, ctx, said));
}

/** The nearest days instead: to choose from when booking, to hear about when only looking. */
export function otherDay(talk: Talk, store: Store, ctx: StepContext, wished: Day): Stepped {
  if (talk.goal !== 'look') return askDay(talk, store, ctx, NOTHING, wished);
  const after = wished > dayOf(ctx.now) && wished <= lastDay(store.hours, ctx.now) ? at(wished, 0) : ctx.now;
  return want(talk, soonest(talk, store, after, 14), { for: 'further' });
}

const prefixed = (act: Act, stepped: Stepped): Stepped => ({ ...stepped, says: [act, ...stepped.says] });

/** Joins the waiting list: at the time said, or any time that day. Several days: asks which one. */
function join(talk: Talk, store: Store, ctx: StepContext): Stepped {
  const days = wishedDays(talk.known, ctx.now, store.hours).filter((d) => d >= dayOf(ctx.now));
  const day = days[0];
  if (day === undefined || days.length > 1) {
    const some = days.slice(0, 12);
    return ask(talk, { about: 'day', offered: some.map((d) => ({ kind: 'day', day: d })) }, { say: 'ask_day', storeId: store.id, days: some, first: dayOf(ctx.now), last: lastDay(store.hours, ctx.now), waiting: true });
  }
  const { from, until } = wantedSpan(talk, store, day);
  return want(talk, { do: 'wait', visit: visitOf(talk, store), from: Math.max(from, ctx.now), until }, { for: 'look' });
}

/** The starts a waiting customer wants: a point is one step of the grid, nothing said is the whole day. */
function wantedSpan(talk: Talk, store: Store, day: Day): { from: number; until: number } {
  const [wish] = wishesOf(talk.known);
  const openings = openSpans(store.hours, day);
  const [from, to] = [openings[0]?.start ?? at(day, 0), openings.at(-1)?.end ?? at(addDays(day, 1), 0)];
  const time = wish?.time;
  if (!time) return { from, until: to };
  const start = time.from === null ? from : at(day, toMinute(time.from));
  if (time.to === null) return { from: start, until: Math.max(to, start + 1) };
  const end = at(day, toMinute(time.to));
  return { from: start, until: end > start ? end : start + store.hours.gridMinutes * MINUTE };
}
