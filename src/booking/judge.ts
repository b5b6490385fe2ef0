import { worksOn } from '../model/shifts.ts';
import type { Store } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { lastDay } from './availability.ts';
import type { Plan } from './plan.ts';
import type { CannotBook, DayState } from './ports.ts';
import { businessDayOf, gridDown, gridOf, openOn } from './working.ts';

/** Why a visit cannot start just then whatever is booked; null = it could. Checked before any write. */
export function whyNot({ hours }: Store, plan: Plan, start: Instant, now: Instant): CannotBook | null {
  if (start < now) return 'past';
  const day = businessDayOf(hours, start);
  if (day > lastDay(hours, now)) return 'beyond_window';
  const open = openOn(hours, day);
  if (open.length === 0) return 'closed';
  const opening = open.find((span) => span.start <= start && start < span.end);
  if (!opening) return 'outside_hours';
  const end = start + plan.duration;
  if (end > opening.end) return 'too_long';
  if (gridDown(gridOf(hours, day), start) !== start) return 'off_grid';
  const there = plan.doers.some(({ staff }) => worksOn(staff, open, day).some((span) => span.start <= start && end <= span.end));
  if (!there) return 'staff_off';
  return start < now + hours.noticeMinutes * MINUTE ? 'too_soon' : null;
}

/** A closed day's reason as the reason why nothing can be booked on it. */
export const cannotOn = (closed: NonNullable<DayState['closed']>): CannotBook =>
  closed === 'closing_day' || closed === 'holiday' || closed === 'exception' ? 'closed' : closed;
