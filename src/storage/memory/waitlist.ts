import type { WaitlistProjection } from '../../booking/ports.ts';
import type { Instant } from '../../model/time.ts';

/** `waitlist:<store>:<user>` in the process, where no Redis is given. */
export class MemoryWaitlist implements WaitlistProjection {
  readonly #lists = new Map<string, Instant[]>();

  async set(storeId: string, userId: string, starts: Instant[]): Promise<void> {
    const key = `waitlist:${storeId}:${userId}`;
    if (starts.length === 0) this.#lists.delete(key);
    else this.#lists.set(key, starts.toReversed());
  }

  async read(storeId: string, userId: string): Promise<Instant[]> {
    return [...(this.#lists.get(`waitlist:${storeId}:${userId}`) ?? [])];
  }
}
