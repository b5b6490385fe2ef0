/** What the calendar answered: a proposal to confirm, times to choose from, or that there is nothing and what is near. */
import type { Answer, DayState, Effect, Terms } from '../booking/ports.ts';
import { MINUTE, addDays, at, dayOf, toClock, toMinute } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { shared } from '../model/span.ts';
import { needsOf, staffWhoDo } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { notAllowed } from './barred.ts';
import { decided, fitting, freeStarts, isPoint, lastDay, minuteOn, minutesOf, nearestTo, offerOf, stretches, wishedDays } from './days.ts';
import type { Free } from './days.ts';
import { askStaff, echo, lookAt, otherDay, soonest, visitOf, wantedStaff } from './derive.ts';
import { nextQuestion, toldFirst } from './first-visit.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act, LookedFor, Offer, OpenDay } from './says.ts';
import { SLOTS, without } from './slots.ts';
import { ask, first, rest, say, want } from './stepped.ts';
import type { During, Known, SlotName, Talk } from './talk.ts';

type Looked = Extract<Answer, { to: 'look' }>;
type Soonest = Extract<Answer, { to: 'soonest' }>;

/** Times offered at once: as many as a card of buttons can hold and a talk should keep. */
const MOST_OFFERS = 36;
/** How far around a full day is looked for the nearest other times. */
const BEFORE = 3;
const AFTER = 7;

const lookedFor = (talk: Talk, store: Store, ctx: StepContext): LookedFor => ({
  storeId: store.id, menuIds: talk.known.menuIds ?? [], staffId: wantedStaff(talk), days: wishedDays(talk.known, ctx.now, store.hours), time: talk.known.time ?? null,
});

export function answeredLook(talk: Talk, during: During, effect: Extract<Effect, { do: 'look' }>, answer: Looked, store: Store, ctx: StepContext): Stepped {
  if (talk.goal === 'book' && answer.terms?.barred) return notAllowed(talk, answer.terms.barred, store);
  const staffId = effect.visit.staffId === null ? wantedStaff(talk) : null;
  if (during.for === 'near') return near(talk, notExcluded(freeStarts(answer.days, staffId), talk, store, ctx), store, ctx, during.lacks);
  const timeless = during.for === 'ask_time' ? { ...talk, known: without(talk.known, 'time') } : talk;
  const free = freeStarts(answer.days, staffId);
  const fit = fitting(free, timeless.known, ctx.now, store.hours);
  const point = decided(timeless.known, ctx.now, store.hours);
  if (fit.length === 0) return nothingFits(talk, answer.days, free, store, ctx);
  // Of several wishes the only one that can be.
  const only = fit.length === 1 && Boolean(timeless.known.or?.length);
  if ((point || only) && (talk.goal !== 'look' || talk.known.menuIds?.length)) return propose(talk, fit[0]!, store, ctx, during, answer.terms);
  const { prefer } = talk.known;
  if (prefer && (talk.goal !== 'look' || prefer !== 'any')) return pick(talk, prefer === 'latest' ? fit.at(-1)! : fit[0]!, answer, store, ctx, during);
  if (talk.goal === 'book' && during.for !== 'ask_time' && isMissing('staff', talk, store, ctx)) return askStaff(talk, store, ableOf(store, fit), ...echo(talk, { noted: during.noted ?? [], changed: during.changed ?? [] }));
  const days = openDays(answer.days, fit, timeless, store, effect.visit.staffId !== null || staffId === null);
  if (talk.goal === 'look') return open(talk, days, point ? offerOf(fit[0]!) : null, store, ctx);
  return chooseTime(talk, days, fit, store, ctx, echo(talk, { noted: during.noted ?? [], changed: during.changed ?? [] }));
}

/** Whether a detail is still to be asked for. */
const isMissing = (name: SlotName, { known }: Talk, store: Store, ctx: StepContext): boolean => {
  const slot = SLOTS.find((s) => s.name === name)!;
  return !slot.has(known, store, ctx) && !slot.skip(known, store, ctx);
};

const ableOf = (store: Store, free: readonly Free[]): string[] => store.staff.filter((s) => free.some((f) => f.staffIds.includes(s.id))).map((s) => s.id);

