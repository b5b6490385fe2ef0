import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { busyBy, dayState, freeByDay, startsWithin, windowOf } from '../../src/booking/availability.ts';
import { whyNot } from '../../src/booking/judge.ts';
import { menuIdsOf, planOf } from '../../src/booking/plan.ts';
import type { Plan } from '../../src/booking/plan.ts';
import type { Busy, DayState } from '../../src/booking/ports.ts';
import type { Store } from '../../src/model/store.ts';
import { HOUR, MINUTE, addDays, at, dayOf, fromLocal, minuteOf, toClock } from '../../src/model/time.ts';
import type { Day, Instant } from '../../src/model/time.ts';
import { menu, person, resource, salon, salonHours, shop } from '../support/salon.ts';
import { DAYS, MINUTES, booking, canStart, cases } from './calendars.ts';

const THU = '2026-11-26';
const NOW = fromLocal('2026-11-24T09:00');

const planned = (store: Store, menuIds: string[], staffId: string | null = null): Plan => {
  const plan = planOf(store, { storeId: store.id, menuIds, staffId });
  if (typeof plan === 'string') throw new Error(plan);
  return plan;
};
const stateOf = (store: Store, plan: Plan, day: Day, busy: Busy[] = [], now: Instant = NOW, from: string | null = null, until: string | null = null): DayState =>
  dayState(store, plan, day, freeByDay(store, plan, [day], busyBy(busy)).get(day)!, now, startsWithin(day, from, until));
const times = (state: DayState): string[] => state.free.map((f) => toClock(minuteOf(f.start)));
const open = (state: DayState): string[] => state.open.map((s) => `${toClock(minuteOf(s.start))}〜${toClock(minuteOf(s.end))}`);
const taken = (staffId: string, from: string, until: string): Busy => ({ staffId, userId: 'somebody', reservationId: `${staffId} ${from}`, start: fromLocal(from), end: fromLocal(until) });

