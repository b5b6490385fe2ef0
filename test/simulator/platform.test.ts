import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HTTPFetchError, messagingApi } from '@line/bot-sdk';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { standingClock } from '../../src/simulator/clock.ts';
import { CHANNEL, echo, startSimulator, START } from './echo-bot.ts';

let line: Awaited<ReturnType<typeof startSimulator>>;
const open: { close(): Promise<unknown> }[] = [];
beforeEach(async () => void open.push((line = await startSimulator(echo))));
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** What LINE refuses a call with. */
async function refusal(call: Promise<unknown>): Promise<{ status: number; body: { message: string; details?: { property: string; message: string }[] }; headers: Headers }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof HTTPFetchError) return { status: error.status, body: JSON.parse(error.body), headers: error.headers };
    throw error;
  }
  throw new Error('it was accepted');
}
/** The beginning of a PNG of this size: as much as is looked at. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(32)]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** An HTTP server that notes bodies and answers as told. */
async function listener(answer: (body: string, headers: Record<string, unknown>) => number | null) {
  const bodies: { body: string; signature: unknown }[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8').on('data', (part: string) => (body += part));
    req.on('end', () => {
      bodies.push({ body, signature: req.headers['x-line-signature'] });
      const status = answer(body, req.headers);
      if (status !== null) res.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  open.push({ close });
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook` };
}

describe('a webhook', () => {
  test('has everything LINE sends', async () => {
    const user = line.simulator.user('佐藤');
    await user.say('明日空いてる？');
    expect(line.heard[0]).toEqual({
      type: 'message',
      message: { type: 'text', id: expect.stringMatching(/^\d{18}$/), text: '明日空いてる？', quoteToken: expect.any(String), markAsReadToken: expect.any(String) },
      webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      deliveryContext: { isRedelivery: false },
      timestamp: START,
      source: { type: 'user', userId: user.id },
      replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      mode: 'active',
    });
  });
  test('is signed over its exact bytes, emoji escaped as LINE does (line-bot-sdk-nodejs #922)', async () => {
    const shop = await listener(() => 200);
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: shop.url });
    await line.simulator.user('佐藤').silently.say('よろしく🤨');
    const { body, signature } = shop.bodies[0]!;
    expect(body).toContain('よろしく\\uD83E\\uDD28');
    expect(signature).toBe(createHmac('sha256', CHANNEL.channelSecret).update(body).digest('base64'));
    expect(createHmac('sha256', CHANNEL.channelSecret).update(JSON.stringify(JSON.parse(body))).digest('base64')).not.toBe(signature);
  });
  test('that is not answered in time is given up, and told as such', async () => {
    const shop = await listener(() => null);
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: shop.url, webhookTimeoutMs: 50 });
    expect(await line.simulator.user('佐藤').silently.say('x')).toMatchObject({ webhook: { status: null, reason: 'request_timeout' } });
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: 'http://127.0.0.1:1/' });
    expect(await line.simulator.user('佐藤').silently.say('x')).toMatchObject({ webhook: { status: null, reason: 'could_not_connect' } });
  });
  test('that failed comes again, marked, when redelivery is on — and not otherwise', async () => {
    let refusals = 1;
    let again: () => void;
    const redelivered = new Promise<void>((resolve) => (again = resolve));
    const shop = await listener(() => (refusals-- > 0 ? 500 : (again(), 200)));
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: shop.url, redelivery: true });
    await line.simulator.user('佐藤').silently.say('x');
    await redelivered;
    const [first, second] = shop.bodies.map(({ body }) => JSON.parse(body).events[0]);
    expect(second).toEqual({ ...first, deliveryContext: { isRedelivery: true } });
  });
  test('in standby has no reply token', async () => {
    const user = line.simulator.user('佐藤');
    await line.api('POST', `/users/${user.id}/mode`, { mode: 'standby' });
    await user.silently.say('x');
    expect(line.heard[0]).toMatchObject({ mode: 'standby' });
    expect(line.heard[0]).not.toHaveProperty('replyToken');
  });
  test('of the console’s Verify button is empty', async () => {
    expect(await line.client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
    expect(line.heard).toEqual([]);
  });
});

describe('a reply token', () => {
  const messages = [{ type: 'text' as const, text: 'x' }];
  const INVALID = { status: 400, body: { message: 'Invalid reply token' } };
  const tokenOf = async (): Promise<string> => {
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: (await listener(() => 200)).url });
    await line.simulator.user('佐藤').silently.say('x');
    return [...line.simulator.platform.events.values()].at(-1)!.event['replyToken'] as string;
  };

  test('works once', async () => {
    const replyToken = await tokenOf();
    await line.client.replyMessage({ replyToken, messages });
    expect(await refusal(line.client.replyMessage({ replyToken, messages }))).toMatchObject(INVALID);
  });
  test('works for a minute, and a minute again after a redelivery, but never 20 minutes after the event', async () => {
    const replyToken = await tokenOf();
    const id = [...line.simulator.platform.events.values()].at(-1)!.event['webhookEventId'];
    line.clock.advance(61_000);
    expect(await refusal(line.client.replyMessage({ replyToken, messages }))).toMatchObject(INVALID);
    await line.api('POST', `/events/${id}/redeliver`, {});
    line.clock.advance(59_000);
    await line.client.replyMessage({ replyToken, messages });

    const late = await tokenOf();
    const lateId = [...line.simulator.platform.events.values()].at(-1)!.event['webhookEventId'];
    line.clock.advance(20 * 60_000 + 1);
    await line.api('POST', `/events/${lateId}/redeliver`, {});
    expect(await refusal(line.client.replyMessage({ replyToken: late, messages }))).toMatchObject(INVALID);
  });
  test('that was used is not revived by a redelivery', async () => {
    const replyToken = await tokenOf();
    const id = [...line.simulator.platform.events.values()].at(-1)!.event['webhookEventId'];
    await line.client.replyMessage({ replyToken, messages });
    await line.api('POST', `/events/${id}/redeliver`, {});
    expect(await refusal(line.client.replyMessage({ replyToken, messages }))).toMatchObject(INVALID);
  });
  test('is not used up by a message LINE refuses', async () => {
    const replyToken = await tokenOf();
    await refusal(line.client.replyMessage({ replyToken, messages: [{ type: 'text', text: '' }] }));
    await line.client.replyMessage({ replyToken, messages });
  });
});

describe('the API', () => {
  const messages = [{ type: 'text' as const, text: 'x' }];
  const key = '123e4567-e89b-12d3-a456-426614174000';

  test('answers 400 in LINE’s shape, naming every place', async () => {
    const bad = [{ type: 'text', text: '' }, { type: 'tekst' }] as never;
    const { status, body } = await refusal(line.client.pushMessage({ to: line.simulator.user('佐藤').id, messages: bad }));
    expect(status).toBe(400);
    expect(body.message).toBe('The request body has 2 error(s)');
    expect(body.details!.map((d) => d.property)).toEqual(['messages[0].text', 'messages[1].type']);
  });
  test('gives every answer a request id', async () => {
    const ids = new Set<string | null>();
    for (const [method, path] of [['GET', '/v2/bot/info'], ['GET', '/v2/bot/nothing'], ['POST', '/v2/bot/message/push']] as const) {
      for (const authorization of [`Bearer ${CHANNEL.accessToken}`, 'Bearer wrong']) {
        ids.add((await fetch(`${line.url}${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{' } : {}) })).headers.get('x-line-request-id'));
      }
    }
    expect(ids.size).toBe(6);
    expect(ids.has(null)).toBe(false);
  });
  test('refuses strangers, bodies that are not JSON, and more than 2 MB', async () => {
    const post = (body: string, authorization = `Bearer ${CHANNEL.accessToken}`) => fetch(`${line.url}/v2/bot/message/push`, { method: 'POST', headers: { authorization }, body }).then((r) => r.status);
    expect(await post('{}', 'Bearer wrong')).toBe(401);
    expect(await post('{}', '')).toBe(401);
    expect(await post('{')).toBe(400);
    expect(await post('x'.repeat(2 * 1024 * 1024 + 1))).toBe(413);
  });
  test('takes a retry key once in 24 hours, with the id of the accepted request', async () => {
    const to = line.simulator.user('佐藤').id;
    const first = await line.client.pushMessageWithHttpInfo({ to, messages }, key);
    const again = await refusal(line.client.pushMessage({ to, messages }, key));
    expect(again).toMatchObject({ status: 409, body: { message: 'The retry key is already accepted', sentMessages: first.body.sentMessages } });
    expect(again.headers.get('x-line-accepted-request-id')).toBe(first.httpResponse.headers.get('x-line-request-id'));
    line.clock.advance(24 * 3_600_000);
    await line.client.pushMessage({ to, messages }, key);
    expect(await refusal(line.client.pushMessage({ to, messages }, 'not-a-uuid'))).toMatchObject({ status: 400 });
  });
  test('keeps no retry key of a call it refused', async () => {
    const to = line.simulator.user('佐藤').id;
    await line.api('POST', '/faults', { endpoint: 'push', status: 500 });
    await refusal(line.client.pushMessage({ to, messages }, key));
    await line.client.pushMessage({ to, messages }, key);
  });
  test('refuses a retry key on a reply', async () => {
    const answer = await fetch(`${line.url}/v2/bot/message/reply`, {
      method: 'POST', headers: { authorization: `Bearer ${CHANNEL.accessToken}`, 'x-line-retry-key': key }, body: JSON.stringify({ replyToken: 'x', messages }),
    });
    expect(answer.status).toBe(400);
  });
  test('counts the month, and says when it is used up', async () => {
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { quota: 1 });
    const to = line.simulator.user('佐藤').id;
    await line.client.pushMessage({ to, messages });
    expect(await line.client.getMessageQuotaConsumption()).toEqual({ totalUsage: 1 });
    expect(await refusal(line.client.pushMessage({ to, messages }))).toMatchObject({ status: 429, body: { message: 'You have reached your monthly limit.' } });
  });
  test('counts requests a second and messages a person', async () => {
    const to = line.simulator.user('佐藤').id;
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { ratePerSecond: 1 });
    await line.client.pushMessage({ to, messages });
    expect(await refusal(line.client.pushMessage({ to, messages }))).toMatchObject({ status: 429, body: { message: 'The API rate limit has been exceeded. Try again later.' } });
    line.clock.advance(1000);
    await line.client.pushMessage({ to, messages });
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { ratePerSecond: null, perUserPerMinute: 1 });
    line.clock.advance(60_000);
    await line.client.pushMessage({ to, messages });
    expect((await refusal(line.client.pushMessage({ to, messages }))).body.message).toMatch(/same user/);
  });
  test('knows nobody it was not told of', async () => {
    expect(await refusal(line.client.pushMessage({ to: `U${'0'.repeat(32)}`, messages }))).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } });
  });
  test('validates without sending', async () => {
    await line.client.validateReply({ messages });
    expect(await refusal(line.client.validatePush({ messages: [{ type: 'text', text: '' }] }))).toMatchObject({ status: 400 });
  });
  test('keeps rich menus, and shows one with a picture only', async () => {
    const menu: messagingApi.RichMenuRequest = {
      size: { width: 2500, height: 843 }, selected: true, name: 'menu', chatBarText: 'メニュー',
      areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 843 }, action: { type: 'message', text: '予約' } }],
    };
    const { richMenuId } = await line.client.createRichMenu(menu);
    expect(await refusal(line.client.setDefaultRichMenu(richMenuId))).toMatchObject({ status: 400, body: { message: 'must upload richmenu image before applying it to user' } });
    const blobs = new messagingApi.MessagingApiBlobClient({ channelAccessToken: CHANNEL.accessToken, baseURL: line.url });
    const upload = (bytes: Buffer, type = 'image/png') => blobs.setRichMenuImage(richMenuId, new Blob([new Uint8Array(bytes)], { type }));
    expect(await refusal(upload(png(2500, 843), 'image/gif'))).toMatchObject({ status: 415 });
    for (const wrong of [png(2500, 1686), png(2500, 844), Buffer.from('no picture')]) expect(await refusal(upload(wrong))).toMatchObject({ status: 400, body: { message: 'The image size is not allowed for richmenu' } });
    expect(await refusal(upload(Buffer.concat([png(2500, 843), Buffer.alloc(1024 * 1024)])))).toMatchObject({ status: 413 });
    await upload(png(2500, 843));
    expect(await refusal(upload(png(2500, 843)))).toMatchObject({ status: 400, body: { message: 'An image has already been uploaded to the richmenu' } });
    await line.client.setDefaultRichMenu(richMenuId);
    expect(await line.client.getDefaultRichMenuId()).toEqual({ richMenuId });
    expect((await line.client.getRichMenuList()).richmenus).toHaveLength(1);
    const sato = line.simulator.user('佐藤');
    await sato.menu('予約').catch(() => undefined);
    expect(line.heard.at(-1)).toMatchObject({ message: { text: '予約' } });
    await line.client.createRichMenuAlias({ richMenuAliasId: 'main', richMenuId });
    expect(await line.client.getRichMenuAlias('main')).toEqual({ richMenuAliasId: 'main', richMenuId });
    await line.client.deleteRichMenu(richMenuId);
    expect(await refusal(line.client.getRichMenu(richMenuId))).toMatchObject({ status: 404 });
    expect(await refusal(line.client.getDefaultRichMenuId())).toMatchObject({ status: 404 });
    expect(await refusal(line.client.createRichMenu({ size: { width: 1, height: 1 }, name: 'x' } as never))).toMatchObject({ status: 400 });
    expect(await refusal(line.client.createRichMenu({ ...menu, size: { width: 2500, height: 1800 } }))).toMatchObject({ status: 400 });
    expect(await refusal(line.client.createRichMenu({ ...menu, areas: [{ bounds: { x: 1, y: 0, width: 2500, height: 843 }, action: { type: 'message', text: '予約' } }] }))).toMatchObject({ status: 400 });
  });
  test('makes no more than a hundred rich menus an hour', async () => {
    const menu: messagingApi.RichMenuRequest = { size: { width: 800, height: 250 }, selected: false, name: 'm', chatBarText: 'm', areas: [] };
    for (let n = 0; n < 100; n++) await line.client.createRichMenu(menu);
    expect(await refusal(line.client.createRichMenu(menu))).toMatchObject({ status: 429 });
    line.clock.advance(3_600_000);
    await line.client.createRichMenu(menu);
  });
  test('takes a webhook address with TLS, and tests it without events, used or not', async () => {
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { useWebhook: false });
    expect(await line.client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
    expect(await line.client.testWebhookEndpoint({ endpoint: 'http://127.0.0.1:1/' })).toMatchObject({ success: false, statusCode: 0, reason: 'COULD_NOT_CONNECT' });
    expect(line.heard).toEqual([]);
    for (const endpoint of ['http://shop.example.jp/webhook', 'shop', `https://shop.example.jp/${'a'.repeat(500)}`]) {
      expect(await refusal(line.client.setWebhookEndpoint({ endpoint }))).toMatchObject({ status: 400, body: { message: 'Invalid webhook endpoint URL' } });
    }
    await line.client.setWebhookEndpoint({ endpoint: 'https://shop.example.jp/webhook' });
    expect(await line.client.getWebhookEndpoint()).toEqual({ endpoint: 'https://shop.example.jp/webhook', active: false });
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { webhookUrl: '' });
    expect(await refusal(line.client.getWebhookEndpoint())).toMatchObject({ status: 404 });
  });
  test('accepts a markAsReadToken it gave, and no other', async () => {
    expect(await refusal(line.client.markMessagesAsReadByToken({ markAsReadToken: 'forged' }))).toMatchObject({ status: 400 });
  });
  test('shows loading for 5 to 60 seconds in steps of 5', async () => {
    const chatId = line.simulator.user('佐藤').id;
    for (const loadingSeconds of [4, 7, 65]) expect(await refusal(line.client.showLoadingAnimation({ chatId, loadingSeconds }))).toMatchObject({ status: 400 });
    await line.client.showLoadingAnimation({ chatId, loadingSeconds: 5 });
    expect(line.simulator.user('佐藤').chat().loading).toBe(true);
    line.clock.advance(5_001);
    expect(line.simulator.user('佐藤').chat().loading).toBe(false);
  });
});

