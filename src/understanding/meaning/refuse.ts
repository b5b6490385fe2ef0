import { addDays, dayOf, minuteOf, toMinute } from '../../model/time.ts';
import type { Day, Instant } from '../../model/time.ts';
import type { HearingContext } from '../context.ts';
import { firstOf, lastOf } from '../dates/days.ts';
import type { Refusal, When } from '../heard.ts';
import type { Item } from '../reading/item.ts';
import type { Normalised } from '../normalise.ts';
import { source } from '../normalise.ts';
import type { Resolved } from './resolve.ts';

/**
 * Convention 9: why a message cannot be taken as it stands, or null. One impossible part refuses the whole message:
 * what was understood of the rest is not what the customer said. The time beside a day that cannot be, and the day beside
 * such a time, go with the refusal: nobody wants to say them again.
 */
export function refusalOf(items: readonly Item[], wishes: readonly Resolved[], text: Normalised, ctx: HearingContext): Refusal | null {
  const only = onlyDay(wishes);
  const time = wishes.find((wish) => wish.time !== null && !items.some((item) => item.is === 'time' && item.time.refuse))?.time;
  for (const item of items) {
    const { words } = source(text, item.from, item.to);
    if (item.is === 'time') {
      if (item.time.refuse) return { reason: item.time.refuse, words, ...(only && { day: only }) };
      continue;
    }
    const { found } = item;
    if (found.refuse) return withinReach({ ...found.refuse, words, ...(time && { time }) }, ctx);
    const last = lastOf(found.days);
    if (last !== null && last < dayOf(ctx.judgedAt)) return { reason: 'past', words, day: last, ...(time && { time }) };
  }
  const words = items.length === 0 ? '' : source(text, items[0]!.from, items.at(-1)!.to).words;
  for (const wish of wishes) {
    const reason = gone(wish, ctx.judgedAt) ? 'past' : wish.closed ? 'out_of_hours' : beyond(wish, ctx) ? 'beyond_window' : null;
    if (reason === null) continue;
    const day = wish.dates === null ? null : firstOf(wish.dates);
    return { reason, words, ...(day !== null && { day }), ...(wish.time && { time: wish.time }) };
  }
  return null;
}

/** The one day that all wishes are about. */
function onlyDay(wishes: readonly When[]): Day | null {
  const [dates] = wishes.map((wish) => wish.dates);
  return wishes.length === 1 && Array.isArray(dates) && dates.length === 1 ? dates[0]! : null;
}

/** Offers only days to come instead. */
function withinReach(refusal: Refusal, ctx: HearingContext): Refusal {
  if (!refusal.instead) return refusal;
  return { ...refusal, instead: refusal.instead.filter((day) => day >= dayOf(ctx.judgedAt)) };
}

/** Today, at a time that is over. */
function gone({ dates, time }: When, judgedAt: Instant): boolean {
  const today = dayOf(judgedAt);
  if (dates === null || time === null || firstOf(dates) !== today || lastOf(dates) !== today) return false;
  return time.to !== null && toMinute(time.to) < minuteOf(judgedAt);
}

function beyond({ dates }: When, ctx: HearingContext): boolean {
  if (ctx.hours === null || dates === null) return false;
  const first = firstOf(dates);
  return first !== null && first > addDays(dayOf(ctx.now), ctx.hours.windowDays);
}
