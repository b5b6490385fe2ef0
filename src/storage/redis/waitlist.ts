import type { Cluster, Redis } from 'ioredis';
import type { WaitlistProjection } from '../../booking/ports.ts';
import type { Instant } from '../../model/time.ts';
import { waitlistKey } from './keys.ts';

/** KEYS list; ARGV starts. The whole list at once, so that a redelivery doubles nothing. */
const SET = `
  redis.call('DEL', KEYS[1])
  if #ARGV > 0 then redis.call('LPUSH', KEYS[1], unpack(ARGV)) end`;

/** `waitlist:<store>:<user>` in Redis. Nobody books or queues by it: the queue is in Postgres. */
export class RedisWaitlist implements WaitlistProjection {
  readonly #redis: Redis | Cluster;

  constructor(redis: Redis | Cluster) {
    this.#redis = redis;
  }

  async set(storeId: string, userId: string, starts: Instant[]): Promise<void> {
    await this.#redis.eval(SET, 1, waitlistKey(storeId, userId), ...starts.map((start) => new Date(start).toISOString()));
  }

  /** The newest wish first, as LPUSH leaves them. */
  async read(storeId: string, userId: string): Promise<Instant[]> {
    return (await this.#redis.lrange(waitlistKey(storeId, userId), 0, -1)).map((start) => Date.parse(start));
  }
}
