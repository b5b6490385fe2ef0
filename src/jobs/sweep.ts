/** Mends what a crash or a lost job left: every minute, and whenever the clock was moved. */

/** One kind of thing to mend. Gives how many were; idempotent. */
export type Mend = { what: string; mend: () => Promise<number> };

export type SweepHouse = { mends: readonly Mend[]; swept: (what: string, count: number) => void; log: { warn: (fields: Record<string, unknown>, message: string) => void } };

/** One round over all of them. One that fails does not keep the others from theirs. */
async function round({ mends, swept, log }: SweepHouse): Promise<void> {
  for (const { what, mend } of mends) {
    try {
      const count = await mend();
      swept(what, count);
    } catch (error) {
      log.warn({ what, err: error instanceof Error ? error.message : String(error) }, 'a sweep failed; the next one tries again');
    }
  }
}

/** A sweep that is asked for while one is under way follows it, one for everybody who asked. */
export class Sweeper {
  readonly #house: SweepHouse;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(house: SweepHouse) {
    this.#house = house;
  }

  /** Resolves after a round that began since this was called. */
  sweep(): Promise<void> {
    if (this.#running === null) {
      this.#running = round(this.#house).finally(() => (this.#running = null));
      return this.#running;
    }
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.sweep();
    });
    return this.#next;
  }

  /** Resolves when none is under way. */
  async stop(): Promise<void> {
    while (this.#running !== null) await (this.#next ?? this.#running);
  }
}
