/**
 * Calls made while an earlier one is under way are done together by the next: under load many share one statement
 * and one commit, alone each goes at once.
 */
export class Batch<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #width: number;
  readonly #most: number;
  #waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  #running = 0;

  /** `run` gives one result an item. At most `width` runs at once, at most `most` items a run. */
  constructor(run: (items: Item[]) => Promise<Result[]>, { width = 1, most = 64 }: { width?: number; most?: number } = {}) {
    this.#run = run;
    this.#width = width;
    this.#most = most;
  }

  add(item: Item): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // After this tick: what arrived together leaves together.
      if (this.#running < this.#width && this.#waiting.length === 1) setImmediate(() => void this.#next());
    });
  }

  async #next(): Promise<void> {
    if (this.#running >= this.#width || this.#waiting.length === 0) return;
    const taken = this.#waiting.splice(0, this.#most);
    this.#running++;
    try {
      const results = await this.#run(taken.map((t) => t.item));
      taken.forEach((t, i) => t.resolve(results[i]!));
    } catch (error) {
      for (const t of taken) t.reject(error);
    } finally {
      this.#running--;
      void this.#next();
    }
  }
}
