/** Deposits through the whole house: over HTTP, with the simulator as LINE and as Stripe, on a real PostgreSQL. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { atDatabase, listOpen, markAsPaid, markAsReturned } from '../../src/commands/deposits/run.ts';
import type { DepositHouse } from '../../src/commands/deposits/run.ts';
import { readSettings } from '../../src/config.ts';
import { idMaker } from '../../src/ids.ts';
import { openHouse } from '../../src/main.ts';
import type { House } from '../../src/main.ts';
import { readShop } from '../../src/model/shop-file.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import type { Postgres } from '../../src/storage/postgres/client.ts';
import { importShops } from '../../src/storage/postgres/import.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

type Said = { text: string; via?: string; buttons: { label: string; uri?: string }[] };
type Session = { id: string; status: string; metadata: { payment: string; reservation: string }; expires_at: number; amount_total: number };
type Event = { event: { id: string; type: string }; deliveries: { status: number | null }[] };

let database: Fresh;
let db: Postgres;
let house: House;
let app: string;
let api: string;
/** A day far enough away, open, and its hours taken by nobody else in this file. */
let hour = 9;

beforeAll(async () => {
  database = await freshDatabase();
  db = await connect(database.url, { max: 3 });
  const read = readShop(readFileSync(path.resolve(import.meta.dirname, '../../conversations/deposit/shops/paying.yml'), 'utf8'));
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  await importShops(db, [read.shop], Date.now(), idMaker(Date.now, randomBytes));
  const { settings } = readSettings({ PORT: '0', SIMULATOR_PORT: '0', LOG_LEVEL: 'silent', DATABASE_POOL: '6' }, { cwd: import.meta.dirname });
  house = await openHouse({ settings: settings!, databaseUrl: database.url, redisUrl: null, mongoUrl: null, simulator: true });
  app = `http://127.0.0.1:${house.port}`;
  api = `http://127.0.0.1:${new URL(house.simulatorUrl!).port}/api`;
  await call('POST', '/clock', { set: '2026-11-24T10:00' });
});
afterAll(async () => {
  await house?.close();
  await db?.close();
  await database?.drop();
});
beforeEach(async () => {
  hour = hour >= 18 ? 10 : hour + 1;
});

async function call<T = Record<string, unknown>>(method: string, at: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${api}${at}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await answer.json()) as T;
}
const says = async (who: string, text: string): Promise<Said[]> => (await call<{ answers: Said[] }>('POST', `/users/${who}/say?wait=10000`, { text })).answers;
const chat = (who: string) => call<{ messages: Said[] }>('GET', `/users/${who}/chat`);
const stripe = () => call<{ sessions: Session[]; events: Event[]; refunds: { amount: number }[] }>('GET', '/stripe');

/** Waits until something is so; the house works beside us. */
async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  throw new Error('never became true');
}
const hears = (who: string, words: string): Promise<Said> => until(async () => (await chat(who)).messages.findLast((m) => m.text.includes(words) && m.via === 'push'));

let people = 0;
/** Somebody who has just said yes to a colour, with the link that was answered and the session behind it. */
async function booking(): Promise<{ who: string; link: string; session: Session }> {
  const { id: who } = await call<{ id: string }>('POST', '/users', { name: `客${++people}` });
  await call('POST', `/users/${who}/follow?wait=10000`);
  // Each customer has a day of his own.
  await says(who, `${days[people]}の${hour}時に田中さんでカラー`);
  const answers = await says(who, 'はい');
  const link = answers.flatMap((m) => m.buttons).find((b) => b.uri)?.uri;
  if (!link) throw new Error(answers.map((m) => m.text).join('\n'));
  const session = await until(async () => (await stripe()).sessions.find((s) => link.endsWith(s.metadata.payment)));
  return { who, link, session };
}
const days = ['', '12/1', '12/2', '12/3', '12/4', '12/5', '12/6', '12/8', '12/9', '12/10', '12/11', '12/12', '12/13', '12/15', '12/16', '12/17', '12/18', '12/19', '12/20'];
type Row = { status: string; visit: string; hold_for: string | null; refund_due: boolean; refunded: boolean; amount: string };
const rowOf = async ({ session }: { session: Session }): Promise<Row> => (await db.pool.query<Row>(
  `SELECT p.status, r.status AS visit, r.hold_for, p.refund_due_at IS NOT NULL AS refund_due, p.refunded_at IS NOT NULL AS refunded, p.amount::text
   FROM payments p JOIN reservations r ON r.id = p.reservation_id WHERE p.id = $1`, [session.metadata.payment])).rows[0]!;
