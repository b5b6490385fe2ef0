/** What every queue of jobs must do. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Job } from '../../src/booking/news.ts';
import type { JobQueue } from '../../src/jobs/ports.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';

/** What a job did: its payload's `n`. */
export type Done = string[];
export type JobsHouse = {
  queue: JobQueue;
  now: number;
  /** Resolves when everything due by now was done, with what was since the last time, in order. */
  settle: () => Promise<Done>;
  /** The payload of a job as its work begins: what it returns is waited for. */
  during: (work: (n: string) => Promise<void>) => void;
  close: () => Promise<void>;
};

let made = 0;
export const job = (at: number, n: string, key = `key-${++made}`): Job => ({ name: 'expire_hold', key, at, payload: { n } });

export function jobsContract(open: () => Promise<JobsHouse>): void {
  let house: JobsHouse;
  beforeAll(async () => {
    house = await open();
  });
  afterAll(() => house.close());

  test('a job is done once it is due, with what it was given, and not again', async () => {
    await house.queue.add(job(house.now - MINUTE, 'due'));
    expect(await house.settle()).toEqual(['due']);
    expect(await house.settle()).toEqual([]);
  });

  test('a job ahead is not done yet', async () => {
    await house.queue.add(job(house.now + HOUR, 'later'));
    await house.queue.add(job(house.now, 'now'));
    expect(await house.settle()).toEqual(['now']);
  });

  test('a job of the same key takes the place of the one that waits: its time, and what it was given', async () => {
    await house.queue.add(job(house.now + HOUR, 'old time', 'a'));
    await house.queue.add(job(house.now, 'new time', 'a'));
    expect(await house.settle()).toEqual(['new time']);
    await house.queue.add(job(house.now, 'was due', 'b'));
    await house.queue.add(job(house.now + HOUR, 'is put off', 'b'));
    await house.queue.add(job(house.now, 'other', 'c'));
    expect((await house.settle()).filter((n) => n !== 'was due')).toEqual(['other']);
  });

  test('a job added while one of its key is at work is done, too', async () => {
    house.during(async (n) => {
      if (n === 'first') await house.queue.add(job(house.now, 'second', 'd'));
    });
    await house.queue.add(job(house.now, 'first', 'd'));
    expect((await house.settle()).toSorted()).toEqual(['first', 'second']);
    house.during(async () => undefined);
  });

  test('many jobs at once are each done once', async () => {
    const all = Array.from({ length: 50 }, (_, i) => `m${i}`);
    await Promise.all(all.map((n) => house.queue.add(job(house.now, n))));
    expect((await house.settle()).toSorted()).toEqual(all.toSorted());
  });
}
