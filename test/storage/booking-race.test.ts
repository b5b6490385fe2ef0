/** Many at once, on PostgreSQL: the constraint decides, nobody waits for ever, and what was answered is what stands. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { perform } from '../../src/booking/perform.ts';
import type { Answer, Effect } from '../../src/booking/ports.ts';
import { overlaps } from '../../src/model/span.ts';
import type { Store } from '../../src/model/store.ts';
import { HOUR, MINUTE, addDays, at } from '../../src/model/time.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { inTransaction, staggeredRace } from '../support/races.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { menu, person, plantCustomers, plantStore, resource, salonHours, shop } from '../support/salon.ts';

const NOW = at('2026-11-24', 9 * 60);
const CLIENTS = 8;
let db: Fresh;
let pool: pg.Pool;
beforeAll(async () => {
  db = await freshDatabase();
  pool = new pg.Pool({ connectionString: db.url, max: CLIENTS, application_name: 'aiteru' });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

const everyDay = salonHours({ weekly: { mon: [['10:00', '20:00']], tue: [['10:00', '20:00']], wed: [['10:00', '20:00']], thu: [['10:00', '20:00']], fri: [['10:00', '20:00']], sat: [['10:00', '20:00']], sun: [['10:00', '20:00']] }, gridMinutes: 10, windowDays: 200 });
const shopOf = async (people: number, chairs = 0): Promise<Store> => {
  const cut = menu('カット', 60);
  const store = shop([cut], Array.from({ length: people }, (_, n) => person(`担当${n}`, [cut])), everyDay);
  if (chairs > 0) store.resources.push(resource('席', chairs, [cut]));
  await plantStore(pool, store);
  return store;
};
const act = (store: Store, userId: string, effect: Effect): Promise<Answer> => inTransaction(pool, NOW, async (writer) => {
  const reader = new PostgresBooking(pool, () => NOW);
  return (await perform(effect, { now: NOW, userId, stores: [store], reader, writer, slots: { starts: async () => [] }, newId: randomUUID })).answer;
});
const rowsOf = async (store: Store) => {
  const { rows } = await pool.query<{ id: string; user_id: string; staff_id: string; start_time: Date; blocked_until: Date }>(
    `SELECT * FROM reservations WHERE store_id = $1 AND status <> 'canceled'`, [store.id]);
  return rows.map((r) => ({ id: r.id, userId: r.user_id, staffId: r.staff_id, start: +r.start_time, end: +r.blocked_until }));
};
/** How many chairs are had, and how many of them by two at once. */
const sharedLanes = async (store: Store): Promise<{ lanes: number; shared: number }> => {
  const { rows: [row] } = await pool.query<{ lanes: number; shared: number }>(
    `SELECT count(*)::int AS lanes, count(*) FILTER (WHERE forced OR EXISTS (SELECT FROM reservation_lanes o WHERE o.reservation_id <> l.reservation_id AND o.resource_id = l.resource_id AND o.lane = l.lane
       AND o.start_time < l.blocked_until AND l.start_time < o.blocked_until))::int AS shared FROM reservation_lanes l WHERE store_id = $1`, [store.id]);
  return row!;
};
const versionOf = async (store: Store): Promise<number> => {
  const { rows: [row] } = await pool.query<{ v: number }>('SELECT slots_version::int AS v FROM stores WHERE id = $1', [store.id]);
  return row!.v;
};

test('a hundred rounds of eight for three staggered hours of one person end in a hundred reservations', async () => {
  expect(await staggeredRace(pool, 100, CLIENTS)).toMatchObject({ rows: 100, overlapping: 0 });
});

test('of eight who book at once one is told yes, the others what is near', async () => {
  const store = await shopOf(1);
  const customers = await plantCustomers(pool, CLIENTS);
  for (let round = 0; round < 25; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    const answers = await Promise.all(customers.map((userId, n) => act(store, userId, {
      do: 'book', visit: { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: n % 2 ? null : store.staff[0]!.id }, start: ten + (n % 3) * 20 * MINUTE, notes: null,
    })));
    expect(answers.filter((a) => 'done' in a)).toHaveLength(1);
    for (const answer of answers) if (!('done' in answer)) expect(answer).toMatchObject({ taken: 'full', nearest: expect.arrayContaining([expect.anything()]) });
  }
  expect(await rowsOf(store)).toHaveLength(25);
  expect(await versionOf(store)).toBe(26);
});

test('指名なし seats as many at once as there are people, one each', async () => {
  const store = await shopOf(3);
  const customers = await plantCustomers(pool, CLIENTS);
  for (let round = 0; round < 10; round++) {
    const start = at(addDays('2026-11-25', round), 10 * 60);
    const answers = await Promise.all(customers.map((userId) => act(store, userId, { do: 'book', visit: { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: null }, start, notes: null })));
    const staff = answers.flatMap((a) => ('done' in a && a.to === 'book' ? a.done.staffId : []));
    expect(staff.toSorted()).toEqual(store.staff.map((s) => s.id).toSorted());
  }
});

test('one customer on eight phones is in one chair, and is told that he himself is in the way', async () => {
  const store = await shopOf(CLIENTS);
  const [me = ''] = await plantCustomers(pool, 1);
  for (let round = 0; round < 25; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    const answers = await Promise.all(store.staff.map((staff, n) => act(store, me, {
      do: 'book', visit: { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: staff.id }, start: ten + (n % 3) * 20 * MINUTE, notes: null,
    })));
    const won = answers.flatMap((a) => ('done' in a && a.to === 'book' ? a.done.id : []));
    expect(won).toHaveLength(1);
    for (const answer of answers) if (!('done' in answer)) expect(answer).toMatchObject({ taken: 'self_overlap', clash: { id: won[0] } });
  }
  expect(await rowsOf(store)).toHaveLength(25);
});

