import { expect, test } from '@jest/globals';
import { gatherNow } from '../../src/jobs/gather.ts';

/** A log with so many conversations to gather. */
function logWith(waiting: number) {
  const steps: number[] = [];
  const warned: string[] = [];
  return {
    steps, warned, left: () => waiting,
    house: {
      search: { gather: async (most: number) => {
        const taken = Math.min(most, waiting);
        waiting -= taken;
        steps.push(taken);
        return taken;
      } },
      logger: { warn: (_: unknown, message: string) => void warned.push(message) },
    },
  };
}

test('a round gathers what there is, in short steps', async () => {
  const log = logWith(120);
  await gatherNow(log.house);
  expect({ steps: log.steps, left: log.left() }).toEqual({ steps: [50, 50, 20], left: 0 });
});

test('of very many a round takes some, and a stop ends it at the next step', async () => {
  const log = logWith(100_000);
  await gatherNow(log.house);
  expect(log.steps.length).toBeLessThan(50);
  const stopped = logWith(100_000);
  await gatherNow(stopped.house, () => stopped.steps.length >= 2);
  expect(stopped.steps).toHaveLength(2);
});

test('a log that is away is told of, and nothing breaks', async () => {
  const warned: string[] = [];
  await gatherNow({ search: { gather: async () => { throw new Error('MongoDB is away'); } }, logger: { warn: (_, message) => void warned.push(message) } });
  expect(warned).toHaveLength(1);
});
