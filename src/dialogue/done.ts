/** What became of a booking, a move, a cancelling, a place on the waiting list. */
import type { Answer, CannotBook, Effect, FreeStart } from '../booking/ports.ts';
import { openingsOn } from '../model/hours.ts';
import type { Reservation } from '../model/reservation.ts';
import { staffWhoDo } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { dayOf, minuteOf, toClock } from '../model/time.ts';
import { notAllowed } from './barred.ts';
import { full } from './calendar.ts';
import { decided, isPoint, lastDay, openDaysFrom, wishedDays } from './days.ts';
import { proceed, visitOf } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import { shiftProblem } from './possible.ts';
import type { Act, Offer, Problem } from './says.ts';
import { ask, rest, say, shopOf, want, withGoal } from './stepped.ts';
import type { Talk } from './talk.ts';

/** The yes to a summary: books or moves what it showed. Where the talk no longer holds it, it is derived again. */
export function commit(talk: Talk, ctx: StepContext): Stepped {
  const store = shopOf(talk, ctx);
  const slot = store && decided(talk.known, ctx.now, store.hours);
  if (!store || !slot || !talk.known.menuIds?.length) return proceed(talk, ctx);
  const visit = visitOf(talk, store);
  if (talk.goal === 'move' && talk.visit) return want(talk, { do: 'move', reservationId: talk.visit.id, visit, start: slot.start }, { for: 'look' });
  const { name, phone, notes: wish } = talk.known;
  const notes = [name && name !== ctx.customer.name ? `お名前: ${name}` : '', phone && phone !== ctx.customer.phone ? `電話: ${phone}` : '', wish ? `ご要望: ${wish}` : ''].filter(Boolean);
  return want(talk, { do: 'book', visit, start: slot.start, notes: notes.length > 0 ? notes.join(' / ') : null }, { for: 'look' });
}

export function answeredBooking(talk: Talk, effect: Extract<Effect, { do: 'book' | 'move' }>, answer: Extract<Answer, { to: 'book' | 'move' }>, store: Store, ctx: StepContext): Stepped {
  if ('done' in answer) {
    const { done, waited } = answer;
    const over: Act[] = waited ? [{ say: 'waited', entries: waited }] : [];
    const stands = standing(done, effect.do === 'move', talk.visit?.deposit !== undefined);
    return say({ ...rest(talk), visit: done }, ...(done.hold?.for === 'deposit' ? [...over, ...stands] : [...stands, ...over]));
  }
  if ('barred' in answer) return notAllowed(talk, answer.barred, store);
  if ('gone' in answer) return say(forgetVisit(talk), { say: 'gone', for: 'move' });
  if ('tooLate' in answer) return say(rest(talk), { say: 'too_late', visit: answer.tooLate, for: 'move' });
  const near = answer.nearest.map(offerAt);
  if ('taken' in answer && answer.taken === 'full') return full(talk, near, store, ctx, true);
  if ('taken' in answer) {
    return ask(talk, near.length > 0 ? { about: 'time', offered: near.map((o) => ({ kind: 'time', ...o })) } : { about: 'time' }, { say: 'overlap', clash: answer.clash ?? null, near });
  }
  return refusal(talk, answer.cannot, near, store, ctx);
}

/** How a visit stands that was just booked or moved: for certain, or what it waits for. */
export function standing(visit: Reservation, moved: boolean, owedBefore = false): Act[] {
  if (visit.hold?.for === 'approval') return [{ say: 'provisional', visit, moved }];
  if (visit.hold?.for === 'deposit') return [...(moved ? [{ say: 'moved' as const, visit }] : []), { say: 'deposit_asked', visit, approved: false }];
  const owed: Act[] = visit.deposit?.state === 'due' && !owedBefore ? [{ say: 'deposit_owed', visit }] : [];
  return [{ say: moved ? 'moved' : 'booked', visit }, ...owed];
}

const offerAt = (f: FreeStart): Offer => ({ day: dayOf(f.start), time: toClock(minuteOf(f.start)) });

/** Booking said no by its own rules: why, and what is near. */
function refusal(talk: Talk, cannot: CannotBook, near: Offer[], store: Store, ctx: StepContext): Stepped {
  const problem = problemOf(talk, cannot, store, ctx);
  const offered: NonNullable<Talk['pending']> = near.length > 0
    ? { about: 'time', offered: near.map((o) => ({ kind: 'time', ...o })) }
    : { about: 'day' };
  return ask(talk, offered, { say: 'cannot', problem, storeId: store.id }, near.length > 0
    ? { say: 'near', near }
    : { say: 'ask_day', storeId: store.id, days: openDaysFrom(store.hours, dayOf(ctx.now), lastDay(store.hours, ctx.now), 6), first: dayOf(ctx.now), last: lastDay(store.hours, ctx.now), waiting: talk.goal === 'wait' });
}

