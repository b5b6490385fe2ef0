/** A customer who may not book by himself. */
import type { Barred } from '../booking/ports.ts';
import type { Store } from '../model/store.ts';
import type { Stepped } from './hop.ts';
import type { Act } from './says.ts';
import { ask, rest, say, withGoal } from './stepped.ts';
import type { Talk } from './talk.ts';

/** Why he may not. */
export const barredBy = (barred: Barred, storeId: string): Act =>
  barred.why === 'no_shows' ? { say: 'barred', why: barred.why, storeId, visits: [], most: null } : { say: 'barred', why: barred.why, storeId, visits: barred.open, most: barred.most };

/** What stands against one more booking; the booking itself can be gone on with once one of those ahead is cancelled. */
export function notAllowed(talk: Talk, barred: Barred, store: Store): Stepped {
  const act = barredBy(barred, store.id);
  if (barred.why === 'no_shows') return say(rest(talk), act);
  return talk.known.menuIds || talk.known.dates ? ask(withGoal(talk, 'idle'), { about: 'start_look' }, act) : say(rest(talk), act);
}
