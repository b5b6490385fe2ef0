import { expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { Client } from 'pg';
import { freshDatabase, freshMongo, freshRedis } from '../support/servers.ts';

test('every test has a migrated PostgreSQL database of its own', async () => {
  const [a, b] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(a.url).not.toBe(b.url);
  const client = new Client({ connectionString: a.url });
  await client.connect();
  expect((await client.query('SELECT count(*)::int AS n FROM stores')).rows).toEqual([{ n: 0 }]);
  await client.end();
  await Promise.all([a.drop(), b.drop()]);
});

test('every test has an empty Redis of its own', async () => {
  const { url, drop } = await freshRedis();
  const redis = new Redis(url);
  expect(await redis.dbsize()).toBe(0);
  redis.disconnect();
  await drop();
});

test('every test has a MongoDB database of its own', async () => {
  const { url, drop } = await freshMongo();
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.collection('a').insertOne({ n: 1 });
  expect(await connection.collection('a').countDocuments()).toBe(1);
  await connection.close();
  await drop();
});
