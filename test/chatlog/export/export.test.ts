/** A conversation of the log becomes a script that is a passing test at once, by people nobody knows. */
import { describe, expect, test } from '@jest/globals';
import { exportScript } from '../../../src/chatlog/export/script.ts';
import type { Exported } from '../../../src/chatlog/export/script.ts';
import { readTurn } from '../../../src/chatlog/replay/given.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { readScript, shopsOf } from '../../../src/chatlog/script.ts';
import { memoryHouse } from '../../../src/commands/talk/memory-house.ts';
import { replayScript } from '../../../src/play/replay.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { play } from '../../support/customers.ts';
import { allScripts, from, LANE, logOf } from '../../support/recording.ts';
import type { Log } from '../../support/recording.ts';

const kept = memoryShopsKept();

/** The script of a log; null where there is nothing in it to play. */
async function exported({ userId, entries }: Log, skip = 0): Promise<string | null> {
  const turns: Exported[] = [];
  for await (const turn of turnsIn(userId, from(entries))) {
    const read = readTurn(turn);
    turns.push('given' in read ? { ...read, build: 'test' } : { ...read, at: turn.heard.timestamp });
  }
  const shops = turns.flatMap((turn) => ('given' in turn ? [turn.given.shops!] : []))[0];
  return shops === undefined ? null : exportScript(turns, { stores: (await kept.read(shops))!, shop: null, skip });
}

/** What of a script does not come as it says. */
async function trouble(name: string, text: string): Promise<string[]> {
  const read = readScript(text);
  if ('mistakes' in read) return read.mistakes.map((mistake) => `${name}:${mistake}`);
  const turns = await replayScript(memoryHouse(shopsOf(read.script), () => performance.now()), LANE, name, read.script);
  return turns.filter(({ verdict }) => verdict !== 'same' && verdict !== 'off script').map((t) => `${name} ${t.nth} ${t.said}: ${t.verdict} ${t.because.join('; ')}`);
}

describe('the script of a log is a passing test at once', () => {
  test('for every conversation of conversations/', async () => {
    const troubles: string[] = [];
    for (const { file, script, shops } of allScripts()) {
      for (const log of await logOf(file, shops, kept, (house) => playScript(house, LANE, script))) {
        const text = await exported(log);
        if (text !== null) troubles.push(...(await trouble(file, text)));
      }
    }
    expect(troubles).toEqual([]);
  }, 120_000);

  test('and for made-up ones', async () => {
    const troubles: string[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      for (const log of await logOf(`generated ${seed}`, ['prisma/shops/salon.yml'], kept, (house) => play(house, seed))) {
        const text = await exported(log);
        if (text !== null) troubles.push(...(await trouble(log.name, text)));
      }
    }
    expect(troubles).toEqual([]);
  }, 120_000);
});