describe('what is free on a day', () => {
  test('an empty day is free from opening until the visit would no longer end by closing', () => {
    const { store, perm } = salon({ gridMinutes: 60 });
    expect(times(stateOf(store, planned(store, [perm.id]), THU))).toEqual(['10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00']);
  });

  test('two people busy but for 15:00 to 17:00 leave the stretch to say', () => {
    const { store, tanaka, sato } = salon();
    const busy = [tanaka, sato].flatMap((s) => [taken(s.id, `${THU}T10:00`, `${THU}T15:00`), taken(s.id, `${THU}T17:00`, `${THU}T20:00`)]);
    expect(open(stateOf(store, planned(store, []), THU, busy))).toEqual(['15:00〜17:00']);
  });

  test('a visit neither runs into the lunch break nor over closing; clearing up may', () => {
    const checkup = menu('検診', 30, { buffer: 15 });
    const yamamoto = person('山本', [checkup]);
    const hours = salonHours({ weekly: { ...salonHours().weekly, thu: [['09:30', '13:00'], ['14:30', '16:00']] } });
    const store = shop([checkup], [yamamoto], hours);
    expect(open(stateOf(store, planned(store, [checkup.id]), THU))).toEqual(['09:30〜13:00', '14:30〜16:00']);
    const state = stateOf(store, planned(store, [checkup.id]), THU, [taken(yamamoto.id, `${THU}T11:00`, `${THU}T11:30`)]);
    // The fifteen minutes after a visit of 10:30 would run into the booking of 11:00.
    expect(times(state)).toEqual(['09:30', '10:00', '11:30', '12:00', '12:30', '14:30', '15:00', '15:30']);
  });

  test('hours after midnight belong to the day they began', () => {
    const { store, cut } = salon({ weekly: { ...salonHours().weekly, thu: [['20:00', '25:30']] } });
    const state = stateOf(store, planned(store, [cut.id]), THU);
    expect(state.free.at(-1)!.start).toBe(fromLocal('2026-11-27T00:30'));
    expect(open(state)).toEqual(['20:00〜01:30']);
    expect(stateOf(store, planned(store, [cut.id]), '2026-11-27').free[0]!.start).toBe(fromLocal('2026-11-27T10:00'));
    expect(whyNot(store, planned(store, [cut.id]), fromLocal('2026-11-27T00:30'), NOW)).toBeNull();
    expect(whyNot(store, planned(store, [cut.id]), fromLocal('2026-11-27T01:00'), NOW)).toBe('too_long');
  });

  test('menus of one visit follow one another, done by one who does them all', () => {
    const { store, cut, perm, tanaka } = salon();
    const plan = planned(store, [cut.id, perm.id]);
    expect(plan.duration).toBe(3 * HOUR);
    const state = stateOf(store, plan, THU);
    expect(state.free[0]!.staffIds).toEqual([tanaka.id]);
    expect(times(state).at(-1)).toBe('17:00');
  });

  test('without a menu it is as long as the shortest, by whoever does one of that length', () => {
    const [first, again, clean] = [menu('再診', 30), menu('検診', 30, { buffer: 10 }), menu('クリーニング', 60)];
    const [suzuki, yamamoto, yamada] = [person('鈴木', [first]), person('山本', [again, clean]), person('山田', [clean])];
    const store = shop([first, again, clean], [suzuki, yamamoto, yamada]);
    expect(planned(store, [])).toEqual({ duration: 30 * MINUTE, doers: [{ staff: suzuki, buffer: 0, needs: [] }, { staff: yamamoto, buffer: 10 * MINUTE, needs: [] }] });
    expect(planned(store, [], yamada.id)).toEqual({ duration: HOUR, doers: [{ staff: yamada, buffer: 0, needs: [] }] });
  });

  test('without a menu, who can do one without a room is not kept from it by a room that is full', () => {
    const [wash, dry] = [menu('シャンプー', 30), menu('セット', 30, { buffer: 10 })];
    const [tanaka, sato] = [person('田中', [wash, dry]), person('佐藤', [wash])];
    const store = shop([wash, dry], [tanaka, sato]);
    const basin = resource('シャンプー台', 1, [wash]);
    store.resources.push(basin);
    // Clearing up longer is more than nothing, a room is more than none: neither way is the easier one.
    expect(planned(store, []).doers.map((d) => [d.staff.name, d.buffer, d.needs.map((n) => n.name)])).toEqual([['田中', 0, ['シャンプー台']], ['田中', 10 * MINUTE, []], ['佐藤', 0, ['シャンプー台']]]);
    const busy = [{ staffId: 'somebody', userId: 'u', reservationId: 'r', start: at(THU, 10 * 60), end: at(THU, 20 * 60), lanes: [{ resourceId: basin.id, lane: 1 }] }];
    const state = stateOf(store, planned(store, []), THU, busy);
    expect(times(state)[0]).toBe('10:00');
    expect(state.free.every((f) => f.staffIds.join() === tanaka.id)).toBe(true);
  });

  test('a visit that needs a room needs one that is free from beginning to end', () => {
    const { store, cut } = salon();
    const chair = resource('席', 2, [cut]);
    store.resources.push(chair);
    const taken = (lane: number, from: number, to: number) => ({ staffId: 'somebody', userId: 'u', reservationId: `r${lane}${from}`, start: at(THU, from * 60), end: at(THU, to * 60), lanes: [{ resourceId: chair.id, lane }] });
    const busy = [taken(1, 10, 12), taken(2, 11, 14)];
    expect(times(stateOf(store, planned(store, [cut.id]), THU, busy)).slice(0, 4)).toEqual(['10:00', '12:00', '12:30', '13:00']);
    expect(times(stateOf(store, planned(store, []), THU, busy))[0]).toBe('10:00');
  });

  test('starts are cut to those asked for; one time is asked for by naming it twice', () => {
    const { store, cut } = salon();
    const plan = planned(store, [cut.id]);
    expect(times(stateOf(store, plan, THU, [], NOW, '15:00', '16:30'))).toEqual(['15:00', '15:30', '16:00']);
    expect(open(stateOf(store, plan, THU, [], NOW, '15:00', '16:30'))).toEqual(['15:00〜17:00']);
    expect(times(stateOf(store, plan, THU, [], NOW, '15:00', '15:00'))).toEqual(['15:00']);
    expect(stateOf(store, plan, THU, [], NOW, '15:10', '15:10').closed).toBe('outside_hours');
  });
});

