/** An order of a person of the shop: what it asks for. */
import type { VisitOf } from '../booking/desk/ports.ts';
import { addDays, dayOf, daysBetween } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { say, want } from './stepped.ts';
import type { DeskTalk } from './talk.ts';

/** As many days as an open range may name. */
const MOST = 31;

export function ordered(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  if (order.order === 'link') return order.code === null ? say(talk, { say: 'not_linked', why: 'no_code' }) : want(talk, { do: 'link', code: order.code });
  // Nobody of the shop is told nothing of it.
  if (!ctx.me) return say(talk, { say: 'not_linked', why: 'no_code' });
  switch (order.order) {
    case 'unlink': return want(talk, { do: 'unlink' });
    case 'as_customer': return say({ ...talk, asCustomer: true }, { say: 'as_customer' });
    case 'as_staff': return say(talk, { say: 'as_staff' });
    case 'help': return say(talk, { say: 'desk_help', unknown: false });
    case 'agenda': return agenda(talk, order, ctx);
    case 'next': return want(talk, { do: 'next', staffId: ctx.me.staff.id });
    case 'weekly': return say(talk, { say: 'weekly_off' });
    default: return say(talk, { say: 'desk_help', unknown: true });
  }
}

/** 「今日の予約」「田中さんの明日」; a customer who is named is looked for. */
function agenda(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const of = visitOf(order, ctx);
  if (order.customer !== null || of.time !== null) return want(talk, { do: 'find', of, when: 'ahead' });
  return want(talk, { do: 'agenda', days: of.days ?? [dayOf(ctx.now)], staffId: of.staffId });
}

/** Which visit, or which days, an order speaks of: `of` where it names another time to move it to. */
export function visitOf(order: Order, ctx: DeskContext): VisitOf {
  const when = order.of ?? order.when[0] ?? null;
  return { customer: order.customer, days: order.of ? daysOf(order.of.dates, ctx) : daysIn(order, ctx), time: when?.time ?? null, staffId: staffIdOf(order, ctx) };
}

/** Every day an order names; one that is over is still one to look at. Null = none. */
export function daysIn(order: Order, ctx: DeskContext): Day[] | null {
  const days = order.when.flatMap(({ dates }) => daysOf(dates, ctx) ?? []);
  if (days.length > 0) return [...new Set(days)];
  return order.refuse?.day ? [order.refuse.day] : null;
}

function daysOf(dates: Order['when'][number]['dates'], { now }: DeskContext): Day[] | null {
  if (dates === null || Array.isArray(dates)) return dates;
  const from = dates.from ?? dayOf(now);
  const length = Math.min(dates.to === null ? MOST : daysBetween(from, dates.to) + 1, MOST);
  return length > 0 ? Array.from({ length }, (_, i) => addDays(from, i)) : null;
}

/** Whose visit or day it is about; null = nobody was named. 「自分の」 is one's own. */
export function staffIdOf({ staff, text }: Order, { me }: DeskContext): string | null {
  if (staff && 'name' in staff && staff.name !== null) return me?.store.staff.find((person) => person.name === staff.name)?.id ?? null;
  return /自分|私|わたし|俺|僕|ぼく/u.test(text) ? (me?.staff.id ?? null) : null;
}
