import path from 'node:path';
import { startProgram } from './program.ts';
import type { EmbeddedServer } from './program.ts';

/** The `mongod` of this machine with its data in `dir`, in the database `aiteru`; null where there is none. */
export const startMongo = (dir: string): Promise<EmbeddedServer | null> => startProgram({
  name: 'mongod',
  dir: path.resolve(dir),
  args: (port) => ['--dbpath', path.resolve(dir), '--port', String(port), '--bind_ip', '127.0.0.1'],
  url: (port) => `mongodb://127.0.0.1:${port}/aiteru`,
});
