import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts CPU time in ticks of 10 ms. */
const TICK_MS = 10;

/** CPU milliseconds a process has used, user and system, with all its present children; null where there is no /proc. */
export function cpuOf(pid: number): number | null {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(Number(name)) ?? []);
    return all.filter((p) => p.pid === pid || p.parent === pid).reduce((sum, p) => sum + p.ms, 0);
  } catch {
    return null;
  }
}

function statOf(pid: number): { pid: number; parent: number; ms: number } | null {
  try {
    // The name stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { pid, parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return null;
  }
}
