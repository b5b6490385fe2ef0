import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { layeredLog, layeredSearch } from '../../src/storage/layered-log.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoLogSearch } from '../../src/storage/mongo/log-search.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresLogSearch } from '../../src/storage/postgres/log-search.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';
import { line } from './chat-log.contract.ts';
import { logSearchContract } from './log-search.contract.ts';

test('in PostgreSQL, what is deleted by hand or carried away is found no more', async () => {
  const { url, drop } = await freshDatabase();
  const pool = poolAt(url);
  const [log, search] = [postgresChatLog(pool), postgresLogSearch(pool)];
  const [one, two] = [randomUUID(), randomUUID()];
  await log.append([line(one, 'a', { message: '駐車場' }), line(one, 'b', { message: 'ねこ' }), line(two, 'c', { message: '駐車場' })]);
  const found = async (words: string) => (await search.conversations({ words: [words], limit: 9 })).map((it) => it.userId).toSorted();
  await pool.query("DELETE FROM chat_log_entries WHERE id = 'a'");
  expect([await found('駐車場'), await found('ねこ')]).toEqual([[two], [one]]);
  await pool.query('DELETE FROM chat_log_entries');
  expect(await search.conversations({ limit: 9 })).toEqual([]);
  await log.append([line(one, 'd')]);
  await pool.query('TRUNCATE chat_log_entries');
  expect(await search.conversations({ limit: 9 })).toEqual([]);
  await pool.end();
  await drop();
});

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
  const pool = poolAt(url, 4);
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
