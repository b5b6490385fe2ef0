/**
 * Real servers for a test, from the room the run keeps (`server-room.ts`). Asking starts what is not there yet; where
 * a server cannot be had the test fails with what to install.
 */
import { Redis } from 'ioredis';
import mongoose from 'mongoose';

export type Fresh = { url: string; drop(): Promise<void> };

async function ask(what: string): Promise<string> {
  const room = process.env['TEST_SERVERS'];
  if (!room) throw new Error('Tests with servers run through jest (npm run jest -- test/…), which starts them.');
  const answer = await fetch(`${room}/${what}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

const dropDatabase = async (url: string): Promise<void> => void (await ask(`drop/${new URL(url).pathname.slice(1)}`));

/** A PostgreSQL database of one's own, migrated; about 30 ms. */
export async function freshDatabase(): Promise<Fresh> {
  const url = await ask('database');
  return { url, drop: () => dropDatabase(url) };
}

/** A PostgreSQL database with nothing in it. */
export async function emptyDatabase(): Promise<Fresh> {
  const url = await ask('empty-database');
  return { url, drop: () => dropDatabase(url) };
}

/** A Redis database (by number) of one's own, empty. */
export async function freshRedis(): Promise<Fresh> {
  const url = await ask('redis');
  const flush = async (): Promise<void> => {
    const redis = new Redis(url);
    await redis.flushdb();
    redis.disconnect();
  };
  await flush();
  return { url, drop: flush };
}

/** The addresses of a Redis Cluster of three nodes. It has no numbered databases: tests keep apart by the ids of their shops. */
export const redisCluster = (): Promise<string> => ask('redis-cluster');

/** A MongoDB database of one's own, empty. */
export async function freshMongo(): Promise<Fresh> {
  const url = await ask('mongo');
  return { url, drop: async () => {
    const connection = await mongoose.createConnection(url).asPromise();
    await connection.dropDatabase();
    await connection.close();
  } };
}
