/** Two accounts in one process: each answers for its own shops, and neither shows what a customer has at the other. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../src/config.ts';
import { idMaker } from '../src/ids.ts';
import { openHouse } from '../src/main.ts';
import type { House } from '../src/main.ts';
import { createSimulator } from '../src/simulator/simulator.ts';
import type { Simulator } from '../src/simulator/simulator.ts';
import type { SimulatedUser } from '../src/simulator/simulated-user.ts';
import { connect } from '../src/storage/postgres/client.ts';
import type { Postgres } from '../src/storage/postgres/client.ts';
import { importShops } from '../src/storage/postgres/import.ts';
import { freshDatabase } from './support/servers.ts';
import type { Fresh } from './support/servers.ts';
import { exampleShop } from './support/shops.ts';
import { bodyOf, textEvent } from './support/shop-on-line.ts';

const SECRETS = { default: '0123456789abcdef0123456789abcdef', dental: 'fedcba9876543210fedcba9876543210', before: '00000000000000000000000000000000' };
const NOW = Date.parse('2026-11-24T10:00:00+09:00');

let dir: string;
let database: Fresh;
let db: Postgres;
let simulator: Simulator;
let house: House | undefined;
let person = 0;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'aiteru-channels-'));
  database = await freshDatabase();
  db = await connect(database.url, { max: 3 });
  await importShops(db, [exampleShop('salon'), exampleShop('clinic')], NOW, idMaker(Date.now, randomBytes));
  // One clock for LINE and the house.
  const clock = { now: () => house?.clock.now() ?? NOW, advance: () => undefined, set: () => undefined };
  const channel = (name: 'default' | 'dental', channelId: string) => ({ name, channelId, channelSecret: SECRETS[name], accessToken: `long-lived-${name}`, webhookUrl: 'http://127.0.0.1:9/' });
  simulator = createSimulator({ clock, channels: [channel('default', '1001'), channel('dental', '1002')] });
  const lineUrl = await simulator.listen(0);
  const file = path.join(dir, 'channels.yml');
  writeFileSync(file, `- name: dental\n  id: "1002"\n  secret: ${SECRETS.dental}\n  previousSecret: "${SECRETS.before}"\n  stores: [こもれび歯科クリニック]\n`);
  const { settings, mistakes } = readSettings({
    PORT: '0', SIMULATOR_PORT: '0', LOG_LEVEL: 'silent', DATABASE_POOL: '6', LINE_API_BASE_URL: lineUrl, LINE_CHANNELS_FILE: file, LINE_CHANNEL_ID: '1001', LINE_CHANNEL_SECRET: SECRETS.default,
  }, { cwd: dir });
  if (!settings) throw new Error(mistakes.join('\n'));
  house = await openHouse({ settings, databaseUrl: database.url, redisUrl: null, mongoUrl: null, simulator: false });
  house.clock.set(NOW);
  for (const { name, settings: line } of simulator.platform.channels) line.webhookUrl = `http://127.0.0.1:${house!.port}/webhook${name === 'default' ? '' : `/${name}`}`;
});
afterAll(async () => {
  await house?.close();
  await simulator.close();
  await db.close();
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

/** The same person in the chats of both accounts: LINE gives one id to the accounts of one provider. */
let atSalon: SimulatedUser;
let atClinic: SimulatedUser;
beforeEach(() => {
  const name = `客${++person}`;
  atSalon = simulator.user(name, { channel: 'default' });
  atClinic = simulator.user(name, { channel: 'dental' });
});
const text = (said: { text: string }[]): string => said.map((m) => m.text).join('\n');
/** Days on which both shops are open, one for each test: the chairs are few. */
const DAYS = ['12月2日', '12月3日', '12月4日'];
async function bookCut(day: string): Promise<string> {
  await atSalon.say(`${day}の15時に田中さんでカットお願いします`);
  expect(text(await atSalon.say('はい'))).toContain('ご予約が確定しました');
  const { rows: [row] } = await db.pool.query<{ id: string }>(`SELECT r.id FROM reservations r JOIN users u ON u.id = r.user_id WHERE u.line_id = $1 AND r.status = 'confirmed' ORDER BY r.created_at DESC LIMIT 1`, [atSalon.id]);
  return row!.id;
}

