/** The customer's own visits and waits: which one is meant, and what happens to it. */
import type { Answer } from '../booking/ports.ts';
import type { Reservation } from '../model/reservation.ts';
import { stillOwn } from '../model/hours.ts';
import { menusOf } from '../model/store.ts';
import { dayOf, minuteOf, toClock, weekdayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Heard, When } from '../understanding/heard.ts';
import { changeSlots } from './change.ts';
import { listDays, within } from './days.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import { askChange, confirmCancel, resume } from './resume.ts';
import type { Act } from './says.ts';
import { asLast, leftToLast } from './repeat.ts';
import { shiftedFrom } from './shift.ts';
import { readAll } from './slots.ts';
import { ask, first, mine, rest, say, want } from './stepped.ts';
import { storeOnly } from './talk.ts';
import type { During, Known, Talk } from './talk.ts';

type Mine = Extract<Answer, { to: 'mine' }>;

export function answeredMine(talk: Talk, during: During, answer: Mine, ctx: StepContext): Stepped {
  const { visits, waits, last } = answer;
  switch (during.for) {
    case 'cancel': return toCancel(talk, during, answer, ctx);
    case 'move': return toMove(talk, during, visits, ctx);
    case 'leave': return toLeave(talk, during, waits);
    case 'waits': return waits.length > 0 ? say(talk, { say: 'mine', visits: [], waits }) : proceed({ ...talk, goal: 'wait', known: storeOnly(talk.known) }, ctx);
    case 'stop': return say(rest(talk), { say: 'stopped', kept: visits });
    case 'already': {
      const booked = visits.find((v) => v.id === talk.visit?.id);
      return say(rest(talk), !booked ? { say: 'hello' } : booked.hold?.for === 'deposit' ? { say: 'deposit_asked', visit: booked, approved: false } : { say: 'already_booked', visit: booked });
    }
    case 'same': case 'usual': case 'repeat': return asLast(talk, during, last, ctx);
    default: {
      const list: Act = visits.length + waits.length > 0 ? { say: 'mine', visits, waits } : { say: 'no_visits', for: 'list' };
      return first([list], resume(talk, ctx));
    }
  }
}

/** Whether a visit is on the day and at the time spoken of, as far as they were said. */
const isAt = (visit: Reservation, when: When): boolean => {
  const day = dayOf(visit.start);
  const dated = when.dates === null || (Array.isArray(when.dates) ? when.dates.includes(day) : (when.dates.from ?? '') <= day && day <= (when.dates.to ?? '9999'));
  return dated && (when.time === null || within(when.time, minuteOf(visit.start)));
};

/** Nobody is asked to confirm what cannot be done any more. */
function isTooLate(visit: Reservation, wish: 'cancel' | 'move', ctx: StepContext): boolean {
  const store = ctx.stores.find((s) => s.id === visit.storeId);
  return store !== undefined && !stillOwn(store.hours, visit, ctx.now, wish);
}

const names = (visit: Pick<Reservation, 'storeId' | 'menuIds' | 'staffId'>, ctx: StepContext): string[] => {
  const store = ctx.stores.find((s) => s.id === visit.storeId);
  return store ? [...menusOf(store, visit.menuIds), ...store.staff.filter((s) => s.id === visit.staffId), ...(ctx.stores.length > 1 ? [store] : [])].map((x) => x.name) : [];
};

/** The visits a message can mean: at the shop it names, on a day and at a time it says, with a menu or person it names. */
function meant<V extends Reservation>(all: readonly V[], whens: readonly When[], said: readonly string[], ctx: StepContext): V[] {
  const shop = ctx.stores.length > 1 ? ctx.stores.find((s) => said.includes(s.name)) : undefined;
  const visits = shop ? all.filter((v) => v.storeId === shop.id) : all;
  const dated = whens.length > 0 ? visits.filter((v) => whens.some((w) => isAt(v, w))) : [...visits];
  const named = dated.filter((v) => said.every((name) => names(v, ctx).includes(name)));
  return named.length > 0 ? named : dated;
}

const namedIn = (heard: Heard): string[] => [
  ...(heard.store !== null ? [heard.store] : []), ...(heard.menus?.set ?? []), ...(heard.menus?.add ?? []), ...(heard.staff && 'name' in heard.staff && heard.staff.name !== null ? [heard.staff.name] : []),
];

