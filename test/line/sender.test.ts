import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { messagingApi } from '@line/bot-sdk';
import { LineRefused, LineUnreachable } from '../../src/line/errors.ts';
import { LineSender } from '../../src/line/sender.ts';
import { tokensOf } from '../../src/line/channels.ts';
import { longLived, stateless } from '../../src/line/tokens.ts';
import { afterReply } from '../../src/line/outcome.ts';
import { CHANNEL, startSimulator } from '../simulator/echo-bot.ts';

const HELLO: messagingApi.Message[] = [{ type: 'text', text: 'こんにちは' }];
const KEY = '123e4567-e89b-12d3-a456-426614174000';
let line: Awaited<ReturnType<typeof startSimulator>>;
let sender: LineSender;
const open: { close(): Promise<unknown> }[] = [];
const closing = <T extends { close(): Promise<unknown> }>(thing: T): T => (open.push(thing), thing);
const to = (baseUrl: string, timeoutMs = 5_000): LineSender => closing(new LineSender({ baseUrl, tokens: longLived(CHANNEL.accessToken), timeoutMs }));

beforeEach(async () => {
  line = closing(await startSimulator());
  sender = to(line.url);
});
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
});

/** A person who just wrote, and the reply token of what was written. */
async function wrote(): Promise<{ id: string; replyToken: string }> {
  const user = line.simulator.user('佐藤');
  await user.silently.say('空いてる？');
  return { id: user.id, replyToken: line.heard.at(-1)!.replyToken! };
}
const shown = (): string[] => line.simulator.user('佐藤').chat().messages.filter((m) => m.from === 'bot').map((m) => m.text);

describe('a reply', () => {
  test('arrives, with the ids LINE gave it', async () => {
    const { replyToken } = await wrote();
    expect(await sender.reply(replyToken, HELLO)).toEqual({ kind: 'sent', requestId: expect.stringMatching(/./), messages: [{ id: expect.stringMatching(/^\d+$/), quoteToken: expect.any(String) }] });
    expect(shown()).toEqual(['こんにちは']);
  });
  test('works once a token, and within a minute', async () => {
    const { replyToken } = await wrote();
    await sender.reply(replyToken, HELLO);
    expect(await sender.reply(replyToken, HELLO)).toEqual({ kind: 'invalid_reply_token' });
    const late = await wrote();
    line.clock.advance(60_001);
    expect(await sender.reply(late.replyToken, HELLO)).toEqual({ kind: 'invalid_reply_token' });
  });
  test('whose answer was lost is known by trying again, and said once', async () => {
    const { replyToken } = await wrote();
    await line.api('POST', '/faults', { endpoint: 'reply', how: 'drop', accepted: true });
    const first = await sender.reply(replyToken, HELLO);
    expect(first).toMatchObject({ kind: 'unreachable', maybeDelivered: true });
    expect(afterReply(first, { triedBefore: false, tokenAgeMs: 2_000 })).toBe('retry_reply');
    const second = await sender.reply(replyToken, HELLO);
    expect(afterReply(second, { triedBefore: true, tokenAgeMs: 3_000 })).toBe('done');
    expect(shown()).toEqual(['こんにちは']);
  });
  test('carries no retry key', async () => {
    const { replyToken } = await wrote();
    await sender.reply(replyToken, HELLO);
    expect(line.simulator.platform.calls.find((c) => c.endpoint === 'reply')).not.toHaveProperty('retryKey');
  });
  test('over a limit does not leave the house', async () => {
    expect(await sender.reply('token', [{ type: 'text', text: 'x'.repeat(5001) }])).toEqual({ kind: 'over_limit', violations: [{ path: 'messages[0].text', rule: expect.any(String) }] });
    expect(line.simulator.platform.calls).toEqual([]);
  });
  test('is refused with what LINE said', async () => {
    await line.api('POST', '/faults', { endpoint: 'reply', status: 403, body: { message: 'Access to this API is not available for your account' } });
    expect(await sender.reply('token', HELLO)).toEqual({ kind: 'refused', status: 403, body: '{"message":"Access to this API is not available for your account"}' });
  });
});