const raw = (body: string, signature?: string | null) => call<{ status: number }>('POST', '/stripe/raw', { body, ...(signature === undefined ? {} : { signature }) });
const page = async (url: string) => {
  const answer = await fetch(url, { redirect: 'manual' });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
};

test('a deposit is paid by the link in the answer, and only then is the visit certain', async () => {
  const it = await booking();
  expect(it.session).toMatchObject({ status: 'open', amount_total: 3000 });
  expect(await rowOf(it)).toMatchObject({ status: 'pending', visit: 'pending', hold_for: 'deposit', amount: '3000.00' });
  const { status, to } = await page(it.link);
  expect(status).toBe(303);
  expect(to).toContain(`/pay/${it.session.id}`);
  // A declined card and a failed 3-D Secure leave everything as it is.
  for (const how of ['declined', '3ds']) expect(await (await fetch(to!, { method: 'POST', body: new URLSearchParams({ how }) })).text()).toContain('role="alert"');
  expect(await rowOf(it)).toMatchObject({ status: 'pending', visit: 'pending' });
  const back = await fetch(to!, { method: 'POST', body: new URLSearchParams({ how: 'pay' }), redirect: 'manual' });
  expect(back.headers.get('location')).toBe(`${it.link}/paid`);
  expect((await hears(it.who, '予約金3,000円を確認しました')).text).toContain('ご予約が確定しました');
  expect(await rowOf(it)).toMatchObject({ status: 'completed', visit: 'confirmed', hold_for: null });
  expect((await page(it.link)).text).toContain('お支払いはお済みです');
});

test('the page one comes back to confirms nothing', async () => {
  await call('PATCH', '/stripe', { webhooks: 'hold' });
  const it = await booking();
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  const { status, text } = await page(`${it.link}/paid`);
  expect([status, text.includes('お支払いを確認しています'), text.includes('LINEに確認メッセージが届きます')]).toEqual([200, true, true]);
  expect(await rowOf(it)).toMatchObject({ status: 'pending', visit: 'pending' });
  expect((await page(`${it.link}/left`)).text).toContain('お支払いへ進む');
  await call('PATCH', '/stripe', { webhooks: 'send' });
  const event = (await stripe()).events.find((e) => e.event.type === 'checkout.session.completed' && e.deliveries.length === 0)!;
  await call('POST', `/stripe/events/${event.event.id}/send`);
  await hears(it.who, '予約金3,000円を確認しました');
});

describe('what Stripe did not say', () => {
  test('a bad signature is 400, and nothing is kept or changed', async () => {
    const it = await booking();
    const body = JSON.stringify({ id: 'evt_forged', object: 'event', type: 'checkout.session.completed', created: Math.floor(house.clock.now() / 1000), data: { object: { ...it.session, status: 'complete', payment_status: 'paid', payment_intent: 'pi_forged' } } });
    for (const signature of [null, '', 'nonsense', `t=${Math.floor(house.clock.now() / 1000)},v1=${'0'.repeat(64)}`]) expect((await raw(body, signature)).status).toBe(400);
    const { rows } = await db.pool.query("SELECT 1 FROM inbox_seen WHERE webhook_event_id = 'evt_forged'");
    expect(rows).toEqual([]);
    expect(await rowOf(it)).toMatchObject({ status: 'pending', visit: 'pending' });
  });

  test('a body that is no event, or larger than any, is refused without a stack', async () => {
    expect((await raw('not JSON')).status).toBe(400);
    expect((await raw('{}')).status).toBe(200);
    const answer = await fetch(`${app}/stripe/webhook`, { method: 'POST', body: 'a'.repeat(1_100_000) });
    expect([answer.status, (await answer.json() as { message: string }).message]).toEqual([413, 'The body is larger than 1 MB.']);
  });

  test('an unknown session is kept, answered 200, counted, and changes nothing', async () => {
    const before = (await db.pool.query('SELECT * FROM payments ORDER BY id')).rows;
    const { event } = await call<Event>('POST', '/stripe/events', { type: 'checkout.session.completed', object: { id: 'cs_of_another_shop', object: 'checkout.session', status: 'complete', payment_status: 'paid', payment_intent: 'pi_x', client_reference_id: 'order-4711', metadata: {} } });
    await until(async () => (await stripe()).events.find((e) => e.event.id === event.id)?.deliveries[0]?.status === 200);
    await until(async () => (await (await fetch(`${app}/metrics`)).text()).includes('aiteru_payments_total{outcome="unknown"}'));
    expect((await db.pool.query('SELECT 1 FROM inbox_seen WHERE webhook_event_id = $1', [event.id])).rows).toHaveLength(1);
    expect((await db.pool.query('SELECT 1 FROM inbox_aside')).rows).toEqual([]);
    expect((await db.pool.query('SELECT * FROM payments ORDER BY id')).rows).toEqual(before);
  });
});

