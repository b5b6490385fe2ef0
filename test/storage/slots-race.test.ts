/** Readers that fill `available_slots:<store>` while others book: nobody is answered wrongly, no stale value is left. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import type { SlotCache } from '../../src/booking/ports.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { RedisSlots } from '../../src/storage/redis/slots.ts';
import { freshDatabase, freshRedis, redisCluster } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { slotsRace } from '../support/slots-race.ts';

/** `RACE_STORES=400` is the race of the measurements; it takes minutes. */
const STORES = Number(process.env['RACE_STORES'] ?? 40);
const ROUNDS = 5;
let db: Fresh;
let server: Fresh;
let pool: pg.Pool;
let redis: Redis;
let cluster: Cluster;
beforeAll(async () => {
  db = await freshDatabase();
  server = await freshRedis();
  pool = new pg.Pool({ connectionString: db.url, max: 8, application_name: 'aiteru' });
  redis = new Redis(server.url);
  cluster = new Cluster((await redisCluster()).split(','));
});
afterAll(async () => {
  redis.disconnect();
  cluster.disconnect();
  await pool.end();
  await server.drop();
  await db.drop();
});

const emptied: Record<string, () => Promise<void>> = {
  Redis: async () => void (await redis.flushdb()),
  'a Redis Cluster': async () => void (await Promise.all(cluster.nodes('master').map((node) => node.flushdb()))),
};
test.each<[string, () => SlotCache]>([
  ['Redis', () => new RedisSlots(redis)], ['a Redis Cluster', () => new RedisSlots(cluster)], ['the process', () => new MemorySlots(() => 0)],
])('four readers and two writers of each shop, and flushes in between, leave nothing stale in %s', async (name, open) => {
  const race = await slotsRace(pool, open(), { stores: STORES, rounds: ROUNDS, flush: emptied[name] ?? null });
  if (STORES > 100) process.stderr.write(`${name}: ${JSON.stringify(race)}\n`);
  expect(race).toMatchObject({ wrong: 0, stale: 0, flushes: name in emptied ? 6 : 0, reads: { away: 0 }, fills: { away: 0 } });
  expect(race.cached).toBeGreaterThan(0);
}, STORES > 100 ? 600_000 : 60_000);
