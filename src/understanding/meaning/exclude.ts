import { weekdayOf } from '../../model/time.ts';
import type { Day, Weekday } from '../../model/time.ts';
import { isHoliday } from '../../model/holidays.ts';
import { firstOf, listed } from '../dates/days.ts';
import type { Days, Exclusion, Times } from '../heard.ts';
import type { DateItem } from '../reading/item.ts';

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** Joins two exclusions. */
export function excluding(a: Exclusion | null, b: Exclusion | null): Exclusion | null {
  if (a === null || b === null) return a ?? b;
  const out: Exclusion = { ...a, ...b };
  if (a.weekdays && b.weekdays) out.weekdays = unique([...a.weekdays, ...b.weekdays]);
  if (a.dates && b.dates) out.dates = unique([...a.dates, ...b.dates]).sort();
  return out;
}

const CLASSES: Record<string, Exclusion> = {
  workdays: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  weekend: { weekdays: ['sat', 'sun'] },
  holidays: { holidays: true },
  daysOff: { weekdays: ['sat', 'sun'], holidays: true },
};

/** What is excluded by naming days that will not do: a weekday as such (火曜は無理) or the days themselves. */
export function excludedBy(item: DateItem, today: Day): Exclusion {
  const last = item.atoms.at(-1)!;
  const scoped = item.found.scope.week !== undefined || item.found.scope.month !== undefined;
  if (last.kind === 'weekday' && !scoped && !item.atoms.some((a) => a.kind === 'nth') && item.found.grain === 'weekday') return { weekdays: weekdaysOf(item) };
  if (last.kind === 'class' && !scoped) return CLASSES[last.days]!;
  return { dates: listed(item.found.days, today) ?? [] };
}

const weekdaysOf = (item: DateItem): Weekday[] => unique((item.found.days as Day[]).map(weekdayOf));

/** Days before the first wanted one need not be excluded. */
function within(exclude: Exclusion, from: Day): Exclusion | null {
  if (!exclude.dates) return exclude;
  const { dates, ...rest } = exclude;
  const ahead = dates.filter((day) => day >= from);
  return ahead.length > 0 ? { ...rest, dates: ahead } : Object.keys(rest).length > 0 ? rest : null;
}

/** Convention 8: taken out of days that can be listed, kept beside those that are open. */
export function applied(days: Days, exclude: Exclusion | null, today: Day): { days: Days; left: Exclusion | null } {
  if (exclude === null) return { days, left: null };
  const list = listed(days, today);
  const { time, ...ofDays } = exclude;
  const left: { time?: Times } = time ? { time } : {};
  if (list === null) return { days, left: within(exclude, firstOf(days) ?? today) };
  if (Object.keys(ofDays).length === 0) return { days, left: exclude };
  const kept = list.filter((d) => !(ofDays.weekdays?.includes(weekdayOf(d)) || ofDays.dates?.includes(d) || (ofDays.holidays && isHoliday(d))));
  return { days: kept.length === list.length ? days : kept.length > 0 ? kept : list, left: left.time ? left : null };
}