describe('a push', () => {
  test('with a known retry key is a duplicate, which is success', async () => {
    const { id } = await wrote();
    const first = await sender.push(id, HELLO, KEY);
    const second = await sender.push(id, HELLO, KEY);
    if (first.kind !== 'sent' || second.kind !== 'duplicate') throw new Error(`${first.kind} ${second.kind}`);
    expect(second.acceptedRequestId).toBe(first.requestId);
    expect(second.messages).toEqual(first.messages);
    expect(shown()).toEqual(['こんにちは']);
  });
  test.each([
    ['drop', { how: 'drop', accepted: true }],
    ['500', { how: 'status', status: 500, accepted: true }],
  ])('whose answer was lost (%s) is a duplicate the second time', async (_, fault) => {
    const { id } = await wrote();
    await line.api('POST', '/faults', { endpoint: 'push', ...fault });
    expect(await sender.push(id, HELLO, KEY)).toMatchObject({ kind: 'unreachable', maybeDelivered: true });
    expect(await sender.push(id, HELLO, KEY)).toMatchObject({ kind: 'duplicate' });
    expect(shown()).toEqual(['こんにちは']);
  });
  test.each([
    ['rateLimit', 'rate_limited'],
    ['monthlyLimit', 'quota_exhausted'],
    ['tooManyToUser', 'too_many_to_one_user'],
  ])('429 %s is %s', async (status, kind) => {
    const { id } = await wrote();
    await line.api('POST', '/faults', { endpoint: 'push', status });
    expect(await sender.push(id, HELLO, KEY)).toEqual({ kind });
  });
  test.each([
    [{ quota: 10, used: 10 }, 'quota_exhausted'],
    [{ quota: 10, used: 3 }, 'rate_limited'],
    [{ quota: null, used: 9_999 }, 'rate_limited'],
  ])('429 in words we do not know is told by the quota %j', async (settings, kind) => {
    const { id } = await wrote();
    await line.api('PATCH', `/channels/${CHANNEL.name}`, settings);
    await line.api('POST', '/faults', { endpoint: 'push', status: 429, body: { message: '送信できません' } });
    expect(await sender.push(id, HELLO, KEY)).toEqual({ kind });
  });
  test('the quota counts people, not messages, and free replies not at all', async () => {
    const { id, replyToken } = await wrote();
    await line.api('PATCH', `/channels/${CHANNEL.name}`, { quota: 1 });
    await sender.reply(replyToken, HELLO);
    expect(await sender.push(id, [...HELLO, ...HELLO, ...HELLO], KEY)).toMatchObject({ kind: 'sent' });
    expect(await sender.quota()).toEqual({ limit: 1, used: 1 });
    expect(await sender.push(id, HELLO, KEY.replace('123e', '223e'))).toEqual({ kind: 'quota_exhausted' });
  });
  test('to what is no user id never becomes a call', async () => {
    for (const bad of ['', 'U123', '../../v2/bot/info', `${'U'.padEnd(33, '0')}/x`]) expect(await sender.push(bad, HELLO, KEY)).toMatchObject({ kind: 'refused' });
    expect(line.simulator.platform.calls).toEqual([]);
  });
});

