import type { Reservation } from '../model/reservation.ts';
import { worksOn } from '../model/shifts.ts';
import type { Span } from '../model/span.ts';
import { menusOf } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { addDays, dayOf } from '../model/time.ts';
import { openOn } from './working.ts';

/** Why a visit that was booked could not be booked any more. */
export type Stranding = 'closed' | 'outside_hours' | 'staff_off' | 'staff_gone' | 'menu_gone' | 'staff_cannot';

const covers = (spans: readonly Span[], visit: Reservation): boolean => spans.some((span) => span.start <= visit.start && visit.end <= span.end);

/** What stands against a visit in a shop as it is now; null = nothing. Other bookings are not looked at. */
export function strandingOf(store: Store, visit: Reservation): Stranding | null {
  const person = store.staff.find((p) => p.id === visit.staffId);
  if (!person?.active) return 'staff_gone';
  const menus = menusOf(store, visit.menuIds);
  if (menus.length < visit.menuIds.length || menus.some((menu) => !menu.active)) return 'menu_gone';
  if (!visit.menuIds.every((id) => person.menuIds.includes(id))) return 'staff_cannot';
  const today = dayOf(visit.start);
  // A visit after midnight belongs to the evening before where that evening is open so long.
  const days = [today, addDays(today, -1)].map((day) => ({ day, open: openOn(store.hours, day) }));
  if (!days.some(({ open }) => covers(open, visit))) return days[0]!.open.length === 0 ? 'closed' : 'outside_hours';
  return days.some(({ day, open }) => covers(worksOn(person, open, day), visit)) ? null : 'staff_off';
}
