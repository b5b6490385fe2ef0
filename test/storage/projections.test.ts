/** `available_slots:<store>` and `waitlist:<store>:<user>`, in Redis and in the process. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Cluster, Redis } from 'ioredis';
import { waitlistProjector } from '../../src/booking/project.ts';
import type { SlotCache, WaitlistProjection } from '../../src/booking/ports.ts';
import { fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { MemoryWaitlist } from '../../src/storage/memory/waitlist.ts';
import { filledKey, slotsKey, versionKey } from '../../src/storage/redis/keys.ts';
import { openProjections } from '../../src/storage/redis/open.ts';
import { RedisSlots } from '../../src/storage/redis/slots.ts';
import { RedisWaitlist } from '../../src/storage/redis/waitlist.ts';
import { doorTo } from '../support/door.ts';
import { freshRedis, redisCluster } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

type Kept = { slots: SlotCache; waitlist: WaitlistProjection & { read(storeId: string, userId: string): Promise<Instant[]> } };
const TODAY = '2026-11-24';
const STARTS = [fromLocal(`${TODAY}T15:00`), fromLocal(`${TODAY}T15:30`)];

let server: Fresh;
let redis: Redis;
let cluster: Cluster;
let ticks = 0;
const twin: Kept = { slots: new MemorySlots(() => ticks), waitlist: new MemoryWaitlist() };
beforeAll(async () => {
  server = await freshRedis();
  redis = new Redis(server.url);
  cluster = new Cluster((await redisCluster()).split(','));
});
afterAll(async () => {
  redis.disconnect();
  cluster.disconnect();
  await server.drop();
});

describe.each<[string, () => Kept]>([
  ['Redis', () => ({ slots: new RedisSlots(redis), waitlist: new RedisWaitlist(redis) })],
  ['a Redis Cluster of three nodes', () => ({ slots: new RedisSlots(cluster), waitlist: new RedisWaitlist(cluster) })],
  ['the process', () => twin],
])('in %s', (_name, open) => {
  test('a value is read as it was filled, until it is invalidated', async () => {
    const { slots } = open();
    const store = randomUUID();
    expect(await slots.read(store)).toBeNull();
    expect(await slots.fill(store, { version: 3, from: TODAY, starts: STARTS })).toBe(true);
    expect(await slots.read(store)).toMatchObject({ version: 3, from: TODAY, starts: STARTS });
    await slots.invalidate(store, 4);
    expect(await slots.read(store)).toBeNull();
    expect(await slots.read(randomUUID())).toBeNull();
  });

  test('a fill that began before a newer invalidation is refused', async () => {
    const { slots } = open();
    const store = randomUUID();
    await slots.invalidate(store, 7);
    expect(await slots.fill(store, { version: 6, from: TODAY, starts: STARTS })).toBe(false);
    expect(await slots.read(store)).toBeNull();
    expect(await slots.fill(store, { version: 7, from: TODAY, starts: [] })).toBe(true);
    expect(await slots.read(store)).toMatchObject({ version: 7, starts: [] });
  });

  test('an invalidation that comes late or twice does not delete what is newer', async () => {
    const { slots } = open();
    const store = randomUUID();
    await slots.fill(store, { version: 9, from: TODAY, starts: STARTS });
    await slots.invalidate(store, 8);
    await slots.invalidate(store, 9);
    expect(await slots.read(store)).toMatchObject({ version: 9 });
    expect(await slots.fill(store, { version: 8, from: TODAY, starts: [] })).toBe(false);
    expect(await slots.read(store)).toMatchObject({ version: 9, starts: STARTS });
  });

  test('versions count as numbers', async () => {
    const { slots } = open();
    const store = randomUUID();
    await slots.invalidate(store, 10);
    expect(await slots.fill(store, { version: 9, from: TODAY, starts: STARTS })).toBe(false);
    expect(await slots.fill(store, { version: 100, from: TODAY, starts: STARTS })).toBe(true);
  });

  test('a waiting list is as it was last written, the newest wish first', async () => {
    const { waitlist } = open();
    const [store, me] = [randomUUID(), randomUUID()];
    await waitlist.set(store, me, STARTS);
    await waitlist.set(store, me, STARTS);
    expect(await waitlist.read(store, me)).toEqual(STARTS.toReversed());
    await waitlist.set(store, me, []);
    expect(await waitlist.read(store, me)).toEqual([]);
  });
});

test('a customer’s list holds what he waits for at that shop, however often it is written', async () => {
  const [store, other, me] = [randomUUID(), randomUUID(), randomUUID()];
  const now = STARTS[0]! - 1;
  const booking = new MemoryBooking(noBookings(), () => now);
  const join = (storeId: string, from: Instant) => booking.insertWaiting({ id: randomUUID(), userId: me, storeId, staffId: null, menuIds: [], from, until: from + 1, status: 'waiting' }, from);
  for (const start of STARTS) await join(store, start);
  await join(other, STARTS[0]!);
  const projector = waitlistProjector(booking, twin.waitlist, () => now);
  await projector.project(store, me);
  await projector.project(store, me);
  expect(await twin.waitlist.read(store, me)).toEqual(STARTS.toReversed());
});

test('a value in the process is believed for a minute', async () => {
  const store = randomUUID();
  await twin.slots.fill(store, { version: 1, from: TODAY, starts: STARTS });
  ticks += 59_999;
  expect(await twin.slots.read(store)).not.toBeNull();
  ticks += 1;
  expect(await twin.slots.read(store)).toBeNull();
});

describe('what Redis holds', () => {
  test('is a JSON array of ISO 8601 UTC starts, for a minute, and a list LPUSHed', async () => {
    const [store, me] = [randomUUID(), randomUUID()];
    await new RedisSlots(redis).fill(store, { version: 12, from: TODAY, starts: STARTS });
    expect(await redis.get(`available_slots:${store}`)).toBe('["2026-11-24T06:00:00.000Z","2026-11-24T06:30:00.000Z"]');
    expect(await redis.get(`{available_slots:${store}}:version`)).toBe('12');
    expect(await redis.pttl(`available_slots:${store}`)).toBeGreaterThan(58_000);
    expect(await redis.pttl(`available_slots:${store}`)).toBeLessThanOrEqual(60_000);
    await new RedisWaitlist(redis).set(store, me, STARTS);
    expect(await redis.lrange(`waitlist:${store}:${me}`, 0, -1)).toEqual(['2026-11-24T06:30:00.000Z', '2026-11-24T06:00:00.000Z']);
  });

  test('may be deleted at any time; a value of nobody knows which day is not believed', async () => {
    const store = randomUUID();
    const slots = new RedisSlots(redis);
    await slots.fill(store, { version: 12, from: TODAY, starts: STARTS });
    await redis.del(filledKey(store));
    expect(await slots.read(store)).toBeNull();
  });

  test('lies for one store in one slot of a Cluster, and the stores on all of its nodes', async () => {
    const stores = Array.from({ length: 60 }, () => randomUUID());
    const slots = new RedisSlots(cluster);
    for (const store of stores) {
      // A Cluster refuses a script or a command whose keys lie apart.
      expect(await slots.fill(store, { version: 2, from: TODAY, starts: STARTS })).toBe(true);
      const keys = [slotsKey(store), versionKey(store), filledKey(store)];
      expect(new Set(await Promise.all(keys.map((key) => cluster.cluster('KEYSLOT', key)))).size).toBe(1);
    }
    const nodes = cluster.nodes('master');
    expect(nodes).toHaveLength(3);
    for (const node of nodes) expect(await node.dbsize()).toBeGreaterThan(0);
  });

  test('is reached by the addresses of some nodes of a Cluster', async () => {
    const house = await openProjections((await redisCluster()).split(',').slice(0, 2).join(','), () => 0);
    const store = randomUUID();
    expect(await house.readiness()).toMatchObject({ name: 'Redis', ok: true });
    expect(await house.slots.fill(store, { version: 2, from: TODAY, starts: STARTS })).toBe(true);
    expect(await house.slots.read(store)).toMatchObject({ version: 2, starts: STARTS });
    await house.slots.invalidate(store, 3);
    expect(await house.slots.read(store)).toBeNull();
    await house.close();
  });

  test('a Redis that is away is said at once, and is no reason not to start', async () => {
    const away = await openProjections('redis://127.0.0.1:1', () => 0);
    await expect(away.slots.read('s')).rejects.toThrow();
    expect(await away.readiness()).toEqual({ name: 'Redis', state: 'down', ok: false, needed: false });
    await away.close();
    const here = await openProjections(server.url, () => 0);
    expect(await here.readiness()).toMatchObject({ ok: true });
    await here.close();
    expect(await (await openProjections(null, () => 0)).readiness()).toMatchObject({ state: 'in this process', ok: true });
  });

  test('it is told once when Redis goes away, and once when it is back', async () => {
    const { hostname, port } = new URL(server.url);
    const door = await doorTo(hostname, Number(port));
    const told: boolean[] = [];
    const heard = async (n: number) => { while (told.length < n) await pause(20); };
    const house = await openProjections(server.url.replace(port, String(door.port)), () => 0, (up) => told.push(up));
    await door.shut();
    await heard(1);
    await door.open();
    await heard(2);
    await house.close();
    await door.shut();
    expect(told).toEqual([false, true]);
  });
});
