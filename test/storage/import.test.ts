import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Shop } from '../../src/model/shop-file.ts';
import { fromLocal } from '../../src/model/time.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import type { Postgres } from '../../src/storage/postgres/client.ts';
import type { PrismaClient } from '../../src/storage/postgres/generated/client.ts';
import { prismaOn } from '../../src/storage/postgres/prisma.ts';
import { importShops } from '../../src/storage/postgres/import.ts';
import type { Imported } from '../../src/storage/postgres/import.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { exampleShop } from '../support/shops.ts';

const NOW = fromLocal('2026-11-24T12:00');
let fresh: Fresh;
let db: Postgres;
let prisma: PrismaClient;
beforeEach(async () => {
  fresh = await freshDatabase();
  db = await connect(fresh.url, { max: 4 });
  prisma = prismaOn(db.pool);
});
afterEach(async () => {
  await db.close();
  await fresh.drop();
});

const put = async (...shops: Shop[]): Promise<Imported[]> => importShops(db, shops, NOW, randomUUID);
const salon = (change: (shop: Shop) => void = () => {}): Shop => {
  const shop = exampleShop('salon');
  change(shop);
  return shop;
};
/** Every row of the tables a shop is in, but for ids that are made. */
const everything = async () => Promise.all(['stores', 'menus', 'staff', 'staff_menus', 'staff_absences', 'outbox', 'stores_state'].map(async (table) =>
  (await db.pool.query(`SELECT t.*, xmin::text FROM ${table} t ORDER BY t::text`)).rows));

test('importing twice writes nothing at all the second time', async () => {
  expect((await put(salon(), exampleShop('clinic'))).map((i) => i.outcome)).toEqual(['new', 'new']);
  const before = await everything();
  expect((await put(salon(), exampleShop('clinic'))).map((i) => [i.outcome, i.changes])).toEqual([['same', []], ['same', []]]);
  expect(await everything()).toEqual(before);
});

test('two imports of one shop at once make one shop', async () => {
  const done = await Promise.all([put(salon()), put(salon())]);
  expect(done.flat().map((i) => i.outcome).toSorted()).toEqual(['new', 'same']);
  expect((await db.pool.query('SELECT count(*) AS n FROM stores')).rows).toEqual([{ n: 1 }]);
});