export function answeredSoonest(talk: Talk, during: During, answer: Soonest, store: Store, ctx: StepContext): Stepped {
  if (talk.goal === 'book' && answer.terms?.barred) return notAllowed(talk, answer.terms.barred, store);
  const free = fitting(freeStarts(answer.days, null), onlyTimes(talk), ctx.now, store.hours);
  const [soon] = free;
  const said = echo(talk, { noted: during.noted ?? [], changed: during.changed ?? [] });
  if (!soon) return during.for === 'near' || talk.known.dates ? full(talk, [], store, ctx, false, during.lacks) : nothingAhead(talk, store, ctx);
  if (during.for === 'earliest') return pick(talk, soon, answer, store, ctx, during);
  const days = [...new Set(free.map((f) => f.day))];
  if (during.for === 'near') return full(talk, days.map((d) => free.find((f) => f.day === d)!).slice(0, 5).map((f) => offerOf(f)), store, ctx, false, during.lacks);
  if (during.for === 'further') {
    const some = days.slice(0, 3);
    const set: Talk = { ...talk, known: { ...without(talk.known, 'day'), dates: some } };
    return open(set, openDays(answer.days, free.filter((f) => some.includes(f.day)), set, store, true), null, store, ctx);
  }
  return askWhichDay(talk, days.slice(0, 6), store, ctx, said);
}

/** Takes the earliest or latest start for the customer, to be confirmed; only told where no menu is known yet. */
function pick(talk: Talk, free: Free, { days: states, terms }: Looked | Soonest, store: Store, ctx: StepContext, during: During): Stepped {
  if (talk.goal !== 'look' || talk.known.menuIds?.length) return propose(talk, free, store, ctx, during, terms);
  const set = decidedOn(talk, free);
  return open(set, openDays(states, [free], set, store, true), offerOf(free), store, ctx, talk.known.prefer ?? 'earliest');
}

/** Without the days wished for, for a look beyond them; what is excluded stays excluded. */
const onlyTimes = (talk: Talk) => ({ ...without(talk.known, 'day'), ...(talk.known.exclude ? { exclude: talk.known.exclude } : {}) });

const decidedOn = (talk: Talk, f: Free): Talk => {
  const time = toClock(f.minute);
  return { ...talk, known: { ...without(talk.known, 'day', 'time'), dates: [f.day], time: { from: time, to: time } } };
};

const askWhichDay = (talk: Talk, days: Day[], store: Store, ctx: StepContext, said: Act[]): Stepped =>
  ask(talk, { about: 'day', offered: days.map((day) => ({ kind: 'day', day })) }, ...said, {
    say: 'ask_day', storeId: store.id, days, first: dayOf(ctx.now), last: lastDay(store.hours, ctx.now), waiting: false,
  });

/** Nothing is free as far as can be booked: only waiting is left. */
const nothingAhead = (talk: Talk, store: Store, ctx: StepContext): Stepped =>
  ask({ ...talk, goal: 'wait' }, { about: 'day' }, { say: 'full', looked: lookedFor(talk, store, ctx), near: [], waitable: false, taken: false }, {
    say: 'ask_day', storeId: store.id, days: [], first: dayOf(ctx.now), last: lastDay(store.hours, ctx.now), waiting: true,
  });

/** The stretches to say: the calendar's own, cut to the time asked for; from the starts where one person is singled out. */
function openDays(states: readonly DayState[], fit: readonly Free[], talk: Talk, store: Store, whole: boolean): OpenDay[] {
  const minutes = minutesOf(store, talk.known.menuIds ?? [], wantedStaff(talk));
  const { time } = talk.known;
  const until = time?.to && !isPoint(time) ? toMinute(time.to) : Infinity;
  const byStarts = stretches(fit, minutes, store.hours.gridMinutes).map(({ day, spans }) => ({ day, spans: spans.map((s) => ({ from: s.from, to: toMinute(s.to) > until ? time!.to! : s.to })) }));
  if (!whole || talk.known.exclude?.time || talk.known.or?.length) return byStarts;
  return byStarts.map(({ day, spans }) => {
    const starts = fit.filter((f) => f.day === day);
    const midnight = at(day, 0);
    const wished = !time || isPoint(time) ? null
      : { start: time.from === null ? midnight : at(day, toMinute(time.from)), end: time.to === null ? at(addDays(day, 2), 0) : at(day, toMinute(time.to)) };
    const stretch = states.find((s) => s.day === day)?.open ?? [];
    const cut = (wished ? shared(stretch, [wished]) : stretch).filter((span) => starts.some((f) => span.start <= f.start && f.start < span.end));
    const said = cut.map((span) => ({ from: toClock(minuteOn(day, span.start)), to: toClock(minuteOn(day, span.end)) }));
    return { day, spans: said.length > 0 && !isPoint(time) ? said : spans };
  });
}

