/**
 * The waiting list under fire: processes of their own on one database, joins, bookings, moves, cancels, answers, jobs and
 * sweeps at random, crashes inside transactions, processes that are killed, a shop that closes for a day and opens again.
 * What must be true is looked at all the while, and more of it once everything due is done.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { missed } from '../../booking/waiting/review.ts';
import { idMaker } from '../../ids.ts';
import { realNow } from '../../main.ts';
import type { Store } from '../../model/store.ts';
import { HOUR, addDays, at, dayOf, fromLocal } from '../../model/time.ts';
import { PostgresBooking } from '../../storage/postgres/booking.ts';
import { connect } from '../../storage/postgres/client.ts';
import { importShops } from '../../storage/postgres/import.ts';
import { openPostgres } from '../../storage/postgres/open.ts';
import { auditWaiting, offerEnds } from '../../storage/postgres/waiting-audit.ts';
import type { Broken } from '../../storage/postgres/waiting-audit.ts';
import { Deeds } from './deeds.ts';
import type { Orders, Told } from './process.ts';
import { fuzzShop } from './shop.ts';

export type FuzzOptions = { seconds: number; processes: number; seed: number; customers?: number };
export type FuzzReport = { counts: Record<string, number>; ends: Record<string, number>; audits: number; kills: number; broken: Broken[] };

/** A run lasts ten hours by the shop's clock, from its opening on. */
const BEGINS = fromLocal('2026-11-26T10:00');
const LASTS = 10 * HOUR;
const FOR_EVER = 1_000;

export async function fuzz(url: string, { seconds, processes, seed, customers: many = 40 }: FuzzOptions): Promise<FuzzReport> {
  const db = await connect(url, { max: 4 });
  const newId = idMaker(realNow, randomBytes);
  const [shop] = await importShops(db, [fuzzShop()], BEGINS, newId);
  const customers = await plantCustomers(db.pool, many, newId);
  await fill(db.pool, shop!.store, customers, newId);
  const [began, speed] = [realNow(), LASTS / (seconds * 1000)];
  const now = () => Math.round(BEGINS + (realNow() - began) * speed);
  const report: FuzzReport = { counts: {}, ends: {}, audits: 0, kills: 0, broken: [] };
  const broken = (what: string, rows: string[]) => rows.length > 0 && report.broken.push({ what, rows: rows.slice(0, 3) });
  const listen = ({ counts, passedOver, failed }: Told): void => {
    for (const [what, n] of Object.entries(counts)) report.counts[what] = (report.counts[what] ?? 0) + n;
    broken('somebody who waits longer is passed over', passedOver);
    broken('a deed failed', failed);
  };
  const start = (nth: number): ChildProcess => {
    const child = fork(join(import.meta.dirname, 'process.ts'), [], { execArgv: [] });
    child.on('message', listen);
    child.send({ url, seed: seed * 1_000 + nth, began, virtual: BEGINS, speed, actors: 8, crashes: 0.06, customers } satisfies Orders);
    return child;
  };
  const children = Array.from({ length: processes }, (_, n) => start(n));
  try {
    let [nth, closed] = [processes, false];
    let killed = began;
    for (const end = began + seconds * 1000; realNow() < end; ) {
      await new Promise((resolve) => { setTimeout(resolve, Math.min(seconds * 25, end - realNow(), 1_000)); });
      report.broken.push(...(await auditWaiting(db.pool, now(), false)));
      report.audits++;
      if (report.audits % 3 === 0) {
        closed = !closed;
        await importShops(db, [fuzzShop(closed ? addDays(dayOf(BEGINS), 1) : null)], now(), newId);
      }
      // A process takes a second or two until it does anything.
      if (realNow() - killed > 8_000) {
        killed = realNow();
        const victim = Math.floor(report.kills % processes);
        children[victim]!.kill('SIGKILL');
        children[victim] = start(nth++);
        report.kills++;
      }
    }
    await Promise.all(children.map((child) => stopped(child)));
    await atRest(url, now(), report);
    report.ends = await offerEnds(db.pool);
    return report;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await db.close();
  }
}

/** Does what is due until nothing is, by a clock that stands, and looks whether that was all. */
async function atRest(url: string, at: number, report: FuzzReport): Promise<void> {
  const db = await connect(url, { max: 2 });
  const postgres = await openPostgres(url, { connections: 4, now: () => at, channels: [] });
  try {
    const house = { inbox: postgres.inbox, booking: postgres.booking, now: () => at, newId: idMaker(realNow, randomBytes), stores: () => postgres.stores.stores(), deliver: () => undefined };
    const deeds = new Deeds({ ...house, random: () => 0, customers: [], around: (writer) => writer });
    let rounds = 0;
    while ((await deeds.sweep()) > 0 && rounds < FOR_EVER) rounds++;
    if (rounds === FOR_EVER) report.broken.push({ what: 'sweeping never ends', rows: [] });
    report.broken.push(...(await auditWaiting(db.pool, at, true)));
    for (const store of await house.stores()) {
      const left = await missed(store, postgres.booking, at);
      if (left.length > 0) report.broken.push({ what: 'free time that is waited for and not offered', rows: left.map(({ staff, day }) => `${staff.name} ${day}`) });
    }
  } finally {
    await postgres.close();
    await db.close();
  }
}

const stopped = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null || !child.connected) return resolve();
  child.once('exit', () => resolve());
  child.send('stop');
});

type Pool = Awaited<ReturnType<typeof connect>>['pool'];

async function plantCustomers(pool: Pool, many: number, newId: () => string): Promise<string[]> {
  const ids = Array.from({ length: many }, newId);
  await pool.query(`INSERT INTO users (id, name, line_id) SELECT id, '', 'U' || replace(id::text, '-', '') FROM unnest($1::uuid[]) AS id`, [ids]);
  await pool.query(`INSERT INTO talks (channel, user_id, updated_at) SELECT 'default', id, to_timestamp($2 / 1000.0) FROM unnest($1::uuid[]) AS id`, [ids, BEGINS]);
  return ids;
}

/** Every hour of everybody is somebody's: who wants a time has to wait for it. */
async function fill(pool: Pool, store: Store, customers: readonly string[], newId: () => string): Promise<void> {
  const booking = new PostgresBooking(pool, () => BEGINS);
  for (let n = 0; n < 4 * 8; n++) {
    for (const [nth, { id: staffId }] of store.staff.entries()) {
      const start = at(addDays(dayOf(BEGINS), Math.floor(n / 8)), 600 + (n % 8) * 60);
      const userId = customers[(n * store.staff.length + nth) % customers.length]!;
      await booking.insertReservation({ id: newId(), userId, storeId: store.id, staffId, menuIds: [store.menus[0]!.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: false, notes: null });
    }
  }
}

/** The report in lines, as the command prints it. */
export function inLines({ counts, ends, audits, kills, broken }: FuzzReport): string[] {
  const table = (things: Record<string, number>) => Object.entries(things).sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, n]) => `${what} ${n}`).join(', ');
  return [
    `done      ${table(counts)}`, `offers    ${Object.values(ends).reduce((sum, n) => sum + n, 0)}: ${table(ends)}`, `killed    ${kills} processes; ${audits} audits, one more at rest`,
    ...broken.map(({ what, rows }) => `✗ ${what}: ${rows.join('; ')}`), `${broken.length} violations`,
  ];
}
