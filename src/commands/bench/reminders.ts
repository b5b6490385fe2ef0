/** Thousands of reminders that are due at one moment, through a LINE with its limits: each once, and how long it takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startPostgres } from '../../embedded/postgres.ts';
import { idMaker } from '../../ids.ts';
import { realNow } from '../../main.ts';
import { DAY, HOUR, MINUTE, addDays, at, dayOf } from '../../model/time.ts';
import { readShop } from '../../model/shop-file.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { connect } from '../../storage/postgres/client.ts';
import type { Postgres } from '../../storage/postgres/client.ts';
import { importShops } from '../../storage/postgres/import.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { freePort, startHouse, stop } from './house.ts';
import { SECRET } from './load.ts';
import { BENCH_SHOP } from './shop.ts';

/** What LINE takes a second at one endpoint. */
const LINE_RATE = 2_000;

/** Prints how long `count` took, by how many processes, and how quickly a customer who writes meanwhile is answered. */
export async function benchReminders({ count, processes }: { count: number; processes: number }, print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'aiteru-bench-'));
  const closing: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres(join(dir, 'postgres'));
    closing.push(() => postgres.stop());
    await migrate(postgres.url);
    const db = await connect(postgres.url, { max: 4 });
    closing.push(() => db.close());
    const clock = { now: realNow, advance: () => undefined, set: () => undefined };
    const simulator = createSimulator({ clock, quiet: true, channels: [{ name: 'default', channelId: '1', channelSecret: SECRET, accessToken: 'bench', webhookUrl: 'http://127.0.0.1:9/webhook' }] });
    const url = await simulator.listen(0);
    closing.push(() => simulator.close());
    simulator.platform.channels[0]!.settings.ratePerSecond = LINE_RATE;

    const people = await visitsTomorrow(db, simulator, count);
    const ports = await Promise.all(Array.from({ length: processes }, freePort));
    const houses = await Promise.all(ports.map((port) => startHouse({ port, line: { url }, databaseUrl: postgres.url, redisUrl: null })));
    for (const house of houses) closing.push(() => stop(house));
    simulator.platform.channels[0]!.settings.webhookUrl = `http://127.0.0.1:${ports[0]}/webhook`;
    await simulator.user('客').say('営業時間は？');

    const began = performance.now();
    await db.pool.query(`UPDATE reservations SET remind_at = now() - interval '1 second'`);
    await db.pool.query(`SELECT count(graphile_worker.add_job('remind', json_build_object('reservationId', id), job_key := 'remind:' || id)) FROM reservations`);
    const planned = performance.now();
    const answers = await answeredMeanwhile(simulator, async () => Number((await db.pool.query<{ n: number }>('SELECT (SELECT count(*) FROM outbox)::int + $1 - (SELECT count(*) FROM reminders)::int AS n', [count])).rows[0]!.n) === 0);
    const over = performance.now();

    const heard = people.map((id) => simulator.platform.chat(simulator.platform.channels[0]!, id).view(realNow()).messages.length);
    const once = heard.filter((n) => n === 1).length;
    const seconds = (over - planned) / 1000;
    print(`reminders                 ${once} of ${count} were said once, ${heard.filter((n) => n > 1).length} more than once, ${heard.filter((n) => n === 0).length} not`);
    print(`  by ${processes} process${processes === 1 ? '' : 'es'}            ${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s   (planning them took ${((planned - began) / 1000).toFixed(1)} s before)`);
    print(`  who writes meanwhile    is answered in p50 ${percentile(answers, 0.5)} p99 ${percentile(answers, 0.99)} ms (${answers.length} messages)`);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

/** Customers with a visit tomorrow each, booked long ago; gives their LINE ids. */
async function visitsTomorrow(db: Postgres, simulator: Simulator, count: number): Promise<string[]> {
  const read = readShop(BENCH_SHOP);
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  const now = realNow();
  // A time on the day before that is over, whenever this runs.
  read.shop.policy = { ...read.shop.policy, quiet: null, reminders: { ...read.shop.policy.reminders, dayBefore: '00:00' } };
  const [shop] = await importShops(db, [read.shop], now, idMaker(realNow, randomBytes));
  const { id: storeId, staff, menus } = shop!.store;
  const ids = Array.from({ length: count }, (_, n) => `U${n.toString(16).padStart(32, '0')}`);
  for (const [n, id] of ids.entries()) simulator.platform.addUser(`客${n}`, 'customer', id);
  const iso = (t: number): string => new Date(t).toISOString();
  await db.pool.query(`INSERT INTO users (name, line_id) SELECT '', id FROM unnest($1::varchar[]) AS id`, [ids]);
  await db.pool.query(
    `INSERT INTO reservations (user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status, overbooked, created_at, updated_at)
     SELECT id, $1, $2, $3, ARRAY[$3::uuid], $4, $5, $5, 'confirmed', true, $6, $6 FROM users`,
    [storeId, staff[0]!.id, menus[0]!.id, iso(at(addDays(dayOf(now), 1), 12 * 60)), iso(at(addDays(dayOf(now), 1), 13 * 60)), iso(now - 10 * DAY)]);
  // Looked at before, and planned for later.
  await db.pool.query('UPDATE reservations SET remind_at = $1', [iso(now + HOUR)]);
  return ids;
}

/** Milliseconds each message of one customer was answered in, until `done`. */
async function answeredMeanwhile(simulator: Simulator, done: () => Promise<boolean>): Promise<number[]> {
  const took: number[] = [];
  const deadline = performance.now() + 10 * MINUTE;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error('not done within ten minutes');
    const asked = performance.now();
    await simulator.user('客').say('営業時間は？');
    took.push(performance.now() - asked);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return took;
}

const percentile = (values: number[], p: number): number => Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? 0);
