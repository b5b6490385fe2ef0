import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startPostgres } from '../../embedded/postgres.ts';
import { startRedis } from '../../embedded/redis.ts';
import { idMaker } from '../../ids.ts';
import { realNow } from '../../main.ts';
import { addDays, dayOf } from '../../model/time.ts';
import { readShop } from '../../model/shop-file.ts';
import { connect } from '../../storage/postgres/client.ts';
import type { Postgres } from '../../storage/postgres/client.ts';
import { importShops } from '../../storage/postgres/import.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { cpuOf } from './cpu.ts';
import { freePort, startHouse, stop } from './house.ts';
import { measuredLine } from './line.ts';
import type { MeasuredLine } from './line.ts';
import { load, SECRET } from './load.ts';
import type { LoadResult, NextEvent } from './load.ts';
import { bookingScript, findPgbench, pgbench, turnScript } from './pgbench.ts';
import { BENCH_SHOP } from './shop.ts';

export type BenchOptions = { seconds: number; customers: number };
const ticks = () => performance.now();

/** Measures side by side in one run, on databases of its own, and prints the ratios of design §9. */
export async function bench({ seconds, customers }: BenchOptions, print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'aiteru-bench-'));
  const closing: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres(join(dir, 'postgres'));
    closing.push(() => postgres.stop());
    const redis = await startRedis(join(dir, 'redis'));
    closing.push(() => redis?.stop());
    await migrate(postgres.url);
    const db = await connect(postgres.url, { max: 4 });
    closing.push(() => db.close());
    const read = readShop(BENCH_SHOP);
    if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
    await importShops(db, [read.shop], realNow(), idMaker(realNow, randomBytes));

    const line = await measuredLine();
    closing.push(() => line.close());
    const common = { line, customers, seconds, now: realNow, ticks };

    const echoPort = await freePort();
    const echo = fork(join(import.meta.dirname, 'echo-bot.ts'), [String(echoPort), line.url, SECRET]);
    closing.push(() => echo.kill());
    await new Promise((done) => echo.once('message', done));
    await load({ ...common, port: echoPort, seconds: 1, next: asks, run: 'warm1' });
    const beside = await load({ ...common, port: echoPort, next: asks, run: 'aaaa' });
    echo.kill();
    print(show('SDK echo bot', beside));

    const port = await freePort();
    const house = await startHouse({ port, line, databaseUrl: postgres.url, redisUrl: redis?.url ?? null });
    closing.push(() => stop(house));
    await load({ ...common, port, seconds: 2, next: asks, run: 'bbbb' });
    const cpu = await cpuAround({ app: house.pid!, PostgreSQL: await postmaster(db) }, () => load({ ...common, port, next: asks, run: 'bbbb', part: '2' }));
    const turns = cpu.result;
    print(show('明日空いてる？', turns));
    print(`  CPU a turn              ${cpu.used.map(({ name, ms }) => `${name} ${(ms / turns.turns).toFixed(2)} ms`).join(', ') || 'not known on this system'}`);

    const bookings = await confirmations({ ...common, port, db });
    print(`confirmed bookings        ${bookings.perSecond}/s   (${bookings.rows} rows)`);
    await drained(db);
    await stop(house);

    const tool = findPgbench();
    let raw: { turns: number; bookings: number } | null = null;
    if (tool) {
      const sizes = await sampleSizes(db);
      const { rows: [ids] } = await db.pool.query<{ store: string; menu: string }>('SELECT s.id AS store, m.id AS menu FROM stores s JOIN menus m ON m.store_id = s.id LIMIT 1');
      const run = { url: postgres.url, dir, clients: 8, seconds };
      raw = {
        turns: await pgbench(tool, { ...run, name: 'turn', script: turnScript(filler(sizes.payload), filler(sizes.talk), filler(2 * sizes.entry), filler(sizes.entry)) }),
        bookings: await pgbench(tool, { ...run, name: 'booking', script: bookingScript(ids!.store, ids!.menu) }),
      };
      print(`pgbench, a turn's SQL     ${raw.turns}/s`);
      print(`pgbench, bare bookings    ${raw.bookings}/s`);
    } else print('pgbench is not installed (Debian: postgresql-client), so nothing is set beside it.');

    print('');
    print(`turns beside the echo bot            ${ratio(turns.perSecond, beside.perSecond)}   (budget ≥ 0.5)`);
    if (raw) {
      print(`turns beside pgbench of their SQL    ${ratio(turns.perSecond, raw.turns)}   (budget ≥ 0.7)`);
      print(`bookings beside bare inserts         ${ratio(bookings.perSecond, raw.bookings)}   (budget ≥ 0.5)`);
    }
    print(`webhook acknowledged, p99            ${turns.ack.p99} ms   (budget < 50)`);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

