import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { moveLogs } from '../../src/chatlog/move.ts';
import type { LogSource, LogTarget } from '../../src/chatlog/move.ts';
import type { ChatLog, ReservationHistory } from '../../src/chatlog/record.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import type { Mongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoLogTarget } from '../../src/storage/mongo/log-target.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresHistory } from '../../src/storage/postgres/history.ts';
import { postgresLogSource } from '../../src/storage/postgres/log-source.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { line, record } from './chat-log.contract.ts';
import { visit } from './history.contract.ts';

let databases: Fresh[];
let pool: Pool;
let mongo: Mongo;
let before: ChatLog;
let visits: ReservationHistory;
let from: LogSource;
let to: LogTarget;

beforeEach(async () => {
  databases = [await freshDatabase(), await freshMongo()];
  pool = poolAt(databases[0]!.url, 4);
  mongo = await connectMongo(databases[1]!.url, prepareDocuments, { patienceMs: 30_000 });
  before = postgresChatLog(pool);
  visits = postgresHistory(pool);
  from = postgresLogSource(pool);
  to = mongoLogTarget(mongo);
});
afterEach(async () => {
  await Promise.all([pool.end(), mongo.close()]);
  await Promise.all(databases.map((it) => it.drop()));
});

const users = [randomUUID(), randomUUID(), randomUUID()];
const many = (n: number) => Array.from({ length: n }, (_, i) => line(users[i % 3]!, `n-${i}`, { timestamp: 1_000 + i, turn: record({ acts: [{ say: 'open', i }] }) }));
const unsend = (user: string, messageId: string) => line(user, `unsend-${messageId}`, { timestamp: 9_000, turn: record({ events: [{ type: 'unsend', unsend: { messageId } }] }) });

test('everything is carried, in order and to the last field, and nothing stays behind', async () => {
  const all = many(700);
  await before.append(all);
  await visits.record(users[0]!, visit({ reservationId: 'r1', status: 'no_show' }));
  const was = await Promise.all(users.map((user) => before.read(user)));
  const steps: number[] = [];
  const moved = await moveLogs(from, to, (n) => steps.push(n));
  expect(moved).toEqual({ entries: 700, histories: 1, waiting: 0, different: [] });
  expect(await Promise.all(users.map((user) => to.log.read(user)))).toEqual(was);
  expect(await to.history.read(users[0]!)).toEqual([expect.objectContaining({ reservationId: 'r1', status: 'no_show' })]);
  expect(await from.count()).toEqual({ entries: 0, customers: 0 });
  expect(steps.at(-1)).toBe(700);
  expect(await moveLogs(from, to)).toMatchObject({ entries: 0, histories: 0 });
});

test('a run that ended anywhere is run again without a gap and without anything twice', async () => {
  await before.append(many(900));
  for (const stop of ['append', 'held', 'remove'] as const) {
    let calls = 0;
    const fails = () => ++calls > 1 && Promise.reject(new Error('killed'));
    const broken = {
      append: { ...to, log: { ...to.log, append: async (entries: Parameters<ChatLog['append']>[0]) => (await fails()) || to.log.append(entries) } },
      held: { ...to, held: async (ids: string[]) => (await fails()) || to.held(ids) },
      remove: to,
    }[stop];
    const source = stop === 'remove' ? { ...from, remove: async (held: Parameters<LogSource['remove']>[0]) => (await fails()) || from.remove(held) } : from;
    await expect(moveLogs(source, broken)).rejects.toThrow('killed');
  }
  await moveLogs(from, to);
  const ids = (await Promise.all(users.map((user) => to.log.read(user)))).flat().map((e) => e.id);
  expect(ids.toSorted()).toEqual(many(900).map((a) => a.entry.id).toSorted());
  expect(await from.count()).toMatchObject({ entries: 0 });
});

test('entries written while it runs are carried too', async () => {
  await before.append(many(400));
  let late = 0;
  const moved = await moveLogs(from, to, () => {
    if (late < 3) void before.append([line(users[0]!, `late-${late++}`, { timestamp: 5_000 })]);
  });
  await moveLogs(from, to);
  expect(moved.entries).toBeGreaterThanOrEqual(400);
  const ids = (await to.log.read(users[0]!)).map((e) => e.id);
  expect(ids.filter((id) => id.startsWith('late-'))).toEqual(['late-0', 'late-1', 'late-2']);
  expect(await from.count()).toMatchObject({ entries: 0 });
});