function problemOf(talk: Talk, cannot: CannotBook, store: Store, ctx: StepContext): Problem {
  const day = wishedDays(talk.known, ctx.now, store.hours)[0] ?? dayOf(ctx.now);
  const time = isPoint(talk.known.time) ? talk.known.time.from : '00:00';
  const { menuIds, staffId } = visitOf(talk, store);
  const { noticeMinutes, gridMinutes } = store.hours;
  switch (cannot) {
    case 'past': return { why: 'past', day, time };
    case 'too_soon': return { why: 'too_soon', day, time, noticeMinutes };
    case 'beyond_window': return { why: 'beyond_window', day, last: lastDay(store.hours, ctx.now) };
    case 'closed': return { why: 'closed', day, because: 'closing_day', instead: [] };
    case 'outside_hours': return { why: 'outside_hours', day, time: talk.known.time ?? { from: null, to: null }, openings: openingsOn(store.hours, day) };
    case 'staff_off': return (talk.known.time && shiftProblem(talk.known, store, day)) ?? (staffId ? { why: 'staff_off', staffId, day, others: [], instead: [] } : { why: 'closed', day, because: 'staff_off', instead: [] });
    case 'staff_cannot': return { why: 'staff_cannot', staffId: staffId ?? '', menuIds, can: staffWhoDo(store, menuIds).map((s) => s.id) };
    case 'nobody_can': return { why: 'nobody_can', menuIds };
    case 'too_long': return { why: 'too_long', day, time, menuIds, until: openingsOn(store.hours, day).at(-1)?.[1] ?? '24:00', latest: null };
    case 'off_grid': return { why: 'off_grid', day, time, gridMinutes };
    case 'unknown': return { why: 'unknown_menu' };
  }
}

/** Idle, and without the visit that is no more. */
const forgetVisit = (talk: Talk): Talk => {
  const { visit, ...left } = rest(talk);
  void visit;
  return left;
};

export function answeredCancel(talk: Talk, answer: Extract<Answer, { to: 'cancel' }>): Stepped {
  if (answer.tooLate) return say(rest(talk), { say: 'too_late', visit: answer.tooLate, for: 'cancel' });
  const done: Act = answer.done ? { say: 'cancelled', visit: answer.done, ...(answer.deposit ? { deposit: answer.deposit } : {}) } : { say: 'gone', for: 'cancel' };
  return talk.known.menuIds || talk.known.dates ? goOn({ ...forgetVisit(talk), known: talk.known }, done) : say(forgetVisit(talk), done);
}

/** Idle, but with a booking that was interrupted to go on with. */
export const goOn = (talk: Talk, ...before: Act[]): Stepped => ask(withGoal(talk, 'idle'), { about: 'start_look' }, ...before, { say: 'go_on', known: talk.known });

/** The wait stands; the talk keeps what it was about, so that asking again finds the same entry. */
export function answeredWait(talk: Talk, answer: Extract<Answer, { to: 'wait' }>, store: Store, ctx: StepContext): Stepped {
  if ('entry' in answer) return say(withGoal(talk, 'wait'), { say: 'waiting', entry: answer.entry, position: answer.position, already: answer.already });
  if ('cannot' in answer) return refusal(talk, answer.cannot, [], store, ctx);
  if ('barred' in answer) return notAllowed(talk, answer.barred, store);
  if ('clash' in answer) return say(rest(talk), { say: 'overlap', clash: answer.clash, near: [] });
  const offers = answer.free.slice(0, 12).map(offerAt);
  return ask(withGoal(talk, 'book'), { about: 'time', offered: offers.map((o) => ({ kind: 'time', ...o })) }, { say: 'wait_not_needed', offers });
}

export const answeredLeave = (talk: Talk, answer: Extract<Answer, { to: 'leave' }>): Stepped =>
  say(rest(talk), answer.done ? { say: 'left', entry: answer.done } : { say: 'gone', for: 'leave' });

/** Whether a visit is still ahead. */
export const ahead = (visit: Reservation | undefined, ctx: StepContext): visit is Reservation =>
  visit !== undefined && visit.status !== 'canceled' && visit.end > ctx.now;

/** What was asked for after the deadline: only the shop can do it. */
export const answeredLate = (talk: Talk, { wish }: Extract<Effect, { do: 'late' }>, answer: Extract<Answer, { to: 'late' }>): Stepped =>
  answer.visit ? say(rest(talk), { say: 'too_late', visit: answer.visit, for: wish }) : say(forgetVisit(talk), { say: 'gone', for: wish });