test('an event that comes twice is settled once', async () => {
  const it = await booking();
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  await hears(it.who, '予約金3,000円を確認しました');
  const { event } = (await stripe()).events.findLast((e) => e.event.type === 'checkout.session.completed')!;
  for (let n = 0; n < 3; n++) expect((await call<{ status: number }>('POST', `/stripe/events/${event.id}/send`)).status).toBe(200);
  // Whatever these had led to would stand before the answer to this.
  await says(it.who, '予約はいつですか');
  expect((await chat(it.who)).messages.filter((m) => m.text.includes('予約金3,000円を確認しました'))).toHaveLength(1);
});

test('events in the wrong order: an end that is heard after the payment ends nothing', async () => {
  await call('PATCH', '/stripe', { webhooks: 'hold' });
  const it = await booking();
  // Stripe would never say both; a forger with the secret, or a bug, might.
  const expired = await call<Event>('POST', '/stripe/events', { type: 'checkout.session.expired', object: { ...it.session, status: 'expired', payment_status: 'unpaid' } });
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  const paid = (await stripe()).events.findLast((e) => e.event.type === 'checkout.session.completed')!;
  await call('PATCH', '/stripe', { webhooks: 'send' });
  await call('POST', `/stripe/events/${paid.event.id}/send`);
  await hears(it.who, '予約金3,000円を確認しました');
  await call('POST', `/stripe/events/${expired.event.id}/send`);
  await says(it.who, '予約はいつですか');
  expect(await rowOf(it)).toMatchObject({ status: 'completed', visit: 'confirmed', refund_due: false });
});

test('paid after the visit fell: it goes back, with a word', async () => {
  await call('PATCH', '/stripe', { webhooks: 'hold' });
  const it = await booking();
  const expired = await call<Event>('POST', '/stripe/events', { type: 'checkout.session.expired', object: { ...it.session, status: 'expired', payment_status: 'unpaid' } });
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  const paid = (await stripe()).events.findLast((e) => e.event.type === 'checkout.session.completed')!;
  await call('PATCH', '/stripe', { webhooks: 'send' });
  await call('POST', `/stripe/events/${expired.event.id}/send`);
  await hears(it.who, '仮予約を取り消しました');
  const refunds = (await stripe()).refunds.length;
  await call('POST', `/stripe/events/${paid.event.id}/send`);
  await hears(it.who, '全額を返金します');
  await until(async () => (await rowOf(it)).refunded);
  expect(await rowOf(it)).toMatchObject({ status: 'completed', visit: 'canceled', refund_due: true });
  expect((await stripe()).refunds.slice(refunds)).toMatchObject([{ amount: 3000 }]);
});

test('cancelled in time it goes back, once, although Stripe is away at first', async () => {
  const it = await booking();
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  await hears(it.who, '予約金3,000円を確認しました');
  const refunds = (await stripe()).refunds.length;
  await call('POST', '/faults', { endpoint: 'stripe.refund', times: 3, how: 'drop' });
  expect((await says(it.who, '予約をキャンセルしたい'))[0]!.text).toContain('全額を返金します');
  expect((await says(it.who, 'はい'))[0]!.text).toContain('予約金3,000円は全額を返金します');
  await until(async () => (await rowOf(it)).refunded);
  expect((await stripe()).refunds.slice(refunds)).toMatchObject([{ amount: 3000 }]);
}, 60_000);

