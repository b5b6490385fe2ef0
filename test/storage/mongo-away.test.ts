import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo, MongoAway } from '../../src/storage/mongo/connect.ts';
import type { Mongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { doorTo } from '../support/door.ts';
import type { Door } from '../support/door.ts';
import { freshMongo } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { line } from './chat-log.contract.ts';

let database: Fresh;
let door: Door;
let url: string;
let mongo: Mongo | undefined;

beforeEach(async () => {
  database = await freshMongo();
  const real = new URL(database.url);
  door = await doorTo(real.hostname, Number(real.port || 27017));
  url = Object.assign(new URL(database.url), { host: `127.0.0.1:${door.port}` }).href;
});
afterEach(async () => {
  await mongo?.close();
  await door.shut().catch(() => {});
  await database.drop();
});

const until = async (state: 'up' | 'down', after: () => Promise<unknown> = async () => {}): Promise<void> => {
  const end = process.hrtime.bigint() + 10_000_000_000n;
  while (mongo!.state() !== state && process.hrtime.bigint() < end) await Promise.all([after(), new Promise((resolve) => setTimeout(resolve, 20))]);
  expect(mongo!.state()).toBe(state);
};
const seconds = async (doing: () => Promise<unknown>): Promise<number> => {
  const begun = process.hrtime.bigint();
  await doing();
  return Number(process.hrtime.bigint() - begun) / 1e9;
};

test('a MongoDB that is away at the start is said so at once, and used as soon as it is there', async () => {
  await door.shut();
  expect(await seconds(async () => (mongo = await connectMongo(url, prepareDocuments)))).toBeLessThan(3);
  expect(mongo!.state()).toBe('down');
  expect(mongo!.why()).toMatch(/ECONNREFUSED|connect/);
  const log = mongoChatLog(mongo!);
  const user = randomUUID();
  expect(await seconds(() => expect(log.append([line(user, 'a')])).rejects.toThrow(MongoAway))).toBeLessThan(0.5);
  await door.open();
  await until('up');
  await log.append([line(user, 'a')]);
  expect(await log.read(user)).toHaveLength(1);
});

test('a MongoDB that goes away fails appends quickly, and loses nothing once it is back and they are repeated', async () => {
  mongo = await connectMongo(url, prepareDocuments);
  const log = mongoChatLog(mongo);
  const user = randomUUID();
  await log.append([line(user, 'a')]);
  await door.shut();
  expect(await seconds(() => expect(log.append([line(user, 'b')])).rejects.toThrow())).toBeLessThan(4);
  await until('down');
  expect(await seconds(() => expect(log.append([line(user, 'b')])).rejects.toThrow(MongoAway))).toBeLessThan(0.5);
  await door.open();
  await until('up');
  await log.append([line(user, 'a'), line(user, 'b')]);
  expect((await log.read(user)).map((e) => e.id)).toEqual(['a', 'b']);
});

test('a MongoDB that hangs does not hang us, and what it wrote without saying so is not written again', async () => {
  mongo = await connectMongo(url, prepareDocuments);
  const log = mongoChatLog(mongo);
  const user = randomUUID();
  await log.append([line(user, 'a')]);
  door.stall();
  expect(await seconds(() => expect(log.append([line(user, 'b')])).rejects.toThrow(MongoAway))).toBeLessThan(3);
  expect(mongo.state()).toBe('down');
  expect(await seconds(() => expect(log.append([line(user, 'c')])).rejects.toThrow(MongoAway))).toBeLessThan(0.5);
  await door.open();
  await until('up', () => log.read(user).catch(() => {}));
  await log.append([line(user, 'b')]);
  expect((await log.read(user)).map((e) => e.id)).toEqual(['a', 'b']);
});

test('an address that is none is refused at once, and no password is shown', async () => {
  await expect(connectMongo('mongo:/nowhere', prepareDocuments)).rejects.toThrow(/^MONGODB_URL cannot be used: .*connection string/);
  await expect(connectMongo(`${url}?nonsense=1`, prepareDocuments)).rejects.toThrow(/nonsense/);
  await door.shut();
  mongo = await connectMongo(`mongodb://shop:topsecret@127.0.0.1:${door.port}/x`, prepareDocuments);
  expect(mongo.why()).not.toContain('topsecret');
});