describe('each account', () => {
  test('answers for its own shops and asks for none', async () => {
    expect(text(await atSalon.say('住所を教えてください'))).toContain('さくら町');
    expect(text(await atClinic.say('住所を教えてください'))).toContain('みどり台');
    expect(text(await atClinic.say('カットはいくらですか？'))).not.toContain('4,400');
  });

  test('takes only webhooks signed by its own secrets, the one before included', async () => {
    const post = async (at: string, secret: string): Promise<number> => {
      const body = bodyOf(textEvent(`U${randomBytes(16).toString('hex')}`, 'こんにちは', { mode: 'standby' }));
      const answer = await fetch(`http://127.0.0.1:${house!.port}${at}`, { method: 'POST', body, headers: { 'x-line-signature': createHmac('sha256', secret).update(body).digest('base64') } });
      return answer.status;
    };
    expect(await post('/webhook/dental', SECRETS.dental)).toBe(200);
    expect(await post('/webhook/dental', SECRETS.before)).toBe(200);
    expect(await post('/webhook/dental', SECRETS.default)).toBe(401);
    expect(await post('/webhook', SECRETS.dental)).toBe(401);
    expect(await post('/webhook', SECRETS.before)).toBe(401);
  });

  test('fetches its own short-lived token, and another when LINE refuses that one: for replies and for pushes', async () => {
    await Promise.all([atSalon.say('住所を教えて'), atClinic.say('住所を教えて')]);
    const issued = () => simulator.platform.calls.filter((c) => c.endpoint === 'token').length;
    const before = issued();
    for (const channel of simulator.platform.channels) channel.revoke();
    expect(text(await atClinic.say('電話番号は？'))).toContain('03-0000-5678');
    for (const channel of simulator.platform.channels) channel.revoke();
    // Without a reply token the answer is a push.
    const dental = simulator.platform.channel('dental')!;
    await simulator.platform.deliver(dental, [simulator.platform.eventOf(dental, atClinic.id, { type: 'message', message: { id: '7', type: 'text', text: '電話番号は？' } }, false)]);
    expect(text(await atClinic.hears())).toContain('03-0000-5678');
    expect(issued()).toBe(before + 2);
    expect(simulator.platform.calls.filter((c) => c.endpoint === 'push').at(-1)).toMatchObject({ status: 200, channel: 'dental' });
  });
});

describe('a customer of both', () => {
  test('sees, cancels and moves at one account only what he has there', async () => {
    await bookCut(DAYS[0]!);
    for (const ask of ['予約の確認', '予約をキャンセルしたい', '予約を16時に変更したい', '予約はいつですか']) {
      const said = text(await atClinic.say(ask));
      expect(said).not.toMatch(/カット|田中|みなも|15:00/);
      expect(said).toMatch(/ご予約は(ありません|見つかりませんでした)/);
    }
    expect(text(await atSalon.say('予約の確認'))).toContain('カット');
  });

  test('is not told at one where he is at the other, though he cannot be at both', async () => {
    const day = DAYS[1]!;
    await bookCut(day);
    await atClinic.say(`${day}の15時に検診、鈴木先生でお願いします`);
    const said = text(await atClinic.say('はい'));
    expect(said).toContain('すでに別のご予約があります');
    expect(said).not.toMatch(/カット|田中|みなも/);
  });

  test('cannot reach a visit of the other account by a forged button', async () => {
    const id = await bookCut(DAYS[2]!);
    await atClinic.say('予約の確認');
    // A button of the salon's chat, as it is, and as if the clinic had shown it.
    const { data } = (await db.pool.query<{ data: string }>(
      `SELECT substring(entry::text FROM '1\\.[0-9]+\\.[a-z0-9]+\\.cancel\\.[0-9a-f-]{36}') AS data FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 AND entry::text LIKE '%.cancel.${id}%' LIMIT 1`, [atSalon.id])).rows[0]!;
    for (const forged of [data, data.replace('.cancel.', '.move.'), data.replace('.cancel.', '.visit.'), data.replace('.cancel.', '.entry.')]) {
      expect(text(await atClinic.postback(forged))).not.toMatch(/カット|田中|みなも/);
      await atClinic.say('はい');
    }
    const { rows: [row] } = await db.pool.query('SELECT status FROM reservations WHERE id = $1', [id]);
    expect(row).toEqual({ status: 'confirmed' });
  });

  test('waits at one account unknown to the other', async () => {
    await atSalon.say('住所は？');
    const { rows: [me] } = await db.pool.query<{ id: string }>('SELECT id FROM users WHERE line_id = $1', [atSalon.id]);
    await db.pool.query(
      `INSERT INTO waitlist_entries (user_id, store_id, menu_id, menu_ids, wanted_from, wanted_until, status)
       SELECT $1, s.id, m.id, ARRAY[m.id], '2026-12-09T10:00+09', '2026-12-10T10:00+09', 'waiting' FROM stores s JOIN menus m ON m.store_id = s.id AND m.name = 'カット'`, [me!.id]);
    expect(text(await atSalon.say('キャンセル待ちの確認'))).toContain('カット');
    expect(text(await atClinic.say('キャンセル待ちの確認'))).not.toContain('カット');
    expect(text(await atClinic.say('キャンセル待ちをやめます'))).toMatch(/登録はありません/);
    expect((await db.pool.query(`SELECT 1 FROM waitlist_entries WHERE user_id = $1 AND status = 'waiting'`, [me!.id])).rowCount).toBe(1);
  });

  test('has a conversation of his own with each, and a log that says with which', async () => {
    await atSalon.say('明日空いてますか？');
    await atClinic.say('検診をお願いします');
    expect(text(await atSalon.say('明後日は？'))).not.toContain('検診');
    const logged = async () => (await db.pool.query<{ account: string; message: string }>(
      `SELECT entry->>'account' AS account, entry->>'message' AS message FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 AND entry->>'role' = 'user' ORDER BY seq`, [atSalon.id])).rows;
    // An entry is delivered after the answer.
    let rows = await logged();
    while (rows.length < 3) rows = await logged();
    expect(rows.map((r) => [r.account, r.message])).toEqual([['default', '明日空いてますか？'], ['dental', '検診をお願いします'], ['default', '明後日は？']]);
  });
});
