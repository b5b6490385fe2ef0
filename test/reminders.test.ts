/** Reminders in a whole house: two processes, a real database, LINE with its limits. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DAY, HOUR, addDays, at, dayOf } from '../src/model/time.ts';
import { bodyOf, shopOnLine, textEvent } from './support/shop-on-line.ts';
import type { ShopOnLine } from './support/shop-on-line.ts';

let shop: ShopOnLine;
let store: { id: string; staff: string; menu: string };
beforeAll(async () => {
  shop = await shopOnLine({ processes: 2 });
  const { rows: [row] } = await shop.sql.query<{ id: string; staff: string; menu: string }>(
    `SELECT s.id, (SELECT id FROM staff WHERE store_id = s.id ORDER BY position LIMIT 1) AS staff, (SELECT id FROM menus WHERE store_id = s.id ORDER BY position LIMIT 1) AS menu FROM stores s`);
  store = row!;
  // A time that is over whenever this runs.
  await shop.sql.query(`UPDATE stores SET policy = policy || '{"quiet": null, "reminders": {"dayBefore": "00:00", "hoursBefore": null, "words": "お気をつけてお越しください。"}}', config_version = config_version + 1`);
}, 120_000);
afterAll(() => shop?.close());

/** Customers who have written, each with a visit tomorrow that was booked long ago; due and looked at by nobody yet. */
async function customers(names: string[]): Promise<{ name: string; id: string }[]> {
  const tomorrow = addDays(dayOf(Date.now()), 1);
  const people = names.map((name) => shop.simulator.user(name));
  for (const person of people) await person.say('営業時間は？');
  const { rows } = await shop.sql.query<{ id: string; line_id: string }>('SELECT id, line_id FROM users WHERE line_id = ANY ($1)', [people.map((p) => p.id)]);
  for (const [n, row] of rows.entries()) {
    const start = at(tomorrow, 5 * (n + 1));
    await shop.sql.query(
      `INSERT INTO reservations (id, user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status, overbooked, created_at, updated_at, remind_at)
       VALUES ($1, $2, $3, $4, $5, ARRAY[$5::uuid], $6, $7, $7, 'confirmed', true, $8, $8, NULL)`,
      [randomUUID(), row.id, store.id, store.staff, store.menu, ...[start, start + HOUR, Date.now() - 10 * DAY].map((t) => new Date(t).toISOString())]);
  }
  return people.map((person) => ({ name: names[people.indexOf(person)]!, id: person.id }));
}
/** Their time has come: the jobs of all of them ask, at both processes. */
const ask = () => shop.sql.query(
  `UPDATE reservations SET remind_at = now() - interval '1 second' WHERE status = 'confirmed'`).then(() => shop.sql.query(
  `SELECT graphile_worker.add_job('remind', json_build_object('reservationId', id), job_key := 'remind:' || id) FROM reservations WHERE status = 'confirmed'`));
const done = () => shop.until(`SELECT 1 WHERE NOT EXISTS (SELECT FROM outbox) AND NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE task_identifier = 'remind' AND run_at <= now())`);
const reminders = (id: string) => shop.simulator.platform.chat(shop.simulator.platform.channel()!, id).view(Date.now()).messages.filter((m) => m.from === 'bot' && /ご予約のお知らせ/.test(String(m.altText)));

describe('reminders', () => {
  test('everybody hears once, in the words of the shop and with buttons, however often and wherever the jobs ask', async () => {
    const people = await customers(Array.from({ length: 120 }, (_, n) => `明日の客${n}`));
    await ask();
    await done();
    await ask();
    await done();
    expect(people.map((person) => reminders(person.id).length)).toEqual(people.map(() => 1));
    const [one] = reminders(people[0]!.id);
    expect(one).toMatchObject({ via: 'push', altText: expect.stringMatching(/明日のご予約のお知らせ[\s\S]*お気をつけてお越しください。[\s\S]*お待ちしております/) });
    expect(JSON.stringify(one!.buttons)).toMatch(/この予約を変更[\s\S]*この予約をキャンセル/);
    expect((await shop.sql.query(`SELECT outcome, count(*)::int AS n FROM reminders GROUP BY 1`)).rows).toEqual([{ outcome: 'sent', n: 120 }]);
    expect((await shop.sql.query(`SELECT count(*)::int AS n FROM chat_log_entries WHERE entry->>'by' = 'job' AND entry->'delivery'->>'status' = 'sent'`)).rows).toEqual([{ n: 120 }]);
  }, 120_000);

  test('who blocked the account is not pushed to, and a person of the shop hears of it', async () => {
    await shop.sql.query(`UPDATE staff SET line_id = $1, manager = true WHERE id = $2`, [shop.simulator.user('店長').id, store.staff]);
    await shop.sql.query('UPDATE stores SET config_version = config_version + 1');
    const [person] = await customers(['去った客']);
    expect(await shop.post(bodyOf({ ...textEvent(person!.id, ''), type: 'unfollow', message: undefined, replyToken: undefined }))).toBe(200);
    await shop.until('SELECT 1 FROM talks t JOIN users u ON u.id = t.user_id WHERE t.blocked AND u.line_id = $1', [person!.id]);
    await ask();
    await shop.until(`SELECT 1 FROM staff_notices WHERE told_at IS NOT NULL`);
    await done();
    expect(reminders(person!.id)).toEqual([]);
    const told = shop.simulator.user('店長').chat().messages.map((m) => m.text).join('\n');
    expect(told).toMatch(/リマインド未送信[\s\S]*ブロック/);
  }, 120_000);

  test('when most of the month is used, reminders wait for nobody and nothing is pushed', async () => {
    const settings = shop.simulator.platform.channel()!.settings;
    Object.assign(settings, { quota: 200, used: 170 });
    const [person] = await customers(['月末の客']);
    // What LINE said last is good for ten seconds.
    await shop.until(`SELECT 1 WHERE clock_timestamp() > $1::timestamptz + interval '10.5 seconds'`, [new Date().toISOString()]);
    const before = settings.used;
    await ask();
    await shop.until(`SELECT 1 FROM reminders WHERE outcome = 'quota'`);
    await done();
    expect(reminders(person!.id)).toEqual([]);
    expect(settings.used).toBe(before);
  }, 120_000);
});
