/**
 * Made-up conversations on the build that recorded them: the same, turn by turn and freely, to the last button. With
 * REPLAY_CONVERSATIONS=1000 as many; the time they take is said.
 */
import { expect, test } from '@jest/globals';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { logOf, odd, replayLogs } from '../../support/recording.ts';
import { play } from '../../support/customers.ts';

const COUNT = Number(process.env['REPLAY_CONVERSATIONS'] ?? 100);

test(`${COUNT} made-up conversations are the same on the build that recorded them`, async () => {
  const kept = memoryShopsKept();
  const logs = [];
  for (let seed = 1; seed <= COUNT; seed++) {
    logs.push(...(await logOf(`generated ${seed}`, ['prisma/shops/salon.yml', ...(seed % 5 === 0 ? ['prisma/shops/clinic.yml'] : [])], kept, (house) => play(house, seed))));
  }
  const began = performance.now();
  const turns = await replayLogs(logs, kept);
  const seconds = (performance.now() - began) / 1000;
  if (COUNT > 100) process.stderr.write(`${turns.length} turns of ${COUNT} conversations replayed in ${seconds.toFixed(1)} s: ${Math.round((turns.length / seconds) * 60)} a minute\n`);
  expect(turns.length).toBeGreaterThan(COUNT * 4);
  expect(odd(turns)).toEqual([]);
  expect(odd(await replayLogs(logs, kept, { run: 'free' }))).toEqual([]);
}, 600_000);
