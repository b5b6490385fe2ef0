/** One customer's story in all three databases: what each holds afterwards is what the design says. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { doorTo } from './support/door.ts';
import type { Door } from './support/door.ts';
import { freshMongo, freshRedis } from './support/servers.ts';
import type { Fresh } from './support/servers.ts';
import { shopOnLine } from './support/shop-on-line.ts';
import type { ShopOnLine } from './support/shop-on-line.ts';

let shop: ShopOnLine;
let redis: Redis;
let mongo: Connection;
let fresh: Fresh[];
let doors: Door[];
beforeAll(async () => {
  fresh = await Promise.all([freshRedis(), freshMongo()]);
  const [redisUrl, mongoUrl] = fresh.map((f) => f.url) as [string, string];
  doors = await Promise.all([redisUrl, mongoUrl].map((url) => doorTo('127.0.0.1', Number(new URL(url).port))));
  const [redisDoor, mongoDoor] = [redisUrl, mongoUrl].map((url, n) => url.replace(/:\d+/, `:${doors[n]!.port}`)) as [string, string];
  shop = await shopOnLine({ redisUrl: redisDoor, mongoUrl: mongoDoor });
  redis = new Redis(redisUrl);
  mongo = await mongoose.createConnection(mongoUrl).asPromise();
}, 120_000);
afterAll(async () => {
  await shop.close();
  redis.disconnect();
  for (const door of doors) await door.shut();
  await mongo.close();
  for (const f of fresh) await f.drop();
});

/** Asks until the answer is one; the stores are fed after the customer has his answer. */
async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  throw new Error(`never: ${ask.toString()}`);
}

test('free times and waiting lists stand in Redis, sentences and past visits in MongoDB, the truth in PostgreSQL', async () => {
  const { rows: [store] } = await shop.sql.query<{ id: string }>('SELECT id FROM stores');
  const day = await shop.until<{ day: string }>("SELECT to_char(d AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD') AS day FROM generate_series(now() + interval '9 days', now() + interval '16 days', interval '1 day') d WHERE extract(isodow FROM d AT TIME ZONE 'Asia/Tokyo') = 4 LIMIT 1");
  const customer = shop.simulator.user('三つの店');

  await customer.say('今週どこか空いてますか？');
  await customer.say(`${day.day}は空いてますか？`);
  const slots = await eventually(() => redis.get(`available_slots:${store!.id}`));
  expect((JSON.parse(slots) as string[]).every((start) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(start))).toBe(true);

  await customer.say(`${day.day}の15時に佐藤さんでカットをお願いします`);
  await customer.say('はい');
  const booked = await shop.until<{ id: string; user_id: string }>("SELECT id, user_id FROM reservations WHERE status = 'confirmed'");
  // The cached times are of before: gone, or made anew.
  await eventually(async () => {
    const now = await redis.get(`available_slots:${store!.id}`);
    return now === null || now !== slots ? true : null;
  });

  // Somebody else wants the same chair, and waits for it.
  const other = shop.simulator.user('待つ人');
  await other.say(`${day.day}の15時に佐藤さんでカットできますか`);
  await other.say('キャンセル待ちでお願いします');
  const waiting = await shop.until<{ user_id: string }>("SELECT user_id FROM waitlist_entries WHERE status = 'waiting'");
  const list = await eventually(async () => {
    const starts = await redis.lrange(`waitlist:${store!.id}:${waiting.user_id}`, 0, -1);
    return starts.length > 0 ? starts : null;
  });
  expect(list[0]).toMatch(/^\d{4}-\d{2}-\d{2}T/);

  await customer.say('予約をキャンセルしたいです');
  await customer.say('はい');
  await shop.until("SELECT 1 FROM reservations WHERE id = $1 AND status = 'canceled'", [booked.id]);
  const past = await eventually(() => mongo.collection('reservation_history').findOne({ user_id: booked.user_id }));
  expect(past['history']).toMatchObject([{ reservation_id: booked.id, store: 'ヘアサロン みなも', menu: 'カット', status: 'canceled' }]);

  const log = await eventually(async () => {
    const document = await mongo.collection('chat_logs').findOne({ user_id: booked.user_id });
    return (document?.['logs'] as unknown[] | undefined)?.length === 12 ? document : null;
  });
  expect(log['channel']).toBe('LINE');
  expect((log['logs'] as { role: string; timestamp: Date; message: string }[]).map((entry) => entry.role)).toEqual(Array.from({ length: 6 }, () => ['user', 'system']).flat());
  expect((await shop.sql.query('SELECT 1 FROM chat_log_entries')).rowCount).toBe(0);
}, 90_000);

test('with Redis and MongoDB away a customer is still answered, and the log is whole once they are back', async () => {
  const states = async () => ((await fetch(`http://127.0.0.1:${shop.houses[0]!.port}/readyz`).then((r) => r.json())) as { stores: { name: string; ok: boolean }[] }).stores;
  expect(await states()).toMatchObject([{ name: 'PostgreSQL', ok: true }, { name: 'Redis', ok: true }, { name: 'MongoDB', ok: true }]);
  for (const door of doors) await door.shut();
  await eventually(async () => ((await states()).filter((s) => s.ok).length === 1 ? true : null));

  const customer = shop.simulator.user('停電の日');
  const [answer] = await customer.say('明日か明後日、空いてますか？');
  expect(answer!.text).toMatch(/\d{1,2}:\d{2}|定休日/);
  await customer.say('住所を教えてください');

  for (const door of doors) await door.open();
  const { rows: [user] } = await shop.sql.query<{ id: string }>('SELECT id FROM users WHERE line_id = $1', [customer.id]);
  const log = await eventually(async () => {
    const document = await mongo.collection('chat_logs').findOne({ user_id: user!.id });
    return (document?.['logs'] as unknown[] | undefined)?.length === 4 ? document : null;
  });
  expect((log['logs'] as { role: string }[]).map((entry) => entry.role)).toEqual(['user', 'system', 'user', 'system']);
  expect(customer.chat().messages.filter((m) => m.from === 'bot')).toHaveLength(2);
}, 90_000);
