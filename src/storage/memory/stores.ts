import type { StoreReader } from '../../booking/ports.ts';
import type { Store } from '../../model/store.ts';

/** Stores kept in the process, in the order they were put. */
export class MemoryStores implements StoreReader {
  readonly #kept = new Map<string, { store: Store; channel: string }>();

  constructor(stores: Store[] = []) {
    for (const store of stores) this.put(store);
  }

  /** Adds a store, or replaces the one of its id. */
  put(store: Store, channel = 'default'): void {
    this.#kept.set(store.id, { store, channel });
  }

  /** As they stand. */
  get all(): Store[] {
    return [...this.#kept.values()].map(({ store }) => store);
  }

  async store(id: string): Promise<Store | null> {
    return this.#kept.get(id)?.store ?? null;
  }

  async stores(): Promise<Store[]> {
    return this.all;
  }

  async ofChannel(channel: string): Promise<readonly Store[]> {
    return [...this.#kept.values()].filter((kept) => kept.channel === channel).map(({ store }) => store);
  }
}
