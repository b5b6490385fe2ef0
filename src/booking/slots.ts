/**
 * The starts behind 「明日空いてる？」: free for the shortest menu, the next fourteen days. Read through
 * `available_slots:<store>`, made from Postgres when it is missing, of another day or of an older store, and whenever
 * the cache is away. Nothing is booked from it. The cache refuses a fill older than an invalidation it has heard of.
 */
import type { Store } from '../model/store.ts';
import { addDays, dayOf } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';
import { busyBy, freeByDay, windowOf } from './availability.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Busy, CachedSlots, SlotCache, Snapshots, Visit } from './ports.ts';

/** How many days from today the value covers. */
export const SLOT_DAYS = 14;

/** Where the bare question reads. */
export interface SlotSource {
  /**
   * Free starts for the shortest menu, earliest first, of the `SLOT_DAYS` from the day of `now` on; notice is not yet
   * applied. Never older than `atLeast`, the `slots_version` the caller has just read; where he has not, it is read here.
   */
  starts(store: Store, now: Instant, atLeast?: number): Promise<readonly Instant[]>;
}

/** How a read was served; `away` = the cache did not answer. */
export type SlotRead = 'hit' | 'miss' | 'away';
/** What became of a value that was made: `refused` = the cache had heard of something newer. */
export type SlotFill = 'kept' | 'refused' | 'away';

/** The days the value covers. */
export const slotDays = (from: Day): Day[] => Array.from({ length: SLOT_DAYS }, (_, n) => addDays(from, n));

/** The visit of somebody who only asked whether there is anything. */
export const bareVisit = (storeId: string): Visit => ({ storeId, menuIds: [], staffId: null });

/** The value: every start, whoever could do it. */
export function slotsFrom(store: Store, plan: Plan, from: Day, busy: readonly Busy[]): Instant[] {
  const starts = [...freeByDay(store, plan, slotDays(from), busyBy(busy)).values()].flat().map((free) => free.start);
  return [...new Set(starts)].sort((a, b) => a - b);
}

/** Reads through the cache. `told` and `filled` hear how each read and fill went, for the metrics. */
export function cachedSlots(cache: SlotCache, snapshots: Snapshots, told: (read: SlotRead) => void = () => {}, filled: (fill: SlotFill) => void = () => {}): SlotSource {
  const making = new Map<string, Promise<CachedSlots | null>>();

  const make = async (store: Store, from: Day, now: Instant, keep: boolean): Promise<CachedSlots | null> => {
    const plan = planOf(store, bareVisit(store.id));
    const snapshot = typeof plan === 'string' ? null : await snapshots.snapshot(store.id, windowOf(slotDays(from)), now);
    if (typeof plan === 'string' || !snapshot) return null;
    const made = { version: snapshot.slotsVersion, from, starts: slotsFrom(store, plan, from, snapshot.busy) };
    // Hours or menus that changed since this store was read must not be kept under the newer version.
    const current = store.version === undefined || store.version === snapshot.configVersion;
    if (keep && current) filled(await fill(store.id, made).catch(() => 'away' as const));
    return made;
  };
  /**
   * A cache that was emptied since knows of no invalidation and keeps what is older than one. So whoever filled it looks
   * once more; a change committed after that look is followed by its own invalidation.
   */
  const fill = async (storeId: string, made: CachedSlots): Promise<SlotFill> => {
    if (!(await cache.fill(storeId, made))) return 'refused';
    const version = (await snapshots.slotsVersion(storeId)) ?? 0;
    if (version > made.version) await cache.invalidate(storeId, version);
    return 'kept';
  };
  /** Those who miss together make it once. */
  const made = (store: Store, from: Day, now: Instant, keep: boolean): Promise<CachedSlots | null> => {
    const key = `${store.id} ${store.version} ${from} ${keep}`;
    const under = making.get(key);
    if (under) return under;
    const mine = make(store, from, now, keep).finally(() => making.delete(key));
    making.set(key, mine);
    return mine;
  };

  return {
    async starts(store, now, known) {
      const from = dayOf(now);
      const [cached, atLeast] = await Promise.all([cache.read(store.id).catch(() => 'away' as const), known ?? snapshots.slotsVersion(store.id).then((version) => version ?? 0)]);
      if (cached !== 'away' && cached?.from === from && cached.version >= atLeast) {
        told('hit');
        return cached.starts;
      }
      told(cached === 'away' ? 'away' : 'miss');
      const keep = cached !== 'away';
      const shared = await made(store, from, now, keep);
      // One under way may have been begun before what this caller knows of.
      const enough = shared === null || shared.version >= atLeast ? shared : await make(store, from, now, keep);
      return enough?.starts ?? [];
    },
  };
}
