/** Random shops, calendars and visits for property tests, and what a patient clerk with a pencil would find free. */
import fc from 'fast-check';
import type { BusinessHours, Opening } from '../../src/model/hours.ts';
import type { Busy, Visit } from '../../src/booking/ports.ts';
import type { Resource, Store } from '../../src/model/store.ts';
import { DAY, MINUTE, WEEKDAYS, addDays, at, toClock, toMinute, weekdayOf } from '../../src/model/time.ts';
import type { Day, Instant, Weekday } from '../../src/model/time.ts';
import { menu, person, resource, salonHours, shop } from '../support/salon.ts';

/** 2026-11-24, a Tuesday. */
export const TODAY: Day = '2026-11-24';
export const DAYS: Day[] = Array.from({ length: 4 }, (_, n) => addDays(TODAY, n));

const openings: fc.Arbitrary<Opening[]> = fc.oneof(
  fc.constant<Opening[]>([]),
  fc.tuple(fc.integer({ min: 7 * 12, max: 12 * 12 }), fc.integer({ min: 1, max: 14 * 12 })).map(([from, length]): Opening[] => [[toClock(from * 5), toClock((from + length) * 5)]]),
  fc.tuple(fc.integer({ min: 7 * 12, max: 11 * 12 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 80 })).map(([from, morning, rest, evening]): Opening[] => [
    [toClock(from * 5), toClock((from + morning) * 5)],
    [toClock((from + morning + rest) * 5), toClock((from + morning + rest + evening) * 5)],
  ]),
);

const week = (of: fc.Arbitrary<Opening[]>) => fc.tuple(of, of, of, of, of, of, of).map((days) => Object.fromEntries(WEEKDAYS.map((w, i) => [w, days[i]!])) as Record<Weekday, Opening[]>);

/** Shops of up to three people and three menus, with breaks, late closings, shifts, days off, days of other hours, buffers and rooms. */
export const shops: fc.Arbitrary<Store> = fc.record({
  weekly: week(openings), grid: fc.constantFrom(5, 10, 15, 20, 30, 40, 60), notice: fc.constantFrom(0, 30, 60, 180), window: fc.integer({ min: 0, max: 5 }),
  menus: fc.array(fc.record({ duration: fc.integer({ min: 1, max: 24 }).map((n) => n * 5), buffer: fc.constantFrom(0, 0, 5, 10, 30) }), { minLength: 1, maxLength: 3 }),
  staff: fc.array(fc.record({
    does: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), daysOff: fc.subarray([...WEEKDAYS], { maxLength: 2 }), absences: fc.subarray(DAYS, { maxLength: 1 }),
    shifts: fc.option(fc.record({ wed: openings, thu: openings }, { requiredKeys: [] }), { nil: null }),
    breaks: fc.record({ tue: openings, thu: openings }, { requiredKeys: [] }), exceptions: fc.uniqueArray(fc.record({ day: fc.constantFrom(...DAYS), openings }), { selector: (e) => e.day, maxLength: 2 }),
  }), { minLength: 1, maxLength: 3 }),
  resources: fc.array(fc.record({ count: fc.integer({ min: 1, max: 2 }), needed: fc.subarray([0, 1, 2], { minLength: 1 }) }), { maxLength: 2 }),
}).map(({ weekly, grid, notice, window, menus: said, staff, resources }) => {
  const menus = said.map((m, i) => menu(`メニュー${i}`, m.duration, { buffer: m.buffer }));
  const people = staff.map((s, i) => person(`担当${i}`, menus.filter((_, n) => s.does[n]), { daysOff: s.daysOff, absences: s.absences, shifts: s.shifts, breaks: s.breaks, exceptions: s.exceptions }));
  const store = shop(menus, people, salonHours({ weekly, gridMinutes: grid, noticeMinutes: notice, windowDays: window }));
  store.resources.push(...resources.map((r, i) => resource(`設備${i}`, r.count, menus.filter((_, n) => r.needed.includes(n)))));
  return store;
});

/** A shop, a visit in it, bookings (some overlapping, as staff may force them) and a present. */
export const cases = shops.chain((store) => fc.record({
  store: fc.constant(store),
  visit: fc.record<Visit>({
    storeId: fc.constant(store.id), menuIds: fc.subarray(store.menus.map((m) => m.id)), staffId: fc.option(fc.constantFrom(...store.staff.map((s) => s.id)), { nil: null }),
  }),
  busy: fc.array(booking(store), { maxLength: 12 }),
  now: fc.integer({ min: -6 * 60, max: 30 * 60 }).map((m) => at(TODAY, m)),
}));

export const booking = (store: Store): fc.Arbitrary<Busy> => fc.record({
  staffId: fc.constantFrom(...store.staff.map((s) => s.id)), userId: fc.constant('somebody'), reservationId: fc.uuid(),
  start: fc.integer({ min: -60, max: 5 * 24 * 12 }), length: fc.integer({ min: 1, max: 40 }),
  lanes: fc.tuple(...store.resources.map((r) => fc.option(fc.record({ resourceId: fc.constant(r.id), lane: fc.integer({ min: 1, max: r.count }) }), { nil: null }))),
}).map(({ start, length, lanes, ...who }) => ({ ...who, lanes: lanes.filter((lane) => lane !== null), start: at(TODAY, start * 5), end: at(TODAY, (start + length) * 5) }));

/** Whether one person can do a visit from a minute of a day on, by trying. */
export function canStart(store: Store, staffId: string, menuIds: readonly string[], day: Day, minute: number, busy: readonly Busy[]): boolean {
  const hours: BusinessHours = store.hours;
  const menus = menuIds.map((id) => store.menus.find((m) => m.id === id)!);
  const staff = store.staff.find((s) => s.id === staffId)!;
  const duration = menus.reduce((sum, m) => sum + m.duration, 0);
  const buffer = Math.max(...menus.map((m) => m.buffer));
  const inside = (spans: Opening[]) => {
    // Minute by minute, so that adjoining openings count as one.
    for (let m = minute; m < minute + duration; m++) if (!spans.some(([from, to]) => toMinute(from) <= m && m < toMinute(to))) return false;
    return true;
  };
  const outside = (spans: readonly Opening[] = []) => !spans.some(([from, to]) => toMinute(from) < minute + duration && minute < toMinute(to));
  const weekday = weekdayOf(day);
  const start: Instant = at(day, minute);
  const dated = staff.exceptions.find((e) => e.day === day);
  const then = busy.filter((b) => b.start < start + (duration + buffer) * MINUTE && start < b.end);
  const needed = store.resources.filter((r) => r.menuIds.some((id) => menuIds.includes(id)));
  const roomy = (r: Resource) => Array.from({ length: r.count }, (_, n) => n + 1).some((lane) => !then.some((b) => b.lanes?.some((l) => l.resourceId === r.id && l.lane === lane)));
  const there = dated ? inside(dated.openings)
    : !staff.daysOff.includes(weekday) && (!staff.shifts?.[weekday] || inside(staff.shifts[weekday])) && outside(staff.breaks[weekday]);
  return minute % hours.gridMinutes === 0 && menuIds.every((id) => staff.menuIds.includes(id))
    && !staff.absences.includes(day) && there && inside(hours.weekly[weekday])
    && !then.some((b) => b.staffId === staffId) && needed.every(roomy);
}

/** The minutes a business day can have starts at. */
export const MINUTES: number[] = Array.from({ length: (2 * DAY) / MINUTE / 5 }, (_, n) => n * 5);
