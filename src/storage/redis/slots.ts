import type { Redis, Cluster } from 'ioredis';
import type { CachedSlots, SlotCache } from '../../booking/ports.ts';
import type { Instant } from '../../model/time.ts';
import { filledKey, slotsKey, versionKey } from './keys.ts';

/** How long a value is believed when no invalidation reaches Redis, ms. */
const TTL = 60_000;
/** How many shops' parsed values a process keeps. */
const MOST_PARSED = 200;

/** KEYS value, version, filled; ARGV version, json, filled, ttl ms. 1 = kept, 0 = something newer was heard of. */
const FILL = `
  local known = tonumber(redis.call('GET', KEYS[2]))
  if known and known > tonumber(ARGV[1]) then return 0 end
  redis.call('SET', KEYS[2], ARGV[1])
  redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[4])
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
  return 1`;

/** KEYS value, version, filled; ARGV version. 1 = deleted, 0 = known already. */
const INVALIDATE = `
  local known = tonumber(redis.call('GET', KEYS[2]))
  if known and known >= tonumber(ARGV[1]) then return 0 end
  redis.call('SET', KEYS[2], ARGV[1])
  redis.call('DEL', KEYS[1], KEYS[3])
  return 1`;

type Scripts = {
  fillSlots(value: string, version: string, filled: string, v: number, json: string, of: string, ttl: number): Promise<number>;
  invalidateSlots(value: string, version: string, filled: string, v: number): Promise<number>;
};

/**
 * `available_slots:<store>` in Redis, single or Cluster. Versions come from Postgres, so a flush or failover of Redis
 * cannot bring an old one back as a new one. Rejects while Redis is away.
 */
export class RedisSlots implements SlotCache {
  readonly #redis: (Redis | Cluster) & Scripts;
  readonly #parsed = new Map<string, { json: string; starts: readonly Instant[] }>();

  constructor(redis: Redis | Cluster) {
    redis.defineCommand('fillSlots', { numberOfKeys: 3, lua: FILL });
    redis.defineCommand('invalidateSlots', { numberOfKeys: 3, lua: INVALIDATE });
    this.#redis = redis as (Redis | Cluster) & Scripts;
  }

  async read(storeId: string): Promise<CachedSlots | null> {
    const [json, filled] = await this.#redis.mget(slotsKey(storeId), filledKey(storeId));
    if (!json || !filled) return null;
    const [from = '', version = ''] = filled.split(' ');
    return { version: Number(version), from, starts: this.#parse(storeId, json) };
  }

  /** The same text again, as nearly always, is not parsed again. */
  #parse(storeId: string, json: string): readonly Instant[] {
    const known = this.#parsed.get(storeId);
    if (known?.json === json) return known.starts;
    const starts = (JSON.parse(json) as string[]).map((start) => Date.parse(start));
    if (this.#parsed.size >= MOST_PARSED) this.#parsed.delete(this.#parsed.keys().next().value!);
    this.#parsed.delete(storeId);
    this.#parsed.set(storeId, { json, starts });
    return starts;
  }

  async fill(storeId: string, { version, from, starts }: CachedSlots): Promise<boolean> {
    const json = JSON.stringify(starts.map((start) => new Date(start).toISOString()));
    return (await this.#redis.fillSlots(slotsKey(storeId), versionKey(storeId), filledKey(storeId), version, json, `${from} ${version}`, TTL)) === 1;
  }

  async invalidate(storeId: string, version: number): Promise<void> {
    await this.#redis.invalidateSlots(slotsKey(storeId), versionKey(storeId), filledKey(storeId), version);
  }
}
