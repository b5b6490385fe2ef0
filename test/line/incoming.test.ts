import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readWebhook } from '../../src/line/incoming.ts';
import type { IncomingEvent, Json } from '../../src/model/incoming.ts';

const NOW = Date.UTC(2026, 10, 24, 3, 0);
const USER = 'U8e742f61d673b39c7fff3cecb7536ef0';
const BASE: Json = {
  webhookEventId: '01KAVT0000000000000000000A',
  deliveryContext: { isRedelivery: false },
  timestamp: NOW - 500,
  source: { type: 'user', userId: USER },
  replyToken: 'token',
  mode: 'active',
};

function read(event: Json): IncomingEvent {
  const webhook = readWebhook(JSON.stringify({ destination: USER, events: [event] }), NOW);
  if (!webhook.ok) throw new Error(webhook.reason);
  return webhook.events[0]!;
}
const message = (content: Json): IncomingEvent => read({ ...BASE, type: 'message', message: { id: '1', ...content } });

describe('what an event says', () => {
  test('a text keeps its tokens', () => {
    expect(message({ type: 'text', text: '明日空いてる？', quoteToken: 'q', markAsReadToken: 'r' }).what).toEqual({ kind: 'text', messageId: '1', text: '明日空いてる？', quoteToken: 'q', markAsReadToken: 'r' });
  });
  test('a sticker has keywords, and a text when it is one with words', () => {
    expect(message({ type: 'sticker', keywords: ['OK', 3], text: 'はい' }).what).toEqual({ kind: 'sticker', messageId: '1', keywords: ['OK'], text: 'はい' });
    expect(message({ type: 'sticker' }).what).toEqual({ kind: 'sticker', messageId: '1', keywords: [], text: null });
  });
  test.each(['image', 'video', 'audio', 'file', 'location'] as const)('%s is known as such', (type) => {
    expect(message({ type }).what).toEqual({ kind: type, messageId: '1' });
  });
  test('a postback has data and what a picker picked', () => {
    const { what } = read({ ...BASE, type: 'postback', postback: { data: 'd', params: { datetime: '2026-11-25T15:00', odd: 3 } } });
    expect(what).toEqual({ kind: 'postback', data: 'd', params: { datetime: '2026-11-25T15:00' } });
  });
  test('follow, unfollow and unsend', () => {
    expect(read({ ...BASE, type: 'follow', follow: { isUnblocked: true } }).what).toEqual({ kind: 'follow', isUnblocked: true });
    expect(read({ ...BASE, type: 'follow' }).what).toEqual({ kind: 'follow', isUnblocked: false });
    expect(read({ ...BASE, type: 'unfollow' }).what).toEqual({ kind: 'unfollow' });
    expect(read({ ...BASE, type: 'unsend', unsend: { messageId: '9' } }).what).toEqual({ kind: 'unsend', messageId: '9' });
  });
  test.each([
    { ...BASE, type: 'messageEdited', message: { id: '1', text: 'x' } },
    { ...BASE, type: 'message', message: { id: '1', type: 'hologram' } },
    { ...BASE, type: 'message', message: { id: '1', type: 'text' } },
    { ...BASE, type: 'message' },
    { ...BASE, type: 'postback' },
    { ...BASE },
  ])('what we do not know is kept whole and passed over: %j', (event) => {
    expect(read(event).what).toEqual({ kind: 'other' });
    expect(read(event).raw).toEqual(event);
  });
});

describe('what comes with an event', () => {
  test('person, time, token, mode', () => {
    expect(message({ type: 'text', text: 'x' })).toMatchObject({
      webhookEventId: BASE['webhookEventId'], type: 'message', timestamp: NOW - 500, lineUserId: USER, source: 'user', replyToken: 'token', mode: 'active', isRedelivery: false,
    });
  });
  test('standby and redelivery are seen', () => {
    expect(read({ ...BASE, type: 'unfollow', mode: 'standby', replyToken: undefined, deliveryContext: { isRedelivery: true } })).toMatchObject({ mode: 'standby', replyToken: null, isRedelivery: true });
  });
  test.each([undefined, null, 7, '', 'U123', `${USER}x`, '../../v2/bot', 'u8e742f61d673b39c7fff3cecb7536ef0'])('the user id %p is nobody', (userId) => {
    expect(read({ ...BASE, type: 'message', source: { type: 'user', userId } }).lineUserId).toBeNull();
  });
  test('a chat of several people is told apart', () => {
    expect(read({ ...BASE, type: 'message', source: { type: 'group', groupId: 'C1', userId: USER } })).toMatchObject({ source: 'group', lineUserId: USER });
    expect(read({ ...BASE, type: 'accountLink', source: undefined })).toMatchObject({ source: 'none', lineUserId: null });
  });
  test('a missing or senseless time is the time of receipt', () => {
    for (const timestamp of [undefined, 'yesterday', 1e300, null]) expect(read({ ...BASE, type: 'message', timestamp }).timestamp).toBe(NOW);
  });
});

describe('an event without a usable id', () => {
  const { webhookEventId: _, ...nameless }: Json = { ...BASE, type: 'message', message: { id: '1', type: 'text', text: 'x' } };
  test('is known again when it comes once more, in any order of keys', () => {
    const again = Object.fromEntries(Object.entries({ ...nameless, deliveryContext: { isRedelivery: true } }).toReversed());
    expect(read(again).webhookEventId).toBe(read(nameless).webhookEventId);
    expect(read(nameless).webhookEventId).toMatch(/^h-[0-9a-f]{32}$/);
  });
  test('is not taken for another one', () => {
    expect(read({ ...nameless, timestamp: NOW }).webhookEventId).not.toBe(read(nameless).webhookEventId);
  });
  test.each([7, '', 'x'.repeat(65), 'a b', "'; drop table inbox; --"])('the id %p is replaced', (webhookEventId) => {
    expect(read({ ...nameless, webhookEventId }).webhookEventId).toMatch(/^h-/);
  });
});

describe('a body', () => {
  test('without events is the Verify button', () => {
    expect(readWebhook(`{"destination":"${USER}","events":[]}`, NOW)).toEqual({ ok: true, destination: USER, events: [] });
  });
  test('may hold many events of many people', () => {
    const other = 'U0123456789abcdef0123456789abcdef';
    const body = JSON.stringify({ events: [{ ...BASE, type: 'follow' }, { ...BASE, type: 'unfollow', source: { type: 'user', userId: other } }] });
    const webhook = readWebhook(body, NOW);
    expect(webhook.ok && webhook.events.map((e) => e.lineUserId)).toEqual([USER, other]);
  });
  test.each(['', '{', 'null', '[]', '7', '"x"', '{}', '{"events":{}}', '<html>'])('%p is refused with a reason', (body) => {
    expect(readWebhook(Buffer.from(body), NOW)).toEqual({ ok: false, reason: expect.any(String) });
  });
  test('loses NULs and lone surrogates, which no database takes, and nothing else', () => {
    const body = `{"events":[{"type":"message","webhookEventId":"01A","timestamp":1,"message":{"id":"1","type":"text","text":"a\\u0000b\\ud83d😀\\uD83E\\uDD28c"}}]}`;
    const webhook = readWebhook(body, NOW);
    expect(webhook.ok && webhook.events[0]!.what).toMatchObject({ text: 'ab\ufffd😀🤨c' });
    expect(JSON.stringify(webhook)).not.toMatch(/\\u0000|\\ud83d/i);
  });
  test('of any JSON whatsoever never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => void readWebhook(JSON.stringify({ events: [a, { type: 'message', message: b, source: a }] }), NOW)));
  });
});