/** Free stretches, asking whether to book. */
const open = (talk: Talk, days: OpenDay[], exact: Offer | null, store: Store, ctx: StepContext, picked: Known['prefer'] | null = null): Stepped =>
  ask({ ...talk, goal: 'look' }, { about: 'start_look', offered: exact ? [{ kind: 'time', ...exact }] : days.slice(0, 12).map(({ day }) => ({ kind: 'day', day })) }, {
    say: 'open', looked: lookedFor(talk, store, ctx), days, exact, picked,
  });

/** The times to choose from; where they are too many over several days, the day first. */
function chooseTime(talk: Talk, days: OpenDay[], fit: readonly Free[], store: Store, ctx: StepContext, said: Act[]): Stepped {
  if (days.length > 1 && fit.length > MOST_OFFERS / 2) return askWhichDay(talk, days.map((d) => d.day).slice(0, 12), store, ctx, said);
  const offers = fit.slice(0, MOST_OFFERS).map((f) => offerOf(f));
  return ask(talk, { about: 'time', offered: offers.map((o) => ({ kind: 'time', ...o })) }, ...said, { say: 'ask_time', looked: lookedFor(talk, store, ctx), days, offers });
}

/** One start that fits: asks who, the name, or what a first visit needs, where that is still open, else for the yes. */
export function propose(before: Talk, free: Free, store: Store, ctx: StepContext, during: During, terms?: Terms): Stepped {
  const said = { noted: during.noted ?? [], changed: during.changed ?? [] };
  const booking: Talk = decidedOn({ ...before, goal: before.goal === 'move' ? 'move' : 'book' }, free);
  const canDo = staffWhoDo(store, booking.known.menuIds ?? []);
  const talk: Talk = booking.known.staff === undefined && (before.goal === 'look' || canDo.length <= 1) ? { ...booking, known: { ...booking.known, staff: 'anyone' } } : booking;
  if (talk.known.staff === undefined) return askStaff(talk, store, free.staffIds.length > 0 ? free.staffIds : canDo.map((s) => s.id), ...echo(talk, said));
  if (!SLOTS.find((s) => s.name === 'name')!.has(talk.known, store, ctx)) return ask(talk, { about: 'name' }, ...echo(talk, said), { say: 'ask_name' });
  const first = talk.goal === 'book' ? nextQuestion(store, terms, talk.known, ctx) : null;
  if (first) return ask(talk, { about: first.about }, ...echo(talk, said), first.ask);
  const visit = visitOf(talk, store);
  const end = free.start + minutesOf(store, visit.menuIds, visit.staffId) * MINUTE;
  const proposal = { ...visit, start: free.start, end };
  const assumed = talk.assumed ?? [];
  // A move waits for the yes of a shop that wants to say it always, not of one that said it once.
  const waits = talk.goal === 'move' ? store.policy.approval.when === 'always' || talk.visit?.status === 'pending' : terms?.approval === true;
  const approval = waits ? { approval: true as const } : {};
  const told = toldFirst(store, terms, talk.known, ctx);
  if (talk.goal !== 'move' || !talk.visit) return ask(talk, { about: 'confirm' }, {
    say: 'confirm', proposal, assumed, changed: said.changed, free: before.goal === 'look', ...(said.changed.includes('name') && talk.known.name ? { name: talk.known.name } : {}), ...approval, ...(told ? { told } : {}),
  });
  const same = talk.visit.start === free.start && (visit.staffId === null || visit.staffId === talk.visit.staffId) && visit.menuIds.join() === talk.visit.menuIds.join();
  return same ? say(rest(talk), { say: 'kept', visit: talk.visit }) : ask(talk, { about: 'move' }, { say: 'confirm_move', from: talk.visit, proposal, assumed, ...approval });
}

