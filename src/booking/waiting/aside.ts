import { overlaps } from '../../model/span.ts';
import { MINUTE } from '../../model/time.ts';
import { menusOf } from '../../model/store.ts';
import { joinedFollowed, storeOf } from '../deps.ts';
import type { Performed, WritingDeps } from '../deps.ts';
import { menuIdsOf } from '../plan.ts';
import type { Effect } from '../ports.ts';
import { accept } from './answers.ts';
import { backInQueue, lockOffer, passOn } from './ends.ts';
import type { KeptOffer } from './ports.ts';

/**
 * A customer who books or moves into a time that is held for himself is not in his own way. Just what was offered is
 * taken as a yes to the offer; another visit over that time lets the offer go, if it can be booked.
 */
export async function offersAside(effect: Extract<Effect, { do: 'book' | 'move' }>, deps: WritingDeps, run: () => Promise<Performed>): Promise<Performed> {
  const store = storeOf(deps, effect.visit.storeId);
  const minutes = store ? menusOf(store, effect.visit.menuIds).reduce((sum, menu) => sum + menu.duration, 0) : 0;
  const wanted = { start: effect.start, end: effect.start + minutes * MINUTE };
  const own = deps.offers?.find((offer) => offer.state === 'open' && offer.held && overlaps(offer, wanted));
  if (!own) return run();
  const { menuIds, staffId } = effect.visit;
  const same = effect.do === 'book' && own.start === effect.start && own.menuIds.join() === menuIdsOf({ ...effect.visit, menuIds }).join() && (staffId === null || staffId === own.staffId);
  if (same) {
    const { answer, ...after } = await accept({ do: 'accept', offerId: own.id }, deps);
    if (answer.to === 'accept' && 'done' in answer) return { answer: { to: 'book', done: answer.done }, ...after };
  }
  const { writer } = deps;
  const tried: { performed?: Performed; ended?: KeptOffer } = {};
  const kept = await writer.attempt(async () => {
    const offer = await lockOffer(own.id, deps);
    if (offer && (await writer.endOffer(offer.id, 'declined'))) {
      tried.ended = offer;
      await backInQueue(offer, 'waiting', deps);
      if (offer.reservationId !== null) await writer.cancelReservation(offer.reservationId, offer.userId);
    }
    tried.performed = await run();
    return 'done' in tried.performed.answer && tried.performed.answer.done !== null;
  });
  const { answer, freed, ...rest } = tried.performed!;
  return { answer, freed, ...joinedFollowed(kept && tried.ended ? [rest, await passOn(tried.ended, deps)] : [rest]) };
}