describe('when LINE is not there', () => {
  test('a server that never answers is given up after the timeout, and may have taken it', async () => {
    const { replyToken, id } = await wrote();
    await line.api('POST', '/faults', { endpoint: '*', how: 'hang', times: 2 });
    const hasty = to(line.url, 100);
    expect(await hasty.reply(replyToken, HELLO)).toMatchObject({ kind: 'unreachable', maybeDelivered: true });
    expect(await hasty.push(id, HELLO, KEY)).toMatchObject({ kind: 'unreachable', maybeDelivered: true });
    expect(await sender.reply(replyToken, HELLO)).toMatchObject({ kind: 'sent' });
  });
  test('a server that starts to answer and stops is given up too', async () => {
    const half: Server = createServer((socket) => void socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":')));
    await new Promise<void>((resolve) => half.listen(0, '127.0.0.1', resolve));
    const sockets = new Set<{ destroy(): void }>();
    half.on('connection', (socket) => sockets.add(socket));
    const hasty = to(`http://127.0.0.1:${(half.address() as AddressInfo).port}`, 100);
    expect(await hasty.reply('token', HELLO)).toMatchObject({ kind: 'unreachable', maybeDelivered: true });
    for (const socket of sockets) socket.destroy();
    half.close();
  });
  test('nobody listening means it certainly did not arrive', async () => {
    const { replyToken } = await wrote();
    await line.simulator.close();
    expect(await sender.reply(replyToken, HELLO)).toMatchObject({ kind: 'unreachable' });
    expect(await to(line.url).reply(replyToken, HELLO)).toMatchObject({ kind: 'unreachable', maybeDelivered: false });
    expect(await to('http://line.invalid').reply(replyToken, HELLO)).toMatchObject({ kind: 'unreachable', maybeDelivered: false });
  });
  test('the calls that are no messages throw by whose fault it is', async () => {
    await line.api('POST', '/faults', { endpoint: 'quota', status: 500 });
    await expect(sender.quota()).rejects.toBeInstanceOf(LineUnreachable);
    await line.api('POST', '/faults', { endpoint: 'info', status: 403 });
    await expect(sender.botInfo()).rejects.toBeInstanceOf(LineRefused);
  });
});

describe('the other calls', () => {
  test('a profile is null for people who blocked us, do not exist, or are none', async () => {
    const { id } = await wrote();
    expect(await sender.profile(id)).toEqual({ displayName: '佐藤', language: 'ja' });
    await line.simulator.user('佐藤').block();
    expect(await sender.profile(id)).toBeNull();
    expect(await sender.profile(`U${'0'.repeat(32)}`)).toBeNull();
    for (const bad of ['..', '%2e%2e', '', 'U/../x']) expect(await sender.profile(bad)).toBeNull();
    expect(line.simulator.platform.calls.filter((c) => c.endpoint === 'profile')).toHaveLength(3);
  });
  test.each([[1, 5], [5, 5], [6, 10], [60, 60], [90, 60]])('loading for %i seconds is asked as %i', async (seconds, asked) => {
    const { id } = await wrote();
    await sender.loading(id, seconds);
    expect(line.simulator.platform.calls.at(-1)).toMatchObject({ endpoint: 'loading', status: 202, body: { chatId: id, loadingSeconds: asked } });
    expect(line.simulator.user('佐藤').chat().loading).toBe(true);
  });
  test('a message is marked as read by its token', async () => {
    await wrote();
    const event = line.heard.at(-1)!;
    if (event.type !== 'message' || event.message.type !== 'text') throw new Error(event.type);
    await sender.markAsRead(event.message.markAsReadToken!);
    expect(line.simulator.user('佐藤').chat().messages[0]).toMatchObject({ read: true });
  });
  test('who we are', async () => {
    expect(await sender.botInfo()).toMatchObject({ userId: expect.stringMatching(/^U[0-9a-f]{32}$/), chatMode: 'bot' });
  });
});

describe('stateless tokens', () => {
  const made = (secret = CHANNEL.channelSecret) => {
    const tokens = stateless({ id: CHANNEL.channelId, secret, baseUrl: line.url, timeoutMs: 5_000, now: line.clock.now });
    return closing(new LineSender({ baseUrl: line.url, tokens }));
  };
  const issued = (): number => line.simulator.platform.calls.filter((c) => c.endpoint === 'token').length;

  test('one is asked for once, however many calls begin at once, and kept for ten minutes', async () => {
    const bot = made();
    await Promise.all(Array.from({ length: 5 }, () => bot.botInfo()));
    line.clock.advance(9 * 60_000);
    await bot.botInfo();
    expect(issued()).toBe(1);
    line.clock.advance(2 * 60_000);
    await bot.botInfo();
    expect(issued()).toBe(2);
  });
  test('an old one is used up while LINE gives no other', async () => {
    const bot = made();
    await bot.botInfo();
    line.clock.advance(11 * 60_000);
    await line.api('POST', '/faults', { endpoint: 'token', status: 'serverError', times: 2 });
    expect(await bot.botInfo()).toMatchObject({ chatMode: 'bot' });
    line.clock.advance(4 * 60_000);
    await expect(bot.botInfo()).rejects.toBeInstanceOf(LineUnreachable);
    expect(await bot.botInfo()).toMatchObject({ chatMode: 'bot' });
  });
  test('one that LINE refuses is replaced, and the call made again', async () => {
    const bot = made();
    await bot.botInfo();
    line.simulator.platform.channels[0]!.revoke();
    expect(await bot.botInfo()).toMatchObject({ chatMode: 'bot' });
    expect(issued()).toBe(2);
  });
  test('a wrong secret is a refusal, not an endless retry', async () => {
    const bot = made('wrong');
    await expect(bot.botInfo()).rejects.toBeInstanceOf(LineRefused);
    expect(await bot.reply('token', HELLO)).toMatchObject({ kind: 'refused', status: 401 });
  });
  test('that cannot be had leave what was to be sent unsent', async () => {
    await line.api('POST', '/faults', { endpoint: 'token', how: 'drop' });
    expect(await made().reply('token', HELLO)).toMatchObject({ kind: 'unreachable', maybeDelivered: false });
  });
});

test('a long-lived token that is wrong is told as 401', async () => {
  const bot = closing(new LineSender({ baseUrl: line.url, tokens: longLived('wrong') }));
  expect(await bot.reply('token', HELLO)).toMatchObject({ kind: 'refused', status: 401 });
});

test('a long-lived token that LINE refuses is replaced by short-lived ones, once and for all, where ID and secret are known', async () => {
  const told: string[] = [];
  const channel = { name: 'shop', id: CHANNEL.channelId, secret: CHANNEL.channelSecret, accessToken: 'revoked' };
  const bot = closing(new LineSender({ baseUrl: line.url, tokens: tokensOf(channel, { baseUrl: line.url, now: line.clock.now }, () => told.push('refused')) }));
  expect(await Promise.all([bot.botInfo(), bot.botInfo()])).toHaveLength(2);
  await bot.botInfo();
  expect(told).toEqual(['refused']);
  expect(line.simulator.platform.calls.filter((c) => c.endpoint === 'info' && c.status === 401)).toHaveLength(2);
});

test('a base URL with a path is refused, since the SDK would drop it', () => {
  expect(() => new LineSender({ baseUrl: 'http://localhost/line/', tokens: longLived('x') })).toThrow(/origin/);
});
