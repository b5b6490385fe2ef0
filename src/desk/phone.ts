/** 「電話で明日15時カット 鈴木様」: a visit for somebody who is not on LINE, shown before it is written down. */
import { at, dayOf, toMinute } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { ask, say } from './stepped.ts';
import type { DeskTalk } from './talk.ts';
import { daysIn, staffIdOf } from './which.ts';

export function wantsBook(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const { store } = ctx.me!;
  const names = [...(order.menus?.set ?? []), ...(order.menus?.add ?? [])];
  const menuIds = store.menus.filter((menu) => menu.active && names.includes(menu.name)).map((menu) => menu.id);
  const time = order.when[0]?.time?.from ?? null;
  if (menuIds.length === 0 || time === null || order.customer === null) return say(talk, { say: 'ask_booking' });
  const start = at(daysIn(order, ctx)?.[0] ?? dayOf(ctx.now), toMinute(time));
  const wished = { customer: order.customer, phone: order.phone, menuIds, start, staffId: staffIdOf(order, ctx) };
  return ask(talk, { about: 'confirm', effect: { do: 'book_visit', ...wished } }, { say: 'confirm_booking', storeId: store.id, ...wished });
}
