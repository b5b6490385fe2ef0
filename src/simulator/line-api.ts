import type { Channel } from './channels.ts';
import { mistakes } from './contract.ts';
import type { Checked, Detail } from './contract.ts';
import { SAYS } from './faults.ts';
import { isUserId, messageId, token } from './ids.ts';
import type { Platform } from './platform.ts';
import type { Json } from './render.ts';
import { bodyOf } from './webhooks.ts';

/** What an endpoint answers. */
export type Answer = { status: number; body: Json | null; headers?: Record<string, string>; /** In place of a body: a picture. */ bytes?: { type: string; bytes: Buffer } };
/** A call that was authenticated and read. */
export type Call = { channel: Channel; body: Json; params: readonly string[]; query: URLSearchParams; retryKey: string | undefined; requestId: string; /** The body as it came, and what it says it is. */ raw: Buffer; contentType: string };
export type Endpoint = (platform: Platform, call: Call) => Answer | Promise<Answer>;

export const ok = (body: Json = {}): Answer => ({ status: 200, body });

/** LINE's 400 for a body it does not take, or null when it does. */
export function refusal(schema: Checked, body: unknown): Answer | null {
  const details: Detail[] = mistakes(schema, body);
  if (details.length === 0) return null;
  return { status: 400, body: { message: `The request body has ${details.length} error(s)`, details } };
}

/** Refused for everything but messages counted per person: the checks all sending shares. */
function crowded(platform: Platform, { channel }: Call, endpoint: string, to: string | null): Answer | null {
  const now = platform.clock.now();
  if (to !== null && !channel.allows(`to ${to}`, channel.settings.perUserPerMinute, 60_000, now)) return SAYS.tooManyToUser;
  return channel.allows(endpoint, channel.settings.ratePerSecond, 1000, now) ? null : SAYS.rateLimit;
}

export const reply: Endpoint = (platform, call) => {
  if (call.retryKey !== undefined) return { status: 400, body: { message: 'The retry key is not supported by this API' } };
  const refused = refusal('ReplyMessageRequest', call.body) ?? crowded(platform, call, 'reply', null);
  if (refused) return refused;
  const to = platform.useReplyToken(call.channel, call.body['replyToken']);
  if (to === false) return SAYS.invalidReplyToken;
  return ok(show(platform, call, to, 'reply'));
};

export const push: Endpoint = (platform, call) => {
  const { channel, body, retryKey, requestId } = call;
  if (retryKey !== undefined && !UUID.test(retryKey)) return { status: 400, body: { message: 'Invalid X-Line-Retry-Key: must be a UUID in hexadecimal' } };
  const now = platform.clock.now();
  const key = retryKey && `${channel.name}/${retryKey.toLowerCase()}`;
  const before = key === undefined ? undefined : platform.accepted.get(key);
  if (before && now - before.at < 24 * 3_600_000) {
    const answer = { message: 'The retry key is already accepted', ...before.answer };
    return { status: 409, body: answer, headers: { 'x-line-accepted-request-id': before.requestId } };
  }
  const to = body['to'];
  const refused = refusal('PushMessageRequest', body);
  if (refused) return refused;
  if (!isUserId(to)) return { status: 400, body: { message: "The property, 'to', in the request body is invalid (line: -, column: -)" } };
  if (!platform.users.has(to)) return SAYS.failedToSend;
  const tooMany = crowded(platform, call, 'push', to);
  if (tooMany) return tooMany;
  const { quota } = channel.settings;
  const used = channel.usedIn(now);
  if (quota !== null && used >= quota) return SAYS.monthlyLimit;
  // A message that a block keeps from its reader is taken, but neither shown nor counted.
  if (!platform.chat(channel, to).blocked) channel.settings.used++;
  const answer = show(platform, call, to, 'push');
  if (key !== undefined) remember(platform, key, { requestId, at: now, answer });
  return ok(answer);
};

function remember(platform: Platform, key: string, accepted: { requestId: string; at: number; answer: Json }): void {
  platform.accepted.set(key, accepted);
  if (platform.accepted.size > 100_000) platform.accepted.delete(platform.accepted.keys().next().value!);
}

