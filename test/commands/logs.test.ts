import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { composeSaid, composeTurn } from '../../src/chatlog/compose.ts';
import type { LogAppend } from '../../src/chatlog/record.ts';
import { askedOf, collected } from '../../src/commands/logs/collect.ts';
import type { Filters } from '../../src/commands/logs/collect.ts';
import type { Record } from '../../src/commands/logs/record.ts';
import { MINUTE, fromLocal } from '../../src/model/time.ts';
import { layeredLog, layeredSearch } from '../../src/storage/layered-log.ts';
import { memoryShopsKept } from '../../src/storage/memory/shops-kept.ts';
import { mongoChatLog } from '../../src/storage/mongo/chat-log.ts';
import { connectMongo } from '../../src/storage/mongo/connect.ts';
import { prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { mongoLogSearch } from '../../src/storage/mongo/log-search.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { postgresLogSearch } from '../../src/storage/postgres/log-search.ts';
import { postgresPeople } from '../../src/storage/postgres/people.ts';
import { plantStore, salon } from '../support/salon.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase, freshMongo } from '../support/servers.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SALON = salon();
const [HANAKO, NEKO] = [randomUUID(), randomUUID()];
const BEGAN = fromLocal('2026-11-24T10:00');
const visit = { id: randomUUID(), userId: HANAKO, storeId: SALON.store.id, staffId: SALON.sato.id, menuIds: [SALON.cut.id], start: fromLocal('2026-11-28T15:00'), end: fromLocal('2026-11-28T16:00'), status: 'confirmed', nominated: true };

/** A turn: what was written, what was said to it, the act, and how it left. */
const turn = (userId: string, minute: number, text: string, said: string, act: { say: string }, over: { status?: 'sent' | 'failed'; effects?: { effect: unknown; answer: unknown }[] } = {}): LogAppend[] => {
  const timestamp = BEGAN + minute * MINUTE;
  const id = randomUUID();
  return composeTurn({
    userId, account: 'default',
    events: [{ id, timestamp, raw: { type: 'message', webhookEventId: id, message: { id: `m-${id}`, type: 'text', text } }, heard: { text, intent: 'book', when: [{ dates: ['2026-11-28'], time: null }], menus: null, topics: [], assumed: [{ part: 'date', why: 'nearest_weekday', words: '土曜' }], refuse: null, evidence: [{ part: 'date', words: '土曜', from: 0, to: 2 }], then: [] } }],
    said: [{ type: 'text', text: said }], delivery: { way: 'reply', status: over.status ?? 'sent', at: timestamp + 300 },
    record: { talkBefore: null, talkAfter: null, acts: [act], effects: over.effects ?? [], now: timestamp, storeId: SALON.store.id, durations: { understand: 0.2, decide: 1.5 }, build: 'b1' },
  });
};
const booked = { say: 'booked', visit };
const LOG: LogAppend[] = [
  ...turn(HANAKO, 0, '土曜にカット', '15:00が空いています。', { say: 'ask_name' }),
  ...turn(HANAKO, 1, '山田です', 'ご予約が確定しました。', booked, { effects: [{ effect: { do: 'book', visit: { storeId: SALON.store.id, menuIds: [SALON.cut.id], staffId: SALON.sato.id }, start: visit.start, notes: null }, answer: { to: 'book', done: visit } }] }),
  composeSaid({ userId: HANAKO, id: randomUUID(), timestamp: BEGAN + 5 * MINUTE, by: 'job', said: [{ type: 'text', text: '明日のご来店をお待ちしています。' }], acts: [], storeId: SALON.store.id }),
  composeSaid({ userId: HANAKO, id: randomUUID(), timestamp: BEGAN + 6 * MINUTE, by: 'staff', said: [{ type: 'text', text: '駐車場は裏です。' }], acts: [], storeId: SALON.store.id }),
  ...turn(NEKO, 60 * 24, '\u001b[2J\u202e消えろ', '申し訳ありません。', { say: 'miss', nth: 1, about: 'menu', storeId: null } as { say: string }, { status: 'failed' }),
];

type Ran = { code: number | null; out: string; err: string };
type House = { environment: { [name: string]: string }; record: Record; close(): Promise<void> };

const aiteru = (environment: { [name: string]: string }, ...words: string[]): Promise<Ran> => new Promise((resolve) => {
  const child = spawn(path.join(ROOT, 'node_modules/.bin/node'), ['src/commands/cli.ts', 'logs', ...words], { cwd: ROOT, env: { ...process.env, LOG_LEVEL: 'silent', FORCE_COLOR: undefined, ...environment } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += String(data)));
  child.stderr.on('data', (data) => (said.err += String(data)));
  // Days of another year than this are told with it.
  child.on('close', (code) => resolve({ code, out: said.out.replaceAll('2026/11/', '11/'), err: said.err }));
});

async function customersIn(url: string): Promise<Pool> {
  const pool = poolAt(url);
  await plantStore(pool, SALON.store);
  for (const [id, name, line] of [[HANAKO, '山田 花子', 'Uhanako'], [NEKO, 'ねこ', 'Uneko']]) await pool.query('INSERT INTO users (id, name, line_id) VALUES ($1, $2, $3)', [id, name, line]);
  return pool;
}

const shared = (pool: Pool) => ({ people: postgresPeople(pool), stores: [SALON.store], shopsAt: async () => [SALON.store], shopsOf: async () => [SALON.store], shopsKept: memoryShopsKept() });

async function onPostgres(): Promise<House> {
  const { url, drop } = await freshDatabase();
  const pool = await customersIn(url);
  await postgresChatLog(pool).append(LOG);
  await pool.query(`INSERT INTO chat_log_entries (id, user_id, channel, at, entry) VALUES ('half', $1, 'LINE', $2, '{"role": "user", "turn": {"acts": "?"}}')`, [NEKO, new Date(BEGAN + 60 * 25 * MINUTE)]);
  const record = { ...shared(pool), log: postgresChatLog(pool), search: postgresLogSearch(pool) };
  return { environment: { DATABASE_URL: url, MONGODB_URL: '' }, record, close: async () => {
    await pool.end();
    await drop();
  } };
}

/** Half of it still lies in PostgreSQL. */
async function onMongo(): Promise<House> {
  const [postgres, mongo] = [await freshDatabase(), await freshMongo()];
  const pool = await customersIn(postgres.url);
  const connected = await connectMongo(mongo.url, prepareDocuments, { patienceMs: 30_000 });
  await postgresChatLog(pool).append(LOG.filter(({ userId }) => userId === HANAKO));
  await mongoChatLog(connected).append(LOG.filter(({ userId }) => userId === NEKO));
  await connected.connection.collection('chat_logs').insertOne({ user_id: NEKO, channel: 'LINE', logs: [{ timestamp: new Date(BEGAN + 60 * 25 * MINUTE), role: 'user', turn: { acts: '?' } }] });
  const record = { ...shared(pool), log: layeredLog(mongoChatLog(connected), postgresChatLog(pool)), search: layeredSearch(mongoLogSearch(connected), postgresLogSearch(pool)) };
  return { environment: { DATABASE_URL: postgres.url, MONGODB_URL: mongo.url }, record, close: async () => {
    await connected.close();
    await pool.end();
    await Promise.all([postgres.drop(), mongo.drop()]);
  } };
}

for (const [name, open] of [['documents in PostgreSQL', onPostgres], ['MongoDB, with older ones still in PostgreSQL', onMongo]] as const) {
  describe(`logs over ${name}`, () => {
    let house: House;
    beforeAll(async () => {
      house = await open();
    });
    afterAll(() => house.close());
    const logs = (...words: string[]) => aiteru(house.environment, ...words);

    test('a line a conversation, the newest first, says what happened', async () => {
      const { code, out } = await logs();
      const lines = out.trimEnd().split('\n');
      expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 2 });
      expect(lines[0]).toMatch(/11\/25\(水\) 10:00 {2}ねこ .*聞き返し1回、届かず1通/);
      expect(lines[1]).toBe('11/24(火) 10:00  山田 花子  2通  「土曜にカット」 → 予約 11/28(土) 15:00 カット 佐藤');
      expect(out).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
    });

    test.each<[Filters & { limit?: number }, string[]]>([
      [{ find: '駐車場' }, ['山田 花子']], [{ find: 'ｶｯﾄ 駐車場' }, ['山田 花子']], [{ find: '駐車場', what: 'missed' }, []],
      [{ what: 'booked' }, ['山田 花子']], [{ what: 'missed' }, ['ねこ']], [{ what: 'failed' }, ['ねこ']], [{ what: 'handoff' }, []],
      [{ shop: SALON.store.name.slice(0, 2) }, ['ねこ', '山田 花子']], [{ from: '2026-11-25' }, ['ねこ']], [{ to: '2026-11-24' }, ['山田 花子']],
      [{ from: '2026-11-24T10:05', to: '2026-11-24T10:06' }, ['山田 花子']], [{ from: '2026-11-24T10:08', to: '2026-11-24T23:00' }, []], [{ limit: 1 }, ['ねこ']],
    ])('%j', async (filters, names) => {
      const { limit = 20, ...asked } = filters;
      const { found } = await collected(house.record, askedOf(asked, null, house.record, fromLocal('2026-11-27T09:00')), limit);
      expect(found.map((it) => it.person?.name)).toEqual(names);
    });

    test('what is looked for is shown where it was said, and by whom', async () => {
      const { found } = await collected(house.record, askedOf({ find: '裏です' }, null, house.record, fromLocal('2026-11-27T09:00')), 20);
      expect(found.map((it) => it.hit)).toEqual([{ by: 'staff', line: '駐車場は裏です。' }]);
    });

    test('one customer’s conversation is a chat, and beside it what the bot made of it', async () => {
      const { code, out } = await logs('--user', '花子');
      expect(code).toBe(0);
      for (const words of [
        '11/24(火) 山田 花子', 'Uhanako', 'お客様    土曜にカット', '日時 2026-11-28 (土)「土曜」', '日付 一番近い曜日「土曜」', 'お名前を聞く', '予約する 11/28(土) 15:00 カット 佐藤 → 成立',
        'ボット    ご予約が確定しました。', '返信 送信済み 0.3秒後 · 理解 0.2 判断 1.5 ミリ秒 · 版 b1', 'お知らせ  明日のご来店', 'お店の人  駐車場は裏です。',
      ]) expect(out).toContain(words);
      expect(out.indexOf('土曜にカット')).toBeLessThan(out.indexOf('駐車場は裏です。'));
    });

    test('a terminal is not fooled, and of a half-written entry is shown what there is', async () => {
      const { code, out } = await logs('--user', 'ねこ');
      expect(code).toBe(0);
      expect(out).toContain('\\u001b[2J\\u202e消えろ');
      expect(out).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
      expect(out).toContain('お客様    （記録なし）');
      expect(out).toContain('残っていない部分');
    });

    test('for programs: the entries as the record has them', async () => {
      const { out } = await logs('--user', HANAKO, '--json');
      const [conversation] = JSON.parse(out) as [{ day: string; outcome: string[]; entries: { role: string; message: string; timestamp: string }[] }];
      expect(conversation).toMatchObject({ day: '2026-11-24', outcome: ['予約 11/28(土) 15:00 カット 佐藤'] });
      expect(conversation.entries.map(({ role, timestamp }) => [role, timestamp.slice(11, 16)])).toEqual([['user', '01:00'], ['system', '01:00'], ['user', '01:01'], ['system', '01:01'], ['system', '01:05'], ['staff', '01:06']]);
    });

    if (open === onPostgres) test('who or what is not there is said in a sentence', async () => {
      expect(await logs('--user', '山田花代')).toEqual({ code: 1, out: '', err: 'No customer goes by “山田花代”, neither as id, LINE id, phone number nor name. Did you mean “山田 花子”?\n' });
      expect(await logs('--shop', 'まちがい')).toMatchObject({ code: 1, err: expect.stringContaining('No shop is called “まちがい”') });
      expect(await logs('--from', '2026-02-30')).toMatchObject({ code: 1, err: expect.stringContaining('expected a day such as') });
      expect(await logs('--what', 'sung')).toMatchObject({ code: 2 });
      expect(await logs('--find', 'だれも言わない')).toMatchObject({ code: 0, out: '当てはまる会話はありません。\n' });
    });
  });
}

test('a log that is away is said to be, with exit code 2', async () => {
  const nobody = 'mongodb://127.0.0.1:9/aiteru';
  expect(await aiteru({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/x', MONGODB_URL: '' })).toMatchObject({ code: 2, err: expect.stringMatching(/^The chat log cannot be read: DATABASE_URL: PostgreSQL cannot be reached/) });
  const { url, drop } = await freshDatabase();
  expect(await aiteru({ DATABASE_URL: url, MONGODB_URL: nobody })).toMatchObject({ code: 2, err: expect.stringMatching(/^The chat log cannot be read: MONGODB_URL/) });
  await drop();
});
