/** An order of a person of the shop: what it asks for. */
import { dayOf } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { wantsBook } from './phone.ts';
import { reply } from './reply.ts';
import { say, want } from './stepped.ts';
import type { DeskTalk, Wish } from './talk.ts';
import { wantsBlock, wantsOff, wantsOn, wantsUnblock } from './time.ts';
import { daysIn, staffIdOf, visitOf } from './which.ts';

export function ordered(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  if (order.order === 'link') return order.code === null ? say(talk, { say: 'not_linked', why: 'no_code' }) : want(talk, { do: 'link', code: order.code });
  // Who is not of the shop hears nothing of it.
  if (!ctx.me) return say(talk, { say: 'not_linked', why: 'no_code' });
  const answer = talk.pending && reply(talk, talk.pending, order, ctx);
  if (answer) return answer;
  switch (order.order) {
    case 'unlink': return want(talk, { do: 'unlink' });
    case 'as_customer': return say({ ...talk, asCustomer: true }, { say: 'as_customer' });
    case 'as_staff': return say(talk, { say: 'as_staff' });
    case 'hello': return say(talk, { say: 'desk_hello' });
    case 'help': return say(talk, { say: 'desk_help', unknown: false });
    case 'agenda': return agenda(talk, order, ctx);
    case 'next': return want(talk, { do: 'next', staffId: ctx.me.staff.id });
    case 'book': return wantsBook(talk, order, ctx);
    case 'cancel': return ahead(talk, order, ctx, { do: 'cancel' });
    case 'move': return move(talk, order, ctx);
    case 'approve': case 'decline': return want(talk, { do: 'find', of: visitOf(order, order.of ?? order.when[0] ?? null, ctx), when: 'ahead', hold: 'approval' }, { do: order.order });
    case 'calendar': return want(talk, { do: /停止|止め|解除|削除|取り?消|無効|やめ/u.test(order.text) ? 'drop_calendar' : 'calendar' });
    case 'handoffs': return want(talk, { do: 'handoffs', customer: null });
    case 'resume': return want(talk, { do: 'handoffs', customer: order.customer }, { do: 'resume' });
    case 'paid': return want(talk, { do: 'find', of: visitOf(order, order.of ?? order.when[0] ?? null, ctx), when: 'due' }, { do: 'paid' });
    case 'arrived': case 'no_show': return lately(talk, order, ctx);
    case 'off': return wantsOff(talk, order, ctx);
    case 'on': return wantsOn(talk, order, ctx);
    case 'weekly': return say(talk, { say: 'weekly_off' });
    case 'block': return wantsBlock(talk, order, ctx);
    case 'unblock': return wantsUnblock(talk, order, ctx);
    default: return say(talk, { say: 'desk_help', unknown: true });
  }
}

/** 「今日の予約」「田中さんの明日」; a customer who is named is looked for. */
function agenda(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const of = { ...visitOf(order, order.of ?? order.when[0] ?? null, ctx), days: daysIn(order, ctx), staffId: staffIdOf(order, ctx) };
  if (order.customer !== null || of.time !== null) return want(talk, { do: 'find', of, when: 'ahead' });
  return want(talk, { do: 'agenda', days: of.days ?? [dayOf(ctx.now)], staffId: of.staffId });
}

const ahead = (talk: DeskTalk, order: Order, ctx: DeskContext, wish: Wish): DeskStepped =>
  want(talk, { do: 'find', of: visitOf(order, order.of ?? order.when[0] ?? null, ctx), when: 'ahead' }, wish);

/** 「来店」「無断キャンセル」 of the visit just begun or over; 取り消し takes back what was said. */
function lately(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const said = order.order === 'arrived' ? 'arrived' as const : 'no_show' as const;
  const came = /取り?消|間違|訂正|戻/u.test(order.text) ? null : said;
  return want(talk, { do: 'find', of: visitOf(order, order.when[0] ?? null, ctx), when: 'lately' }, { do: 'mark', came });
}

/**
 * 「山田様の予約を16時に」: the day and time are where it goes, the name says which; 「15時の予約を16時に」 says both. With a person it
 * is to go to and no customer, 「明日の15時を田中さんに」, they say which.
 */
function move(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const staffId = order.to === null ? null : (ctx.me?.store.staff.find((person) => person.name === order.to)?.id ?? null);
  const described = order.of ?? (staffId !== null && order.customer === null ? (order.when[0] ?? null) : null);
  const wished = described === order.when[0] ? null : (order.when[0] ?? null);
  const time = wished?.time?.from ?? null;
  const wish: Wish = { do: 'move', day: (wished && Array.isArray(wished.dates) ? wished.dates[0] : null) ?? null, time, staffId };
  return want(talk, { do: 'find', of: visitOf(order, described, ctx), when: 'ahead' }, wish);
}