/** Puts the messages of a call into the chat, unless the person blocked the bot. */
function show(platform: Platform, { channel, body }: Call, to: string | null, via: 'reply' | 'push'): Json {
  const now = platform.clock.now();
  const messages = (body['messages'] as Json[]).map((message) => ({ id: messageId(now), message }));
  if (to !== null) {
    const chat = platform.chat(channel, to);
    if (!chat.blocked) chat.deliver(messages, now, via);
    platform.changed({ chat: to, channel: channel.name });
  }
  return { sentMessages: messages.map(({ id, message }) => (QUOTABLE.has(message['type']) ? { id, quoteToken: token() } : { id })) };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Kinds of messages that can be quoted. */
const QUOTABLE: ReadonlySet<unknown> = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']);

export const validate: Endpoint = (_, call) => refusal('ValidateMessageRequest', call.body) ?? ok();

export const profile: Endpoint = (platform, { channel, params }) => {
  const userId = params[0]!;
  const user = platform.users.get(userId);
  if (!user || !platform.knows(channel, userId) || platform.chat(channel, userId).blocked) return SAYS.notFound;
  return ok({ userId, displayName: user.name, language: user.language });
};

export const loading: Endpoint = (platform, { channel, body }) => {
  const seconds = body['loadingSeconds'] ?? 20;
  const refused = refusal('ShowLoadingAnimationRequest', body);
  if (refused) return refused;
  if (!isUserId(body['chatId'])) return { status: 400, body: { message: 'The value for the chatId is invalid' } };
  if (typeof seconds !== 'number' || seconds % 5 !== 0) return { status: 400, body: { message: 'The value for loadingSeconds must be a multiple of 5' } };
  const chat = platform.chat(channel, body['chatId']);
  chat.loadingUntil = platform.clock.now() + seconds * 1000;
  platform.changed({ chat: chat.userId, channel: channel.name });
  return { status: 202, body: {} };
};

export const markAsRead: Endpoint = (platform, { channel, body }) => {
  const refused = refusal('MarkMessagesAsReadByTokenRequest', body);
  if (refused) return refused;
  const [userId, upTo] = readTokenOf(String(body['markAsReadToken']));
  if (!userId || !upTo || !platform.knows(channel, userId)) return { status: 400, body: { message: 'The markAsReadToken is invalid' } };
  platform.chat(channel, userId).markRead(upTo);
  platform.changed({ chat: userId, channel: channel.name });
  return ok();
};

/** The token that marks a message as read carries whose and which. */
export const markAsReadTokenFor = (userId: string, id: string): string => Buffer.from(`${userId}:${id}`).toString('base64url');
const readTokenOf = (given: string): string[] => Buffer.from(given, 'base64url').toString('utf8').split(':');

export const quota: Endpoint = (_, { channel }) =>
  ok(channel.settings.quota === null ? { type: 'none' } : { type: 'limited', value: channel.settings.quota });

export const consumption: Endpoint = (platform, { channel }) => ok({ totalUsage: channel.usedIn(platform.clock.now()) });

export const info: Endpoint = (_, { channel }) =>
  ok({ userId: channel.botUserId, basicId: `@${channel.name}`, displayName: channel.displayName, chatMode: channel.settings.chatMode, markAsReadMode: channel.settings.markAsReadMode });

const NO_ENDPOINT: Answer = { status: 404, body: { message: 'Webhook endpoint not found' } };
const BAD_ENDPOINT: Answer = { status: 400, body: { message: 'Invalid webhook endpoint URL' } };
/** REF "Webhook URL validation rules"; a bot on this machine may do without TLS, since nobody else could reach it. */
function isEndpoint(given: unknown): given is string {
  if (typeof given !== 'string' || given.length > 500 || !URL.canParse(given)) return false;
  const { protocol, hostname } = new URL(given);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

export const webhookEndpoint: Endpoint = (platform, { channel }) => {
  if (!channel.allows('webhook get', 1000, 60_000, platform.clock.now())) return SAYS.rateLimit;
  const { webhookUrl, useWebhook } = channel.settings;
  return webhookUrl === '' ? NO_ENDPOINT : ok({ endpoint: webhookUrl, active: useWebhook });
};

export const setWebhookEndpoint: Endpoint = (platform, { channel, body }) => {
  if (!channel.allows('webhook set', 1000, 60_000, platform.clock.now())) return SAYS.rateLimit;
  if (!isEndpoint(body['endpoint'])) return BAD_ENDPOINT;
  channel.settings.webhookUrl = body['endpoint'];
  return ok();
};

/** What the console's Verify button does: a webhook without events, to the URL given or the one that is set; whether webhooks are in use does not matter. */
export const testWebhook: Endpoint = async (platform, { channel, body }) => {
  const now = platform.clock.now();
  if (!channel.allows('webhook test', 60, 3_600_000, now)) return SAYS.rateLimit;
  const endpoint = body['endpoint'] ?? channel.settings.webhookUrl;
  if (endpoint === '') return NO_ENDPOINT;
  if (!isEndpoint(endpoint)) return BAD_ENDPOINT;
  const { status, reason, detail, at } = await platform.webhooks.send(channel, bodyOf(channel.botUserId, [], channel.settings.escapeEmoji), now, undefined, false, endpoint);
  return ok({ success: reason === 'ok', timestamp: new Date(at).toISOString(), statusCode: status ?? 0, reason: reason.toUpperCase(), detail });
};
