/** What is offered can be booked, what is not cannot: in any shop, with any calendar, on PostgreSQL and in memory. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { perform } from '../../src/booking/perform.ts';
import type { Answer, BookingWriter, Effect, Visit } from '../../src/booking/ports.ts';
import type { Store } from '../../src/model/store.ts';
import { WEEKDAYS, addDays, at, dayOf } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { DAYS, TODAY, shops } from '../booking/calendars.ts';
import { inMemory, inPostgres } from './booking.house.ts';
import type { BookingHouse } from './booking.house.ts';

const NOW = at(TODAY, 6 * 60);
const CUSTOMERS = 12;
/** Days on which a start can lie that belongs to one of ours. */
const ALL = [addDays(DAYS[0]!, -1), ...DAYS, addDays(DAYS.at(-1)!, 1)];

/** Besides any shop one that is open all day with people who do everything: there rooms, shifts and bookings are all that stands against a visit. */
const busyShops = fc.oneof(shops, shops.map((store): Store => ({
  ...store, hours: { ...store.hours, windowDays: 5, weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [['09:00', '19:00']]])) as Store['hours']['weekly'] },
  staff: store.staff.map((person) => ({ ...person, menuIds: store.menus.map((m) => m.id) })),
})));

type Wish = { menus: number[]; staff: number | null; minute: number };
const wishes = fc.array(fc.record<Wish>({ menus: fc.subarray([0, 1, 2], { minLength: 1 }), staff: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }), minute: fc.integer({ min: 7 * 12, max: 3 * 24 * 12 }).map((n) => n * 5) }), { minLength: 1, maxLength: CUSTOMERS - 2 });

const visitOf = (store: Store, { menus, staff }: Wish): Visit => ({
  storeId: store.id, menuIds: menus.flatMap((n) => store.menus[n]?.id ?? []), staffId: staff === null ? null : (store.staff[staff]?.id ?? null),
});
const ask = async (booking: BookingWriter, store: Store, userId: string, effect: Effect): Promise<Answer> =>
  (await perform(effect, { now: NOW, userId, stores: [store], reader: booking, writer: booking, slots: { starts: async () => [] }, newId: randomUUID })).answer;

class TakenBack extends Error {}
/** Whether somebody who has nothing else could book it; nothing of it stays. */
async function bookable(house: BookingHouse, store: Store, userId: string, visit: Visit, start: Instant): Promise<boolean> {
  let done = false;
  await house.turn(async (booking) => {
    done = 'done' in (await ask(booking, store, userId, { do: 'book', visit, start, notes: null }));
    throw new TakenBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return done;
}

describe.each<[string, (now: () => Instant) => Promise<BookingHouse>, number]>([['memory', inMemory, 80], ['PostgreSQL', inPostgres, 15]])('in %s', (_, open, numRuns) => {
  let house: BookingHouse;
  let customers: string[];
  beforeAll(async () => {
    house = await open(() => NOW);
    customers = await house.customers(CUSTOMERS);
  });
  afterAll(() => house.close());

  test('what is offered can be booked, and what is not cannot', async () => {
    await fc.assert(fc.asyncProperty(busyShops, wishes, fc.nat(), async (store, said, pick) => {
      await house.plant(store);
      for (const [n, wish] of said.entries()) {
        const visit = visitOf(store, wish);
        const start = at(TODAY, Math.floor(wish.minute / store.hours.gridMinutes) * store.hours.gridMinutes);
        await house.turn((booking) => ask(booking, store, customers[n]!, { do: 'book', visit, start, notes: null }));
      }
      const stranger = customers.at(-1)!;
      for (const [n, wish] of said.slice(0, 3).entries()) {
        const visit = visitOf(store, wish);
        if (visit.menuIds.length === 0) continue;
        const answer = await house.turn((booking) => ask(booking, store, stranger, { do: 'look', visit, days: ALL, from: null, until: null }));
        if (answer.to !== 'look' || answer.staffCannot) continue;
        const offered = answer.days.flatMap((day) => day.free);
        const starts = new Map(offered.map((free) => [free.start, free.staffIds]));
        // Some of those on offer, with everybody who is named, and some of the others.
        for (const free of offered.filter((_free, i) => i % 5 === (pick + n) % 5)) {
          for (const staffId of free.staffIds) expect(await bookable(house, store, stranger, { ...visit, staffId }, free.start)).toBe(true);
          expect(await bookable(house, store, stranger, visit, free.start)).toBe(true);
        }
        for (let minute = (pick % 36) * 5; minute < DAYS.length * 24 * 60; minute += 36 * 5) {
          const start = at(TODAY, minute);
          if (!starts.has(start)) expect([start, dayOf(start), await bookable(house, store, stranger, visit, start)]).toEqual([start, dayOf(start), false]);
          for (const person of store.staff) {
            if ((visit.staffId ?? person.id) !== person.id || starts.get(start)?.includes(person.id)) continue;
            expect(await bookable(house, store, stranger, { ...visit, staffId: person.id }, start)).toBe(false);
          }
        }
      }
    }), { numRuns });
  });
});
