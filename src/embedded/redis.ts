import path from 'node:path';
import { startProgram } from './program.ts';
import type { EmbeddedServer } from './program.ts';

/** The `redis-server` of this machine, its files in `dir`; null where there is none. It saves nothing: all it holds are projections of Postgres. */
export const startRedis = (dir: string, more: string[] = []): Promise<EmbeddedServer | null> => startProgram({
  name: 'redis-server',
  dir: path.resolve(dir),
  args: (port) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory', '128mb', '--maxmemory-policy', 'allkeys-lru', ...more],
  url: (port) => `redis://127.0.0.1:${port}`,
});
