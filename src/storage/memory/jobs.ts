import type { Job } from '../../booking/news.ts';
import type { JobHandlers, JobQueue } from '../../jobs/ports.ts';
import type { Instant } from '../../model/time.ts';

/** Jobs kept in the process; they are done when somebody says what time it is. */
export class MemoryJobs implements JobQueue {
  readonly #jobs = new Map<string, Job>();

  async add(job: Job): Promise<void> {
    this.#jobs.set(job.key, structuredClone(job));
  }

  /** Does everything due by `now`, in order of time, jobs that those add included. */
  async run(now: Instant, handlers: JobHandlers): Promise<void> {
    for (;;) {
      const [next] = [...this.#jobs.values()].filter((job) => job.at <= now).sort((a, b) => a.at - b.at);
      if (!next) return;
      this.#jobs.delete(next.key);
      await handlers[next.name](next.payload);
    }
  }
}
