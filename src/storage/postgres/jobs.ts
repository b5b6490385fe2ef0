import { EventEmitter } from 'node:events';
import { Logger, makeWorkerUtils, parseCronItems, run } from 'graphile-worker';
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Job } from '../../booking/news.ts';
import type { JobHandlers, JobQueue } from '../../jobs/ports.ts';
import type { Now } from '../../model/time.ts';
import { Batch } from '../batch.ts';

/** A job that fails is tried again for about four days (graphile-worker: e^tries seconds); the sweep is sooner. */
const MAX_ATTEMPTS = 14;
const AT_ONCE = 4;
/** Milliseconds until workers that PostgreSQL has sent away are started again, the first time and at most. */
const RESTART_MS = [1_000, 30_000] as const;
/** The two-key space of advisory locks that say which pools of workers live. */
const POOLS = 41_732;
/** Days that a job which failed for good stays to be looked at. */
const FAILED_DAYS = 7;

/** SQL: jobs in the hands of a pool whose session is gone. graphile-worker itself waits four hours for it. */
const FORSAKEN = `SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL AND NOT EXISTS (
  SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = ${POOLS} AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND objid::bigint = hashtext(locked_by)::bigint & 4294967295)`;

export type OpenJobs = {
  queue: JobQueue;
  /** What the jobs do, and what is done every minute by one of the processes. To be called before `start`. */
  handle(handlers: JobHandlers, sweep: () => Promise<void>): void;
  start(): Promise<void>;
  /** Gives the jobs of processes that died back to the living, and drops what failed for good long ago. Gives how many were given back. */
  mend(): Promise<number>;
  /** Takes no job more; resolves when those in hand are over. `queue` goes on taking. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Jobs by graphile-worker, in its own schema of the same database. No named queues: a customer's order is the inbox's.
 * `wallNow` is the clock of the database's machine, by which graphile-worker runs; a house whose `now` was moved has
 * its jobs at the same distance from now.
 */
export async function openJobs(url: string, house: { now: Now; wallNow: Now; log: { warn: (fields: object, message: string) => void } }): Promise<OpenJobs> {
  const logger = new Logger((scope) => (level, message) => {
    // Its own word for a failed job; the job's words are not in it.
    if (level === 'error') house.log.warn({ job: scope.taskIdentifier ?? null }, message.split('\n')[0]!.slice(0, 200));
  });
  // Its own connections, with the types graphile-worker expects; one of them listens. A commit that is lost with the
  // server is in the outbox still, or is a job that comes again.
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE + 1, keepAlive: true, application_name: 'aiteru jobs', options: '-c synchronous_commit=off' });
  // A connection that is lost, idle or not, is replaced when it is needed; graphile-worker insists on both.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();

  // The session that listens lives as long as its workers, and its lock as long as the session.
  const events = new EventEmitter() as WorkerEvents;
  events.on('pool:listen:success', ({ workerPool, client }) => {
    client.once('drain', () => void client.query('SELECT pg_advisory_lock($1, hashtext($2))', [POOLS, workerPool.id]).catch(() => undefined));
  });

  const adding = new Batch<Job, void>(async (jobs) => {
    // The last of a key counts, as it would one by one; a statement may not have it twice.
    const last = new Map(jobs.map((job) => [job.key, job]));
    const moved = house.wallNow() - house.now();
    await utils.addJobs([...last.values()].map(({ name, key, at, payload }) => ({ identifier: name, payload, jobKey: key, runAt: new Date(at + moved), maxAttempts: MAX_ATTEMPTS })));
    return jobs.map(() => undefined);
  }, { most: 200 });

  let tasks: TaskList = {};
  let stopped = false;
  let workers: Promise<Runner> | null = null;
  let restart: NodeJS.Timeout | null = null;
  const begin = async (): Promise<void> => {
    workers = run({
      pgPool: pool, logger, events, taskList: tasks, concurrency: AT_ONCE, pollInterval: 1_000, noHandleSignals: true,
      // Without a batch nobody awaits that a job is noted as done, and a lost connection would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      parsedCronItems: parseCronItems([{ task: 'sweep', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'sweep' } }]),
    });
    const { promise } = await workers;
    // Workers whose connection breaks at the wrong moment end for good; the house's do not.
    void promise.then(() => 'they ended', String).then((why) => {
      if (stopped) return;
      house.log.warn({ err: why.slice(0, 200) }, 'the workers of jobs have stopped; starting them again');
      again(RESTART_MS[0]);
    });
  };
  const again = (ms: number): void => {
    restart = setTimeout(() => void begin().catch(() => !stopped && again(Math.min(ms * 2, RESTART_MS[1]))), ms);
  };

  return {
    queue: {
      add: (job) => adding.add(job),
    },
    handle(handlers, sweep) {
      tasks = { ...Object.fromEntries(Object.entries(handlers).map(([name, work]) => [name, (payload: unknown) => work(payload as Record<string, string>)])), sweep };
    },
    start: begin,
    async mend() {
      const { rows: [forsaken] } = await pool.query<{ jobs: number }>(
        `WITH dead AS (${FORSAKEN}) SELECT count(*)::int AS jobs, graphile_worker.force_unlock_workers(coalesce(array_agg(DISTINCT locked_by), '{}')) FROM dead`);
      await pool.query(
        `SELECT graphile_worker.complete_jobs(array(SELECT id FROM graphile_worker.jobs
           WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < now() - make_interval(days => $1)))`, [FAILED_DAYS]);
      return forsaken!.jobs;
    },
    async stop() {
      stopped = true;
      if (restart) clearTimeout(restart);
      await (await workers?.catch(() => null))?.stop().catch(() => undefined);
    },
    async close() {
      await utils.release();
      await pool.end();
    },
  };
}
