/** Readers that fill `available_slots:<store>` while others book: no stale value is left. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { SlotCache } from '../../src/booking/ports.ts';
import { cachedSlots } from '../../src/booking/slots.ts';
import { HOUR, at } from '../../src/model/time.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { RedisSlots } from '../../src/storage/redis/slots.ts';
import { inTransaction } from '../support/races.ts';
import { menu, person, plantCustomers, plantStore, shop } from '../support/salon.ts';
import { freshDatabase, freshRedis } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

const NOW = at('2026-11-24', 9 * 60);
const STORES = 40;
const ROUNDS = 5;
let db: Fresh;
let server: Fresh;
let pool: pg.Pool;
let redis: Redis;
beforeAll(async () => {
  db = await freshDatabase();
  server = await freshRedis();
  pool = new pg.Pool({ connectionString: db.url, max: 8, application_name: 'aiteru' });
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await pool.end();
  await server.drop();
  await db.drop();
});

test.each<[string, () => SlotCache]>([['Redis', () => new RedisSlots(redis)], ['the process', () => new MemorySlots(() => 0)]])('four readers and two writers of each shop leave nothing stale in %s', async (_name, open) => {
  const cache = open();
  const slots = cachedSlots(cache, new PostgresBooking(pool, () => NOW));
  // One person each, so that every booking changes what is free.
  const cut = menu('カット', 60);
  const shops = Array.from({ length: STORES }, () => {
    const own = { ...cut, id: randomUUID() };
    return shop([own], [person('田中', [own])]);
  });
  for (const store of shops) await plantStore(pool, store);
  const customers = await plantCustomers(pool, 2 * STORES);
  const writing = shops.map(() => 2);
  await Promise.all(shops.flatMap((store, n) => [
    ...Array.from({ length: 4 }, async () => {
      while (writing[n]! > 0) {
        await slots.starts(store, NOW);
        await new Promise((next) => setImmediate(next));
      }
    }),
    ...[0, 1].map(async (who) => {
      for (let round = 0; round < ROUNDS; round++) {
        const start = at('2026-11-26', 10 * 60) + (who * ROUNDS + round) * HOUR;
        const version = await inTransaction(pool, NOW, async (booking) => {
          const result = await booking.insertReservation({
            id: randomUUID(), userId: customers[2 * n + who]!, storeId: store.id, staffId: store.staff[0]!.id, menuIds: [store.menus[0]!.id],
            start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null,
          });
          expect(result).toBe('ok');
          return booking.bumpSlots(store.id);
        });
        // As the deliverer does: by the version as it is once the change is committed.
        await cache.invalidate(store.id, Math.max(version, (await new PostgresBooking(pool, () => NOW).slotsVersion(store.id))!));
      }
      writing[n]!--;
    }),
  ]));
  const left = await Promise.all(shops.map((store) => cache.read(store.id)));
  const truth = await Promise.all(shops.map((store) => cachedSlots(new MemorySlots(() => 0), new PostgresBooking(pool, () => NOW)).starts(store, NOW)));
  const stale = left.filter((value, n) => value !== null && value.starts.join() !== truth[n]!.join());
  expect(stale).toEqual([]);
  expect(left.some((value) => value !== null)).toBe(true);
});
