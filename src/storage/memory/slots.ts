import type { CachedSlots, SlotCache } from '../../booking/ports.ts';

/** How long a value is believed without being told otherwise, ms. */
const TTL = 60_000;

/** `available_slots:<store>` in the process, where no Redis is given. Same compare-and-set of versions. */
export class MemorySlots implements SlotCache {
  readonly #values = new Map<string, CachedSlots & { until: number }>();
  readonly #versions = new Map<string, number>();
  readonly #ticks: () => number;

  /** `ticks` is a clock in ms that only runs forward. */
  constructor(ticks: () => number) {
    this.#ticks = ticks;
  }

  async read(storeId: string): Promise<CachedSlots | null> {
    const value = this.#values.get(storeId);
    return value && this.#ticks() < value.until ? value : null;
  }

  async fill(storeId: string, slots: CachedSlots): Promise<boolean> {
    if ((this.#versions.get(storeId) ?? 0) > slots.version) return false;
    this.#versions.set(storeId, slots.version);
    this.#values.set(storeId, { ...slots, until: this.#ticks() + TTL });
    return true;
  }

  async invalidate(storeId: string, version: number): Promise<void> {
    if ((this.#versions.get(storeId) ?? 0) >= version) return;
    this.#versions.set(storeId, version);
    this.#values.delete(storeId);
  }
}
