import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import type { Mongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoHistory } from '../../src/storage/mongo/history.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { loggedTurn } from '../support/log-load.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { line } from './chat-log.contract.ts';
import { visit } from './history.contract.ts';

let database: Fresh;
let processes: Mongo[];
beforeAll(async () => {
  database = await freshMongo();
  processes = await Promise.all([1, 2].map(() => connectMongo(database.url, prepareDocuments, { patienceMs: 30_000 })));
});
afterAll(async () => {
  await Promise.all(processes.map((mongo) => mongo.close()));
  await database.drop();
});
const documents = (user: string) => processes[0]!.connection.collection('chat_logs').find({ user_id: user }).sort({ bucket: 1 }).toArray();

test('buckets are filled to 200 one after the other, also by two processes that write the same and different entries', async () => {
  const user = randomUUID();
  const [one, two] = processes.map((mongo) => mongoChatLog(mongo));
  const write = async (log: typeof one, from: number) => {
    for (let i = from; i < 450; i += 9) await log!.append(Array.from({ length: 9 }, (_, k) => line(user, `${user}-${i + k}`, { timestamp: 1_000 + i + k })));
  };
  await Promise.all([write(one, 0), write(two, 0), write(two, 225)]);
  const buckets = await documents(user);
  expect(buckets.map((it) => [it['bucket'], it['count'], it['logs'].length])).toEqual([[0, 200, 200], [1, 200, 200], [2, 50, 50]]);
  expect(new Set(buckets.flatMap((it) => it['logs'].map((e: { id: string }) => e.id))).size).toBe(450);
  for (const { logs, first_at, last_at } of buckets) {
    const times = logs.map((e: { timestamp: Date }) => e.timestamp.getTime());
    expect([first_at.getTime(), last_at.getTime()]).toEqual([Math.min(...times), Math.max(...times)]);
  }
});

test('a bucket is closed before it comes near the end of a document', async () => {
  const user = randomUUID();
  const log = mongoChatLog(processes[0]!);
  const numbers = Array.from({ length: 20_000 }, (_, i) => i % 10);
  for (let i = 0; i < 12; i++) await log.append([line(user, `${user}-${i}`, { messages: [{ numbers }] })]);
  const buckets = await documents(user);
  expect(buckets.length).toBeGreaterThan(1);
  expect(buckets.flatMap((it) => it['logs'])).toHaveLength(12);
});

test('the documents are the ones that were agreed on, with real dates', async () => {
  const user = randomUUID();
  await mongoChatLog(processes[0]!).append(loggedTurn(1, 1).map((it) => ({ ...it, userId: user })));
  const [bucket] = await documents(user);
  expect(bucket).toMatchObject({ user_id: user, channel: 'LINE', logs: [{ role: 'user', message: '明日空いてる？' }, { role: 'system', by: 'bot' }] });
  for (const entry of bucket!['logs']) expect(entry.timestamp).toBeInstanceOf(Date);
  const one = visit();
  await mongoHistory(processes[0]!).record(user, one);
  const history = await processes[0]!.connection.collection('reservation_history').findOne({ user_id: user });
  expect(history).toMatchObject({ user_id: user, history: [{ reservation_id: one.reservationId, store: one.store, menu: one.menu, date: one.date, status: 'completed' }] });
});

test('PostgreSQL shows the same documents in the same buckets', async () => {
  const user = randomUUID();
  const turns = Array.from({ length: 130 }, (_, n) => loggedTurn(n, 1).map((it) => ({ ...it, userId: user, entry: { ...it.entry, id: `${user}-${it.entry.id}` } }))).flat();
  const { url, drop } = await freshDatabase();
  const pool = poolAt(url);
  for (const log of [postgresChatLog(pool), mongoChatLog(processes[0]!)]) await log.append(turns);
  const { rows } = await pool.query('SELECT user_id, channel, bucket::int, logs FROM chat_logs WHERE user_id = $1 ORDER BY bucket', [user]);
  const there = (await documents(user)).map(({ user_id, channel, bucket, logs }) => ({ user_id, channel, bucket, logs }));
  expect(rows).toEqual(JSON.parse(JSON.stringify(there)));
  expect(rows.map((row) => row.logs.length)).toEqual([200, 60]);
  await pool.end();
  await drop();
});
