/** One's own time at the desk: days off and blocks. */
import type { DeskAnswer, DeskEffect, Part } from '../booking/desk/ports.ts';
import { at, dayOf, minuteOf, toMinute } from '../model/time.ts';
import { MINUTE } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { DeskContext, DeskStepped } from './hop.ts';
import { ask, say, want } from './stepped.ts';
import type { DeskTalk } from './talk.ts';
import { daysIn, staffIdOf } from './which.ts';

/** Whose: the one named, else who writes. */
const whose = (order: Order, ctx: DeskContext): string => staffIdOf(order, ctx) ?? ctx.me!.staff.id;

/** 「来週水曜休みます」「明日の午後休み」「今日15時から早退」: what is booked then is looked at first. */
export function wantsOff(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const time = order.when[0]?.time ?? null;
  const days = (daysIn(order, ctx) ?? (time ? [dayOf(ctx.now)] : [])).filter((day) => day >= dayOf(ctx.now));
  if (days.length === 0) return say(talk, order.when.length > 0 || order.refuse ? { say: 'off_over' } : { say: 'ask_off_day' });
  const part: Part | null = time && { from: time.from, to: time.from === time.to ? null : time.to };
  return want(talk, { do: 'before_off', staffId: whose(order, ctx), days, part });
}

/** With nobody booked it is taken at once; else it is asked what becomes of them. */
export function beforeOff(talk: DeskTalk, { staffId, days, part }: Extract<DeskEffect, { do: 'before_off' }>, answer: Extract<DeskAnswer, { to: 'before_off' }>): DeskStepped {
  if (answer.visits.length === 0) return want(talk, { do: 'off', staffId, days, part, move: false });
  return ask(talk, { about: 'off', staffId, days, part }, { say: 'confirm_off', staffId, days, part, visits: answer.visits });
}

export function wantsOn(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  return want(talk, { do: 'on', staffId: whose(order, ctx), days: daysIn(order, ctx) });
}

/** 「13時から15時ブロック」「15時から30分ブロック」: today, where no day is said. */
export function wantsBlock(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  const time = order.when[0]?.time ?? (order.refuse?.time ?? null);
  const day: Day = daysIn(order, ctx)?.[0] ?? dayOf(ctx.now);
  if (!time) return say(talk, { say: 'ask_block_time' });
  // 「今から30分」 has no beginning of its own.
  const from = time.from === null ? (day === dayOf(ctx.now) ? minuteOf(ctx.now) : 0) : toMinute(time.from);
  const to = order.minutes !== null ? from + order.minutes : time.to === null || time.to === time.from ? null : toMinute(time.to);
  if (to === null || to <= from) return say(talk, { say: 'ask_block_time' });
  return want(talk, { do: 'block', staffId: whose(order, ctx), start: at(day, from), end: Math.min(at(day, to), at(day, from) + 24 * 60 * MINUTE) });
}

export function wantsUnblock(talk: DeskTalk, order: Order, ctx: DeskContext): DeskStepped {
  return want(talk, { do: 'unblock', staffId: whose(order, ctx), days: daysIn(order, ctx), time: order.when[0]?.time ?? null });
}

/** What became of it. */
export function timeDone(talk: DeskTalk, effect: DeskEffect, answer: Extract<DeskAnswer, { to: 'off' | 'on' | 'block' | 'unblock' }>): DeskStepped {
  const staffId = 'staffId' in effect && effect.staffId !== null ? effect.staffId : '';
  switch (answer.to) {
    case 'off': return say(talk, { say: 'off_taken', staffId, days: answer.days, part: effect.do === 'off' ? effect.part : null, moved: answer.moved, left: answer.left });
    case 'on': return say(talk, 'which' in answer ? { say: 'which_off', days: answer.which } : { say: 'off_undone', staffId, days: answer.days, fixed: answer.fixed });
    case 'block': {
      if ('done' in answer) return say(talk, { say: 'blocked', time: answer.done });
      return say(talk, 'visits' in answer ? { say: 'block_clash', visits: answer.visits } : { say: 'block_over' });
    }
    case 'unblock': {
      if ('which' in answer) return say(talk, { say: 'which_block', times: answer.which });
      return say(talk, answer.done ? { say: 'unblocked', time: answer.done } : { say: 'no_block' });
    }
  }
}
