/** Conversations played in memory, and the log of them as the house would have kept it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogAppend } from '../../src/chatlog/record.ts';
import { readScript, shopsOf } from '../../src/chatlog/script.ts';
import type { Script } from '../../src/chatlog/script.ts';
import { shopKeeper } from '../../src/chatlog/shops.ts';
import type { ShopsKept } from '../../src/chatlog/shops.ts';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import type { EndedTurn } from '../../src/jobs/ports.ts';
import type { PlayHouse } from '../../src/play/around.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };

/** A house in memory that tells every log entry as it is owed. */
export function recordingHouse(shops: readonly string[], kept: ShopsKept, build: string, told: (entries: LogAppend[]) => void): PlayHouse {
  const house = memoryHouse(shops.map((shop) => path.join(ROOT, shop)), () => performance.now());
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
export function allScripts(): { file: string; script: Script; shops: string[] }[] {
  return globSync('conversations/*/*.yml', { cwd: ROOT }).toSorted().map((file) => {
    const read = readScript(readFileSync(path.join(ROOT, file), 'utf8'));
    if ('mistakes' in read) throw new Error(`${file}:${read.mistakes.join('\n')}`);
    return { file, script: read.script, shops: shopsOf(read.script) };
  });
}
