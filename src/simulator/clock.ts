/** A clock that can be moved; main makes one and hands the same to the app, so that both live in one time. */
export interface MovableClock {
  /** Milliseconds since 1970. */
  now(): number;
  advance(ms: number): void;
  set(at: number): void;
}

/** A clock that only moves when told; for tests. */
export function standingClock(at: number): MovableClock {
  let now = at;
  return { now: () => now, advance: (ms) => void (now += ms), set: (to) => void (now = to) };
}

/** `90000`, `90s`, `15m`, `2h`, `1d` as milliseconds; null when it is none of these. */
export function durationOf(given: unknown): number | null {
  if (typeof given === 'number' && Number.isFinite(given)) return given;
  const [, n, unit] = /^(\d+)\s*(ms|s|m|h|d)?$/.exec(String(given)) ?? [];
  if (n === undefined) return null;
  return Number(n) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[(unit ?? 'ms') as 'ms'];
}
