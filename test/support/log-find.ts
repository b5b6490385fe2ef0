/**
 * A log of many conversations, and how long it takes to find some of them again:
 *   node test/support/log-find.ts load <postgresql://… | mongodb://…> [entries]
 *   node test/support/log-find.ts find <postgresql://… | mongodb://…> [rounds]
 * Loading needs a migrated database that holds no log yet. Finding prints, by kind of word, the 50th and 95th
 * percentile of one page of twenty conversations in milliseconds.
 */
import mongoose from 'mongoose';
import { composeTurn } from '../../src/chatlog/compose.ts';
import type { ConversationQuery, LogAppend, LogSearch } from '../../src/chatlog/record.ts';
import { conversationDay } from '../../src/model/conversation-day.ts';
import { DAY, MINUTE } from '../../src/model/time.ts';
import { dateOf, kept } from '../../src/storage/log-entry.ts';
import type { Mongo } from '../../src/storage/mongo/connect.ts';
import { bucketsOf, indexOf, prepareDocuments } from '../../src/storage/mongo/documents.ts';
import { partsOf } from '../../src/storage/mongo/log-index.ts';
import { mongoLogSearch } from '../../src/storage/mongo/log-search.ts';
import { postgresChatLog } from '../../src/storage/postgres/chat-log.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import { postgresLogSearch } from '../../src/storage/postgres/log-search.ts';
import { customer } from './log-load.ts';

const BEGIN = 1_764_000_000_000;
const YEAR = 365 * DAY;
const TURNS = 7;

const MENUS = ['カット', 'カラー', 'パーマ', 'カット＋カラー', 'ヘッドスパ', 'トリートメント', '前髪カット', '縮毛矯正', '着付け', '眉カット'];
const PEOPLE = ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '山本', '中村', '小林', '加藤', '吉田', '山田', '佐々木', '山口', '松本', '井上', '木村', '林', '斎藤', '清水', '長谷川', '阿部', '森', '池田', '橋本', '石川', '小川', '前田', '藤田', '岡田'];
const WORDS = ['駐車場はありますか？', '子供と一緒でも大丈夫ですか', '雨が降りそうですね', '少し遅れます、すみません', '領収書をお願いできますか', '結婚式の前日なんです', 'クーポンは使えますか', '白髪が気になっていて', 'アレルギーがあるのですが', '前回と同じ感じで', '車椅子で行けますか', 'ねこを連れて行ってもいい？', 'ポイントカードを忘れました', 'ドタキャンしてごめんなさい'];

/** Numbers that are the same every time and look like chance. */
function chance(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 12_345;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state % below;
  };
}

/** One conversation: asking, wishing, correcting, a question, booking; and in one of ten something was not understood. */
function talked(n: number, conversations: number, customers: number): LogAppend[] {
  const any = chance(n + 1);
  const pick = <T>(from: readonly T[]): T => from[any(from.length)]!;
  const userId = customer(any(customers));
  const storeId = customer(900_000 + any(20));
  const began = BEGIN + Math.floor((n / conversations) * YEAR) + any(60) * 1_000;
  const [menu, person, hour, date] = [pick(MENUS), pick(PEOPLE), 10 + any(9), `${1 + any(12)}月${1 + any(28)}日`];
  const miss = any(10) === 0;
  const lines: [heard: string, said: string, act: string][] = [
    ['明日空いてる？', `明日は${hour}:00〜${hour + 2}:00が空いています。予約しますか？\n[はい] [いいえ]`, 'open'],
    [`${date}の${hour}時に${menu}でお願いします`, `${date}（土）${hour}:00からの${menu}ですね。担当のご希望はありますか？\n[指名なし] [${person}] [${pick(PEOPLE)}]`, 'ask_staff'],
    [`${person}さんで`, `${date}（土）${hour}:00、${menu}、担当 ${person}でよろしいでしょうか？\n[はい] [日時を変える] [メニューを変える]`, 'confirm'],
    [pick(WORDS), miss ? '申し訳ありません、うまく読み取れませんでした。「明日の15時」のようにお書きください。' : 'ご質問ありがとうございます。お店からご案内いたします。', miss ? 'miss' : 'info'],
    [`${pick(PEOPLE)}${pick(PEOPLE)}です。090${10_000_000 + any(89_999_999)}`, 'ありがとうございます。', 'noted'],
    ['はい', `ご予約を承りました。\n${date}（土）${hour}:00\n${menu}\n担当 ${person}`, 'booked'],
    [any(400) === 0 ? `合言葉${n.toString(36)}` : 'ありがとう！', 'ご来店をお待ちしております。', 'thanked'],
  ];
  return lines.flatMap(([heard, said, act], i) => {
    const [id, timestamp] = [`f${n}-${i}`, began + i * MINUTE];
    return composeTurn({
      userId, account: 'default',
      events: [{ id, timestamp, raw: { type: 'message', webhookEventId: id, timestamp, message: { id: `m-${id}`, type: 'text', text: heard } }, heard: { text: heard, intent: 'book', when: [], evidence: [] } }],
      said: [{ type: 'text', text: said }],
      delivery: { way: 'reply', status: any(300) === 0 ? 'failed' : 'sent', at: timestamp + 120 },
      record: { talkBefore: { v: 1, goal: 'book', known: { storeId } }, talkAfter: { v: 1, goal: 'book', known: { storeId } }, acts: [{ say: act }], effects: [], now: timestamp + 100, storeId, durations: { understand: 0.1 }, build: 'load' },
    });
  });
}

type Store = { search: LogSearch; append(entries: LogAppend[]): Promise<void>; loaded(): Promise<void>; close(): Promise<void> };

