import type { Store } from '../model/store.ts';
import { addDays, dayOf, daysBetween } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import { lastDay, startsWithin } from './availability.ts';
import { only, storeOf } from './deps.ts';
import type { BookingDeps, Performed } from './deps.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { DayState, Effect, Terms, Visit } from './ports.ts';
import { bareVisit } from './slots.ts';
import { statesOf } from './states.ts';
import type { Looking } from './states.ts';
import { termsOf } from './terms.ts';

/** 空いてる？ How the days stand. */
export async function look(effect: Extract<Effect, { do: 'look' }>, deps: BookingDeps): Promise<Performed> {
  const store = storeOf(deps, effect.visit.storeId);
  if (!store) return only({ to: 'look', days: [], staffCannot: false });
  const { plan, bare, staffCannot } = lookingPlan(store, effect.visit);
  const wanted = (day: Day) => startsWithin(day, effect.from, effect.until);
  const days = await statesOf(store, plan, effect.days, deps, { wanted, bare, moving: effect.moving });
  return only({ to: 'look', days, staffCannot, ...(await withTerms(store, deps)) });
}

const withTerms = async (store: Store, deps: BookingDeps): Promise<{ terms?: Terms }> => {
  const terms = await termsOf(store, deps);
  return terms ? { terms } : {};
};

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
  return only({ to: 'soonest', days: found.slice(0, effect.limit), ...(await withTerms(store, deps)) });
}

/** What to look with: where the person asked for cannot or is gone, anybody; where a menu is gone, the shortest one. */
function lookingPlan(store: Store, visit: Visit): { plan: Plan; bare: boolean; staffCannot: boolean } {
  const asked = planOf(store, visit);
  const anybody = asked === 'unknown' || asked === 'staff_cannot' ? planOf(store, { ...visit, staffId: null }) : asked;
  const plan = anybody === 'unknown' ? planOf(store, bareVisit(store.id)) : anybody;
  const named = visit.menuIds.length > 0 && anybody !== 'unknown';
  return {
    plan: typeof plan === 'string' ? NOBODY : plan,
    bare: !named && (visit.staffId === null || typeof asked === 'string'),
    staffCannot: asked === 'staff_cannot' || asked === 'nobody_can',
  };
}

/** A visit that nobody does: every day is a day off. */
const NOBODY: Plan = { duration: 0, doers: [] };