test('Stripe away at the booking: the answer comes with its link, which makes the page when it is tapped', async () => {
  await call('POST', '/faults', { endpoint: 'stripe.create', times: 40, status: 401 });
  const { id: who } = await call<{ id: string }>('POST', '/users', { name: `客${++people}` });
  await call('POST', `/users/${who}/follow?wait=10000`);
  await says(who, `${days[people]}の${hour}時に田中さんでカラー`);
  const link = (await says(who, 'はい')).flatMap((m) => m.buttons).find((b) => b.uri)!.uri!;
  const away = await page(link);
  expect([away.status, away.text.includes('もう一度お試しください')]).toEqual([503, true]);
  await call('DELETE', '/faults');
  expect((await page(link)).status).toBe(303);
});

test('unpaid at the end of the hold the link is closed and the visit falls, also where the clock is moved', async () => {
  const it = await booking();
  await call('POST', '/clock', { advance: '40m' });
  await hears(it.who, '仮予約を取り消しました');
  expect(await rowOf(it)).toMatchObject({ status: 'failed', visit: 'canceled' });
  expect((await stripe()).sessions.find((s) => s.id === it.session.id)!.status).toBe('expired');
  const { status, text } = await page(it.link);
  expect([status, text.includes('期限が過ぎました')]).toEqual([410, true]);
});

test('a payment whose webhook was lost is found at the end of the hold', async () => {
  await call('PATCH', '/stripe', { webhooks: 'lose' });
  const it = await booking();
  await call('POST', `/stripe/sessions/${it.session.id}/pay`, {});
  await call('PATCH', '/stripe', { webhooks: 'send' });
  expect(await rowOf(it)).toMatchObject({ status: 'pending', visit: 'pending' });
  await call('POST', '/clock', { advance: '40m' });
  await hears(it.who, '予約金3,000円を確認しました');
  expect(await rowOf(it)).toMatchObject({ status: 'completed', visit: 'confirmed' });
});

test('at the console: paid at the shop after all, cancelled, given back by hand, beside the running app', async () => {
  const it = await booking();
  const id = it.session.metadata.payment;
  const at = <T>(work: (desk: DepositHouse) => Promise<T>) => atDatabase(database.url, [], work);
  const line = async () => (await at(listOpen)).find((one) => one.includes(id));
  expect(await line()).toMatch(/^リンクでのお支払い待ち +\S+ \d+:00 +サロン みずき +客\d+様 +3,000円 +\S+$/);
  expect(await at((desk) => markAsPaid(desk, id.toUpperCase()))).toBe('予約金3,000円の入金を記録しました。ご予約は確定しています。');
  await hears(it.who, '予約金3,000円を確認しました');
  await until(async () => (await stripe()).sessions.find((s) => s.id === it.session.id)?.status === 'expired');
  expect(await line()).toBeUndefined();
  await expect(at((desk) => markAsPaid(desk, id))).rejects.toThrow('入金待ちの予約金ではありません。');
  await says(it.who, '予約をキャンセルしたい');
  expect((await says(it.who, 'はい'))[0]!.text).toContain('お店からお返しします');
  const back = (await at(listOpen))[0]!;
  expect(back).toMatch(/^返金が必要 .* 3,000円 /);
  const [paid] = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(back)!;
  expect(await at((desk) => markAsReturned(desk, paid))).toBe('返金済みとして記録しました。');
  await expect(at((desk) => markAsReturned(desk, paid))).rejects.toThrow('お返しする予約金ではありません。');
  expect((await at(listOpen)).filter((one) => one.startsWith('返金が必要'))).toEqual([]);
  await expect(at((desk) => markAsPaid(desk, 'nonsense'))).rejects.toThrow('“nonsense” is no id of a deposit');
  await expect(at((desk) => markAsPaid(desk, '01a21917-4c83-7000-865c-5c4f8b9e11e3'))).rejects.toThrow('入金待ちの予約金ではありません。');
});

test('an address nobody was given is told so, and no page takes anybody elsewhere', async () => {
  for (const id of ['nonsense', '01a21917-4c83-7000-865c-5c4f8b9e11e3', '%2e%2e', "1';--"]) {
    for (const behind of ['', '/paid', '/left']) expect((await page(`${app}/pay/${id}${behind}`)).status).toBe(404);
  }
});
