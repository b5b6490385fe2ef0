/** 仮予約: a visit that waits for the shop's yes. It holds its time until then, and falls when nobody answers. */
import type { Hold, Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { HOUR, MINUTE, at, dayOf, toMinute } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Came, HouseDeps, WritingDeps } from './deps.ts';
import { nothingCame, onBehalf, storeOf } from './deps.ts';
import { grant, letGo } from './deposit.ts';
import { expiring } from './hold.ts';
import { nearest } from './nearest.ts';
import { aboutVisit } from './news.ts';
import type { Job, News } from './news.ts';
import { planOf } from './plan.ts';
import type { FreeStart, Standing } from './ports.ts';
import { businessDayOf } from './working.ts';

/** Whether the shop wants to say yes to a visit of somebody of this standing. */
export const needsApproval = ({ policy }: Store, standing: Pick<Standing, 'visits'>): boolean =>
  policy.approval.when === 'always' || (policy.approval.when === 'first' && standing.visits === 0);

/**
 * Until when a visit that starts then waits for the shop's yes: as long as the shop says, or until its quiet hours are
 * over where it would end in them; but the customer knows an hour before he would come, or halfway where it is nearer.
 */
export function approvalUntil({ policy }: Store, start: Instant, now: Instant): Instant {
  const end = now + policy.approval.expiryMinutes * MINUTE;
  return Math.min(policy.quiet ? afterQuiet(end, policy.quiet) : end, start - Math.min(HOUR, (start - now) / 2));
}

/** The end of the quiet hours a moment lies in, else itself. */
function afterQuiet(moment: Instant, { from, until }: { from: string; until: string }): Instant {
  const day = dayOf(moment);
  const [begins, ends] = [at(day, toMinute(from)), at(day, toMinute(until))];
  if (begins < ends) return begins <= moment && moment < ends ? ends : moment;
  if (moment >= begins) return at(day, toMinute(until) + 24 * 60);
  return moment < ends ? ends : moment;
}

/** The hold of a new visit; null = it needs none. */
export async function approvalHold(store: Store, start: Instant, deps: WritingDeps): Promise<Hold | null> {
  const { when } = store.policy.approval;
  if (when === 'never') return null;
  const standing = when === 'first' ? await deps.writer.standing(deps.userId, store.id) : { visits: 0 };
  return needsApproval(store, standing) ? { for: 'approval', until: approvalUntil(store, start, deps.now) } : null;
}

/** What a provisional visit brings with it: the shop is asked, and it falls by itself. Also for one that was moved. */
export function askApproval(visit: Reservation, was?: Reservation): { news: News[]; jobs: Job[] } {
  if (visit.hold?.for !== 'approval') return { news: [], jobs: [] };
  return {
    news: [aboutVisit('approval_asked', visit, was ? { was } : {})],
    jobs: [expiring(visit.id, visit.hold)],
  };
}

/** 承認: it is a visit now, or held on for its deposit, and its customer hears so. Null = nothing of the kind waits any more; who asks again changes nothing. `by` = whose word it was. */
export async function approve(reservationId: string, deps: HouseDeps, by?: string): Promise<Came<Reservation | null>> {
  const asked = await deps.writer.reservation(reservationId);
  const store = deps.stores.find((s) => s.id === asked?.storeId);
  const granted = asked?.hold?.for === 'approval' && store ? await grant(asked, store, deps) : null;
  if (!granted) return nothingCame(null);
  const { visit: done, jobs } = granted;
  const paying = done.hold?.for === 'deposit';
  return {
    result: done,
    changed: [{ storeId: done.storeId, slotsVersion: await deps.writer.bumpSlots(done.storeId), waitlistUserId: null }],
    freed: [], jobs,
    news: [
      { to: 'customer', userId: done.userId, storeId: done.storeId, act: paying ? { say: 'deposit_asked', visit: done, approved: true } : { say: 'approved', visit: done } },
      ...(paying ? [] : [aboutVisit('booked', done, { by })]),
    ],
  };
}

/** お断り: its time is free again, and its customer hears what is free near it. Null as for `approve`. */
export const decline = (reservationId: string, deps: HouseDeps): Promise<Came<Reservation | null>> => ended(reservationId, 'running', deps);

/** Nobody answered in time. Does nothing to what was answered meanwhile. */
export const lapse = (reservationId: string, deps: HouseDeps): Promise<Came<Reservation | null>> => ended(reservationId, 'ended', deps);

async function ended(reservationId: string, only: 'running' | 'ended', deps: HouseDeps): Promise<Came<Reservation | null>> {
  const asked = await deps.writer.reservation(reservationId);
  if (asked?.hold?.for !== 'approval') return nothingCame(null);
  const store = deps.stores.find((s) => s.id === asked.storeId);
  if (store) await deps.writer.lockDays(store.id, [businessDayOf(store.hours, asked.start)]);
  const visit = await deps.writer.endHold(reservationId, 'approval', only);
  if (!visit) return nothingCame(null);
  const { storeId, userId, staffId, start, end } = visit;
  const { deposit, news: owed, jobs } = await letGo(visit, true, deps);
  const back = deposit ? { deposit } : {};
  const news: News[] = visit.end > deps.now
    ? [{ to: 'customer', userId, storeId, act: { say: only === 'running' ? 'declined' : 'lapsed', visit, near: await nearTo(visit, deps), ...back } }] : [];
  if (only === 'ended') news.push(aboutVisit('approval_lapsed', visit));
  return {
    result: visit,
    changed: [{ storeId, slotsVersion: await deps.writer.bumpSlots(storeId), waitlistUserId: null }],
    freed: [{ storeId, staffId, start, end }], news: [...news, ...owed], jobs,
  };
}

/** What is free near a visit that will not be, for the same menus and the person it was asked of; never just then: the shop said no to that, or nothing. */
export async function nearTo({ storeId, menuIds, staffId, nominated, start, end, userId }: Reservation, deps: HouseDeps): Promise<FreeStart[]> {
  const own = onBehalf(userId, deps);
  const store = storeOf(own, storeId);
  const plan = store && planOf(store, { storeId, menuIds, staffId: nominated ? staffId : null });
  if (!store || !plan || typeof plan === 'string') return [];
  return nearest(store, plan, start, own, undefined, [{ start, end }]);
}
