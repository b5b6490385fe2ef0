/** An exported script with a shop of its own is a passing test on PostgreSQL, too, where every id is another. */
import { expect, test } from '@jest/globals';
import { exportScript } from '../../../src/chatlog/export/script.ts';
import { readTurn } from '../../../src/chatlog/replay/given.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { readScript, shopsOf } from '../../../src/chatlog/script.ts';
import type { Exported } from '../../../src/chatlog/export/script.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { play } from '../../support/customers.ts';
import { playHouse } from '../../support/play-house.ts';
import { from, LANE, logOf } from '../../support/recording.ts';

test('booked, moved, cancelled and waited for by other ids', async () => {
  const kept = memoryShopsKept();
  const scripts: string[] = [];
  for (let seed = 1; seed <= 15; seed++) {
    for (const { userId, entries } of await logOf('例', ['prisma/shops/salon.yml'], kept, (house) => play(house, seed))) {
      const turns: Exported[] = [];
      for await (const turn of turnsIn(userId, from(entries))) {
        const read = readTurn(turn);
        if ('given' in read) turns.push({ ...read, build: 'test' });
      }
      const [first] = turns;
      if (first && 'given' in first) scripts.push(exportScript(turns, { stores: (await kept.read(first.given.shops!))!, shop: null }));
    }
  }
  const read = scripts.map((text) => readScript(text)).flatMap((it) => ('script' in it ? [it.script] : []));
  expect(read.length).toBe(scripts.length);
  const house = await playHouse(shopsOf(read[0]!));
  try {
    for (const script of read) expect(await playScript(await house.fresh(), LANE, script)).toEqual([]);
  } finally {
    await house.close();
  }
});
