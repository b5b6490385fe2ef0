import type { ShopsKept } from '../../chatlog/shops.ts';
import type { Store } from '../../model/store.ts';

/** The shops as they were, in the process. */
export function memoryShopsKept(): ShopsKept {
  const kept = new Map<string, readonly Store[]>();
  return {
    keep: async (key, stores) => {
      if (!kept.has(key)) kept.set(key, structuredClone(stores));
    },
    read: async (key) => structuredClone(kept.get(key) ?? null),
  };
}