/** Nothing as wished: the nearest other times of the same days and other people at the very time; else looks further. */
function nothingFits(talk: Talk, states: readonly DayState[], free: readonly Free[], store: Store, ctx: StepContext): Stepped {
  const [only] = states;
  if (only?.closed && states.length === 1) {
    return first([{ say: 'cannot', problem: { why: 'closed', day: only.day, because: only.closed, instead: [] }, storeId: store.id }], otherDay(talk, store, ctx, only.day));
  }
  const wanted = moment(talk, store, ctx);
  const others = wantedStaff(talk) && decided(talk.known, ctx.now, store.hours)
    ? fitting(freeStarts(states, null), talk.known, ctx.now, store.hours).flatMap((f) => f.staffIds.map((id) => offerOf(f, id))).slice(0, 3) : [];
  const offers = [...others, ...nearestTo(notExcluded(free, talk, store, ctx), wanted, 4).map((f) => offerOf(f))];
  const lacks = lacking(talk, states, store, ctx);
  if (offers.length > 0) return full(talk, offers, store, ctx, false, lacks);
  const days = wishedDays(talk.known, ctx.now, store.hours).sort();
  const around = [...range(addDays(days[0]!, -BEFORE), days[0]!), ...range(addDays(days.at(-1)!, 1), addDays(days.at(-1)!, AFTER + 1))];
  return lookAt(talk, store, ctx, around, { for: 'near', ...(lacks.length > 0 ? { lacks } : {}) });
}

/** The rooms that are missing where the people wished for are free. */
function lacking(talk: Talk, states: readonly DayState[], store: Store, ctx: StepContext): string[] {
  const short = freeStarts(states.map((state) => ({ ...state, free: state.short ?? [] })), wantedStaff(talk));
  return fitting(short, talk.known, ctx.now, store.hours).length > 0 ? needsOf(store, talk.known.menuIds ?? []).map((resource) => resource.id) : [];
}

/** Without what the customer has ruled out. */
const notExcluded = (free: readonly Free[], { known }: Talk, store: Store, ctx: StepContext): Free[] =>
  fitting(free, known.exclude ? { exclude: known.exclude } : {}, ctx.now, store.hours);

const range = (from: Day, until: Day): Day[] => {
  const out: Day[] = [];
  for (let d = from; d < until; d = addDays(d, 1)) out.push(d);
  return out;
};

/** The moment that was wished for, as far as it was. */
function moment(talk: Talk, store: Store, ctx: StepContext): number {
  const day = wishedDays(talk.known, ctx.now, store.hours)[0] ?? dayOf(ctx.now);
  return at(day, toMinute(talk.known.time?.from ?? talk.known.time?.to ?? '12:00'));
}

/** Around a full day: per day the start nearest to the wished time, nearest days first. */
function near(talk: Talk, free: readonly Free[], store: Store, ctx: StepContext, lacks: string[] | undefined): Stepped {
  const wanted = moment(talk, store, ctx);
  const minute = talk.known.time?.from ? toMinute(talk.known.time.from) : null;
  const days = [...new Set(free.map((f) => f.day))];
  const best = days.map((day) => {
    const own = free.filter((f) => f.day === day);
    return minute === null ? own[0]! : nearestTo(own, at(day, minute), 1)[0]!;
  });
  if (best.length === 0) return further(talk, addDays(wishedDays(talk.known, ctx.now, store.hours).sort().at(-1)!, AFTER + 1), store, ctx, lacks);
  return full(talk, nearestTo(best, wanted, 4).map((f) => offerOf(f)), store, ctx, false, lacks);
}

const further = (talk: Talk, from: Day, store: Store, ctx: StepContext, lacks: string[] | undefined): Stepped => {
  const last = lastDay(store.hours, ctx.now);
  return want(talk, soonest(talk, store, Math.max(at(from <= last ? from : last, 0), ctx.now), 5), { for: 'near', ...(lacks ? { lacks } : {}) });
};

/** Says that it is full, with the nearest free times first and the waiting list after them. */
export function full(talk: Talk, near_: Offer[], store: Store, ctx: StepContext, taken: boolean, lacks: string[] = []): Stepped {
  const looked = lookedFor(talk, store, ctx);
  const waitable = looked.days.some((d) => d >= dayOf(ctx.now));
  const act: Act = { say: 'full', looked, near: near_, waitable, taken, ...(lacks.length > 0 ? { lacks } : {}) };
  if (near_.length > 0) return ask(talk, { about: 'time', offered: near_.map((o) => ({ kind: 'time', ...o })) }, act);
  return waitable ? ask(talk, { about: 'waitlist' }, act) : ask(talk, { about: 'day' }, act, {
    say: 'ask_day', storeId: store.id, days: [], first: dayOf(ctx.now), last: lastDay(store.hours, ctx.now), waiting: false,
  });
}
