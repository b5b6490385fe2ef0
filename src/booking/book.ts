import { approvalHold, askApproval } from './approval.ts';
import { askDeposit, depositHold } from './deposit.ts';
import { only, storeOf } from './deps.ts';
import type { Performed, WritingDeps } from './deps.ts';
import { whyNot } from './judge.ts';
import { aboutVisit } from './news.ts';
import { menuIdsOf, planOf } from './plan.ts';
import type { Effect } from './ports.ts';
import { cannot, taken } from './refused.ts';
import { seat } from './seat.ts';
import { barred } from './terms.ts';

/** 予約: the rules first, then the constraint decides who was earlier. */
export async function book({ visit, start, notes }: Extract<Effect, { do: 'book' }>, deps: WritingDeps): Promise<Performed> {
  const store = storeOf(deps, visit.storeId);
  const plan = store && visit.menuIds.length > 0 ? planOf(store, visit) : 'unknown';
  if (!store || typeof plan === 'string') return only(await cannot('book', typeof plan === 'string' ? plan : 'unknown', store, visit, start, deps));
  const why = whyNot(store, plan, start, deps.now);
  if (why) return only(await cannot('book', why, store, visit, start, deps));

  const bar = await barred(store, deps);
  if (bar) return only({ to: 'book', barred: bar });
  // The shop's yes first: nobody pays for what may be refused.
  const hold = (await approvalHold(store, start, deps)) ?? depositHold(store, menuIdsOf(visit), start, deps);
  const ids = { id: deps.newId(), userId: deps.userId, storeId: store.id };
  const seating = { start, menuIds: menuIdsOf(visit), nominated: visit.staffId !== null };
  const held = hold ? { hold } : {};
  const time = await seat(store, plan, seating, deps, (at) => deps.writer.insertReservation({ ...ids, ...at, notes, ...held }));
  if (typeof time === 'string') return only(await taken('book', store, plan, start, deps));

  const { blockedUntil: _, ...visible } = time;
  const slotsVersion = await deps.writer.bumpSlots(store.id);
  const { visit: done, jobs } = await askDeposit({ ...ids, ...visible, status: hold ? 'pending' : 'confirmed', ...held }, store, deps);
  const asked = hold ? askApproval(done) : { news: [aboutVisit('booked', done)], jobs: [] };
  return {
    answer: { to: 'book', done },
    changed: [{ storeId: store.id, slotsVersion, waitlistUserId: null }],
    freed: [], news: asked.news, jobs: [...asked.jobs, ...jobs],
  };
}