/** Whether every day, time, menu and person a message names is that of a visit. */
export const speaksOnlyOf = (visit: Reservation, heard: Heard, ctx: StepContext): boolean =>
  [...(heard.of ? [heard.of] : []), ...heard.when].every((when) => isAt(visit, when)) && namedIn(heard).every((name) => names(visit, ctx).includes(name));

const offeredVisits = (visits: readonly Reservation[]) =>
  visits.map(({ id, start, menuIds, staffId }) => ({ kind: 'reservation' as const, id, start, menuIds, staffId }));

/** Whether a message points at one of the customer's visits rather than at what is being booked now. */
export const pointsAtVisit = (heard: Heard): boolean => heard.of !== undefined || heard.when.length > 0 || namedIn(heard).length > 0;

function toCancel(talk: Talk, during: During, { visits, waits }: Mine, ctx: StepContext): Stepped {
  if (visits.length === 0 && during.booking) return say(rest(talk), { say: 'stopped', kept: [] });
  if (visits.length === 0) return say(rest(talk), { say: 'no_visits', for: 'cancel' }, ...(waits.length > 0 ? [{ say: 'mine', visits, waits } as const] : []));
  const heard = during.heard;
  const fits = during.id ? visits.filter((v) => v.id === during.id) : heard ? meant(visits, [...(heard.of ? [heard.of] : []), ...heard.when], namedIn(heard), ctx) : visits;
  const [only] = fits;
  if (only && fits.length === 1 && isTooLate(only, 'cancel', ctx)) return want(talk, { do: 'late', reservationId: only.id, wish: 'cancel' }, { for: 'cancel' });
  if (only && fits.length === 1) return ask({ ...talk, goal: 'cancel', visit: only }, { about: 'cancel' }, confirmCancel(only, ctx));
  const shown = fits.length > 0 ? fits : visits;
  const which: Act = { say: 'ask_which', for: 'cancel', visits: shown };
  return ask({ ...talk, goal: 'cancel' }, { about: 'which', offered: offeredVisits(shown) }, ...(only ? [] : [{ say: 'no_such_visit' } as const]), which);
}

function toMove(before: Talk, during: During, visits: readonly Reservation[], ctx: StepContext): Stepped {
  // With no visit to move, the booking under way goes on.
  if (visits.length === 0 && during.booking) return first([{ say: 'no_visits', for: 'move' }], proceed({ ...before, goal: 'book' }, ctx));
  const talk: Talk = { ...before, known: storeOnly(before.known) };
  if (visits.length === 0) return say(rest(talk), { say: 'no_visits', for: 'move' });
  const heard = during.heard ?? null;
  const { of, rest: wish } = split(heard, visits, ctx);
  const fits = during.id ? visits.filter((v) => v.id === during.id) : meant(visits, of.whens, of.names, ctx);
  const [only] = fits;
  if (only && fits.length === 1) return moveOf(talk, only, wish, ctx);
  const shown = fits.length > 0 ? fits : visits;
  const pending = { about: 'which' as const, offered: offeredVisits(shown), ...(wish ? { heard: { ...wish, then: [] } } : {}) };
  return ask({ ...talk, goal: 'move' }, pending, ...(only ? [] : [{ say: 'no_such_visit' } as const]), { say: 'ask_which', for: 'move', visits: [...shown] });
}

/**
 * Parts a message into the visit it speaks of and what is wished instead. A day on which the customer has a visit is
 * that visit's day when another day or time is wished besides; a menu or shop he has booked is a name for the visit.
 */
