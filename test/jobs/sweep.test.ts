import { expect, test } from '@jest/globals';
import { Sweeper } from '../../src/jobs/sweep.ts';
import type { Mend } from '../../src/jobs/sweep.ts';

function sweeper(mends: Mend[]) {
  const counted: [string, number][] = [];
  const warned: unknown[] = [];
  return { counted, warned, it: new Sweeper({ mends, swept: (what, count) => void counted.push([what, count]), log: { warn: (fields) => void warned.push(fields) } }) };
}

test('what was mended is counted by kind, nothing as nothing; one kind that fails is said and keeps no other from its turn', async () => {
  const { it, counted, warned } = sweeper([
    { what: 'holds', mend: async () => 2 }, { what: 'offers', mend: () => Promise.reject(new Error('away')) }, { what: 'reminders', mend: async () => 0 }, { what: 'jobs', mend: async () => 1 },
  ]);
  await it.sweep();
  expect(counted).toEqual([['holds', 2], ['reminders', 0], ['jobs', 1]]);
  expect(warned).toEqual([{ what: 'offers', err: 'away' }]);
});

test('sweeps follow one another; those asked for during one share the next', async () => {
  let [rounds, atOnce] = [0, 0];
  let goOn = (): void => undefined;
  const first = new Promise<void>((resolve) => (goOn = resolve));
  const { it } = sweeper([{ what: 'holds', mend: async () => {
    expect(++atOnce).toBe(1);
    rounds++;
    await first;
    atOnce--;
    return 0;
  } }]);
  const all = [it.sweep(), it.sweep(), it.sweep(), it.sweep()];
  expect(rounds).toBe(1);
  goOn();
  await Promise.all(all);
  expect(rounds).toBe(2);
  await it.sweep();
  expect(rounds).toBe(3);
  await it.stop();
});

test('a stop waits for the sweep under way and for the one that follows it', async () => {
  const rounds: string[] = [];
  const { it } = sweeper([{ what: 'holds', mend: async () => rounds.push('round') }]);
  void it.sweep();
  void it.sweep();
  await it.stop();
  expect(rounds).toEqual(['round', 'round']);
});
