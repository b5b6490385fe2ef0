/** The shops as they were when a turn was taken: kept once, so that a turn can be replayed after their files have changed. */
import { createHash } from 'node:crypto';
import type { Store } from '../model/store.ts';
import type { Now, Instant } from '../model/time.ts';

/** Where they are kept. Implemented in storage/postgres and storage/memory. */
export interface ShopsKept {
  /** Idempotent: a key stands for just these shops. */
  keep(key: string, stores: readonly Store[], at: Instant): Promise<void>;
  /** Null = nothing is kept under that key. */
  read(key: string): Promise<readonly Store[] | null>;
}

/** Gives the key of shops once they are surely kept. Asked with the same list again it answers from memory. */
export type ShopKeeper = (stores: readonly Store[]) => Promise<string>;

export function shopKeeper(kept: ShopsKept, now: Now): ShopKeeper {
  const known = new WeakMap<readonly Store[], Promise<string>>();
  const keep = async (stores: readonly Store[]): Promise<string> => {
    const shops = stores.map(asReplayed);
    const key = createHash('sha256').update(JSON.stringify(shops)).digest('hex').slice(0, 32);
    await kept.keep(key, shops, now());
    return key;
  };
  return (stores) => {
    const before = known.get(stores);
    if (before) return before;
    const mine = keep(stores);
    known.set(stores, mine);
    // One that could not be kept is tried again by the next turn.
    mine.catch(() => known.delete(stores));
    return mine;
  };
}

/** Without what no answer depends on: how often it was changed, and how its people are reached. */
function asReplayed(store: Store): Store {
  const { version, ...shop } = store;
  void version;
  return { ...shop, staff: shop.staff.map((person) => ({ ...person, lineId: null })) };
}