function split(heard: Heard | null, visits: readonly Reservation[], ctx: StepContext): { of: { whens: When[]; names: string[] }; rest: Heard | null } {
  if (!heard) return { of: { whens: [], names: [] }, rest: null };
  const booked = new Set(visits.flatMap((v) => names(v, ctx)));
  const set = heard.menus?.set ?? [];
  const byMenu = set.length > 0 && set.every((name) => booked.has(name));
  const byShop = heard.store !== null && booked.has(heard.store);
  const wish: Heard = { ...heard, ...(byMenu ? { menus: null } : {}), ...(byShop ? { store: null } : {}) };
  const of = { whens: heard.of ? [heard.of] : [], names: [...(byMenu ? set : []), ...(byShop ? [heard.store!] : [])] };
  if (heard.of) return { of, rest: wish };
  const days = new Set<Day>(visits.map((v) => dayOf(v.start)));
  const wishes = heard.when.flatMap((w): When[] => (Array.isArray(w.dates) && w.dates.length === 2 && w.dates.some((d) => days.has(d)) ? [{ dates: [w.dates[0]!], time: null }, { dates: [w.dates[1]!], time: w.time }] : [w]));
  const spoken = wishes.findIndex((w) => visits.some((v) => isAt(v, w)));
  const said = wishes[spoken];
  if (!said) {
    // 「土曜の予約を11時に」 of several: the day is the visit's and stays, the hour is the wish.
    const onDay = wishes.find((w) => w.dates !== null && visits.length > 1 && visits.some((v) => isAt(v, { ...w, time: null })));
    return onDay ? { of: { ...of, whens: [{ ...onDay, time: null }] }, rest: wish } : { of, rest: wish };
  }
  // 「11/28の15時に」 of a visit on 11/28 at another hour: the day is the visit's, the hour is the wish.
  const onlyDay = said.dates !== null && said.time === null;
  if (wishes.length > 1 || onlyDay || said.dates === null) return { of: { ...of, whens: [said] }, rest: { ...wish, when: wishes.filter((_, i) => i !== spoken) } };
  return { of: { ...of, whens: [said] }, rest: { ...wish, when: [] } };
}

/** Moves this visit: what the message wishes, the rest as it was booked. */
function moveOf(before: Talk, visit: Reservation, heard: Heard | null, ctx: StepContext): Stepped {
  if (isTooLate(visit, 'move', ctx)) return want(before, { do: 'late', reservationId: visit.id, wish: 'move' }, { for: 'move' });
  const base: Known = { ...storeOnly(before.known), storeId: visit.storeId, menuIds: visit.menuIds, staff: visit.nominated ? visit.staffId : 'anyone' };
  const talk: Talk = { ...before, goal: 'move', visit, known: base };
  if (!heard) return askChange(talk);
  const shifted = heard.when.length === 0 ? heard.shift && shiftedFrom(heard.shift, visit.start) : null;
  const reading = readAll(shifted ? { ...heard, when: [shifted] } : heard, base, ctx);
  const { known } = reading;
  if (known.storeId !== visit.storeId) return elsewhere(talk, visit, known, ctx);
  const left = leftToLast(heard, heard.shift !== null);
  if (reading.noted.length === 0 && !left) return heard.detail ? changeSlots(talk, heard.detail, ctx) : askChange(talk);
  const day = [dayOf(visit.start)];
  const clock = toClock(minuteOf(visit.start));
  if (!known.dates && known.time) known.dates = day;
  // 「日曜の同じ時間で」; 「来週の同じ時間で」 is also the same day of the week.
  if (known.dates && !known.time && heard.shift?.same === 'time') {
    known.time = { from: clock, to: clock };
    const store = ctx.stores.find((s) => s.id === visit.storeId);
    const same = store ? listDays(known.dates, ctx.now, store.hours).filter((d) => weekdayOf(d) === weekdayOf(day[0]!)) : [];
    if (same.length === 1) known.dates = same;
  }
  if (!known.dates && !known.prefer && !left?.usual?.includes('weekday')) Object.assign(known, { dates: day }, left?.usual ? {} : { time: { from: clock, to: clock } });
  return left ? mine({ ...talk, known }, ctx, { ...left, noted: reading.noted }) : proceed({ ...talk, known }, ctx);
}

/** A visit stays at its shop. At the other one it is a booking of its own, for he cannot be at both at once. */
function elsewhere({ visit: _, ...talk }: Talk, visit: Reservation, known: Known, ctx: StepContext): Stepped {
  void _;
  return first([{ say: 'other_shop', visit }], proceed({ ...talk, goal: 'book', known }, ctx, { noted: ['store'], changed: [] }));
}

function toLeave(talk: Talk, during: During, all: Mine['waits']): Stepped {
  const waits = during.id ? all.filter((w) => w.id === during.id) : all;
  const [only] = waits;
  if (!only) return say(rest(talk), during.heard?.intent === 'deny' ? { say: 'bye' } : { say: 'no_waits' });
  const offered = waits.map((w) => ({ kind: 'wait' as const, id: w.id, from: w.from }));
  if (waits.length === 1) return ask({ ...talk, goal: 'cancel' }, { about: 'leave', offered }, { say: 'confirm_leave', entry: only });
  return ask({ ...talk, goal: 'cancel' }, { about: 'which', offered }, { say: 'ask_which_wait', entries: waits });
}
