import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CHANNEL, echo, startSimulator, START } from './echo-bot.ts';

type Body = Record<string, unknown>;
let line: Awaited<ReturnType<typeof startSimulator>>;
beforeEach(async () => void (line = await startSimulator(echo)));
afterEach(() => line.close());
const newcomer = async (name = '佐藤'): Promise<string> => String((await line.api('POST', '/users', { name })).body['id']);

describe('people', () => {
  test('are made by name, and are the same person by the same name', async () => {
    const { status, body } = await line.api('POST', '/users', { name: '佐藤' });
    expect({ status, body }).toEqual({ status: 201, body: { id: expect.stringMatching(/^U[0-9a-f]{32}$/), name: '佐藤', role: 'customer', language: 'ja' } });
    expect(await newcomer()).toBe(body['id']);
    expect((await line.api('GET', '/users')).body).toHaveLength(1);
  });
  test('speak, and are given the answer', async () => {
    await newcomer();
    const { body } = await line.api('POST', '/users/佐藤/say?wait=5000', { text: '明日空いてる？' });
    expect(body).toMatchObject({ webhookEventId: expect.any(String), messageId: expect.any(String), webhook: { status: 200, reason: 'ok' }, answers: [{ from: 'bot', text: '明日空いてる？' }] });
  });
  test('have a chat that can be waited for', async () => {
    const id = await newcomer();
    await line.api('POST', `/users/${id}/say`, { text: 'x' });
    const { body } = await line.api('GET', `/users/${id}/chat?wait=5000`);
    expect(body).toMatchObject({ blocked: false, loading: false, quickReplies: [], messages: [{ from: 'customer', text: 'x' }, { from: 'bot', text: 'x' }] });
  });
  test('follow, block, unblock, take back', async () => {
    const id = await newcomer();
    await line.api('POST', `/users/${id}/follow?wait=5000`, {});
    await line.api('POST', `/users/${id}/say?wait=5000`, { text: 'x' });
    await line.api('POST', `/users/${id}/unsend`, {});
    await line.api('POST', `/users/${id}/block`, {});
    expect((await line.api('GET', `/users/${id}/chat`)).body).toMatchObject({ blocked: true });
    await line.api('POST', `/users/${id}/unblock`, {});
    expect(line.heard.map((e) => e.type)).toEqual(['follow', 'message', 'unsend', 'unfollow', 'follow']);
  });
});

describe('events of any shape', () => {
  test('many, of many people, in one body, in any order', async () => {
    const [a, b] = [await newcomer('a'), await newcomer('b')];
    const said = (userId: string, text: string, timestamp: number): Body => ({ type: 'message', timestamp, source: { type: 'user', userId }, message: { type: 'text', id: String(timestamp), text } });
    const { body } = await line.api('POST', '/events', { events: [said(a, '2', START + 2), said(b, '1', START + 1), said(a, '0', START)] });
    expect(body).toMatchObject({ webhook: { status: 200 } });
    expect(line.heard.map((e) => e.timestamp - START)).toEqual([2, 1, 0]);
    expect(new Set(line.heard.map((e) => e.webhookEventId)).size).toBe(3);
  });
  test('strangers are met, and can be answered', async () => {
    const userId = `U${'a'.repeat(32)}`;
    await line.api('POST', '/events', { events: [{ type: 'follow', source: { type: 'user', userId } }] });
    expect((await line.api('GET', `/users/${userId}/chat?wait=5000`)).body).toMatchObject({ messages: [{ from: 'bot', text: 'follow' }] });
  });
  test('as they are, without what LINE would add', async () => {
    await line.api('POST', '/events', { asIs: true, events: [{ type: 'hologram' }] });
    expect(line.heard).toEqual([{ type: 'hologram' }]);
  });
  test('again, as they were but for the mark', async () => {
    await newcomer();
    const { body } = await line.api('POST', '/users/佐藤/say?wait=5000', { text: 'x' });
    await line.api('POST', `/events/${String(body['webhookEventId'])}/redeliver`, {});
    expect(line.heard[1]).toEqual({ ...line.heard[0], deliveryContext: { isRedelivery: true } });
    expect((await line.api('GET', '/events')).body).toMatchObject([{ deliveries: [{ isRedelivery: false }, { isRedelivery: true }] }].map(({ deliveries }) => ({ deliveries: deliveries.map(() => ({ status: 200 })) })));
  });
  test('raw bodies, signed, unsigned, or wrongly', async () => {
    expect((await line.api('POST', '/raw', { body: '{"destination":"x","events":[]}' })).body).toMatchObject({ status: 200 });
    expect((await line.api('POST', '/raw', { body: '{"events":[]}', signature: 'AAAA' })).body).toMatchObject({ status: 401 });
    expect((await line.api('POST', '/raw', { body: '{"events":[]}', signature: null })).body).toMatchObject({ status: 401 });
  });
});

