/** Jobs: the contract on graphile-worker and in memory, and what only a queue in a database can go through. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { JobHandlers } from '../../src/jobs/ports.ts';
import { DAY, HOUR, MINUTE } from '../../src/model/time.ts';
import { MemoryJobs } from '../../src/storage/memory/jobs.ts';
import { openJobs } from '../../src/storage/postgres/jobs.ts';
import type { OpenJobs } from '../../src/storage/postgres/jobs.ts';
import { doorTo } from '../support/door.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { job, jobsContract } from './jobs.contract.ts';
import type { Done } from './jobs.contract.ts';

const wallNow = () => Math.round(performance.timeOrigin + performance.now());
const quiet = { warn: () => undefined };
const handlers = (work: (n: string) => Promise<void>): JobHandlers => ({ expire_offer: async () => undefined, remind: async () => undefined, tell_offer: async () => undefined, review_waiting: async () => undefined, tell_staff: async () => undefined, expire_hold: async ({ n = '' }) => work(n), tend_payment: async () => undefined, reconcile_payments: async () => undefined });

describe('jobs in memory', () => jobsContract(async () => {
  const queue = new MemoryJobs();
  const now = 1_790_000_000_000;
  let during = async (_n: string): Promise<void> => undefined;
  return {
    queue, now,
    during: (work) => void (during = work),
    settle: async () => {
      const done: Done = [];
      for (let next = queue.next(now); next; next = queue.next(now)) {
        await during(next.payload['n']!);
        done.push(next.payload['n']!);
      }
      return done;
    },
    close: async () => undefined,
  };
}));

/** Waits for what other connections do, without a clock of its own. */
async function until(pool: pg.Pool, sql: string, values: unknown[] = []): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if ((await pool.query(sql, values)).rows.length > 0) return;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  throw new Error(`never became true: ${sql}`);
}
const NOTHING_DUE = `SELECT 1 WHERE NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE run_at <= now() AND attempts < max_attempts)`;