describe('why a day has nothing to offer', () => {
  const { store, cut, perm, tanaka, sato } = salon({
    holidays: 'closed', exceptions: [{ day: '2026-11-25', openings: [] }, { day: '2026-12-14', openings: [['10:00', '12:00']] }], cancelDeadlineMinutes: 0,
  });
  const anyone = planned(store, [cut.id]);
  const why = (day: Day, plan = anyone, now = NOW, from: string | null = null, until: string | null = null) => stateOf(store, plan, day, [], now, from, until).closed;

  test.each<[string, DayState['closed'], () => DayState['closed']]>([
    ['a Monday', 'closing_day', () => why('2026-11-30')],
    ['a dated exception', 'exception', () => why('2026-11-25')],
    ['a Monday opened by an exception', null, () => why('2026-12-14')],
    ['a public holiday', 'holiday', () => why('2026-11-23', anyone, fromLocal('2026-11-20T09:00'))],
    ['yesterday, whatever it was', 'past', () => why('2026-11-23')],
    ['today after the last start', 'past', () => why('2026-11-24', anyone, fromLocal('2026-11-24T19:30'))],
    ['today within the notice of the last start', 'too_soon', () => why('2026-11-24', anyone, fromLocal('2026-11-24T18:30'))],
    ['the last start just at the notice', null, () => why('2026-11-24', anyone, fromLocal('2026-11-24T18:00'))],
    ['day 60', null, () => why('2027-01-23')],
    ['day 61', 'beyond_window', () => why('2027-01-24')],
    ['a day off of the one asked for', 'staff_off', () => why('2026-12-02', planned(store, [cut.id], sato.id))],
    ['a day off of one of two', null, () => why('2026-12-02')],
    ['a time after closing', 'outside_hours', () => why(THU, anyone, NOW, '20:00', '22:00')],
    ['a time from which it cannot end by closing', 'outside_hours', () => why(THU, planned(store, [perm.id]), NOW, '18:30', '20:00')],
  ])('%s: %s', (_what, expected, found) => {
    expect(found()).toBe(expected);
  });

  test('own shifts and dated absences count as days off', () => {
    const here = shop([cut], [{ ...tanaka, absences: [THU] }, { ...sato, daysOff: [], shifts: { thu: [['10:00', '14:00']] } }]);
    expect(stateOf(here, planned(here, [cut.id], tanaka.id), THU).closed).toBe('staff_off');
    expect(open(stateOf(here, planned(here, [cut.id]), THU))).toEqual(['10:00〜14:00']);
    expect(stateOf(here, planned(here, [cut.id]), THU, [], NOW, '14:00', null).closed).toBe('staff_off');
  });
});

