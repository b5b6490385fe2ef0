/** Turns of a log, played again: on the build that recorded them everything is as it was. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LogAppend, LogEntry } from '../../../src/chatlog/record.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { replayConversation } from '../../../src/chatlog/replay/replay.ts';
import type { ReplayOptions } from '../../../src/chatlog/replay/replay.ts';
import type { ReplayedTurn } from '../../../src/chatlog/replay/turn.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { allScripts, LANE, recordingHouse } from '../../support/recording.ts';

const kept = memoryShopsKept();
const logs: { file: string; userId: string; entries: LogEntry[] }[] = [];

beforeAll(async () => {
  for (const { file, script, shops } of allScripts()) {
    const appends: LogAppend[] = [];
    await playScript(recordingHouse(shops, kept, 'test', (entries) => void appends.push(...entries)), LANE, script);
    for (const userId of new Set(appends.map((it) => it.userId))) {
      const entries = appends.filter((it) => it.userId === userId).map(({ entry }) => JSON.parse(JSON.stringify(entry)) as LogEntry).sort((a, b) => a.timestamp - b.timestamp);
      logs.push({ file, userId, entries });
    }
  }
});

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const caches = new Map<string, Awaited<ReturnType<typeof kept.read>>>();
const options = (more: Partial<ReplayOptions> = {}): ReplayOptions => ({
  shops: async ({ shops }) => {
    if (shops && !caches.has(shops)) caches.set(shops, await kept.read(shops));
    const stores = shops ? caches.get(shops) : null;
    return stores ? { stores, todays: false } : null;
  },
  run: 'turn by turn', world: 'log', ticks: () => performance.now(), ...more,
});

async function replayed(more: Partial<ReplayOptions> = {}): Promise<ReplayedTurn[]> {
  const turns: ReplayedTurn[] = [];
  for (const { file, userId, entries } of logs) for await (const turn of replayConversation(file, turnsIn(userId, from(entries)), options(more))) turns.push(turn);
  return turns;
}
const odd = (turns: ReplayedTurn[]) => turns.filter(({ verdict }) => verdict !== 'same').map((t) => `${t.conversation} ${t.nth} ${t.said}: ${t.verdict} (${t.because.join('; ')})`);

describe('on the build that recorded it, every conversation of conversations/ is the same', () => {
  test('turn by turn', async () => {
    const turns = await replayed();
    expect(turns.length).toBeGreaterThan(500);
    expect(odd(turns)).toEqual([]);
  });

  test('and in a free run', async () => {
    expect(odd(await replayed({ run: 'free' }))).toEqual([]);
  });
});
