/** Conversations played in memory, and the log of them as the house would have kept it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogAppend, LogEntry } from '../../src/chatlog/record.ts';
import { turnsIn } from '../../src/chatlog/replay/logged.ts';
import { replayConversation } from '../../src/chatlog/replay/replay.ts';
import type { ReplayOptions } from '../../src/chatlog/replay/replay.ts';
import type { ReplayedTurn } from '../../src/chatlog/replay/turn.ts';
import { readScript, shopsOf } from '../../src/chatlog/script.ts';
import type { Script } from '../../src/chatlog/script.ts';
import { shopKeeper } from '../../src/chatlog/shops.ts';
import type { ShopsKept } from '../../src/chatlog/shops.ts';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import type { EndedTurn } from '../../src/jobs/ports.ts';
import type { Shop } from '../../src/model/shop-file.ts';
import type { PlayHouse } from '../../src/play/around.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };

/** A house in memory that tells every log entry as it is owed. */
export function recordingHouse(shops: readonly (string | Shop)[], kept: ShopsKept, build: string, told: (entries: LogAppend[]) => void): PlayHouse {
  const house = memoryHouse(shops, () => performance.now());
  const tell = (turn: EndedTurn) => {
    for (const row of turn.outbox) if (row.kind === 'say' || row.kind === 'log') told(row.payload.log);
  };
  const { inbox } = house;
  return {
    ...house, build, shops: shopKeeper(kept, house.now),
    inbox: {
      keep: (events) => inbox.keep(events), claim: (lanes) => inbox.claim(lanes), release: (lane) => inbox.release(lane), due: (limit) => inbox.due(limit),
      failed: (...given) => inbox.failed(...given), forgetSeen: (before) => inbox.forgetSeen(before), setAside: (...given) => inbox.setAside(...given),
      finish: async (turn) => {
        await inbox.finish(turn);
        tell(turn);
      },
      begin: async () => {
        const tx = await inbox.begin();
        return { ...tx, commit: async (turn) => {
          await tx.commit(turn);
          tell(turn);
        } };
      },
    },
  };
}

/** Every script of conversations/, by its file. */
export function allScripts(): { file: string; script: Script; shops: (string | Shop)[] }[] {
  return globSync('conversations/*/*.yml', { cwd: ROOT }).toSorted().map((file) => {
    const read = readScript(readFileSync(path.join(ROOT, file), 'utf8'));
    if ('mistakes' in read) throw new Error(`${file}:${read.mistakes.join('\n')}`);
    return { file, script: read.script, shops: shopsOf(read.script) };
  });
}

/** One customer's log, as a store gives it back. */
export type Log = { name: string; userId: string; entries: LogEntry[] };

/** What the house logs while something is played in it. */
export async function logOf(name: string, shops: readonly (string | Shop)[], kept: ShopsKept, played: (house: PlayHouse) => Promise<unknown>, build = 'test'): Promise<Log[]> {
  const appends: LogAppend[] = [];
  await played(recordingHouse(shops, kept, build, (entries) => void appends.push(...entries)));
  return [...new Set(appends.map(({ userId }) => userId))].map((userId) => ({
    name, userId,
    entries: appends.filter((it) => it.userId === userId).map(({ entry }) => JSON.parse(JSON.stringify(entry)) as LogEntry).sort((a, b) => a.timestamp - b.timestamp),
  }));
}

export async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Options of a replay with the shops there were. */
export function replayOptions(kept: ShopsKept, more: Partial<ReplayOptions> = {}): ReplayOptions {
  const read = new Map<string, ReturnType<ShopsKept['read']>>();
  return {
    shops: async ({ shops }) => {
      const stores = shops === null ? null : await (read.get(shops) ?? read.set(shops, kept.read(shops)).get(shops)!);
      return stores && { stores, todays: false };
    },
    run: 'turn by turn', world: 'log', ticks: () => performance.now(), ...more,
  };
}

export async function replayLogs(logs: readonly Log[], kept: ShopsKept, more: Partial<ReplayOptions> = {}): Promise<ReplayedTurn[]> {
  const options = replayOptions(kept, more);
  const turns: ReplayedTurn[] = [];
  for (const { name, userId, entries } of logs) for await (const turn of replayConversation(name, turnsIn(userId, from(entries)), options)) turns.push(turn);
  return turns;
}

/** Turns that are not the same, in a line each. */
export const odd = (turns: readonly ReplayedTurn[]): string[] =>
  turns.filter(({ verdict }) => verdict !== 'same').map((t) => `${t.conversation} ${t.nth} ${t.said}: ${t.verdict} (${t.because.join('; ')})`);