/** A stand-in collects its garbage longer than the app would wait. */
async function patient(url: string): Promise<Mongo> {
  const connection = await mongoose.createConnection(url, { autoIndex: false, autoCreate: false, connectTimeoutMS: 120_000, socketTimeoutMS: 120_000, serverSelectionTimeoutMS: 120_000 }).asPromise();
  await prepareDocuments(connection);
  return { connection, state: () => 'up', why: () => null, whenUp: (doing) => doing(), soon: (doing) => doing(), close: () => connection.close() };
}

async function open(url: string): Promise<Store> {
  if (url.startsWith('mongodb')) {
    const mongo = await patient(url);
    const [buckets, index] = [bucketsOf(mongo.connection), indexOf(mongo.connection)];
    let bucket = 0;
    return {
      search: mongoLogSearch(mongo),
      // Whole buckets, a batch a customer: a stand-in that reads every bucket for a push would take days.
      append: async (entries) => {
        const batches = Map.groupBy(entries, ({ userId }) => userId);
        await buckets.collection.insertMany([...batches].map(([userId, all]) => {
          const logs = all.map(({ entry }) => kept(entry, dateOf));
          return { user_id: userId, channel: 'LINE', bucket: bucket++, count: logs.length, bytes: 0, logs, first_at: logs[0]!.timestamp, last_at: logs.at(-1)!.timestamp, indexed: true };
        }));
        await index.bulkWrite(partsOf(entries).map(({ _id, user_id, day, began, ...all }) => ({ updateOne: {
          filter: { _id }, upsert: true,
          update: { $setOnInsert: { user_id, day, began, gathered: true, v: 1 }, $addToSet: Object.fromEntries(Object.entries(all).map(([key, them]) => [key, { $each: them }])) },
        } })));
      },
      loaded: async () => {},
      close: () => mongo.close(),
    };
  }
  const postgres = await connect(url, { max: 4 });
  const log = postgresChatLog(postgres.pool);
  return {
    search: postgresLogSearch(postgres.pool), append: (entries) => log.append(entries),
    loaded: async () => void (await postgres.pool.query('VACUUM ANALYZE')), close: () => postgres.close(),
  };
}

async function load(url: string, entries: number): Promise<void> {
  const store = await open(url);
  const conversations = Math.ceil(entries / TURNS / 2);
  const began = performance.now();
  for (let n = 0; n < conversations; n += 20) {
    await store.append(Array.from({ length: Math.min(20, conversations - n) }, (_, i) => talked(n + i, conversations, Math.ceil(conversations / 4))).flat());
    if (n % 2_000 === 0) console.log(`${n * TURNS * 2} entries, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  await store.loaded();
  console.log(`${conversations * TURNS * 2} entries in ${conversations} conversations, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await store.close();
}

const KINDS: readonly { kind: string; query(any: (below: number) => number): Partial<ConversationQuery> }[] = [
  { kind: 'no word', query: () => ({}) },
  { kind: 'in every conversation', query: (any) => ({ words: [['明日', '予約', 'お願いします', 'ありがとう'][any(4)]!] }) },
  { kind: 'in some', query: (any) => ({ words: [[...MENUS, ...WORDS.map((w) => w.slice(0, 2 + any(6)))][any(MENUS.length + WORDS.length)]!] }) },
  { kind: 'two names', query: (any) => ({ words: [`${PEOPLE[any(30)]}${PEOPLE[any(30)]}です`] }) },
  { kind: 'a phone number', query: (any) => ({ words: [`090${10_000_000 + any(89_999_999)}`.slice(0, 8)] }) },
  { kind: 'said by few', query: (any) => ({ words: [`合言葉${any(9)}`] }) },
  { kind: 'nowhere', query: (any) => ({ words: [['の予約を約束', 'はいいいえ', '明後日の昨日', 'ブロッコリー'][any(4)]!] }) },
  { kind: 'one kanji', query: (any) => ({ words: [['髪', '雨', '車', '駐'][any(4)]!] }) },
  { kind: 'two words', query: (any) => ({ words: [PEOPLE[any(30)]!, MENUS[any(10)]!] }) },
  { kind: 'word, shop and what', query: (any) => ({ words: [PEOPLE[any(30)]!], storeIds: [customer(900_000 + any(20))], acts: ['miss'] }) },
  { kind: 'missed in a month', query: (any) => { const from = BEGIN + any(11) * 30 * DAY; return { acts: ['miss'], from: conversationDay(from), to: conversationDay(from + 30 * DAY) }; } },
];

async function find(url: string, rounds: number): Promise<void> {
  const store = await open(url);
  const any = chance(7);
  const at = (sorted: number[], share: number): string => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  const all: number[] = [];
  for (const { kind, query } of KINDS) {
    const took: number[] = [];
    let found = 0;
    for (let i = 0; i < rounds; i++) {
      const asked = { limit: 20, ...query(any) };
      const began = performance.now();
      found += (await store.search.conversations(asked)).length;
      took.push(performance.now() - began);
    }
    all.push(...took);
    took.sort((a, b) => a - b);
    console.log(`${kind.padEnd(24)} p50 ${at(took, 0.5).padStart(7)}  p95 ${at(took, 0.95).padStart(7)}   ${(found / rounds).toFixed(1)} found`);
  }
  all.sort((a, b) => a - b);
  console.log(`${'all'.padEnd(24)} p50 ${at(all, 0.5).padStart(7)}  p95 ${at(all, 0.95).padStart(7)}`);
  await store.close();
}

const [, , verb, url = '', number] = process.argv;
if (verb === 'load') await load(url, Number(number ?? 1_000_000));
else await find(url, Number(number ?? 20));
