import { spawn, spawnSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { holdersOf } from './holders.ts';
import { birthOf, commandOf, freePort, isAlive, until } from './processes.ts';

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

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** What an earlier start wrote down, whether that server still runs or not. */
function remembered(file: string): Left | null {
  try {
    return JSON.parse(textOf(file)) as Left;
  } catch {
    return null;
  }
}

/** Takes the right to start; false while another living process has it. */
function takeTurn(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${birthOf(process.pid)}`);
  try {
    // A link appears whole or not at all.
    linkSync(mine, file);
    return true;
  } catch {
    const [pid = '', birth] = textOf(file).split(' ');
    if (pid && !(isAlive(Number(pid)) && birthOf(Number(pid)) === birth)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Starts a server program with its data in a folder, local only, on a free port that stays the same where it can; one
 * left running by a killed process, or started by another one, is used too. Null = the program is not installed. Throws
 * one plain line when it cannot start.
 */
export async function startProgram(program: Program): Promise<EmbeddedServer | null> {
  const { name, dir, url } = program;
  if (!isInstalled(name)) return null;
  mkdirSync(dir, { recursive: true });
  const turn = path.join(dir, 'starting');
  const holders = holdersOf(path.join(dir, 'holders'));
  holders.join();
  if (!(await until(60, () => takeTurn(turn) || null))) {
    holders.leave();
    throw new Error(`${name} in ${dir} is being started by another process, which does not come to an end.`);
  }
  try {
    const { pid, port } = (await running(program)) ?? (await launch(program));
    return { url: url(port), port, stop: async () => {
      holders.leave();
      if (holders.others() || !isAlive(pid)) return;
      process.kill(pid, 'SIGTERM');
      await until(30, () => (isAlive(pid) ? null : true));
    } };
  } catch (e) {
    holders.leave();
    throw e;
  } finally {
    rmSync(turn, { force: true });
  }
}

/** The server an earlier start left, when it is still there. */
async function running({ name, dir }: Program): Promise<Left | null> {
  const left = remembered(path.join(dir, 'server.json'));
  if (!left || !isAlive(left.pid) || !(commandOf(left.pid) ?? [name]).join(' ').includes(name)) return null;
  return (await until(5, () => answers(left.port))) && left;
}

async function launch({ name, dir, args }: Program): Promise<Left> {
  const file = path.join(dir, 'server.json');
  const port = await freePort(remembered(file)?.port);
  const log = openSync(path.join(dir, 'server.log'), 'w');
  const child = spawn(name, args(port), { cwd: dir, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true)).once('error', () => (ended = true));
  const up = await until(30, async () => (ended ? 'ended' : await answers(port)));
  if (up !== true) throw new Error(`${name} did not start in ${dir}: ${textOf(path.join(dir, 'server.log')).trim().split('\n').at(-1)}`);
  writeFileSync(file, JSON.stringify({ pid: child.pid, port }));
  return { pid: child.pid!, port };
}
