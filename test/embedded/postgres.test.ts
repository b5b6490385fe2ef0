import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres } from '../../src/embedded/postgres.ts';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';

let dir: string;
let server: EmbeddedPostgres | undefined;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'aiteru-embedded-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows[0]?.[0];
};
const pidFile = (): string => path.join(dir, 'postgres/data/postmaster.pid');
const SOURCE = path.resolve(import.meta.dirname, '../../src/embedded/postgres.ts');
/** A process of its own that starts the server and then does something. */
const elsewhere = (then: string) => promisify(execFile)(process.execPath, ['--input-type=module', '-e',
  `const { startPostgres } = await import(${JSON.stringify(SOURCE)}); const server = await startPostgres(process.argv[1]); ${then}`, path.join(dir, 'postgres')]);
const start = async (): Promise<EmbeddedPostgres> => (server = await startPostgres(path.join(dir, 'postgres')));

test('the first start makes a UTF-8 database that is durable and heard on this machine only', async () => {
  const { url } = await start();
  await ask(url, "CREATE TABLE kept AS SELECT '空いてる'::text AS word");
  expect(await ask(url, "SELECT current_setting('server_encoding') || current_setting('synchronous_commit') || current_setting('fsync') || current_setting('listen_addresses')")).toBe('UTF8onon127.0.0.1');
});

test('data and port survive a restart, which takes less than two seconds', async () => {
  const { port } = await start();
  await server!.stop();
  const began = performance.now();
  const again = await start();
  expect(performance.now() - began).toBeLessThan(2000);
  expect(again.port).toBe(port);
  expect(await ask(again.url, 'SELECT word FROM kept')).toBe('空いてる');
});

test('its address is kept for people who want to look into it, readable by nobody else', async () => {
  const { url } = await start();
  const file = path.join(dir, 'postgres/url');
  expect(readFileSync(file, 'utf8')).toBe(url);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('another password than the one kept with the data is refused', async () => {
  const url = new URL((await start()).url);
  url.password = 'guess';
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow('password');
});

test('a server left running by a killed process is used again, and stopped with its new user', async () => {
  await expect(elsewhere("process.kill(process.pid, 'SIGKILL')")).rejects.toMatchObject({ signal: 'SIGKILL' });
  const left = readFileSync(pidFile(), 'utf8').split('\n')[0];
  const { url } = await start();
  expect(readFileSync(pidFile(), 'utf8').split('\n')[0]).toBe(left);
  expect(await ask(url, 'SELECT word FROM kept')).toBe('空いてる');
  await server!.stop();
  await expect(ask(url, 'SELECT 1')).rejects.toThrow();
});

test('a killed server leaves nothing that stops the next start', async () => {
  const { url } = await start();
  process.kill(Number(readFileSync(pidFile(), 'utf8').split('\n')[0]), 'SIGKILL');
  await expect(ask(url, 'SELECT pg_sleep(1)')).rejects.toThrow();
  expect(await ask((await start()).url, 'SELECT word FROM kept')).toBe('空いてる');
});

test('a stale lock file whose process id is somebody else by now does not stop the next start', async () => {
  await start();
  const lock = readFileSync(pidFile(), 'utf8');
  await server!.stop();
  writeFileSync(pidFile(), lock.replace(/^\d+/, String(process.pid)));
  expect(await ask((await start()).url, 'SELECT word FROM kept')).toBe('空いてる');
});

test('a port somebody else took meanwhile is given up for another', async () => {
  const first = await start();
  await server!.stop();
  const { createServer } = await import('node:net');
  const taker = createServer().listen(first.port, '127.0.0.1');
  await new Promise((resolve) => taker.once('listening', resolve));
  const second = await start();
  taker.close();
  expect(second.port).not.toBe(first.port);
  expect(await ask(second.url, 'SELECT word FROM kept')).toBe('空いてる');
});

test('processes that start it together share one server, which lives until the last has stopped', async () => {
  const [{ stdout }] = await Promise.all([elsewhere('console.log(server.port); await server.stop();'), start()]);
  expect(Number(stdout)).toBe(server!.port);
  expect(await ask(server!.url, 'SELECT word FROM kept')).toBe('空いてる');
});

test('it runs in a folder that is closed to everybody but its owner', async () => {
  chmodSync(dir, 0o700);
  expect(await ask((await start()).url, 'SELECT word FROM kept')).toBe('空いてる');
});
