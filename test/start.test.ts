import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

const CLI = join(import.meta.dirname, '..', 'src/commands/cli.ts');
type Run = { child: ChildProcess; out: () => string; err: () => string; ended: Promise<number | null>; says: (what: RegExp) => Promise<RegExpExecArray> };

const runs: Run[] = [];

/** The command with nothing of our own environment but what finds programs. */
function run(args: string[], env: Record<string, string>): Run {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  let heard = (): void => {};
  child.stdout.on('data', (chunk: Buffer) => { out += chunk; heard(); });
  child.stderr.on('data', (chunk: Buffer) => { err += chunk; });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const says = (what: RegExp): Promise<RegExpExecArray> => new Promise((resolve, reject) => {
    heard = () => {
      const found = what.exec(out);
      if (found) resolve(found);
    };
    heard();
    void ended.then((code) => reject(new Error(`ended with ${code}: ${err || out}`)));
  });
  const it = { child, out: () => out, err: () => err, ended, says };
  runs.push(it);
  return it;
}

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  }
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a house on a folder of its own', () => {
  let dataDir = '';
  const boot = (...args: string[]): Run => run(['start', ...args], { AITERU_DATA_DIR: dataDir, PORT: '0', SIMULATOR_PORT: '0', LOG_LEVEL: 'warn' });
  const openAt = async (it: Run): Promise<string> => (await it.says(/^Aiteru +(http:\S+)[\s\S]*Ctrl-C/m))[1]!;
  const pidFile = (): string => join(dataDir, 'postgres/data/postmaster.pid');
  const postgresPid = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
  /** PostgreSQL removes the file when it ends. An orphan that ended may still be listed as a process. */
  const postgresRuns = (): boolean => existsSync(pidFile());

  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'aiteru-start-'));
    // The embedded PostgreSQL of root is another user's.
    chmodSync(dataDir, 0o755);
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('the first start with --examples opens in a few lines, and SIGTERM leaves no process behind', async () => {
    const it = boot('--examples');
    const at = await openAt(it);
    expect(it.out()).toMatch(/みなも: loaded/);
    expect(it.out().trim().split('\n').length).toBeLessThanOrEqual(15);
    expect((await fetch(`${at}/healthz`)).status).toBe(200);
    expect((await fetch(`${at}/readyz`)).status).toBe(200);
    it.child.kill('SIGTERM');
    expect(await it.ended).toBe(0);
    expect(it.err()).toBe('');
    expect(postgresRuns()).toBe(false);
  });

  test('the second start does not load the examples again', async () => {
    const it = boot('--examples');
    await openAt(it);
    expect(it.out()).not.toMatch(/loaded/);
  });

  test('after kill -9 the next start uses the servers that still run, and stops them at its end', async () => {
    const killed = boot();
    await openAt(killed);
    const pid = postgresPid();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(isAlive(pid)).toBe(true);

    const next = boot();
    expect((await fetch(`${await openAt(next)}/readyz`)).status).toBe(200);
    expect(postgresPid()).toBe(pid);
    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
    expect(postgresRuns()).toBe(false);
  });

  test('two houses on one folder share its servers; the last one stops them', async () => {
    const [one, other] = [boot(), boot()];
    await Promise.all([openAt(one), openAt(other)]);
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    expect((await fetch(`${await openAt(other)}/readyz`)).status).toBe(200);
    other.child.kill('SIGTERM');
    expect(await other.ended).toBe(0);
    expect(postgresRuns()).toBe(false);
  });
});

describe('what stands in the way is one plain line each, and exit code 1', () => {
  const refused = async (env: Record<string, string>): Promise<string[]> => {
    const it = run(['start'], env);
    expect(await it.ended).toBe(1);
    expect(it.err()).not.toMatch(/^\s+at |Error:/m);
    return it.err().trim().split('\n');
  };

  test('a taken port', async () => {
    const server = createServer().listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refused({ PORT: String(port) })).toEqual([`Port ${port} is taken by another program. Stop that one, or set PORT to another port.`]);
    server.close();
  });

  test('wrong settings, all of them', async () => {
    expect(await refused({ PORT: 'x', LOG_LEVEL: 'loud', LINE_CHANNEL_ID: '1' })).toEqual([
      expect.stringMatching(/^PORT: given "x", expected /), expect.stringMatching(/^LOG_LEVEL: given "loud", expected /), expect.stringMatching(/^LINE_CHANNEL_SECRET: nothing given, expected /),
    ]);
  });

  test('unreachable databases, all of them, without their passwords', async () => {
    const lines = await refused({ PORT: '0', SIMULATOR_PORT: '0', DATABASE_URL: 'postgresql://me:hush@127.0.0.1:1/x', REDIS_URL: 'redis://:hush@127.0.0.1:1', MONGODB_URL: 'mongodb://127.0.0.1:1/x' });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['DATABASE_URL', 'REDIS_URL', 'MONGODB_URL']);
    expect(lines.join()).not.toContain('hush');
  });
});

describe('the command line', () => {
  test('an unknown command is answered with the nearest one and exit code 2', async () => {
    const it = run(['improt'], {});
    expect(await it.ended).toBe(2);
    expect(it.err()).toMatch(/unknown command 'improt'\s+\(Did you mean import\?\)/);
  });

  test('--help has examples and is quick', async () => {
    const began = performance.now();
    const it = run(['--help'], {});
    expect(await it.ended).toBe(0);
    expect(it.out()).toMatch(/Examples:\n/);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
