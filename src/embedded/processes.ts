import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether a process of that id lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, word by word; null where it is gone or the system does not tell (it does on Linux). */
export function commandOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return null;
  }
}

/** Tells two processes of one id apart (ids come round again): when it was started, as the system counts; '' = unknown. */
export function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Asks again every 15 ms until there is an answer; null after `seconds`. */
export async function until<T>(seconds: number, answer: () => T | null | Promise<T | null>): Promise<T | null> {
  for (let left = seconds * 1000; left > 0; left -= 15) {
    const got = await answer();
    if (got !== null) return got;
    await pause(15);
  }
  return null;
}

const tryPort = (port: number): Promise<number | null> => new Promise((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(null));
  server.listen(port, '127.0.0.1', () => {
    const { port: got } = server.address() as { port: number };
    server.close(() => resolve(got));
  });
});

/** A port of this machine that is free now: the one remembered where it still is, else any. */
export const freePort = async (remembered?: number): Promise<number> =>
  (remembered ? await tryPort(remembered) : null) ?? (await tryPort(0))!;
