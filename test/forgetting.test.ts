/** A customer asks to be forgotten: words planted in every store are in none of them afterwards. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { SimulatedUser } from '../src/simulator/simulated-user.ts';
import { freshMongo, freshRedis } from './support/servers.ts';
import type { Fresh } from './support/servers.ts';
import { shopOnLine } from './support/shop-on-line.ts';
import type { ShopOnLine } from './support/shop-on-line.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const NAME = '秘密野はなこ';
const PHONE = '09099998888';
const WORDS = 'むらさき色のねこのはなし';

type Where = { redisUrl: string | null; mongoUrl: string | null };

describe.each(['PostgreSQL alone', 'all three databases'])('on %s', (where) => {
  let shop: ShopOnLine;
  let staff: SimulatedUser;
  let staffId = '';
  let fresh: Fresh[] = [];
  let urls: Where = { redisUrl: null, mongoUrl: null };
  beforeAll(async () => {
    if (where !== 'PostgreSQL alone') {
      fresh = await Promise.all([freshRedis(), freshMongo()]);
      urls = { redisUrl: fresh[0]!.url, mongoUrl: fresh[1]!.url };
    }
    shop = await shopOnLine(urls);
    // Somebody of the shop is on LINE, and hears of customers by name.
    staff = shop.simulator.user('店の佐藤');
    await staff.say('こんにちは');
    staffId = (await shop.until<{ line_id: string }>(`SELECT line_id FROM users WHERE name = '店の佐藤'`)).line_id;
    await shop.sql.query(`UPDATE staff SET line_id = $1, manager = true WHERE name = '佐藤'`, [staffId]);
    await shop.sql.query('UPDATE stores SET config_version = config_version + 1');
  }, 120_000);
  afterAll(async () => {
    await shop.close();
    for (const f of fresh) await f.drop();
  });

  /** Runs a command as an operator does; gives its exit code and words. */
  const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
    const env = { ...process.env, DATABASE_URL: shop.databaseUrl, MONGODB_URL: urls.mongoUrl ?? '', REDIS_URL: urls.redisUrl ?? '', PATH: urls.mongoUrl ? process.env['PATH'] : '/nowhere' };
    return promisify(execFile)(process.execPath, ['src/commands/cli.ts', ...args], { cwd: ROOT, env })
      .then(({ stdout }) => ({ code: 0, said: stdout }), (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, said: error.stdout + error.stderr }));
  };

  /** The places where one of these is still written. */
  const placesOf = async (planted: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    const look = (place: string, text: string) => void (planted.some((word) => text.includes(word)) && found.push(place));
    const { rows: tables } = await shop.sql.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`);
    for (const { name } of tables) for (const { row } of (await shop.sql.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)).rows) look(`PostgreSQL ${name}`, row);
    if (urls.mongoUrl) {
      const mongo = await mongoose.createConnection(urls.mongoUrl).asPromise();
      for (const { name } of await mongo.listCollections()) for (const document of await mongo.collection(name).find().toArray()) look(`MongoDB ${name}`, JSON.stringify(document));
      await mongo.close();
    }
    if (urls.redisUrl) {
      const redis = new Redis(urls.redisUrl);
      for (const key of await redis.keys('*')) look(`Redis ${key}`, key + ((await redis.type(key)) === 'list' ? await redis.lrange(key, 0, -1) : await redis.get(key)));
      redis.disconnect();
    }
    return found;
  };

  test('words, name, phone and LINE id are in no store any more; the visit stays without a person', async () => {
    const customer = shop.simulator.user(NAME);
    await customer.say(`${WORDS}を聞いてください。電話は${PHONE}です`);
    const day = await shop.until<{ day: string }>("SELECT to_char(d AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD') AS day FROM generate_series(now() + interval '9 days', now() + interval '16 days', interval '1 day') d WHERE extract(isodow FROM d AT TIME ZONE 'Asia/Tokyo') = 4 LIMIT 1");
    await customer.say(`${day.day}の15時に佐藤さんでカットをお願いします。${NAME}です`);
    await customer.say('はい');
    const visit = await shop.until<{ id: string; user_id: string; line_id: string }>(`SELECT r.id, r.user_id, u.line_id FROM reservations r JOIN users u ON u.id = r.user_id WHERE r.status = 'confirmed' AND u.name = '${NAME}'`);
    // The shop's person has heard of it, and everything was delivered.
    await shop.until('SELECT 1 FROM staff_notices WHERE told_at IS NOT NULL');
    // And has asked for the customer by name, and begun to cancel the visit.
    expect(await staff.say(`${NAME}様の予約`)).toEqual([expect.objectContaining({ text: expect.stringContaining(NAME) })]);
    await staff.say(`${NAME}様の予約をキャンセル`);
    await shop.until('SELECT 1 WHERE NOT EXISTS (SELECT FROM outbox)');
    const planted = [NAME, PHONE, WORDS, visit.line_id];
    expect((await placesOf(planted)).length).toBeGreaterThan(3);

    const given = await mkdtemp(path.join(tmpdir(), 'give-'));
    const gave = await run('give', '--user', NAME, '--out', given);
    expect(gave).toMatchObject({ code: 0 });
    const files = gave.said.trim().split('\n').slice(1);
    for (const file of files) for (const word of [NAME, WORDS]) expect(await readFile(path.resolve(ROOT, file), 'utf8')).toContain(word);
    await rm(given, { recursive: true });

    const forgot = await run('forget', '--user', visit.line_id, '--yes');
    expect(forgot.said).toMatch(/is forgotten: \d+ log entries are gone, and the name from \d+ entries of others/);
    expect(forgot).toMatchObject({ code: 0 });
    expect(await placesOf(planted)).toEqual([]);
    const { rows } = await shop.sql.query('SELECT status, notes FROM reservations WHERE id = $1', [visit.id]);
    expect(rows).toEqual([{ status: 'confirmed', notes: null }]);
    // Said again it changes nothing; the shop's person is not forgotten by it.
    expect(await run('forget', '--user', visit.line_id)).toMatchObject({ code: 1 });
    expect((await shop.sql.query('SELECT 1 FROM users WHERE line_id = $1', [staffId])).rowCount).toBe(1);

    // Who comes back is a stranger.
    await customer.say('こんにちは');
    const again = await shop.until<{ id: string }>(`SELECT id FROM users WHERE line_id = '${visit.line_id}'`);
    expect(again.id).not.toBe(visit.user_id);
  }, 60_000);

  test('a person of the shop is not forgotten by this command, nor is anybody by a name that two have', async () => {
    expect(await run('forget', '--user', staffId, '--yes')).toMatchObject({ code: 1, said: expect.stringContaining('works at the shop') });
    await shop.sql.query(`INSERT INTO users (name) VALUES ('同じ名前'), ('同じ名前')`);
    const refused = await run('forget', '--user', '同じ名前', '--yes');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('2 customers go by') });
    expect(await run('give', '--user', 'だれもいない')).toMatchObject({ code: 1, said: expect.stringContaining('No customer goes by') });
  });
});