describe('a change', () => {
  test.each<[string, string[], (shop: Shop) => void]>([
    ['of a price', ['menu カット'], (shop) => (shop.menus[0]!.price = 5000)],
    ['of the order of menus', ['menu カラー', 'menu カット'], (shop) => shop.menus.splice(0, 2, shop.menus[1]!, shop.menus[0]!)],
    ['of aliases', ['佐藤'], (shop) => shop.staff[1]!.aliases.push('さとちゃん')],
    ['of abilities', ['佐藤'], (shop) => shop.staff[1]!.menus.pop()],
    ['of absences', ['佐藤'], (shop) => shop.staff[1]!.absences.push('2026-12-24')],
    ['of shifts', ['佐藤'], (shop) => (shop.staff[1]!.shifts = { thu: [] })],
    ['by rooms', ['シャンプー台 is new'], (shop) => shop.resources.push({ name: 'シャンプー台', count: 1, menus: ['カラー'] })],
    ['of breaks', ['佐藤'], (shop) => (shop.staff[1]!.breaks = { thu: [['13:00', '14:00']] })],
    ['of dated hours', ['佐藤'], (shop) => shop.staff[1]!.exceptions.push({ day: '2026-12-24', openings: [['13:00', '18:00']] })],
    ['of hours', ['hours and booking rules'], (shop) => (shop.hours.weekly.mon = [['10:00', '12:00']])],
    ['of what a customer asks', ['info'], (shop) => (shop.info.parking = 'なし')],
    ['by a new menu', ['menu 眉カット is new'], (shop) => shop.menus.push({ name: '眉カット', price: 1000, duration: 15, buffer: 0, aliases: [] })],
    ['by a new person', ['鈴木 is new'], (shop) => shop.staff.push({ ...shop.staff[0]!, name: '鈴木', aliases: [] })],
  ])('%s is written, and moves both versions once', async (_, changes, change) => {
    const [first] = await put(salon());
    const [then] = await put(salon(change));
    expect([then!.outcome, then!.changes]).toEqual(['changed', changes]);
    expect(then!.store.version).toBe(first!.store.version! + 1);
    expect((await db.pool.query('SELECT config_version, slots_version FROM stores')).rows).toEqual([{ config_version: 2, slots_version: 2 }]);
    expect((await db.pool.query('SELECT kind, payload FROM outbox')).rows).toEqual([{ kind: 'slots', payload: { storeId: first!.store.id, version: 2 } }, { kind: 'job', payload: expect.objectContaining({ name: 'review_waiting', payload: { storeId: first!.store.id } }) }]);
    expect((await put(salon(change)))[0]!.outcome).toBe('same');
  });

  test('of reminders has the visits to come looked at anew, another change has not', async () => {
    const [first] = await put(salon());
    const [shop, person, dish] = [first!.store.id, first!.store.staff[0]!.id, first!.store.menus[0]!.id];
    const user = await prisma.user.create({ data: { name: '' } });
    const booked = (start: Date) => prisma.reservation.create({ data: {
      userId: user.id, storeId: shop, staffId: person, menuId: dish, menuIds: [dish], startTime: start, endTime: new Date(+start + 1), blockedUntil: new Date(+start + 1), status: 'confirmed', remindAt: null,
    } });
    const [over, coming] = [await booked(new Date(NOW - 1000)), await booked(new Date(NOW + 1000))];
    const looked = async () => (await prisma.reservation.findMany({ where: { remindAt: { not: null } } })).map((r) => r.id);
    await put(salon((changed) => (changed.info.parking = 'なし')));
    expect(await looked()).toEqual([]);
    await put(salon((changed) => (changed.policy.reminders.dayBefore = '12:00')));
    expect(await looked()).toEqual([coming.id]);
    expect(over.id).not.toBe(coming.id);
  });

  test('of the hours of a day replaces those it had', async () => {
    const on24 = (openings: [string, string][]) => salon((shop) => shop.staff[1]!.exceptions.push({ day: '2026-12-24', openings }));
    await put(on24([['13:00', '18:00']]));
    const [then] = await put(on24([['10:00', '12:00'], ['13:00', '15:00']]));
    expect(then!.store.staff[1]!.exceptions).toEqual([{ day: '2026-12-24', openings: [['10:00', '12:00'], ['13:00', '15:00']] }]);
    expect((await put(salon()))[0]!.store.staff[1]!.exceptions).toEqual([]);
  });

  test('of rooms gives every visit to come one of them, those that were booked first; who has none is told of', async () => {
    const [{ store }] = (await put(salon())) as [Imported];
    const { rows: users } = await db.pool.query<{ id: string }>("INSERT INTO users (name) SELECT '山田 ' || n FROM generate_series(1, 3) AS n RETURNING id");
    const color = store.menus.find((menu) => menu.name === 'カラー')!.id;
    for (const [n, clock] of ['15:00', '15:30', '17:00'].entries()) {
      await db.pool.query(`INSERT INTO reservations (user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status) VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz + interval '90 minutes', $6::timestamptz + interval '90 minutes', 'confirmed')`,
        [users[n]!.id, store.id, store.staff[n % 2]!.id, color, [color], `2026-11-26T${clock}+09:00`]);
    }
    const lanes = async () => (await db.pool.query<{ lane: number; forced: boolean }>('SELECT lane, forced FROM reservation_lanes ORDER BY start_time')).rows.map((row) => `${row.lane}${row.forced ? ' too many' : ''}`);
    const basins = (count: number) => salon((shop) => shop.resources.push({ name: 'シャンプー台', count, menus: ['カラー', 'パーマ'] }));
    const [one] = await put(basins(1));
    expect(await lanes()).toEqual(['1', '1 too many', '1']);
    expect(one!.coming.map((visit) => [visit.customer, visit.roomless])).toEqual([['山田 1', false], ['山田 2', true], ['山田 3', false]]);
    expect((await put(basins(2)))[0]!.changes).toEqual(['シャンプー台']);
    expect(await lanes()).toEqual(['1', '2', '1']);
    expect((await put(salon()))[0]!.changes).toEqual(['シャンプー台 is inactive now']);
    expect(await lanes()).toEqual([]);
    expect((await put(basins(2)))[0]!.changes).toEqual(['シャンプー台 is back']);
    expect(await lanes()).toEqual(['1', '2', '1']);
  });

  test('back to what it was brings the same rows back', async () => {
    const [first] = await put(salon());
    await put(salon((shop) => {
      shop.menus.pop();
      shop.staff.pop();
      for (const person of shop.staff) person.menus = person.menus.filter((name) => name !== 'ヘッドスパ');
    }));
    const [then] = await put(salon());
    expect(then!.changes).toEqual(['menu ヘッドスパ is back', '田中', '佐藤 is back']);
    expect({ ...then!.store, version: 1 }).toEqual({ ...first!.store, version: 1 });
  });

  test('that takes a menu or a person away leaves the row, inactive', async () => {
    await put(salon());
    const [then] = await put(salon((shop) => {
      shop.menus = shop.menus.filter((menu) => menu.name !== 'パーマ');
      shop.staff = shop.staff.filter((person) => person.name !== '田中');
    }));
    expect(then!.changes).toEqual(expect.arrayContaining(['menu パーマ is inactive now', '田中 is inactive now']));
    expect(then!.store.menus.filter((menu) => !menu.active).map((menu) => menu.name)).toEqual(['パーマ']);
    expect(then!.store.staff.filter((person) => !person.active).map((person) => person.name)).toEqual(['田中']);
  });
});

