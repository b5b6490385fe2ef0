/** A log is replayed the same from every store, whatever it does to the order of keys and the kinds of numbers. */
import { describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { entriesIn } from '../../../src/chatlog/conversations.ts';
import type { ChatLog } from '../../../src/chatlog/record.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { replayConversation } from '../../../src/chatlog/replay/replay.ts';
import type { ReplayedTurn } from '../../../src/chatlog/replay/turn.ts';
import { memoryChatLog } from '../../../src/storage/memory/chat-log.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { mongoChatLog } from '../../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../../src/storage/mongo/documents.ts';
import { postgresChatLog } from '../../../src/storage/postgres/chat-log.ts';
import { postgresShopsKept } from '../../../src/storage/postgres/shops-kept.ts';
import type { ShopsKept } from '../../../src/chatlog/shops.ts';
import { play } from '../../support/customers.ts';
import { logOf, odd, replayOptions } from '../../support/recording.ts';
import { freshDatabase, freshMongo } from '../../support/servers.ts';

type Opened = { log: ChatLog; kept: ShopsKept; close(): Promise<void> };

async function postgres(): Promise<Opened> {
  const { url, drop } = await freshDatabase();
  const pool = new Pool({ connectionString: url, max: 2 });
  return { log: postgresChatLog(pool), kept: postgresShopsKept(pool), close: async () => {
    await pool.end();
    await drop();
  } };
}

async function mongo(): Promise<Opened> {
  const { url, drop } = await freshMongo();
  const opened = await connectMongo(url, prepareDocuments, { patienceMs: 30_000 });
  return { log: mongoChatLog(opened), kept: memoryShopsKept(), close: async () => {
    await opened.close();
    await drop();
  } };
}

describe.each<[string, () => Promise<Opened>]>([
  ['memory', async () => ({ log: memoryChatLog(), kept: memoryShopsKept(), close: async () => {} })], ['PostgreSQL', postgres], ['MongoDB', mongo],
])('from %s', (_, open) => {
  test('every turn is the same, turn by turn and freely', async () => {
    const { log, kept, close } = await open();
    const users: string[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      for (const { userId, entries } of await logOf('例', ['prisma/shops/salon.yml'], kept, (house) => play(house, seed))) {
        await log.append(entries.map((entry) => ({ userId, channel: 'LINE', entry })));
        users.push(userId);
      }
    }
    const turns: ReplayedTurn[] = [];
    for (const run of ['turn by turn', 'free'] as const) {
      for (const userId of users) for await (const turn of replayConversation(userId, turnsIn(userId, entriesIn(log, userId, {}, 5)), replayOptions(kept, { run }))) turns.push(turn);
    }
    await close();
    expect(turns.length).toBeGreaterThan(100);
    expect(odd(turns)).toEqual([]);
  });
});
