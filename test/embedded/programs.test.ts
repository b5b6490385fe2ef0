import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { startProgram } from '../../src/embedded/program.ts';
import { startRedis } from '../../src/embedded/redis.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'aiteru-embedded-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a program that is not installed is null, not an error', async () => {
  expect(await startProgram({ name: 'no-such-server', dir, args: () => [], url: String })).toBeNull();
});

test('Redis left running by a killed process is used again and stopped with its new user', async () => {
  const source = path.resolve(import.meta.dirname, '../../src/embedded/redis.ts');
  const killed = promisify(execFile)(process.execPath, ['--input-type=module', '-e',
    `const { startRedis } = await import(${JSON.stringify(source)}); await startRedis(process.argv[1]); process.kill(process.pid, 'SIGKILL')`, path.join(dir, 'redis')]);
  await expect(killed).rejects.toMatchObject({ signal: 'SIGKILL' });
  const server = await startRedis(path.join(dir, 'redis'));
  const redis = new Redis(server!.url, { retryStrategy: () => null });
  expect(await redis.ping()).toBe('PONG');
  const gone = new Promise((resolve) => redis.once('end', resolve));
  await server!.stop();
  await gone;
  const again = await startRedis(path.join(dir, 'redis'));
  expect(again!.port).toBe(server!.port);
  await again!.stop();
});

test('processes that start it together share one server, which lives until the last has stopped', async () => {
  const source = path.resolve(import.meta.dirname, '../../src/embedded/redis.ts');
  const elsewhere = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e',
    `const { startRedis } = await import(${JSON.stringify(source)}); const server = await startRedis(process.argv[1]); console.log(server.port); await server.stop();`, path.join(dir, 'shared')]);
  const [one, other, server] = await Promise.all([elsewhere(), elsewhere(), startRedis(path.join(dir, 'shared'))]);
  expect([Number(one.stdout), Number(other.stdout)]).toEqual([server!.port, server!.port]);
  const redis = new Redis(server!.url, { retryStrategy: () => null });
  expect(await redis.ping()).toBe('PONG');
  const gone = new Promise((resolve) => redis.once('end', resolve));
  await server!.stop();
  await gone;
});

test('a server that cannot start says its last words in one line', async () => {
  const broken = startProgram({ name: 'redis-server', dir: path.join(dir, 'broken'), args: () => ['--port', 'nonsense'], url: String });
  await expect(broken).rejects.toThrow(/^redis-server did not start in [^\n]+$/);
});