test('an entry that changes after it was read is not removed as it was', async () => {
  const user = users[0]!;
  await before.append([line(user, 'a', { messageId: 'm', message: '秘密' })]);
  const held = await from.entries(0, 10);
  await before.forget(user, 'm');
  expect(await from.remove(held)).toBe(0);
  await to.log.append(held);
  await moveLogs(from, to);
  expect(await to.log.read(user)).toEqual([expect.objectContaining({ id: 'a', forgotten: ['m'] })]);
  expect(JSON.stringify(await to.log.read(user))).not.toContain('秘密');
});

test('words taken back at either side do not come back by being carried', async () => {
  const [user, other] = [users[0]!, users[1]!];
  await before.append([line(user, 'a', { messageId: 'ma', message: '秘密' }), line(other, 'b', { messageId: 'mb', message: '秘密' })]);
  // The first was carried by an earlier run and taken back afterwards, where only PostgreSQL heard of it.
  await to.log.append(await from.entries(0, 1));
  await pool.query(`DELETE FROM chat_log_entries WHERE id = 'a'`);
  await before.append([unsend(user, 'ma')]);
  // The second is still here, and MongoDB heard that it was taken back.
  await to.log.append([unsend(other, 'mb')]);
  await moveLogs(from, to);
  expect(JSON.stringify([await to.log.read(user), await to.log.read(other)])).not.toContain('秘密');
  expect(await from.count()).toMatchObject({ entries: 0 });
});

test('an answer LINE has not taken yet is carried, and stays until it is known what became of it', async () => {
  const user = users[0]!;
  await before.append([line(user, 'a', { delivery: { way: 'push', status: 'waiting' } }), line(user, 'b', { delivery: { way: 'push', status: 'waiting' } })]);
  expect(await moveLogs(from, to)).toMatchObject({ entries: 0, waiting: 2 });
  await before.setDelivery(user, 'a', { way: 'push', status: 'sent' });
  await to.log.setDelivery(user, 'b', { way: 'push', status: 'failed' });
  expect(await moveLogs(from, to)).toMatchObject({ entries: 2, waiting: 0 });
  expect((await to.log.read(user)).map((e) => e.delivery?.status)).toEqual(['sent', 'failed']);
});

test('an entry that MongoDB holds otherwise is not removed, and is named', async () => {
  const user = users[0]!;
  await to.log.append([line(user, 'a', { message: 'anders' })]);
  await before.append([line(user, 'a'), line(user, 'b')]);
  expect(await moveLogs(from, to)).toMatchObject({ entries: 1, different: ['a'] });
  expect((await before.read(user)).map((e) => e.id)).toEqual(['a']);
});

const CLI = path.resolve(import.meta.dirname, '../../src/commands/cli.ts');
/** The command as an operator runs it; a machine without any database program. */
const run = (settings: Record<string, string>) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { REDIS_URL: '', MONGODB_URL: '', PATH: '/nonexistent', ...settings };
    execFile(process.execPath, [CLI, 'logs:move'], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
  });

test('the command says in a pipe only what became of it, and ends with 0', async () => {
  await before.append(many(20));
  const { code, out, err } = await run({ DATABASE_URL: databases[0]!.url, MONGODB_URL: databases[1]!.url });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe('Carried 20 log entries and the visits of 0 customers to MongoDB.\n');
});

test('the command without a MongoDB says in a line what is missing', async () => {
  const without = await run({ DATABASE_URL: databases[0]!.url });
  expect(without).toMatchObject({ code: 1, out: '' });
  expect(without.err).toMatch(/^MONGODB_URL is not set[^\n]*\n$/);
  const away = await run({ DATABASE_URL: databases[0]!.url, MONGODB_URL: 'mongodb://shop:geheim@127.0.0.1:1/x' });
  expect(away).toMatchObject({ code: 1, out: '' });
  expect(away.err).toMatch(/^MONGODB_URL: [^\n]*\n$/);
  expect(away.err).not.toContain('geheim');
});
