import type { Pool } from 'pg';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { memoryHistory } from '../../src/storage/memory/history.ts';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import type { Mongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoHistory } from '../../src/storage/mongo/history.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresHistory } from '../../src/storage/postgres/history.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';
import { patient } from '../support/patient.ts';
import { chatLogContract } from './chat-log.contract.ts';
import { historyContract } from './history.contract.ts';

async function pool(): Promise<{ pool: Pool; close(): Promise<void> }> {
  const { url, drop } = await freshDatabase();
  const opened = poolAt(url, 4);
  return { pool: opened, close: async () => {
    await opened.end();
    await drop();
  } };
}

async function mongo(): Promise<{ mongo: Mongo; close(): Promise<void> }> {
  const { url, drop } = await freshMongo();
  const opened = await connectMongo(url, prepareDocuments, { patienceMs: 30_000 });
  return { mongo: opened, close: async () => {
    await opened.close();
    await drop();
  } };
}

chatLogContract('memory', async () => ({ store: memoryChatLog(), close: async () => {} }));
chatLogContract('PostgreSQL', async () => {
  const it = await pool();
  return { store: postgresChatLog(it.pool), close: it.close };
});
chatLogContract('MongoDB', async () => {
  const it = await mongo();
  return { store: patient(mongoChatLog(it.mongo)), close: it.close };
});

historyContract('memory', async () => ({ store: memoryHistory(), close: async () => {} }));
historyContract('PostgreSQL', async () => {
  const it = await pool();
  return { store: postgresHistory(it.pool), close: it.close };
});
historyContract('MongoDB', async () => {
  const it = await mongo();
  return { store: patient(mongoHistory(it.mongo)), close: it.close };
});
