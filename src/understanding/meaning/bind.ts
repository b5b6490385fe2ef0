import type { DateItem, Item, TimeItem } from '../reading/item.ts';
import { both } from '../times/said.ts';

/** Days and the times meant for each of them. */
export type Wish = { dates: DateItem[]; times: TimeItem[] };

/**
 * Which time belongs to which day: a time to all days on its left that have none yet, or to those on its right if it came
 * first. 「火曜の10時か木曜の15時」 is two wishes, 「火曜か水曜の午前」 one.
 */
export function bind(items: readonly Item[]): Wish[] {
  const wishes: Wish[] = [];
  let wish: Wish = { dates: [], times: [] };
  let timesFirst = false;
  const next = (): void => {
    if (wish.dates.length + wish.times.length > 0) wishes.push(wish);
    wish = { dates: [], times: [] };
    timesFirst = false;
  };
  for (const item of items) {
    if (item.is === 'date') {
      if (item.found.grain === 'prefix') continue;
      if (wish.times.length > 0 && wish.dates.length === 0) timesFirst = true;
      else if (wish.times.length > 0 && !(timesFirst && (item.link === 'or' || item.link === 'comma'))) next();
      wish.dates.push(item);
    } else addTime(wish, item);
  }
  next();
  return shared(wishes);
}

function addTime(wish: Wish, item: TimeItem): void {
  const last = wish.times.at(-1);
  if (last === undefined || item.link === 'or' || (item.link === 'comma' && last.time.point && item.time.point)) wish.times.push(item);
  else if (last.time.point && item.time.point) wish.times.push(item);
  else wish.times[wish.times.length - 1] = { ...item, time: both(last.time, item.time), from: last.from, link: last.link };
}

/** A day said last without a time and not in a list (「14時で、明日」) takes the time said before it for no day. */
function shared(wishes: Wish[]): Wish[] {
  const first = wishes[0];
  if (wishes.length === 2 && first !== undefined && first.dates.length === 0 && wishes[1]!.times.length === 0) return [{ dates: wishes[1]!.dates, times: first.times }];
  return wishes;
}
