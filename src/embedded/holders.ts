import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { birthOf, isAlive } from './processes.ts';

/**
 * Who uses a server that was started for its data folder: one small file a process. The last one to go stops it; a
 * process that was killed no longer counts.
 */
export function holdersOf(dir: string): { join(): void; leave(): void; others(): boolean } {
  const own = path.join(dir, String(process.pid));
  const lives = (name: string): boolean =>
    name !== String(process.pid) && isAlive(Number(name)) && birthOf(Number(name)) === readFileSync(path.join(dir, name), 'utf8');
  return {
    join() {
      mkdirSync(dir, { recursive: true });
      writeFileSync(own, birthOf(process.pid));
    },
    leave: () => rmSync(own, { force: true }),
    others: () => readdirSync(dir).some(lives),
  };
}
