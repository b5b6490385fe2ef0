import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { SlotCache, WaitlistProjection } from '../../booking/ports.ts';
import type { Readiness } from '../../jobs/ports.ts';
import { MemorySlots } from '../memory/slots.ts';
import { MemoryWaitlist } from '../memory/waitlist.ts';
import { RedisSlots } from './slots.ts';
import { RedisWaitlist } from './waitlist.ts';

/** What Redis, or this process in its stead, keeps for the house: projections only, each of which Postgres can make anew. */
export type Projections = {
  slots: SlotCache;
  waitlist: WaitlistProjection;
  /** Whether Redis answers now; the house does its work without it. */
  readiness(): Promise<Readiness>;
  close(): Promise<void>;
};

/** How long the start waits for Redis, ms. */
const PATIENCE = 2_000;

/** Nothing waits for a Redis that is away: it is said at once, and Postgres is asked instead. */
const NODE: RedisOptions = { commandTimeout: 500, connectTimeout: PATIENCE, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 };
const again = (times: number): number => Math.min(100 * times, 1_000);

/**
 * In Redis, or in this process where no address is given. `ticks` is a clock in ms that only runs forward; `told` hears
 * when Redis goes away and when it is back.
 */
export async function openProjections(url: string | null, ticks: () => number, told: (up: boolean) => void = () => {}): Promise<Projections> {
  if (url !== null) return openRedis(url, told);
  return {
    slots: new MemorySlots(ticks),
    waitlist: new MemoryWaitlist(),
    readiness: async () => ({ name: 'Redis', state: 'in this process', ok: true, needed: false }),
    close: async () => undefined,
  };
}

/**
 * Connects and goes on trying where that fails; resolves after the first attempt either way. One address is a single
 * node, several separated by commas are nodes of a Cluster.
 */
async function openRedis(url: string, told: (up: boolean) => void): Promise<Projections> {
  const nodes = url.split(',');
  const redis = nodes.length === 1
    ? new Redis(url, { ...NODE, lazyConnect: true, enableOfflineQueue: false, retryStrategy: again })
    : new Cluster(nodes, { lazyConnect: true, enableOfflineQueue: false, clusterRetryStrategy: again, redisOptions: NODE });
  // Without a listener an 'error' of the connection is printed for every attempt.
  redis.on('error', () => undefined);
  await firstAttempt(redis.connect());
  let up = redis.status === 'ready';
  let closed = false;
  const now = (isUp: boolean) => () => {
    if (closed || up === isUp) return;
    up = isUp;
    told(up);
  };
  if (!up) told(up);
  redis.on('ready', now(true)).on('close', now(false));
  return {
    slots: new RedisSlots(redis),
    waitlist: new RedisWaitlist(redis),
    async readiness() {
      const ok = await redis.ping().then(() => true, () => false);
      return { name: 'Redis', state: ok ? 'up' : 'down', ok, needed: false };
    },
    async close() {
      closed = true;
      redis.disconnect();
    },
  };
}

/** A Cluster of which no node knows its slots neither connects nor fails. */
async function firstAttempt(connecting: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  await Promise.race([connecting.catch(() => undefined), enough]);
  clearTimeout(timer);
}
