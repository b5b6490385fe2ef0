import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { customer, load, loggedTurn, openLog } from '../support/log-load.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';

const LOAD = path.resolve(import.meta.dirname, '../support/log-load.ts');
const [TURNS, CUSTOMERS] = [360, 3];

/** A process that logs, killed by -9 once it has said that so many turns are done. */
const killedAfter = (url: string, turns: number): Promise<NodeJS.Signals | null> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LOAD, url, String(TURNS), String(CUSTOMERS)], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', (text: Buffer) => {
      if (String(text).split('\n').some((line) => Number(line) >= turns)) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', (_code, signal) => resolve(signal));
  });

describe.each([['PostgreSQL', freshDatabase], ['MongoDB', freshMongo]] as const)('a log in %s', (_name, fresh) => {
  test('is whole and has nothing twice when writers are killed and what they wrote is written again', async () => {
    const { url, drop } = await fresh();
    for (const turns of [40, 160]) expect(await killedAfter(url, turns)).toBe('SIGKILL');
    const { log, close } = await openLog(url);
    await load(log, TURNS, CUSTOMERS);
    for (let n = 0; n < CUSTOMERS; n++) {
      const wanted = Array.from({ length: TURNS / CUSTOMERS }, (_, i) => loggedTurn(i * CUSTOMERS + n, CUSTOMERS)).flat();
      expect(await log.read(customer(n))).toEqual(wanted.map((it) => it.entry));
    }
    await close();
    await drop();
  }, 60_000);
});