describe('whatever the calendar', () => {
  const free = (store: Store, plan: Plan, busy: Busy[]) => freeByDay(store, plan, DAYS, busyBy(busy));

  test('what is free is what trying every minute with every person finds', () => {
    fc.assert(fc.property(cases, ({ store, visit, busy }) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string' && visit.menuIds.length > 0);
      const found = free(store, plan as Plan, busy);
      for (const day of DAYS) {
        const tried = MINUTES.map((minute) => ({
          start: at(day, minute),
          staffIds: store.staff.filter((s) => (visit.staffId ?? s.id) === s.id && canStart(store, s.id, visit.menuIds, day, minute, busy)).map((s) => s.id),
        })).filter((f) => f.staffIds.length > 0);
        expect(found.get(day)).toEqual(tried);
      }
    }), { numRuns: 150 });
  });

  test('without a menu, anybody counts who has time for one of the shortest', () => {
    fc.assert(fc.property(cases, ({ store, visit, busy }) => {
      const done = store.menus.filter((m) => store.staff.some((s) => (visit.staffId ?? s.id) === s.id && s.menuIds.includes(m.id)));
      fc.pre(done.length > 0);
      const shortest = done.filter((m) => m.duration === Math.min(...done.map((x) => x.duration)));
      const found = free(store, planned(store, [], visit.staffId), busy);
      for (const day of DAYS) {
        const starts = new Set(shortest.flatMap((m) => {
          const plan = planOf(store, { ...visit, menuIds: [m.id] });
          return typeof plan === 'string' ? [] : free(store, plan, busy).get(day)!.map((f) => f.start);
        }));
        expect(found.get(day)!.map((f) => f.start)).toEqual([...starts].sort((a, b) => a - b));
      }
    }), { numRuns: 150 });
  });

  test('a booking never adds a free start, and its own is no longer free', () => {
    fc.assert(fc.property(cases.chain((c) => fc.record({ c: fc.constant(c), more: booking(c.store), pick: fc.nat() })), ({ c: { store, visit, busy }, more, pick }) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string');
      const before = free(store, plan as Plan, busy);
      const keys = (by: typeof before) => new Set([...by.values()].flat().flatMap((f) => f.staffIds.map((id) => `${f.start} ${id}`)));
      const all = keys(before);
      for (const key of keys(free(store, plan as Plan, [...busy, more]))) expect(all).toContain(key);
      const starts = [...before.values()].flat();
      if (starts.length === 0) return;
      const { start, staffIds } = starts[pick % starts.length]!;
      const own = { staffId: staffIds[0]!, userId: 'me', reservationId: 'mine', start, end: start + (plan as Plan).duration };
      expect(keys(free(store, plan as Plan, [...busy, own]))).not.toContain(`${start} ${staffIds[0]}`);
      expect(keys(freeByDay(store, plan as Plan, DAYS, busyBy([...busy, own], 'mine')))).toEqual(all);
    }), { numRuns: 150 });
  });

  test('stretches are just the free starts: no start on the grid that ends within one is taken, none is left out', () => {
    fc.assert(fc.property(cases, ({ store, visit, busy, now }) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string');
      for (const day of DAYS) {
        const state = stateOf(store, plan as Plan, day, busy, now);
        const step = store.hours.gridMinutes * MINUTE;
        const starts = new Set(state.free.map((f) => f.start));
        const said = new Set<number>();
        for (const s of state.open) for (let t = s.start; t + (plan as Plan).duration <= s.end; t += step) said.add(t);
        expect([...said].sort()).toEqual([...starts].sort());
      }
    }), { numRuns: 150 });
  });

  test('a day is closed just when nothing could be booked on it though all were free', () => {
    fc.assert(fc.property(cases, ({ store, visit, busy, now }) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string');
      for (const day of [addDays(DAYS[0]!, -1), ...DAYS]) {
        const empty = stateOf(store, plan as Plan, day, [], now);
        expect(empty.closed === null).toBe(empty.free.length > 0);
        expect(stateOf(store, plan as Plan, day, busy, now).closed).toBe(empty.closed);
      }
    }), { numRuns: 150 });
  });

  test('a start is judged bookable just when the empty calendar offers it', () => {
    fc.assert(fc.property(cases, fc.integer({ min: 0, max: 3 * 24 * 12 }), ({ store, visit, now }, n) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string');
      const start = at(DAYS[0]!, n * 5);
      const offered = [addDays(dayOf(start), -1), dayOf(start)].some((day) => stateOf(store, plan as Plan, day, [], now).free.some((f) => f.start === start));
      expect(whyNot(store, plan as Plan, start, now) === null).toBe(offered);
    }), { numRuns: 400 });
  });

  test('bookings outside of the window of the query cannot matter', () => {
    fc.assert(fc.property(cases, ({ store, visit, busy }) => {
      const plan = planOf(store, visit);
      fc.pre(typeof plan !== 'string');
      const window = windowOf(DAYS.slice(0, 2));
      const near = busy.filter((b) => b.start < window.end && window.start < b.end);
      const days = DAYS.slice(0, 2);
      expect(freeByDay(store, plan as Plan, days, busyBy(near))).toEqual(freeByDay(store, plan as Plan, days, busyBy(busy)));
    }), { numRuns: 100 });
  });
});

test('the menus of a visit are counted once each', () => {
  expect(menuIdsOf({ storeId: 's', menuIds: ['a', 'b', 'a'], staffId: null })).toEqual(['a', 'b']);
});
