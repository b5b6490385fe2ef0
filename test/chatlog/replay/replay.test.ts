/** Turns of a log, played again: on the build that recorded them everything is as it was. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { allScripts, LANE, logOf, odd, replayLogs } from '../../support/recording.ts';
import type { Log } from '../../support/recording.ts';

const kept = memoryShopsKept();
const logs: Log[] = [];

beforeAll(async () => {
  for (const { file, script, shops } of allScripts()) logs.push(...(await logOf(file, shops, kept, (house) => playScript(house, LANE, script))));
});

describe('on the build that recorded it, every conversation of conversations/ is the same', () => {
  test('turn by turn', async () => {
    const turns = await replayLogs(logs, kept);
    expect(turns.length).toBeGreaterThan(500);
    expect(odd(turns)).toEqual([]);
  });

  test('and in a free run', async () => {
    expect(odd(await replayLogs(logs, kept, { run: 'free' }))).toEqual([]);
  });
});
