import { Logger, makeWorkerUtils, parseCronItems, run } from 'graphile-worker';
import type { TaskList } from 'graphile-worker';
import pg from 'pg';
import type { JobHandlers, JobQueue } from '../../jobs/ports.ts';
import type { Now } from '../../model/time.ts';

/** A job that fails is tried again for about four days (graphile-worker: e^tries seconds); the sweep is sooner. */
const MAX_ATTEMPTS = 14;
const AT_ONCE = 4;

export type OpenJobs = { queue: JobQueue; start(): Promise<void>; stop(): Promise<void> };

/**
 * Jobs by graphile-worker, in its own schema of the same database. No named queues: a customer's order is the inbox's.
 * `wallNow` is the clock of the database's machine, by which graphile-worker runs; a house whose `now` was moved has
 * its jobs at the same distance from now.
 */
export async function openJobs(url: string, house: { now: Now; wallNow: Now; log: { warn: (fields: object, message: string) => void } }): Promise<OpenJobs & { handle(handlers: JobHandlers, sweep: () => Promise<void>): void }> {
  const logger = new Logger((scope) => (level, message) => {
    // Its own word for a failed job; the job's words are not in it.
    if (level === 'error') house.log.warn({ job: scope.taskIdentifier ?? null }, message.split('\n')[0]!.slice(0, 200));
  });
  // Its own connections, with the types graphile-worker expects.
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE, keepAlive: true, application_name: 'aiteru jobs' });
  // A connection that is lost, idle or not, is replaced when it is needed; graphile-worker insists on both.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  let tasks: TaskList = {};
  let running: Awaited<ReturnType<typeof run>> | null = null;
  return {
    queue: {
      async add({ name, key, at, payload }) {
        await utils.addJob(name, payload, { jobKey: key, runAt: new Date(house.wallNow() + at - house.now()), maxAttempts: MAX_ATTEMPTS });
      },
    },
    handle(handlers, sweep) {
      tasks = { ...Object.fromEntries(Object.entries(handlers).map(([name, work]) => [name, (payload: unknown) => work(payload as Record<string, string>)])), sweep };
    },
    async start() {
      running = await run({
        pgPool: pool, logger, taskList: tasks, concurrency: AT_ONCE, pollInterval: 1_000, noHandleSignals: true,
        parsedCronItems: parseCronItems([{ task: 'sweep', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'sweep' } }]),
      });
      running.promise.catch((error: unknown) => house.log.warn({ err: String(error) }, 'jobs have stopped'));
    },
    async stop() {
      await running?.stop().catch(() => undefined);
      await utils.release();
      await pool.end();
    },
  };
}
