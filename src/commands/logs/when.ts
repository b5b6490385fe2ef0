import { addDays, at, dayOf, fromLocal, isDay } from '../../model/time.ts';
import type { Day, Instant } from '../../model/time.ts';
import { PlainError } from '../../plain-error.ts';

/** A whole day, or a moment. */
export type Bound = { day: Day; moment: Instant | null };

const NAMED: { readonly [name: string]: number } = { 今日: 0, 本日: 0, today: 0, 昨日: -1, きのう: -1, yesterday: -1, 一昨日: -2, おととい: -2, 明日: 1 };

/** What `--from` and `--to` name. Throws a PlainError with what would be right. */
export function readBound(option: string, given: string, now: Instant): Bound {
  const text = given.normalize('NFKC').trim();
  const today = dayOf(now);
  const day = (it: string | null): Bound | null => (it !== null && isDay(it) ? { day: it, moment: null } : null);
  const ago = /^(\d{1,4})\s*(日|週間|か月|ヶ月|カ月)前$/.exec(text);
  const date = /^(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?$/.exec(text);
  const moment = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  const found =
    (Object.hasOwn(NAMED, text) ? day(addDays(today, NAMED[text]!)) : null) ??
    (ago ? day(addDays(today, -Number(ago[1]) * (ago[2] === '日' ? 1 : ago[2] === '週間' ? 7 : 30))) : null) ??
    (date ? day(dated(date[1], date[2]!, date[3]!, today)) : null) ??
    (moment && isDay(moment[1]!) ? atMoment(moment[3] ? Date.parse(text.replace(' ', 'T')) : fromLocal(`${moment[1]}T${moment[2]}`)) : null);
  if (!found) throw new PlainError(`${option} ${given}: expected a day such as 2026-11-28, 11/28, 昨日 or 7日前, or a moment such as 2026-11-28T15:00.`);
  return found;
}

const atMoment = (moment: Instant): Bound | null => (Number.isFinite(moment) ? { day: dayOf(moment), moment } : null);

/** Without a year the last one that was: logs lie in the past. */
function dated(year: string | undefined, month: string, date: string, today: Day): Day {
  const day = (y: number | string): Day => `${y}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (year !== undefined) return day(year);
  const thisYear = day(today.slice(0, 4));
  return thisYear <= addDays(today, 31) ? thisYear : day(Number(today.slice(0, 4)) - 1);
}

/** The moments from the first bound up to the end of the second. */
export const spanOf = (from: Bound | null, to: Bound | null): { from?: Instant; to?: Instant } => ({
  ...(from ? { from: from.moment ?? at(from.day, 0) } : {}),
  ...(to ? { to: to.moment ?? at(addDays(to.day, 1), 0) } : {}),
});
