/** When the people of a shop work. */
import type { Opening } from './hours.ts';
import { joined, shared, without } from './span.ts';
import type { Span } from './span.ts';
import type { Staff } from './store.ts';
import { at, toMinute, weekdayOf } from './time.ts';
import type { Day } from './time.ts';

const spansOn = (openings: readonly Opening[], day: Day): Span[] => joined(openings.map(([from, to]) => ({ start: at(day, toMinute(from)), end: at(day, toMinute(to)) })));

/**
 * When a person works on a business day: the shop's openings, within own shifts and outside of breaks, not on days off.
 * Hours said for the day itself win over all of that, an absence wins over everything.
 */
export function worksOn(staff: Staff, open: readonly Span[], day: Day): Span[] {
  const weekday = weekdayOf(day);
  if (staff.absences.includes(day)) return [];
  const dated = staff.exceptions.find((exception) => exception.day === day);
  if (dated) return shared(open, spansOn(dated.openings, day));
  if (staff.daysOff.includes(weekday)) return [];
  const shifts = staff.shifts?.[weekday];
  const there = shifts ? shared(open, spansOn(shifts, day)) : [...open];
  const breaks = staff.breaks[weekday] ?? [];
  return breaks.length > 0 ? without(there, spansOn(breaks, day)) : there;
}
