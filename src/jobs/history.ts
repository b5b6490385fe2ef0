import type { HistoryEntry, ReservationHistory } from '../chatlog/record.ts';
import type { Now } from '../model/time.ts';

/** How often we look for visits that are over. */
const EVERY_MS = 5_000;

/** A visit whose fate is settled: it is over, was canceled, or nobody came. */
export type SettledVisit = { userId: string; entry: HistoryEntry };

/** Settled visits that `reservation_history` has not heard of, or of whose fate it heard otherwise. A hold that became no visit is none. */
export interface SettledVisits {
  unrecorded(now: number, limit: number): Promise<SettledVisit[]>;
  /** They were told as they are here; one whose fate is another by now is still to be told. */
  recorded(visits: readonly SettledVisit[], now: number): Promise<void>;
}

export type HistoryHouse = { visits: SettledVisits; history: ReservationHistory; now: Now; log: { warn: (fields: Record<string, unknown>, message: string) => void } };

/**
 * Tells `reservation_history` of every settled visit, once: found in Postgres, recorded idempotently, then marked.
 * A history that is away is told later; two processes telling the same change nothing.
 */
export class HistoryKeeper {
  readonly #house: HistoryHouse;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(house: HistoryHouse) {
    this.#house = house;
  }

  start(): void {
    const again = async () => {
      await this.run();
      if (!this.#stopped) this.#timer = setTimeout(() => void again(), EVERY_MS);
    };
    void again();
  }

  /** One look; several calls at once share it. */
  run(): Promise<void> {
    this.#running ??= this.#look().finally(() => (this.#running = null));
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    const { visits, history, now, log } = this.#house;
    try {
      for (;;) {
        const settled = await visits.unrecorded(now(), 100);
        for (const { userId, entry } of settled) await history.record(userId, entry);
        if (settled.length > 0) await visits.recorded(settled, now());
        if (settled.length < 100) return;
      }
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.name : 'error' }, 'reservation_history could not be told; trying again');
    }
  }
}
