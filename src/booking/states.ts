import type { Span } from '../model/span.ts';
import type { Store } from '../model/store.ts';
import { addDays, dayOf } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';
import { ANY_TIME, busyBy, dayState, freeByDay, whyClosed, windowOf } from './availability.ts';
import type { BookingDeps } from './deps.ts';
import type { Plan } from './plan.ts';
import type { Busy, DayState, FreeStart } from './ports.ts';
import { SLOT_DAYS } from './slots.ts';
import { openOn } from './working.ts';

/** What is looked for besides the plan. */
export type Looking = {
  /** The starts wanted on a day. */
  wanted?: (day: Day) => Span;
  /** One's own reservation that is not in its own way. */
  moving?: string | undefined;
  /** Neither menu nor person was asked for: nobody is named, and the slot cache may answer. */
  bare?: boolean;
};

/** How these days stand for a visit. One query for those that are not closed anyway, or none where the slot cache knows. */
export async function statesOf(store: Store, plan: Plan, days: readonly Day[], deps: BookingDeps, looking: Looking = {}): Promise<DayState[]> {
  const { wanted = () => ANY_TIME, bare = false } = looking;
  const sorted = [...new Set(days)].sort();
  const askable = sorted.filter((day) => whyClosed(store, plan, day, deps.now, wanted(day)) === null);
  const { free, short } = await freeOf(store, plan, askable, deps, looking);
  return sorted.map((day) => {
    const state = dayState(store, plan, day, free.get(day) ?? [], deps.now, wanted(day));
    const lacking = short?.get(day)?.filter(({ start }) => !state.free.some((f) => f.start === start)) ?? [];
    if (lacking.length > 0) return { ...state, short: dayState(store, plan, day, lacking, deps.now, wanted(day)).free };
    return bare ? { ...state, free: state.free.map(({ start }) => ({ start, staffIds: [] })) } : state;
  });
}

type ByDay = Map<Day, FreeStart[]>;

/** `short`: what would be free if there were rooms enough; only where somebody asks for a visit that needs any. */
async function freeOf(store: Store, plan: Plan, days: readonly Day[], deps: BookingDeps, { moving, bare }: Looking): Promise<{ free: ByDay; short?: ByDay }> {
  if (days.length === 0) return { free: new Map() };
  // What this turn wrote itself is not in the cache yet.
  if (bare && moving === undefined && deps.writer === null && covered(days, deps.now)) {
    return { free: shared(store, days, await deps.slots.starts(store, deps.now)) };
  }
  // What is held for the customer himself is his to book.
  const own = (b: Busy) => b.userId === deps.userId && deps.offers?.some((offer) => offer.state === 'open' && offer.staffId === b.staffId && offer.start === b.start);
  const busy = (await deps.reader.busy(store.id, windowOf(days), deps.now)).filter((b) => !own(b));
  const by = busyBy(busy, moving);
  const free = freeByDay(store, plan, days, by);
  if (bare || plan.doers.every((doer) => doer.needs.length === 0)) return { free };
  return { free, short: freeByDay(store, { ...plan, doers: plan.doers.map((doer) => ({ ...doer, needs: [] })) }, days, by) };
}

/** Whether all of these days (ascending) are among those the slot cache covers. */
function covered(days: readonly Day[], now: Instant): boolean {
  const today = dayOf(now);
  return days[0]! >= today && days.at(-1)! < addDays(today, SLOT_DAYS);
}

/** Starts of the slot cache by the day whose openings they lie in. */
function shared(store: Store, days: readonly Day[], starts: readonly Instant[]): ByDay {
  return new Map(days.map((day) => {
    const open = openOn(store.hours, day);
    return [day, starts.filter((start) => open.some((span) => span.start <= start && start < span.end)).map((start) => ({ start, staffIds: [] }))];
  }));
}
