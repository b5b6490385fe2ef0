/** A message while a question is open: its answer, or something else. */
import type { DeskEffect } from '../booking/desk/ports.ts';
import { dayOf, minuteOf, toMinute } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { say, want } from './stepped.ts';
import type { DeskPending, DeskTalk, Seen, Wish } from './talk.ts';
import { daysIn } from './which.ts';

/** Null = it is no answer, but an order of its own. */
export function reply(talk: DeskTalk, pending: DeskPending, order: Order, ctx: DeskContext): DeskStepped | null {
  switch (pending.about) {
    case 'confirm': case 'off': {
      if (names(order)) return null;
      if (refuses(order)) return no(talk);
      if (/お?客様?(?:さん)?の?(?:希望|都合|依頼|お願い)|本人(?:の)?(?:希望|都合|から)/u.test(order.text)) return yes(talk, pending, 'asked');
      if (pending.about === 'off' && /だけ|のみ/u.test(order.text)) return yes(talk, pending, 'only');
      return order.consent !== undefined || order.answer === 'yes' ? yes(talk, pending, 'yes') : null;
    }
    case 'which': {
      if (refuses(order) && !names(order)) return no(talk);
      const visit = chosen(pending.visits, order);
      return visit && again(talk, visit, pending.wish);
    }
    case 'when': {
      if (refuses(order) && !names(order)) return no(talk);
      const [when] = order.when;
      const staffId = ctx.me?.store.staff.find((person) => person.name === (order.to ?? (order.staff && 'name' in order.staff ? order.staff.name : null)))?.id ?? null;
      if ((!when && staffId === null) || order.customer !== null || !['other', 'agenda', 'move'].includes(order.order)) return null;
      return again(talk, pending.visit, { do: 'move', day: daysIn(order, ctx)?.[0] ?? null, time: when?.time?.from ?? null, staffId });
    }
  }
}

/** It speaks of a day, a time, a customer: no plain yes or no. */
const names = (order: Order): boolean => order.when.length > 0 || order.of !== undefined || order.customer !== null || order.refuse !== null;
const refuses = (order: Order): boolean => order.answer === 'no' || order.intent === 'deny' || order.stop === true;

export const no = (talk: DeskTalk): DeskStepped => say(talk, { say: 'left_as_is' });

/** Does what was asked about. `asked`: the customer wanted it; `only`: the day off, and nobody moved. */
export function yes(talk: DeskTalk, pending: DeskPending, as: 'yes' | 'asked' | 'only'): DeskStepped | null {
  if (pending.about === 'off') {
    const { staffId, days, part } = pending;
    return want(talk, { do: 'off', staffId, days, part, move: as !== 'only' });
  }
  if (pending.about !== 'confirm' || as === 'only') return null;
  const effect: DeskEffect = as === 'asked' && 'wish' in pending.effect ? { ...pending.effect, wish: 'customer' } : pending.effect;
  return want(talk, effect);
}

/** By number, by hour, by day. */
function chosen(visits: readonly Seen[], { choice, when }: Order): Seen | null {
  if (choice && 'nth' in choice) return visits.at(choice.nth > 0 ? choice.nth - 1 : choice.nth) ?? null;
  const [said] = when;
  if (!said) return null;
  const fits = visits.filter(({ start }) => {
    const days = Array.isArray(said.dates) ? said.dates : null;
    return (days === null || days.includes(dayOf(start))) && (said.time?.from == null || toMinute(said.time.from) === minuteOf(start));
  });
  return fits.length === 1 ? fits[0]! : null;
}

/** The visit is known now: it is looked up again, for what was wished. */
export const again = (talk: DeskTalk, { start, id }: Seen, wish: Wish): DeskStepped =>
  want(talk, { do: 'find', of: { customer: null, days: [dayOf(start)], time: null, staffId: null, id }, when: wish.do === 'mark' ? 'lately' : wish.do === 'paid' ? 'due' : 'ahead' }, wish);