describe('jobs in PostgreSQL', () => {
  let db: Fresh;
  let pool: pg.Pool;
  beforeAll(async () => {
    db = await freshDatabase();
    pool = new pg.Pool({ connectionString: db.url, max: 2 });
  });
  afterAll(async () => {
    await pool.end();
    await db.drop();
  });

  /** A process of the house. Its clock is `ahead` of the wall's. */
  const house = async (work: (n: string) => Promise<void>, { url = db.url, ahead = 0, sweep = async () => undefined as void } = {}): Promise<OpenJobs> => {
    const jobs = await openJobs(url, { now: () => wallNow() + ahead, wallNow, log: quiet });
    jobs.handle(handlers(work), sweep);
    await jobs.start();
    return jobs;
  };
  const end = async (...all: OpenJobs[]): Promise<void> => {
    for (const jobs of all) await jobs.stop();
    for (const jobs of all) await jobs.close();
  };

  describe('the contract', () => jobsContract(async () => {
    let done: Done = [];
    let during = async (_n: string): Promise<void> => undefined;
    const jobs = await house(async (n) => {
      await during(n);
      done.push(n);
    });
    return {
      queue: jobs.queue, now: wallNow(),
      during: (work) => void (during = work),
      settle: async () => {
        await until(pool, NOTHING_DUE);
        const before = done;
        done = [];
        return before;
      },
      close: () => end(jobs),
    };
  }));

  test('a house whose clock was moved has its jobs at the same distance from now', async () => {
    const done: Done = [];
    const jobs = await house(async (n) => void done.push(n), { ahead: 30 * DAY });
    await jobs.queue.add(job(wallNow() + 30 * DAY, 'due by its clock'));
    await jobs.queue.add(job(wallNow() + 30 * DAY + HOUR, 'ahead by its clock'));
    await until(pool, NOTHING_DUE);
    expect(done).toEqual(['due by its clock']);
    await end(jobs);
  });

  test('a job that fails is tried again', async () => {
    const tries: string[] = [];
    const jobs = await house(async (n) => {
      tries.push(n);
      if (tries.length === 1) throw new Error('the first time');
    });
    await jobs.queue.add(job(wallNow(), 'again', 'failing'));
    await until(pool, `SELECT 1 FROM graphile_worker.jobs WHERE key = 'failing' AND attempts = 1 AND locked_at IS NULL AND last_error = 'the first time'`);
    await pool.query(`SELECT graphile_worker.reschedule_jobs(array(SELECT id FROM graphile_worker.jobs WHERE key = 'failing'), run_at := now())`);
    await until(pool, `SELECT 1 WHERE NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE key = 'failing')`);
    expect(tries).toEqual(['again', 'again']);
    await end(jobs);
  });

  test('two processes do each job once between them', async () => {
    const done: Done = [];
    const both = await Promise.all([house(async (n) => void done.push(n)), house(async (n) => void done.push(n))]);
    const all = Array.from({ length: 60 }, (_, i) => `p${i}`);
    await Promise.all(all.map((n, i) => both[i % 2]!.queue.add(job(wallNow(), n))));
    await until(pool, NOTHING_DUE);
    expect(done.toSorted()).toEqual(all.toSorted());
    await end(...both);
  });

  test('of a minute one sweep is planned, however many processes there are', async () => {
    const [one, two] = [await house(async () => undefined), await house(async () => undefined)];
    const { rows } = await pool.query('SELECT identifier FROM graphile_worker._private_known_crontabs');
    expect(rows).toEqual([{ identifier: 'sweep' }]);
    await end(one, two);
  });

  test('the job of a process that died is done by a living one, those of the living are left to them', async () => {
    const done: Done = [];
    let atWork = (): void => undefined;
    let goOn = (): void => undefined;
    const working = new Promise<void>((resolve) => (atWork = resolve));
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const jobs = await house(async (n) => {
      if (n === 'in hand') {
        atWork();
        await held;
      }
      done.push(n);
    });
    await until(pool, `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 41732`);
    await jobs.queue.add(job(wallNow(), 'in hand'));
    await working;
    await jobs.queue.add(job(wallNow() + MINUTE, 'forsaken', 'dead'));
    await pool.query(`UPDATE graphile_worker._private_jobs SET locked_by = 'pool-of-a-dead-process', locked_at = now(), attempts = 1, run_at = now() WHERE key = 'dead'`);
    expect(await jobs.mend()).toBe(1);
    await until(pool, `SELECT 1 WHERE NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE key = 'dead')`);
    expect(done).toEqual(['forsaken']);
    expect(await jobs.mend()).toBe(0);
    goOn();
    await until(pool, NOTHING_DUE);
    expect(done).toEqual(['forsaken', 'in hand']);
    await end(jobs);
  });

  test('a stop waits for the job in hand, takes no other, and goes on taking jobs in for those who remain', async () => {
    const done: Done = [];
    let atWork = (): void => undefined;
    let goOn = (): void => undefined;
    const working = new Promise<void>((resolve) => (atWork = resolve));
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const jobs = await house(async (n) => {
      atWork();
      await held;
      done.push(n);
    });
    await jobs.queue.add(job(wallNow(), 'in hand'));
    await working;
    const stopping = jobs.stop();
    goOn();
    await stopping;
    await jobs.queue.add(job(wallNow(), 'too late', 'late'));
    await jobs.close();
    expect(done).toEqual(['in hand']);
    expect((await pool.query(`SELECT key FROM graphile_worker.jobs WHERE key = 'late' AND locked_at IS NULL`)).rowCount).toBe(1);
    await pool.query('SELECT graphile_worker.complete_jobs(array(SELECT id FROM graphile_worker.jobs))');
  });

  test('a database that was away in the middle of a job: jobs are done again once it is back', async () => {
    const { hostname, port } = new URL(db.url);
    const door = await doorTo(hostname, Number(port));
    const through = new URL(db.url);
    [through.hostname, through.port] = ['127.0.0.1', String(door.port)];
    const done: Done = [];
    let atWork = (): void => undefined;
    let goOn = (): void => undefined;
    const working = new Promise<void>((resolve) => (atWork = resolve));
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const jobs = await house(async (n) => {
      done.push(n);
      if (n !== 'cut') return;
      atWork();
      await held;
    }, { url: String(through) });
    await jobs.queue.add(job(wallNow(), 'cut'));
    await working;
    await door.shut();
    goOn();
    // The job ends while nobody can be told that it has.
    await expect(jobs.queue.add(job(wallNow(), 'lost'))).rejects.toThrow();
    await door.open();
    await pool.query(`SELECT graphile_worker.add_job('expire_hold', '{"n":"after"}')`);
    for (let i = 0; i < 400 && !done.includes('after'); i++) await new Promise((resolve) => { setTimeout(resolve, 25); });
    expect(done).toContain('after');
    await end(jobs);
    await door.shut();
  });
});
