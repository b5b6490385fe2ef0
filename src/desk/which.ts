/** Which days, person and visit an order speaks of. */
import type { VisitOf } from '../booking/desk/ports.ts';
import { addDays, dayOf, daysBetween } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { When } from '../understanding/heard.ts';
import type { DeskContext } from './hop.ts';

/** As many days as an open range may name. */
const MOST = 31;

/** Every day an order names; one that is over is still one to look at. Null = none. */
export function daysIn(order: Order, ctx: DeskContext): Day[] | null {
  const days = order.when.flatMap(({ dates }) => daysOf(dates, ctx) ?? []);
  if (days.length > 0) return [...new Set(days)];
  return order.refuse?.day ? [order.refuse.day] : null;
}

export function daysOf(dates: When['dates'], { now }: DeskContext): Day[] | null {
  if (dates === null || Array.isArray(dates)) return dates;
  const from = dates.from ?? dayOf(now);
  const length = Math.min(dates.to === null ? MOST : daysBetween(from, dates.to) + 1, MOST);
  return length > 0 ? Array.from({ length }, (_, i) => addDays(from, i)) : null;
}

/** Whose visit or day it is about; null = nobody was named. 「自分の」 is one's own. */
export function staffIdOf({ staff, text }: Pick<Order, 'staff' | 'text'>, { me }: DeskContext): string | null {
  if (staff && 'name' in staff && staff.name !== null) return me?.store.staff.find((person) => person.name === staff.name)?.id ?? null;
  return /自分|私|わたし|俺|僕|ぼく/u.test(text) ? (me?.staff.id ?? null) : null;
}

/** The visit an order describes by this day and time, whoever else it names. */
export function visitOf(order: Order, when: When | null, ctx: DeskContext): VisitOf {
  const days = when === null ? null : daysOf(when.dates, ctx);
  return { customer: order.customer, days, time: when?.time ?? null, staffId: order.to === null ? staffIdOf(order, ctx) : null };
}
