import { Pool } from 'pg';
import { layeredLog, layeredSearch } from '../../src/storage/layered-log.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoLogSearch } from '../../src/storage/mongo/log-search.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresLogSearch } from '../../src/storage/postgres/log-search.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';
import { logSearchContract } from './log-search.contract.ts';

logSearchContract('memory', async () => {
  const log = memoryChatLog();
  return { store: { log, search: log }, close: async () => {} };
});
logSearchContract('two stores, one after the other', async () => {
  const [newer, older] = [memoryChatLog(), memoryChatLog()];
  return { store: { log: layeredLog(newer, older), search: layeredSearch(newer, older) }, close: async () => {} };
});
logSearchContract('PostgreSQL', async () => {
  const { url, drop } = await freshDatabase();
  const pool = new Pool({ connectionString: url, max: 4 });
  return { store: { log: postgresChatLog(pool), search: postgresLogSearch(pool) }, close: async () => {
    await pool.end();
    await drop();
  } };
});
logSearchContract('MongoDB', async () => {
  const { url, drop } = await freshMongo();
  const mongo = await connectMongo(url, prepareDocuments, { patienceMs: 30_000 });
  return { store: { log: mongoChatLog(mongo), search: mongoLogSearch(mongo) }, close: async () => {
    await mongo.close();
    await drop();
  } };
});
