import { strandingOf } from '../../booking/stranded.ts';
import type { Stranding } from '../../booking/stranded.ts';
import { activeMenus, activeStaff, menusOf } from '../../model/store.ts';
import { dayOf, minuteOf, toClock, weekdayOf } from '../../model/time.ts';
import type { Imported } from '../../storage/postgres/import.ts';

const REASONS: Record<Stranding | 'no_room', string> = {
  no_room: 'more visits then than the shop has rooms or chairs for',
  closed: 'the shop is closed that day',
  outside_hours: 'the shop is not open then',
  staff_off: 'not at work then',
  staff_gone: 'not at the shop any more',
  menu_gone: 'the menu is not offered any more',
  staff_cannot: 'does not do this menu any more',
};

/** What an import did, and the visits it leaves stranded, in lines for a person. */
export function importLines({ store, outcome, changes, coming }: Imported): string[] {
  const rooms = store.resources.filter((resource) => resource.active).length;
  const has = `${activeMenus(store).length} menus, ${activeStaff(store).length} people${rooms > 0 ? `, ${rooms} kinds of rooms or chairs` : ''}`;
  const first = { new: `${store.name}: loaded (${has}).`, same: `${store.name}: nothing has changed.`, changed: `${store.name}: changed ${changes.join(', ')}.` }[outcome];
  const stranded = outcome === 'same' ? [] : coming.flatMap((visit) => {
    const why = strandingOf(store, visit) ?? (visit.roomless ? 'no_room' : null);
    if (!why) return [];
    const who = store.staff.find((person) => person.id === visit.staffId)?.name ?? '?';
    const when = `${dayOf(visit.start)} (${weekdayOf(dayOf(visit.start))}) ${toClock(minuteOf(visit.start))}`;
    return `  ${when} ${visit.customer || 'a customer without a name'}, ${menusOf(store, visit.menuIds).map((menu) => menu.name).join(' + ')}, ${who}: ${REASONS[why]}`;
  });
  if (stranded.length === 0) return [first];
  const sum = stranded.length === 1
    ? 'One visit does not fit any more. It stays booked, so speak to the customer:'
    : `${stranded.length} visits do not fit any more. They stay booked, so speak to the customers:`;
  return [first, sum, ...stranded];
}
