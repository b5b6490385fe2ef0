import type { Store } from '../model/store.ts';
import { addDays, dayOf, daysBetween } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { lastDay, startsWithin } from './availability.ts';
import { only, storeOf } from './deps.ts';
import type { BookingDeps, Performed } from './deps.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { DayState, Effect, Visit } from './ports.ts';
import { statesOf } from './states.ts';
import type { Looking } from './states.ts';

/** 空いてる？ How the days stand. */
export async function look(effect: Extract<Effect, { do: 'look' }>, deps: BookingDeps): Promise<Performed> {
  const store = storeOf(deps, effect.visit.storeId);
  if (!store) return only({ to: 'look', days: [], staffCannot: false });
  const { plan, bare, staffCannot } = lookingPlan(store, effect.visit);
  const wanted = (day: Day) => startsWithin(day, effect.from, effect.until);
  return only({ to: 'look', days: await statesOf(store, plan, effect.days, deps, { wanted, bare, moving: effect.moving }), staffCannot });
}

/** How many days one query looks at when the first free ones are searched. */
const AT_ONCE = 14;

/** 一番早い空き The first days on which anything is free from a moment on. */
export async function soonest(effect: Extract<Effect, { do: 'soonest' }>, deps: BookingDeps): Promise<Performed> {
  const store = storeOf(deps, effect.visit.storeId);
  if (!store) return only({ to: 'soonest', days: [] });
  const { plan, bare } = lookingPlan(store, effect.visit);
  const after = Math.max(effect.after, deps.now);
  const looking: Looking = { wanted: () => ({ start: after, end: Infinity }), bare, moving: effect.moving };
  // The evening before may still be open.
  const first = addDays(dayOf(after), -1);
  const days = Array.from({ length: Math.max(0, daysBetween(first, lastDay(store.hours, deps.now)) + 1) }, (_, n) => addDays(first, n));
  const found: DayState[] = [];
  for (let n = 0; n < days.length && found.length < effect.limit; n += AT_ONCE) {
    found.push(...(await statesOf(store, plan, days.slice(n, n + AT_ONCE), deps, looking)).filter((state) => state.free.length > 0));
  }
  return only({ to: 'soonest', days: found.slice(0, effect.limit) });
}

/** What to look with: of a person who does not do this, anybody who does; of a menu that is gone, the shortest one. */
function lookingPlan(store: Store, visit: Visit): { plan: Plan; bare: boolean; staffCannot: boolean } {
  const asked = planOf(store, visit);
  if (typeof asked !== 'string') return { plan: asked, bare: visit.menuIds.length === 0 && visit.staffId === null, staffCannot: false };
  const menuIds = asked === 'unknown' ? [] : visit.menuIds;
  const anybody = planOf(store, { ...visit, menuIds, staffId: null });
  const plan = typeof anybody === 'string' ? { duration: 0, doers: [] } : anybody;
  return { plan, bare: menuIds.length === 0, staffCannot: asked !== 'unknown' };
}
