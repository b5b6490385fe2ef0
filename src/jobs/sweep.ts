/** Mends what a crash or a lost job left: every minute, and whenever the clock was moved. */

/** One kind of thing to mend. Gives how many were; idempotent. */
export type Mend = { what: string; mend: () => Promise<number> };

export type SweepHouse = { mends: readonly Mend[]; swept: (what: string, count: number) => void; log: { warn: (fields: Record<string, unknown>, message: string) => void } };

/** One round over all of them. One that fails does not keep the others from theirs. */
export async function sweep({ mends, swept, log }: SweepHouse): Promise<void> {
  for (const { what, mend } of mends) {
    try {
      const count = await mend();
      if (count > 0) swept(what, count);
    } catch (error) {
      log.warn({ what, err: error instanceof Error ? error.message : String(error) }, 'a sweep failed; the next one tries again');
    }
  }
}
