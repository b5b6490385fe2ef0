import type { Job } from '../../booking/news.ts';
import type { JobQueue } from '../../jobs/ports.ts';
import type { Instant } from '../../model/time.ts';

/** Jobs kept in the process; whoever knows what time it is takes them out. */
export class MemoryJobs implements JobQueue {
  readonly #jobs = new Map<string, Job>();

  async add(job: Job): Promise<void> {
    this.#jobs.set(job.key, structuredClone(job));
  }

  /** Takes the first of those due by `until`. */
  next(until: Instant): Job | null {
    const [next] = [...this.#jobs.values()].filter((job) => job.at <= until).sort((a, b) => a.at - b.at);
    if (next) this.#jobs.delete(next.key);
    return next ?? null;
  }
}
