/** 休み: days off, or a part of each, said in the chat; what is booked then goes to others who are free, or stays and is listed. */
import { openSpans } from '../../model/hours.ts';
import { worksOn } from '../../model/shifts.ts';
import { joined, overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import { isOff, mayTouch } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import { DAY, at, dayOf, toMinute } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import { nothingCame } from '../deps.ts';
import type { News } from '../news.ts';
import { planOf } from '../plan.ts';
import type { Plan } from '../plan.ts';
import type { Busy, Changed } from '../ports.ts';
import { reviewWaiting } from '../waiting/freed.ts';
import { businessDayOf } from '../working.ts';
import { member } from './deps.ts';
import type { DeskDeps, DeskPerformed, DeskWritingDeps } from './deps.ts';
import type { DeskEffect, Part, VisitSeen } from './ports.ts';
import { movedNews, putThere } from './visits.ts';

/** How far ahead time off is looked for that is to be none. */
const AHEAD = 400 * DAY;

/** The stretch of a business day that is off; null = the shop is closed all of it. */
function offSpan(store: Store, day: Day, part: Part | null): Span | null {
  const open = joined(openSpans(store.hours, day));
  if (open.length === 0) return null;
  const from = part?.from ? at(day, toMinute(part.from)) : -Infinity;
  const to = part?.to ? at(day, toMinute(part.to)) : Infinity;
  const span = { start: Math.max(open[0]!.start, from), end: Math.min(open.at(-1)!.end, to) };
  return span.start < span.end ? span : null;
}

/** What is booked with a person in days off, from now on, earliest first. */
async function visitsIn(staffId: string, days: readonly Day[], part: Part | null, store: Store, { desk, now }: DeskDeps): Promise<VisitSeen[]> {
  const sorted = [...days].sort();
  if (sorted.length === 0) return [];
  const visits = await desk.visits(store.id, store.channel, { start: at(sorted[0]!, 0), end: at(sorted.at(-1)!, 0) + 2 * DAY }, now);
  return visits.filter((visit) => {
    const span = visit.staffId === staffId && visit.end > now && days.includes(businessDayOf(store.hours, visit.start)) && offSpan(store, businessDayOf(store.hours, visit.start), part);
    return span && overlaps(span, visit);
  });
}

/** Who else could do a visit at its time, menus and all. */
const planWithout = (visit: VisitSeen, store: Store): Plan | null => {
  const plan = planOf(store, { storeId: store.id, menuIds: visit.menuIds, staffId: null });
  if (typeof plan === 'string') return null;
  const day = businessDayOf(store.hours, visit.start);
  const open = joined(openSpans(store.hours, day));
  const doers = plan.doers.filter(({ staff }) => staff.id !== visit.staffId && worksOn(staff, open, day).some((span) => span.start <= visit.start && visit.end <= span.end));
  return doers.length > 0 ? { ...plan, duration: visit.end - visit.start, doers } : null;
};

/** What stands in the way, and who could take it over. Holds are left to those whose answer they wait for. */
export async function beforeOff({ staffId, days, part }: Extract<DeskEffect, { do: 'before_off' }>, deps: DeskDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (!mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  const visits = await visitsIn(staffId, days, part, store, deps);
  if (visits.length === 0) return nothingCame({ to: 'before_off', visits: [] });
  const busy: (Busy | Span & { staffId: string })[] = await deps.reader.busy(store.id, { start: visits[0]!.start, end: Math.max(...visits.map((v) => v.end)) + DAY }, deps.now);
  return nothingCame({ to: 'before_off', visits: visits.map((visit) => {
    const taker = planWithout(visit, store)?.doers.find(({ staff: other, buffer }) => !busy.some((b) => b.staffId === other.id && overlaps(b, { start: visit.start, end: visit.end + buffer })));
    // Two at once cannot go to the same person.
    if (taker) busy.push({ staffId: taker.staff.id, start: visit.start, end: visit.end + taker.buffer });
    return { visit, staffId: visit.hold ? null : taker?.staff.id ?? null };
  }) });
}

/** The days off are taken, and last, so that whoever books meanwhile is among those that are left. */
export async function off({ staffId, days, part, move }: Extract<DeskEffect, { do: 'off' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (!mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  const ahead = [...new Set(days)].filter((day) => day >= dayOf(deps.now)).sort();
  const moved: { visit: VisitSeen; was: VisitSeen }[] = [];
  const news: News[] = [];
  for (const visit of move ? await visitsIn(staffId, ahead, part, store, deps) : []) {
    const plan = visit.hold ? null : planWithout(visit, store);
    const put = plan && (await putThere(visit, plan, visit.start, store, deps));
    if (!put || typeof put === 'string') continue;
    moved.push({ visit: { ...visit, ...put }, was: visit });
    news.push(...movedNews({ ...visit, ...put }, visit, staff.id, 'shop'));
  }
  await deps.desk.lockPerson(staffId, deps.now);
  const taken = await takeOff(staffId, ahead, part, store, deps);
  const left = await visitsIn(staffId, ahead, part, store, deps);
  const changed: Changed[] = taken.kept || moved.length > 0 ? [{ storeId: store.id, slotsVersion: await deps.writer.bumpSlots(store.id), waitlistUserId: null }] : [];
  return { result: { to: 'off', days: taken.days, moved, left }, changed, freed: [], news, jobs: part || taken.days.length === 0 ? [] : [reviewWaiting(store.id, deps.now)] };
}

/** Writes it; a whole day is a day off of the person, and both keep bookings out. */
async function takeOff(staffId: string, days: readonly Day[], part: Part | null, store: Store, { desk, now, newId }: DeskWritingDeps): Promise<{ days: Day[]; kept: boolean }> {
  const fresh = part ? [...days] : await desk.setAway(staffId, days, true);
  let kept = false;
  for (const day of fresh) {
    const span = offSpan(store, day, part);
    if (!span) continue;
    await desk.keepTime({ id: newId(), staffId, storeId: store.id, kind: 'off', ...span }, now);
    kept = true;
  }
  return { days: fresh, kept };
}

/** 休み取り消し: the time can be booked again, and is offered to those who wait for it. */
export async function on({ staffId, days }: Extract<DeskEffect, { do: 'on' }>, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const { store, staff } = member(deps);
  if (!mayTouch(store, staff, staffId)) return nothingCame({ to: 'not_yours', staffId });
  const person = store.staff.find((p) => p.id === staffId);
  const today = dayOf(deps.now);
  const kept = (await deps.desk.timeKept(store.id, { start: at(today, 0), end: at(today, 0) + AHEAD })).filter((time) => time.staffId === staffId && time.kind === 'off');
  const said = [...new Set([...await deps.desk.daysOffSaid(staffId, today), ...kept.map((time) => businessDayOf(store.hours, time.start))])].sort();
  if (days === null && said.length > 1) return nothingCame({ to: 'on', which: said });
  const wanted = days ?? said;
  const undone = wanted.filter((day) => said.includes(day));
  await deps.desk.setAway(staffId, undone, false);
  const dropped = kept.filter((time) => undone.includes(businessDayOf(store.hours, time.start)));
  await deps.desk.dropTime(dropped.map((time) => time.id));
  return {
    result: { to: 'on', days: undone, fixed: wanted.filter((day) => !undone.includes(day) && person !== undefined && isOff(person, day)) },
    changed: dropped.length === 0 ? [] : [{ storeId: store.id, slotsVersion: await deps.writer.bumpSlots(store.id), waitlistUserId: null }],
    // Who is there is known to the next one who reads the shop, not here.
    freed: [], news: [], jobs: dropped.length === 0 ? [] : [reviewWaiting(store.id, deps.now)],
  };
}
