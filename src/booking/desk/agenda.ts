/** What the shop's people see of their calendar. */
import { joined } from '../../model/span.ts';
import { openSpans } from '../../model/hours.ts';
import { activeStaff, isOff } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import { DAY, HOUR, MINUTE, at, dayOf, minuteOf, toMinute } from '../../model/time.ts';
import type { Day, Instant } from '../../model/time.ts';
import { nothingCame } from '../deps.ts';
import { businessDayOf } from '../working.ts';
import { member } from './deps.ts';
import type { DeskDeps, DeskPerformed } from './deps.ts';
import type { Agenda, DeskEffect, TimeKept, VisitOf, VisitSeen } from './ports.ts';

/** Days shown at once. */
export const MOST_DAYS = 14;
/** How far ahead a visit is looked for that is told by its customer or hour alone. */
const AHEAD = 90 * DAY;
/** How long ago a visit may be that 「来店」 and 「無断キャンセル」 speak of, and how soon it must begin. */
const LATELY = 18 * HOUR;
const SOON = HOUR;
/** As many visits as somebody chooses among. */
const MOST_FOUND = 10;

/** 今日の予約 */
export async function agenda({ days, staffId }: Extract<DeskEffect, { do: 'agenda' }>, deps: DeskDeps): Promise<DeskPerformed> {
  const { store } = member(deps);
  const shown = [...new Set(days)].sort().slice(0, MOST_DAYS);
  if (shown.length === 0) return nothingCame({ to: 'agenda', days: [] });
  const visits = await deps.desk.visits(store.id, store.channel, { start: at(shown[0]!, 0), end: at(shown.at(-1)!, 0) + 2 * DAY }, deps.now);
  const kept = await deps.desk.timeKept(store.id, { start: at(shown[0]!, 0), end: at(shown.at(-1)!, 0) + 2 * DAY });
  const own = <T extends { staffId: string; start: Instant }>(things: readonly T[], day: Day): T[] =>
    things.filter((thing) => (staffId === null || thing.staffId === staffId) && businessDayOf(store.hours, thing.start) === day);
  return nothingCame({ to: 'agenda', days: shown.map((day) => dayOn(store, day, staffId, own(visits, day), own(kept, day))) });
}

/** Who is away the whole day has no time of his own that day besides. */
function dayOn(store: Store, day: Day, staffId: string | null, visits: VisitSeen[], kept: readonly TimeKept[]): Agenda {
  const off = activeStaff(store).filter((person) => (staffId === null || person.id === staffId) && isOff(person, day)).map((person) => person.id);
  return { day, visits, off, kept: kept.filter((time) => !off.includes(time.staffId)), closed: joined(openSpans(store.hours, day)).length === 0 };
}

/** 次の予約: the one going on is not the next one. */
export async function next({ staffId }: Extract<DeskEffect, { do: 'next' }>, deps: DeskDeps): Promise<DeskPerformed> {
  const { store } = member(deps);
  const ahead = (await deps.desk.visits(store.id, store.channel, { start: deps.now, end: deps.now + MOST_DAYS * DAY }, deps.now)).filter((visit) => visit.start > deps.now);
  return nothingCame({ to: 'next', visit: ahead.find((visit) => visit.staffId === staffId) ?? ahead[0] ?? null });
}

/** The visits a description fits. With an hour alone those of the nearest day that has one are meant. */
export async function find({ of, when, hold }: Extract<DeskEffect, { do: 'find' }>, deps: DeskDeps): Promise<DeskPerformed> {
  const { store } = member(deps);
  const { now } = deps;
  const window = windowOf(of, when, now);
  const visits = (await deps.desk.visits(store.id, store.channel, window, now)).filter((visit) => fits(visit, of, store) && (when !== 'ahead' || visit.end > now) && (when !== 'due' || visit.deposit?.state === 'due') && (!hold || visit.hold?.for === hold));
  const nearest = when === 'lately' ? [...visits].sort((a, b) => Math.abs(a.start - now) - Math.abs(b.start - now)) : visits;
  const day = nearest[0] && businessDayOf(store.hours, nearest[0].start);
  const meant = of.days === null && of.customer === null ? nearest.filter((visit) => businessDayOf(store.hours, visit.start) === day) : nearest;
  return nothingCame({ to: 'find', visits: meant.slice(0, MOST_FOUND), more: meant.length > MOST_FOUND });
}

function windowOf({ days }: VisitOf, when: 'ahead' | 'lately' | 'due', now: Instant): { start: Instant; end: Instant } {
  if (days !== null && days.length > 0) return { start: at([...days].sort()[0]!, 0), end: at([...days].sort().at(-1)!, 0) + 2 * DAY };
  return { start: when === 'ahead' ? now : now - LATELY, end: now + (when === 'lately' ? SOON : AHEAD) };
}

function fits(visit: VisitSeen, { id, customer, days, time, staffId }: VisitOf, store: Store): boolean {
  if (id !== undefined) return visit.id === id;
  const day = businessDayOf(store.hours, visit.start);
  if (days !== null && !days.includes(day) && !days.includes(dayOf(visit.start))) return false;
  if (staffId !== null && visit.staffId !== staffId) return false;
  if (time !== null && !within(time, (visit.start - at(day, 0)) / MINUTE) && !within(time, minuteOf(visit.start))) return false;
  return customer === null || isCalled(visit, customer);
}

const within = ({ from, to }: NonNullable<VisitOf['time']>, minute: number): boolean =>
  from !== null && from === to ? toMinute(from) === minute : (from === null || toMinute(from) <= minute) && (to === null || minute < toMinute(to));

/** Whether a customer is called so: by the name he told, or the one noted down with the visit; widths, kana and spaces aside. */
export function isCalled({ customer, notes }: Pick<VisitSeen, 'customer' | 'notes'>, name: string): boolean {
  const wanted = evened(name);
  return wanted !== '' && [customer, notes].some((said) => said !== null && evened(said).includes(wanted));
}

const evened = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/[\s・]/g, '').replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
