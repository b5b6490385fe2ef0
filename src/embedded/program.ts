import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { holdersOf } from './holders.ts';
import { commandOf, freePort, isAlive, until } from './processes.ts';

/** A server that was started, or found running on the same data. `stop` ends it, unless another process still uses it. */
export type EmbeddedServer = { url: string; port: number; stop(): Promise<void> };

type Program = { name: string; dir: string; args: (port: number) => string[]; url: (port: number) => string };

/** Whether a program of that name is on the PATH. */
export const isInstalled = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

const answers = (port: number): Promise<true | null> => new Promise((resolve) => {
  const socket = connect(port, '127.0.0.1', () => resolve(true));
  socket.once('error', () => resolve(null));
  socket.once('close', () => resolve(null));
  socket.setTimeout(1000, () => resolve(null));
  socket.once('connect', () => socket.destroy());
});

type Left = { pid: number; port: number };

/** What an earlier start wrote down, whether that server still runs or not. */
function remembered(file: string): Left | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Left;
  } catch {
    return null;
  }
}

/**
 * Starts a server program with its data in a folder, local only, on a free port that stays the same where it can; one
 * left running by a killed process is used again. Null = the program is not installed. Throws one plain line when it cannot start.
 */
export async function startProgram({ name, dir, args, url }: Program): Promise<EmbeddedServer | null> {
  if (!isInstalled(name)) return null;
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'server.json');
  const holders = holdersOf(path.join(dir, 'holders'));
  holders.join();
  const stop = (pid: number) => async () => {
    holders.leave();
    if (holders.others() || !isAlive(pid)) return;
    process.kill(pid, 'SIGTERM');
    await until(30, () => (isAlive(pid) ? null : true));
  };
  const left = remembered(file);
  if (left && isAlive(left.pid) && (commandOf(left.pid) ?? name).includes(name) && (await until(5, () => answers(left.port)))) {
    return { url: url(left.port), port: left.port, stop: stop(left.pid) };
  }
  const port = await freePort(left?.port);
  const log = openSync(path.join(dir, 'server.log'), 'w');
  const child = spawn(name, args(port), { cwd: dir, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true)).once('error', () => (ended = true));
  const up = await until(30, async () => (ended ? 'ended' : await answers(port)));
  if (up !== true) {
    holders.leave();
    throw new Error(`${name} did not start in ${dir}: ${readFileSync(path.join(dir, 'server.log'), 'utf8').trim().split('\n').at(-1)}`);
  }
  writeFileSync(file, JSON.stringify({ pid: child.pid, port }));
  return { url: url(port), port, stop: stop(child.pid!) };
}