describe('a blocked bot', () => {
  test('is told of it, is answered 200, and reaches nobody', async () => {
    const user = line.simulator.user('佐藤');
    await user.say('x');
    await user.block();
    expect(line.heard.at(-1)).toMatchObject({ type: 'unfollow' });
    await line.client.pushMessage({ to: user.id, messages: [{ type: 'text', text: '届かない' }] });
    expect(user.transcript()).not.toContain('届かない');
    expect(await refusal(line.client.getProfile(user.id))).toMatchObject({ status: 404 });
    await user.follow();
    expect(line.heard.at(-1)).toMatchObject({ type: 'follow', follow: { isUnblocked: true } });
  });
});

test('several bots share their people, and know nothing of each other', async () => {
  const [a, b] = [await listener(() => 200), await listener(() => 200)];
  const simulator = createSimulator({
    clock: standingClock(START),
    channels: [{ ...CHANNEL, name: 'a', accessToken: 'a', webhookUrl: a.url }, { ...CHANNEL, name: 'b', channelId: '2', accessToken: 'b', webhookUrl: b.url }],
  });
  open.push(simulator);
  const url = await simulator.listen(0, '127.0.0.1');
  await simulator.user('佐藤', { channel: 'b' }).silently.say('bへ');
  expect([a.bodies.length, b.bodies.length]).toEqual([0, 1]);
  const { replyToken, source } = JSON.parse(b.bodies[0]!.body).events[0];
  const call = (token: string, path: string, body: unknown) =>
    fetch(`${url}/v2/bot/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) }).then((r) => r.status);
  const messages = [{ type: 'text', text: 'bから' }];
  expect(await call('a', 'message/reply', { replyToken, messages })).toBe(400);
  expect(await call('b', 'message/reply', { replyToken, messages })).toBe(200);
  expect(simulator.user('佐藤', { channel: 'a' }).chat().messages).toEqual([]);
  expect((await fetch(`${url}/v2/bot/profile/${source.userId}`, { headers: { authorization: 'Bearer b' } })).status).toBe(200);
});

test('a port that is taken is a rejection', async () => {
  const second = createSimulator({ channels: [], clock: standingClock(START) });
  await expect(second.listen(Number(new URL(line.url).port), '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await second.close();
});