/** What happened, and the CPU the processes took for it. */
async function cpuAround<T>(pids: Record<string, number>, doing: () => Promise<T>): Promise<{ result: T; used: { name: string; ms: number }[] }> {
  const before = Object.values(pids).map(cpuOf);
  const result = await doing();
  const after = Object.values(pids).map(cpuOf);
  return { result, used: Object.keys(pids).flatMap((name, i) => (before[i] === null || after[i] === null ? [] : [{ name, ms: after[i]! - before[i]! }])) };
}

/** The process all connections' processes are children of. */
async function postmaster(db: Postgres): Promise<number> {
  const { rows: [row] } = await db.pool.query<{ pid: string }>("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid");
  return Number(row!.pid);
}

const asks: NextEvent = (_, n) => ({ type: 'message', message: { id: String(n), type: 'text', text: '明日空いてる？', quoteToken: 'q' } });
const ratio = (a: number, b: number): string => (a / b).toFixed(2);
const show = (what: string, r: LoadResult): string =>
  `${what.padEnd(22)}    ${r.perSecond}/s   acknowledged p50 ${r.ack.p50} p99 ${r.ack.p99} ms, answered p50 ${r.answer.p50} p99 ${r.answer.p99} ms${r.failed ? `, ${r.failed} FAILED` : ''}`;
const filler = (bytes: number): string => JSON.stringify({ filler: 'x'.repeat(Math.max(0, bytes - 14)) });

/** Customers ask for a time of their own; only the 「はい」 that books it is measured. */
async function confirmations({ db, ...run }: { db: Postgres; port: number; line: MeasuredLine; customers: number; now: () => number; ticks: () => number }): Promise<{ perSecond: number; rows: number }> {
  const count = async () => Number((await db.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM reservations WHERE status = 'confirmed'")).rows[0]!.n);
  const before = await count();
  const text = (said: string) => ({ type: 'message', message: { id: '1', type: 'text', text: said, quoteToken: 'q' } });
  let ms = 0;
  for (let round = 0; round < 8; round++) {
    const asked = (customer: number) => {
      const [, month, day] = addDays(dayOf(run.now()), 2 + round * 3 + (customer % 3)).split('-');
      const half = 18 + (Math.floor(customer / 3) % 23);
      return `${Number(month)}月${Number(day)}日の${Math.floor(half / 2)}時${half % 2 ? '30分' : ''}にカット、指名なしでお願いします`;
    };
    await load({ ...run, seconds: 60, run: `d${round}`, next: (customer, n) => (n === 0 ? text(asked(customer)) : null) });
    const began = ticks();
    await load({ ...run, seconds: 60, run: `d${round}`, part: 'yes', next: (_, n) => (n === 0 ? text('はい') : null) });
    ms += ticks() - began;
  }
  const rows = (await count()) - before;
  return { perSecond: Math.round(rows / (ms / 1000)), rows };
}

/** Sizes of what a turn keeps, so that pgbench moves as much. */
async function sampleSizes(db: Postgres): Promise<{ payload: number; talk: number; entry: number }> {
  const { rows: [row] } = await db.pool.query<{ entry: number; talk: number }>(
    'SELECT (SELECT avg(length(entry::text)) FROM chat_log_entries)::int AS entry, (SELECT avg(length(talk::text)) FROM talks)::int AS talk');
  return { payload: 400, talk: row!.talk, entry: row!.entry };
}

/** Waits until everything owed is delivered: what is measured next has the machine to itself. */
async function drained(db: Postgres): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const { rows: [row] } = await db.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox');
    if (row!.n === 0) return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
}
