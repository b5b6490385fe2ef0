import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { connect, instantOf, serverTime } from '../../src/storage/postgres/client.ts';
import type { Postgres } from '../../src/storage/postgres/client.ts';
import type { PrismaClient } from '../../src/storage/postgres/generated/client.ts';
import { prismaOn } from '../../src/storage/postgres/prisma.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

let fresh: Fresh;
let db: Postgres;
let prisma: PrismaClient;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await connect(fresh.url, { max: 2 });
  prisma = prismaOn(db.pool);
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

describe('rows of plain SQL', () => {
  test('hold numbers, instants and days, not strings and dates of a time zone', async () => {
    const { rows } = await db.pool.query("SELECT 7::bigint AS big, 4400.50::numeric AS price, timestamptz '2026-11-24 15:00:00.125+09' AS at, date '2026-11-24' AS day, '{a,b}'::text[] AS list");
    expect(rows).toEqual([{ big: 7, price: 4400.5, at: Date.UTC(2026, 10, 24, 6, 0, 0, 125), day: '2026-11-24', list: ['a', 'b'] }]);
  });

  test('refuse a bigint a number cannot hold', async () => {
    await expect(db.pool.query('SELECT 9007199254740993::bigint')).rejects.toThrow('too large');
  });

  test('give every moment back to the millisecond, whatever zone the server speaks', async () => {
    const client = await db.pool.connect();
    await assert(asyncProperty(integer({ min: 0, max: 4_102_444_800_000 }), constantFrom('UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kolkata'), async (at, zone) => {
      await client.query(`SET TIME ZONE '${zone}'`);
      const { rows } = await client.query<{ text: string }>('SELECT to_timestamp($1 / 1000.0)::text AS text', [at]);
      expect(instantOf(rows[0]!.text)).toBe(at);
    }), { numRuns: 50 });
    client.release(true);
  });
});

test('Prisma and plain SQL see the same rows', async () => {
  const { id } = await prisma.user.create({ data: { name: '山田 花子', createdAt: new Date(1_800_000_000_000) } });
  const { rows } = await db.pool.query('SELECT name, created_at FROM users WHERE id = $1', [id]);
  expect(rows).toEqual([{ name: '山田 花子', created_at: 1_800_000_000_000 }]);
});

test("a command without a clock can ask the server's", async () => {
  expect(await serverTime(db)).toBeGreaterThan(1_700_000_000_000);
});

describe('a database that cannot be reached is one plain line without the password', () => {
  test.each([
    ['a port where nothing listens', (url: URL) => (url.port = '1'), /^PostgreSQL at 127\.0\.0\.1:1\/\w+ cannot be reached: nothing answers there\. Is PostgreSQL running\?$/],
    ['a host that is not there', (url: URL) => (url.hostname = 'nobody.invalid'), /^PostgreSQL at nobody\.invalid:\d+\/\w+ cannot be reached: the host is unknown\.$/],
    ['a database that is not there', (url: URL) => (url.pathname = '/nothing_here'), /\/nothing_here cannot be reached: the server has no such database\.$/],
  ])('%s', async (_, change, line) => {
    const url = new URL(fresh.url);
    change(url);
    const error = await connect(url.href).then(() => null, (e: Error) => e);
    expect(error?.name).toBe('PostgresUnreachable');
    expect(error?.message).toMatch(line);
    expect(error?.message).not.toContain(url.password || 'no password');
  });

  test('a wrong password', async () => {
    const url = new URL(fresh.url);
    url.password = 'wrong-secret';
    const error = await connect(url.href).then((open) => open.close(), (e: Error) => e);
    // A server that trusts everybody lets us in; one that asks says who was refused.
    if (error) expect(error.message).toMatch(/^[^\n]*user \w+ was refused\. Is the password right\?$/);
    expect(String(error)).not.toContain('wrong-secret');
  });
});
