import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { SECRET } from './load.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** A process of the shop, once it is ready. */
export async function startHouse({ port, line, databaseUrl, redisUrl }: { port: number; line: { url: string }; databaseUrl: string; redisUrl: string | null }): Promise<ChildProcess> {
  const house = fork(resolve(import.meta.dirname, '../cli.ts'), ['start'], {
    cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.execPath, PORT: String(port), DATABASE_URL: databaseUrl, REDIS_URL: redisUrl ?? '', MONGODB_URL: '', LOG_LEVEL: 'error',
      LINE_CHANNEL_ID: '1', LINE_CHANNEL_SECRET: SECRET, LINE_CHANNEL_ACCESS_TOKEN: 'bench', LINE_API_BASE_URL: line.url,
    },
  });
  house.stdout?.resume();
  for (let i = 0; i < 100; i++) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then((r) => r.ok, () => false);
    if (ready) return house;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error('the house did not open within 10 s');
}

export function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
