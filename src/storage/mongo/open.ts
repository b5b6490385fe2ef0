import type { OpenRecord } from '../../chatlog/record.ts';
import { mongoChatLog } from './chat-log.ts';
import { connectMongo } from './connect.ts';
import { prepareDocuments } from './documents.ts';
import { mongoHistory } from './history.ts';
import { mongoLogSearch } from './log-search.ts';

/** The record in MongoDB. One that is away does not keep the house from opening: the outbox waits for it. */
export async function openRecord(url: string): Promise<OpenRecord> {
  const mongo = await connectMongo(url, prepareDocuments);
  return {
    chatlog: mongoChatLog(mongo),
    search: mongoLogSearch(mongo),
    history: mongoHistory(mongo),
    readiness: () => ({ name: 'MongoDB', state: mongo.state(), ok: mongo.state() === 'up', needed: false }),
    close: () => mongo.close(),
  };
}
