import { addDays } from '../../model/time.ts';
import type { Calendar, Found } from '../dates/atoms.ts';
import { firstOf, lastOf } from '../dates/days.ts';
import { bent } from '../times/said.ts';
import type { DateItem, TimeItem } from './item.ts';
import type { Suffix } from './suffixes.ts';

/** The days from the one phrase to the other; a weekday that would come before the start is the one after it. */
export function spanned(item: DateItem, start: Found, end: Found): boolean {
  const [from, to] = [firstOf(start.days), lastOf(end.days)];
  const refuse = start.refuse ?? end.refuse;
  if (refuse === undefined && (from === null || to === null)) return false;
  const last = to !== null && from !== null && to < from && end.grain === 'weekday' ? addDays(to, 7) : to;
  const assumed = [...(start.assumed ?? []), ...(end.assumed ?? [])];
  item.range = { start, end };
  item.found = { ...end, days: { from, to: last }, grain: 'season', scope: start.scope, assumed, ...(refuse && { refuse }) };
  return true;
}

/** What the words behind a time make of it. */
export function bendTime(item: TimeItem, suffix: Suffix): void {
  const until = item.time.period === 'noon' ? 720 : undefined;
  if (suffix === 'after' || suffix === 'beyond') item.time = bent(item.time, 'after');
  else if (suffix === 'past' || suffix === 'till' || suffix === 'before' || suffix === 'around' || suffix === 'hourLong' || suffix === 'from') item.time = bent(item.time, suffix, until);
}

/** Convention 2 for days: 以降 is open to the end, まで begins today. */
export function bendDate(item: DateItem, suffix: Suffix, calendar: Calendar): void {
  const { found } = item;
  const [first, last] = [firstOf(found.days), lastOf(found.days)];
  const open = (days: Found['days']): void => {
    item.found = { ...found, days, grain: 'open', scope: found.scope };
    if (suffix === 'past') item.found.soon = true;
    item.bent = true;
  };
  if (suffix === 'around') item.found = { ...found, assumed: [...(found.assumed ?? []), 'fuzzy'] };
  if (first === null || found.grain === 'prefix') return;
  if (suffix === 'after' || (suffix === 'past' && first === last)) open({ from: first, to: null });
  else if ((suffix === 'beyond' || suffix === 'past') && last !== null) open({ from: addDays(last, 1), to: null });
  else if (suffix === 'till' && last !== null) open({ from: item.range ? first : calendar.today, to: last });
  else if (suffix === 'before') open({ from: calendar.today, to: addDays(first, -1) });
}
