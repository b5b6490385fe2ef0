/** The seven promises of docs/architecture.md, each held on real stores over HTTP through the SDK. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { doorTo } from './support/door.ts';
import { bodyOf, shopOnLine, textEvent } from './support/shop-on-line.ts';
import type { ShopOnLine } from './support/shop-on-line.ts';

const someone = (): string => `U${randomBytes(16).toString('hex')}`;
type Logged = { role: string; message: string; eventId?: string; delivery?: { status: string; way: string } };

let shop: ShopOnLine;
beforeAll(async () => {
  shop = await shopOnLine({ processes: 2 });
});
let shut = async (): Promise<void> => undefined;
afterAll(async () => {
  await shop.close();
  await shut();
});

const logOf = async (lineId: string): Promise<Logged[]> =>
  (await shop.sql.query<{ entry: Logged }>('SELECT e.entry FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 ORDER BY e.seq', [lineId])).rows.map((r) => r.entry);
const logged = (lineId: string, n: number) =>
  shop.until('SELECT 1 FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 HAVING count(*) >= $2', [lineId, n]);
const kept = async (eventIds: string[]): Promise<number> =>
  (await shop.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM inbox_seen WHERE webhook_event_id = ANY ($1)', [eventIds])).rows[0]!.n;

describe('what comes in', () => {
  test('a message becomes an answer from the calendar and both lines of the log', async () => {
    const customer = shop.simulator.user('青木');
    const [answer] = await customer.say('あさっての午後、カットお願いできますか');
    expect(answer!.text).toMatch(/\d{1,2}:\d{2}|空/);
    await logged(customer.id, 2);
    const [heard, said] = await logOf(customer.id);
    expect(heard).toMatchObject({ role: 'user', message: 'あさっての午後、カットお願いできますか' });
    expect(said).toMatchObject({ role: 'system', delivery: { status: 'sent', way: 'reply' } });
  });

  test('a wrong or missing signature is 401 and nothing is kept', async () => {
    const event = textEvent(someone(), '予約したい', { webhookEventId: 'forged-1' });
    expect(await shop.post(bodyOf(event), { signature: 'AAAA' })).toBe(401);
    expect(await shop.post(bodyOf(event), { signature: '' })).toBe(401);
    expect(await kept(['forged-1'])).toBe(0);
  });

  test('broken JSON is 400, a body over 1 MB is 413, an unknown channel 404, no events 200', async () => {
    expect(await shop.post('{"events":[')).toBe(400);
    expect(await shop.post('"hello"')).toBe(400);
    expect(await shop.post(`{"events":[],"x":"${'a'.repeat(1_100_000)}"}`)).toBe(413);
    expect(await shop.post(bodyOf(), { path: '/webhook/nobody' })).toBe(404);
    expect(await shop.post(bodyOf())).toBe(200);
  });

  test('many events of many customers in one body are each answered', async () => {
    const people = [someone(), someone(), someone()];
    expect(await shop.post(bodyOf(...people.map((p) => textEvent(p, '営業時間を教えてください'))))).toBe(200);
    for (const person of people) await logged(person, 2);
  });

  test('unknown kinds of events and messages, groups and people without an id are kept and passed over', async () => {
    const person = someone();
    const events = [
      textEvent(person, '', { type: 'membership', webhookEventId: 'odd-1' }),
      textEvent(person, '', { message: { id: '1', type: 'hologram' }, webhookEventId: 'odd-2' }),
      textEvent('', 'だれでしょう', { source: { type: 'user' }, webhookEventId: 'odd-3' }),
      textEvent(person, 'グループです', { source: { type: 'group', groupId: 'C1', userId: person }, webhookEventId: 'odd-4' }),
      textEvent(person, '住所はどこですか', { webhookEventId: 'odd-5' }),
    ];
    expect(await shop.post(bodyOf(...events))).toBe(200);
    await shop.until("SELECT 1 FROM inbox_aside WHERE webhook_event_id = 'odd-3'");
    await logged(person, 5);
    expect((await logOf(person)).filter((e) => e.role === 'system')).toHaveLength(1);
    expect(await kept(['odd-1', 'odd-2', 'odd-3', 'odd-4', 'odd-5'])).toBe(5);
    // Nobody needs to be woken for an event that has no person.
    expect(await (await fetch(`http://127.0.0.1:${shop.houses[0]!.port}/metrics`)).text()).toContain('aiteru_inbox_dead 0\n');
  });

  test('in standby mode it is logged and nothing is sent', async () => {
    const person = someone();
    await shop.post(bodyOf(textEvent(person, '予約したい', { mode: 'standby', replyToken: undefined })));
    await logged(person, 1);
    expect(await logOf(person)).toHaveLength(1);
  });

  test('what was unsent is nowhere to be read any more', async () => {
    const customer = shop.simulator.user('取り消し');
    await customer.say('電話番号は090-9999-8888です、秘密ですよ');
    await logged(customer.id, 2);
    await customer.unsend();
    const id = await shop.until<{ id: string }>("SELECT id FROM users WHERE line_id = $1", [customer.id]);
    await shop.until("SELECT 1 WHERE NOT EXISTS (SELECT FROM chat_log_entries WHERE user_id = $1 AND entry::text LIKE '%秘密ですよ%')", [id.id]);
  });

  test('a friend is greeted, one who blocked us is remembered', async () => {
    const customer = shop.simulator.user('友だち');
    const [greeting] = await customer.follow();
    expect(greeting!.text).toMatch(/予約/);
    await customer.block();
    await shop.until('SELECT 1 FROM talks t JOIN users u ON u.id = t.user_id WHERE u.line_id = $1 AND t.blocked', [customer.id]);
    await customer.silently.follow();
    await shop.until('SELECT 1 FROM talks t JOIN users u ON u.id = t.user_id WHERE u.line_id = $1 AND NOT t.blocked', [customer.id]);
  });
});

describe('the promises', () => {
  test('nothing happens twice: the same event again, at either process, changes nothing', async () => {
    const person = someone();
    const event = textEvent(person, '駐車場はありますか');
    const again = { ...event, deliveryContext: { isRedelivery: true } };
    await Promise.all([shop.post(bodyOf(event)), shop.post(bodyOf(again), { house: shop.houses[1]! }), shop.post(bodyOf(again))]);
    await logged(person, 2);
    await shop.post(bodyOf(again), { house: shop.houses[1]! });
    await shop.post(bodyOf(textEvent(person, 'ありがとう')));
    await logged(person, 4);
    expect(await logOf(person)).toHaveLength(4);
  });

  test('in order: a customer is answered oldest message first, whatever order they came in and wherever', async () => {
    const person = someone();
    const at = Date.now() - 60_000;
    const texts = ['カット', 'トリートメント', 'カラー', 'パーマ', 'ヘッドスパ'].map((menu) => `${menu}の料金は？`);
    const events = texts.map((text, n) => textEvent(person, text, { timestamp: at + n }));
    await shop.post(bodyOf(events[4]!, events[2]!, events[0]!, events[3]!, events[1]!));
    await logged(person, 10);
    expect((await logOf(person)).filter((e) => e.role === 'user').map((e) => e.message)).toEqual(texts);
  });

  test('two processes share the work, and one customer’s turns never overlap', async () => {
    const people = Array.from({ length: 12 }, someone);
    const posts = people.flatMap((person, p) => Array.from({ length: 4 }, (_, n) => shop.post(bodyOf(textEvent(person, `${n + 1}人です`)), { house: shop.houses[(p + n) % 2]! })));
    expect(new Set(await Promise.all(posts))).toEqual(new Set([200]));
    for (const person of people) await logged(person, 8);
    for (const person of people) expect(await logOf(person)).toHaveLength(8);
  });

  test('never double-booked: many customers want one chair at one moment, one gets it', async () => {
    const names = Array.from({ length: 6 }, (_, n) => `競争${n}`);
    const customers = names.map((name) => shop.simulator.user(name));
    const day = await shop.until<{ day: string }>("SELECT to_char(d AT TIME ZONE 'Asia/Tokyo', 'FMMM/FMDD') AS day FROM generate_series(now() + interval '9 days', now() + interval '16 days', interval '1 day') d WHERE extract(isodow FROM d AT TIME ZONE 'Asia/Tokyo') = 4 LIMIT 1");
    for (const customer of customers) {
      const [card] = (await customer.say(`${day.day}の15時に佐藤さんでカットをお願いします`)).slice(-1);
      expect(card!.text).toMatch(/15:00/);
    }
    const answers = await Promise.all(customers.map((customer) => customer.say('はい')));
    const booked = answers.filter((messages) => messages.some((m) => /確定しました/.test(m.text)));
    expect(booked).toHaveLength(1);
    // The others are told, and shown a way on.
    for (const messages of answers.filter((a) => a !== booked[0])) expect(messages.map((m) => m.text + (m.buttons ?? []).map((b) => b['label']).join(' ')).join('\n')).toMatch(/\d{1,2}:\d{2}/);
    const rows = await shop.sql.query("SELECT 1 FROM reservations r JOIN staff s ON s.id = r.staff_id WHERE s.name = '佐藤' AND r.status = 'confirmed'");
    expect(rows.rowCount).toBe(1);
  });

  test('LINE being away loses nothing: the answer arrives once it is back, once', async () => {
    const customer = shop.simulator.user('つながらない');
    shop.simulator.platform.faults.add({ endpoint: 'reply', times: 2, how: 'status', status: 500, body: {}, ms: 0, accepted: false });
    const answers = await customer.say('電話番号を教えてください');
    expect(answers).toHaveLength(1);
    await shop.until("SELECT 1 FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 AND entry->'delivery'->>'status' = 'sent'", [customer.id]);
    expect(customer.chat().messages.filter((m) => m.from === 'bot')).toHaveLength(1);
  });

  test('an answer LINE took without telling us is not said again', async () => {
    const customer = shop.simulator.user('聞こえない');
    shop.simulator.platform.faults.add({ endpoint: 'reply', times: 1, how: 'drop', status: 200, body: {}, ms: 0, accepted: true });
    await customer.say('住所はどこですか');
    await shop.until("SELECT 1 FROM chat_log_entries e JOIN users u ON u.id = e.user_id WHERE u.line_id = $1 AND entry->'delivery'->>'status' = 'sent'", [customer.id]);
    expect(customer.chat().messages.filter((m) => m.from === 'bot')).toHaveLength(1);
  });

  test('events that could not be kept are answered 500, and LINE’s next try is taken', async () => {
    const at = new URL(shop.databaseUrl);
    const door = await doorTo(at.hostname, Number(at.port));
    shut = door.shut;
    const through = new URL(shop.databaseUrl);
    through.host = `127.0.0.1:${door.port}`;
    const house = await shop.another(through.href);
    const person = someone();
    const event = textEvent(person, '支払い方法は？');
    await door.shut();
    expect(await shop.post(bodyOf(event), { house })).toBe(500);
    await door.open();
    expect(await shop.post(bodyOf({ ...event, deliveryContext: { isRedelivery: true } }), { house })).toBe(200);
    await logged(person, 2);
    expect(await logOf(person)).toHaveLength(2);
  }, 60_000);

  test('no dead ends: odd messages are answered politely, and nothing breaks', async () => {
    const odd = ['あ'.repeat(5000), '​‍﻿', '🙇‍♀️🙏✨', '<script>alert(1)</script>', "'; DROP TABLE users; --", '{}', '\u0000\u0007', '1時'.repeat(2000)];
    for (const [n, text] of odd.entries()) {
      const messages = await shop.simulator.user(`変な人${n}`).say(text);
      expect(messages.map((m) => m.text).join('')).toMatch(/です|ます|ください|ません/);
    }
    for (const type of ['sticker', 'image', 'video', 'audio', 'file', 'location'] as const) {
      const messages = await shop.simulator.user(`送る人${type}`).send({ type });
      expect(messages.map((m) => m.text).join('')).toMatch(/です|ます|ください|ません/);
    }
    const forged = await shop.simulator.user('偽物').postback('1.0.zzz.cancel.00000000-0000-0000-0000-000000000000');
    expect(forged.map((m) => m.text).join('')).toMatch(/です|ます|ください|ません/);
  }, 60_000);
});