test('calls are listed as they came', async () => {
  await newcomer();
  await line.api('POST', '/users/佐藤/say?wait=5000', { text: 'x' });
  expect((await line.api('GET', '/calls?endpoint=reply')).body).toEqual([
    expect.objectContaining({ endpoint: 'reply', method: 'POST', path: '/v2/bot/message/reply', status: 200, channel: CHANNEL.name, body: { replyToken: expect.any(String), messages: [{ type: 'text', text: 'x' }] } }),
  ]);
});

test('a fault takes as many calls as it says, and can be taken away', async () => {
  await line.api('POST', '/faults', { endpoint: 'info', status: 'rateLimit', times: 2 });
  for (const _ of [1, 2]) await expect(line.client.getBotInfo()).rejects.toMatchObject({ status: 429 });
  expect(await line.client.getBotInfo()).toMatchObject({ chatMode: 'bot' });
  await line.api('POST', '/faults', { endpoint: 'info', status: 500 });
  await line.api('DELETE', '/faults');
  expect(await line.client.getBotInfo()).toMatchObject({ chatMode: 'bot' });
});

test('a slow answer is the right one', async () => {
  await line.api('POST', '/faults', { endpoint: 'info', how: 'slow', ms: 30 });
  expect(await line.client.getBotInfo()).toMatchObject({ chatMode: 'bot' });
});

test('the clock is the one the bot was given', async () => {
  expect((await line.api('POST', '/clock', { advance: '1h' })).body).toMatchObject({ japan: '2026-11-24 13:00:00' });
  expect(line.clock.now()).toBe(START + 3_600_000);
  await line.api('POST', '/clock', { set: '2026-12-01T09:00' });
  expect(line.clock.now()).toBe(Date.UTC(2026, 11, 1));
  await line.api('POST', '/clock', { set: '2026-12-01T09:00:00Z' });
  expect(line.clock.now()).toBe(Date.UTC(2026, 11, 1, 9));
});

test('a reset forgets everything but the channels', async () => {
  await newcomer();
  await line.api('POST', '/users/佐藤/say?wait=5000', { text: 'x' });
  await line.api('PATCH', `/channels/${CHANNEL.name}`, { quota: 5 });
  await line.api('POST', '/reset', {});
  expect((await line.api('GET', '/state')).body).toMatchObject({ users: [], faults: [], channels: [{ name: CHANNEL.name, quota: null, webhookUrl: line.webhookUrl }] });
  expect((await line.api('GET', '/calls')).body).toEqual([]);
});

test.each([
  ['POST', '/users', {}, 400, 'name'],
  ['POST', '/users', { name: 'x', id: 'U1' }, 400, '32 hex'],
  ['POST', '/users', { name: 'x', role: 'boss' }, 400, 'role'],
  ['GET', '/users/nobody/chat', undefined, 404, 'no user nobody'],
  ['GET', '/users/%E0/chat', undefined, 400, ''],
  ['POST', '/users/a/say', {}, 400, 'text'],
  ['POST', '/users/a/say?channel=other', { text: 'x' }, 404, 'shop'],
  ['POST', '/users/a/send', { type: 'hologram' }, 400, 'sticker'],
  ['POST', '/users/a/tap', { label: 'はい' }, 409, 'offers nothing'],
  ['POST', '/users/a/pick', {}, 400, 'value'],
  ['POST', '/users/a/unsend', {}, 409, 'no message'],
  ['POST', '/users/a/mode', { mode: 'asleep' }, 400, 'standby'],
  ['POST', '/events', {}, 400, 'events'],
  ['POST', '/events/x/redeliver', {}, 404, 'webhookEventId'],
  ['POST', '/faults', { endpoint: 'reply' }, 400, 'how'],
  ['POST', '/faults', { status: 'sad' }, 400, 'rateLimit'],
  ['POST', '/faults', { status: 500, times: 0 }, 400, 'times'],
  ['PATCH', '/channels/shop', { quota: 'many' }, 400, 'quota'],
  ['PATCH', '/channels/shop', { colour: 'red' }, 400, 'colour'],
  ['PATCH', '/channels/other', {}, 404, 'shop'],
  ['POST', '/clock', { advance: 'soon' }, 400, 'advance'],
  ['GET', '/nothing', undefined, 404, 'docs/simulator.md'],
] as const)('%s %s %j is answered %i with what would be right', async (method, path, body, status, says) => {
  await line.api('POST', '/users', { name: 'a' });
  const answer = await line.api(method, path, body);
  expect(answer.status).toBe(status);
  expect(String(answer.body['error'])).toContain(says);
});