describe('a LINE account', () => {
  const account = `U${'a'.repeat(32)}`;
  test('goes from one person to another', async () => {
    await put(salon((shop) => (shop.staff[0]!.lineId = account)));
    const [then] = await put(salon((shop) => (shop.staff[1]!.lineId = account)));
    expect(then!.store.staff.map((person) => person.lineId)).toEqual([null, account]);
  });

  test('stays with whom it is where the file names none', async () => {
    await put(salon((shop) => (shop.staff[0]!.lineId = account)));
    const [then] = await put(salon());
    expect(then!.outcome).toBe('same');
    expect(then!.store.staff[0]!.lineId).toBe(account);
  });

  test('of somebody at another shop is refused, and nothing is written', async () => {
    await put(salon((shop) => (shop.staff[0]!.lineId = account)));
    const clinic = exampleShop('clinic');
    clinic.staff[0]!.lineId = account;
    await expect(put(clinic)).rejects.toThrow(/^The LINE account of 鈴木先生 \(こもれび歯科クリニック\) is already that of 田中 \(ヘアサロン みなも\)\.$/);
    expect((await db.pool.query('SELECT count(*) AS n FROM stores')).rows).toEqual([{ n: 1 }]);
  });
});

test('visits still to come are told, so that the stranded ones can be listed; past and canceled ones are not', async () => {
  const [{ store }] = (await put(salon())) as [Imported];
  const { rows: [user] } = await db.pool.query<{ id: string }>("INSERT INTO users (name) VALUES ('山田 花子') RETURNING id");
  for (const [start, status] of [['2026-11-20T15:00', 'confirmed'], ['2026-11-26T15:00', 'confirmed'], ['2026-11-27T15:00', 'canceled']] as const) {
    const from = new Date(fromLocal(start));
    const to = new Date(fromLocal(start) + 3_600_000);
    await prisma.reservation.create({ data: { userId: user!.id, storeId: store.id, staffId: store.staff[0]!.id, menuId: store.menus[0]!.id, menuIds: [store.menus[0]!.id], startTime: from, endTime: to, blockedUntil: to, status } });
  }
  const [then] = await put(salon((shop) => (shop.hours.weekly.thu = [])));
  expect(then!.coming).toEqual([expect.objectContaining({ start: fromLocal('2026-11-26T15:00'), customer: '山田 花子', staffId: store.staff[0]!.id })]);
});
