/** Promise 1 and 2 the hard way: the app is killed in the middle of its work, again and again. */
import { expect, test } from '@jest/globals';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { freshRedis } from './support/servers.ts';
import { SECRET, shopOnLine } from './support/shop-on-line.ts';

const CLI = path.resolve(import.meta.dirname, '../src/commands/cli.ts');
const CUSTOMERS = 20;
const TURNS = 200;
const KILLS = 5;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

test('kill -9 in the middle of 200 turns, five times: each event handled once, each reply once at most, the log whole', async () => {
  const shop = await shopOnLine({ processes: 0 });
  // One of the app's own would outlive it.
  const redis = await freshRedis();
  const port = await freePort();
  let app: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    app = fork(CLI, ['start'], {
      execArgv: [], stdio: 'ignore',
      env: {
        PATH: process.env['PATH'], PORT: String(port), DATABASE_URL: shop.databaseUrl, REDIS_URL: redis.url, LOG_LEVEL: 'silent', AITERU_DATA_DIR: `/tmp/aiteru-crash-${port}`,
        LINE_CHANNEL_ID: '1', LINE_CHANNEL_SECRET: SECRET, LINE_CHANNEL_ACCESS_TOKEN: 'token', LINE_API_BASE_URL: shop.lineUrl,
      },
    });
    for (let i = 0; i < 400; i++) {
      if (await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false)) return;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    throw new Error('the app did not start');
  };
  try {
    await start();
    shop.simulator.platform.channels[0]!.settings.webhookUrl = `http://127.0.0.1:${port}/webhook`;
    const people = Array.from({ length: CUSTOMERS }, (_, n) => shop.simulator.user(`客${n}`));
    const sent = new Set<string>();
    for (let turn = 0, kills = 0; turn < TURNS; turn++) {
      const person = people[turn % CUSTOMERS]!;
      const { webhookEventId, webhook } = await person.silently.say(['営業時間は？', '住所はどこですか', '明日空いてる？', 'カットの料金は？'][turn % 4]!);
      sent.add(webhookEventId!);
      // LINE tries again until it is told that the event is kept.
      for (let ok = webhook?.reason === 'ok', tries = 0; !ok; tries++) {
        if (tries > 200) throw new Error('never taken');
        await new Promise((resolve) => { setTimeout(resolve, 50); });
        ok = (await shop.simulator.platform.redeliver(webhookEventId!))?.reason === 'ok';
      }
      if (kills < KILLS && turn > (kills + 1) * (TURNS / (KILLS + 1))) {
        kills++;
        // Without waiting for the turn in hand: that is the point.
        app!.kill('SIGKILL');
        await start();
      }
    }
    await shop.until('SELECT 1 WHERE NOT EXISTS (SELECT FROM inbox) AND NOT EXISTS (SELECT FROM outbox)');

    const { rows } = await shop.sql.query<{ id: string; heard: number; said: number }>(
      `SELECT entry->>'turnId' AS id, count(*) FILTER (WHERE entry->>'role' = 'user')::int AS heard, count(*) FILTER (WHERE entry->>'role' = 'system')::int AS said
       FROM chat_log_entries GROUP BY 1`);
    expect(rows.length).toBe(TURNS);
    expect(rows.filter((row) => !sent.has(row.id) || row.heard !== 1 || row.said !== 1)).toEqual([]);
    const said = people.map((person) => person.chat().messages.filter((m) => m.from === 'bot').length);
    // Every reply is one message; none is said twice, and one the log calls sent was said.
    expect(said).toEqual(people.map(() => TURNS / CUSTOMERS));
    expect((await shop.sql.query('SELECT 1 FROM inbox_aside')).rowCount).toBe(0);
  } finally {
    (app as ChildProcess | null)?.kill('SIGKILL');
    await shop.close();
    await redis.drop();
  }
}, 180_000);
