/**
 * Writes turns as the house logs them, as fast as the store takes them:
 *   node test/support/log-load.ts <postgresql://… | mongodb://…> [turns] [customers]
 * Prints a line after every batch, and at the end turns per second and what they cost this process. The database must
 * be migrated. Run again it repeats the same turns, which must change nothing.
 */
import { composeTurn } from '../../src/chatlog/compose.ts';
import type { ChatLog, LogAppend } from '../../src/chatlog/record.ts';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { connect } from '../../src/storage/postgres/client.ts';

const BEGIN = 1_764_000_000_000;
/** Turns that leave together, as when hundreds a second share the outbox. */
const BATCH = 20;

/** The id of a customer of the load. */
export const customer = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A turn as it is logged: a question, its answer with buttons, and all a replay needs; about 4 KB, the same every time. */
export function loggedTurn(n: number, customers: number): LogAppend[] {
  const timestamp = BEGIN + n * 1_000;
  const id = `load-${n}`;
  const text = '明日空いてる？';
  const free = Array.from({ length: 16 }, (_, i) => ({ start: timestamp + i * 1_800_000, staffIds: [customer(1), customer(2)] }));
  const items = Array.from({ length: 8 }, (_, i) => ({ type: 'action', action: { type: 'postback', label: `${10 + i}:00`, data: `1.1.x.at.2026-11-25T${10 + i}:00` } }));
  return composeTurn({
    userId: customer(n % customers),
    account: 'default',
    events: [{ id, timestamp, raw: { type: 'message', webhookEventId: id, timestamp, message: { id: `m-${n}`, type: 'text', text } }, heard: { text, intent: 'check_availability', when: [{ dates: ['2026-11-25'], time: null }], evidence: [{ part: 'date', words: '明日', from: 0, to: 2 }] } }],
    said: [{ type: 'text', text: '明日は15:00〜17:00が空いています。予約しますか？', quickReply: { items } }],
    delivery: { way: 'reply', status: 'sent', at: timestamp + 120 },
    record: { talkBefore: { v: 1, goal: 'idle', known: {} }, talkAfter: { v: 1, goal: 'look', known: { dates: ['2026-11-25'] } }, acts: [{ say: 'open', days: [] }], effects: [{ effect: { do: 'look' }, answer: { to: 'look', days: [{ day: '2026-11-25', free }] } }], now: timestamp + 100, storeId: customer(9), durations: { understand: 0.1, decide: 0.4 }, build: 'load' },
  });
}

/** A store by its address, and how to leave it. */
export async function openLog(url: string): Promise<{ log: ChatLog; close(): Promise<void> }> {
  if (url.startsWith('mongodb')) {
    const mongo = await connectMongo(url, prepareDocuments, { patienceMs: 30_000 });
    return { log: mongoChatLog(mongo), close: () => mongo.close() };
  }
  const postgres = await connect(url, { max: 4 });
  return { log: postgresChatLog(postgres.pool), close: () => postgres.close() };
}

/** Logs turns in their order, several batches at once but one customer's never at once. */
export async function load(log: ChatLog, turns: number, customers: number, progress: (done: number) => void = () => {}): Promise<void> {
  const lanes = Math.min(4, customers);
  let done = 0;
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    const mine = Array.from({ length: turns }, (_turn, n) => n).filter((n) => (n % customers) % lanes === lane);
    for (let i = 0; i < mine.length; i += BATCH) {
      const batch = mine.slice(i, i + BATCH);
      await log.append(batch.flatMap((n) => loggedTurn(n, customers)));
      progress((done += batch.length));
    }
  }));
}

if (process.argv[1] === import.meta.filename) {
  const [, , url = '', turns = '5000', customers = '200'] = process.argv;
  const { log, close } = await openLog(url);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await load(log, Number(turns), Number(customers), (done) => console.log(done));
  const [ms, used] = [performance.now() - began, process.cpuUsage(cpu)];
  console.log(`${Math.round((Number(turns) / ms) * 1000)} turns/s, ${((used.user + used.system) / 1000 / Number(turns)).toFixed(2)} ms of this process a turn`);
  await close();
}
