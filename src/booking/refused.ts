import { overlaps } from '../model/span.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { storeOf } from './deps.ts';
import type { WritingDeps } from './deps.ts';
import { nearest } from './nearest.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Answer, CannotBook, Visit } from './ports.ts';

type To = 'book' | 'move';

/** A time that is taken, by others or by the customer's own visit, with what is free near it. */
export async function taken(to: To, store: Store, plan: Plan, start: Instant, deps: WritingDeps, moving?: string): Promise<Answer> {
  const wanted = { start, end: start + plan.duration };
  const clash = (await deps.writer.upcoming(deps.userId, deps.now)).find((visit) => visit.id !== moving && overlaps(visit, wanted));
  const near = await nearest(store, plan, start, deps, moving);
  if (!clash) return { to, taken: 'full', nearest: near };
  // A visit at a shop of another account is not spoken of here.
  return { to, taken: 'self_overlap', nearest: near, ...(storeOf(deps, clash.storeId) ? { clash } : {}) };
}

/** A time that cannot be booked whatever is free, with what can; anybody's where the person asked for does not do this. */
export async function cannot(to: To, why: CannotBook, store: Store | null, visit: Visit, start: Instant, deps: WritingDeps, moving?: string): Promise<Answer> {
  const plan = store && planOf(store, why === 'staff_cannot' ? { ...visit, staffId: null } : visit);
  return { to, cannot: why, nearest: store && plan && typeof plan !== 'string' ? await nearest(store, plan, start, deps, moving) : [] };
}