test('of eight with a person each as many are seated as there are chairs, none twice', async () => {
  const store = await shopOf(CLIENTS, 3);
  const customers = await plantCustomers(pool, CLIENTS);
  for (let round = 0; round < 25; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    const answers = await Promise.all(customers.map((userId, n) => act(store, userId, {
      do: 'book', visit: { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: n % 2 ? null : store.staff[n]!.id }, start: ten + (n % 3) * 20 * MINUTE, notes: null,
    })));
    expect(answers.filter((a) => 'done' in a)).toHaveLength(3);
    for (const answer of answers) if (!('done' in answer)) expect(answer).toMatchObject({ taken: 'full' });
  }
  expect(await sharedLanes(store)).toEqual({ lanes: 75, shared: 0 });
});

test('whatever eight customers book, move and cancel at once, no chair is had twice', async () => {
  const store = await shopOf(5, 2);
  const customers = await plantCustomers(pool, CLIENTS);
  let seed = 20_261_126;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const start = () => at(addDays('2026-11-25', random(2)), 10 * 60 + random(54) * 10);
  const visit = () => ({ storeId: store.id, menuIds: [store.menus[0]!.id], staffId: random(2) ? null : store.staff[random(5)]!.id });
  let changes = 0;
  await Promise.all(customers.map(async (userId) => {
    const own: string[] = [];
    for (let step = 0; step < 50; step++) {
      const dice = random(10);
      const one = own[random(Math.max(1, own.length))];
      const effect: Effect = !one || dice < 4 ? { do: 'book', visit: visit(), start: start(), notes: null } : dice < 8 ? { do: 'move', reservationId: one, visit: visit(), start: start() } : { do: 'cancel', reservationId: one };
      const answer = await act(store, userId, effect);
      if (!('done' in answer) || !answer.done) continue;
      changes++;
      if (answer.to === 'book') own.push(answer.done.id);
      if (answer.to === 'cancel') own.splice(own.indexOf(answer.done.id), 1);
    }
  }));
  expect(changes).toBeGreaterThan(80);
  expect(await sharedLanes(store)).toEqual({ lanes: (await rowsOf(store)).length, shared: 0 });
});

test('two who swap their times at once never lose both, nor wait for each other', async () => {
  const store = await shopOf(1);
  const [a = '', b = ''] = await plantCustomers(pool, 2);
  const visit = { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: null };
  for (let round = 0; round < 25; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    const booked = await Promise.all([a, b].map((userId, n) => act(store, userId, { do: 'book', visit, start: ten + n * HOUR, notes: null })));
    const ids = booked.map((answer) => ('done' in answer && answer.to === 'book' ? answer.done.id : ''));
    const moved = await Promise.all([act(store, a, { do: 'move', reservationId: ids[0]!, visit, start: ten + HOUR }), act(store, b, { do: 'move', reservationId: ids[1]!, visit, start: ten })]);
    expect(moved).toMatchObject([{ taken: 'full' }, { taken: 'full' }]);
  }
  expect(await rowsOf(store)).toHaveLength(50);
});

test('whatever eight customers book, move and cancel at once, nothing overlaps and every answer is true', async () => {
  const store = await shopOf(2);
  const customers = await plantCustomers(pool, CLIENTS);
  const held = new Map<string, Map<string, number>>(customers.map((id) => [id, new Map()]));
  // A generator of our own, so that a failure can be played again.
  let seed = 20_261_124;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const start = () => at(addDays('2026-11-25', random(2)), 10 * 60 + random(54) * 10);
  const visit = { storeId: store.id, menuIds: [store.menus[0]!.id], staffId: null };
  let changes = 0;
  await Promise.all(customers.map(async (userId) => {
    const own = held.get(userId)!;
    for (let step = 0; step < 60; step++) {
      const ids = [...own.keys()];
      const one = ids[random(Math.max(1, ids.length))];
      const dice = random(10);
      const effect: Effect = !one || dice < 4 ? { do: 'book', visit, start: start(), notes: null }
        : dice < 8 ? { do: 'move', reservationId: one, visit: { ...visit, staffId: dice < 6 ? null : store.staff[random(2)]!.id }, start: start() }
        : { do: 'cancel', reservationId: one };
      const answer = await act(store, userId, effect);
      if (!('done' in answer) || !answer.done) continue;
      changes++;
      if (answer.to === 'cancel') own.delete(answer.done.id);
      else if (answer.to === 'book' || answer.to === 'move') own.set(answer.done.id, answer.done.start);
    }
  }));
  const rows = await rowsOf(store);
  for (const [n, r] of rows.entries()) {
    for (const other of rows.slice(n + 1)) if (other.staffId === r.staffId || other.userId === r.userId) expect(overlaps(r, other)).toBe(false);
  }
  expect(rows.map((r) => [r.userId, r.id, r.start]).toSorted()).toEqual([...held].flatMap(([user, own]) => [...own].map(([id, at]) => [user, id, at])).toSorted());
  // At least once for each: a move writes more than one row.
  expect(await versionOf(store)).toBeGreaterThanOrEqual(1 + changes);
  expect(changes).toBeGreaterThan(100);
  const { rows: [left] } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM reservations WHERE store_id = $1`, [store.id]);
  // Rows that only kept a new time for a moment are gone.
  expect(left!.n).toBeLessThanOrEqual(changes);
});
