import { messagingApi } from '@line/bot-sdk';
import { LineRefused, LineUnreachable } from './errors.ts';
import { isLineUserId } from '../model/incoming.ts';
import { violations } from './limits.ts';
import type { SendResult, SentMessage } from './outcome.ts';
import { LineTransport, over } from './transport.ts';
import type { TokenSource } from './tokens.ts';

export type Profile = { displayName: string; language: string | null };
/** `limit` null = no limit set. LINE's count is approximate and includes what was sent from its own manager. */
export type Quota = { limit: number | null; used: number };
export type BotInfo = { userId: string; basicId: string; displayName: string; chatMode: string; markAsReadMode: string };

/** Milliseconds before a call is given up as unclear. */
const TIMEOUT_MS = 8_000;

/**
 * The one door to LINE, around the SDK's client: a timeout, one pool of connections, the limits checked before a
 * message leaves. `reply` and `push` give a value for everything LINE may answer; the other calls throw
 * LineRefused or LineUnreachable. Makes no retries of its own: `outcome.ts` says when, the outbox does it.
 */
export class LineSender {
  readonly #client: messagingApi.MessagingApiClient;
  readonly #transport: LineTransport;
  readonly #tokens: TokenSource;

  constructor(line: { baseUrl: string; tokens: TokenSource; timeoutMs?: number }) {
    this.#tokens = line.tokens;
    this.#transport = new LineTransport({ baseUrl: line.baseUrl, timeoutMs: line.timeoutMs ?? TIMEOUT_MS, tokens: line.tokens });
    this.#client = over(new messagingApi.MessagingApiClient({ channelAccessToken: '', baseURL: line.baseUrl }), this.#transport);
  }

  /** Free of charge; once per token, within a minute. */
  reply(replyToken: string, messages: messagingApi.Message[]): Promise<SendResult> {
    return this.#send(messages, () => this.#client.replyMessageWithHttpInfo({ replyToken, messages }));
  }

  /** Counts against the quota. `retryKey`, a UUID stored beforehand, makes trying again within 24 hours harmless. */
  push(to: string, messages: messagingApi.Message[], retryKey: string): Promise<SendResult> {
    if (!isLineUserId(to)) return Promise.resolve({ kind: 'refused', status: 400, body: 'not a LINE user id' });
    return this.#send(messages, () => this.#client.pushMessageWithHttpInfo({ to, messages }, retryKey));
  }

  /** Null for people who blocked us, never wrote, or do not exist. */
  async profile(userId: string): Promise<Profile | null> {
    if (!isLineUserId(userId)) return null;
    try {
      const { displayName, language } = await this.#client.getProfile(userId);
      return { displayName, language: language ?? null };
    } catch (error) {
      if (error instanceof LineRefused && error.status === 404) return null;
      throw error;
    }
  }

  /** The dots of somebody typing; gone with the next message. Rounded up to the 5, 10, … 60 seconds LINE knows. */
  async loading(userId: string, seconds: number): Promise<void> {
    if (!isLineUserId(userId)) return;
    const loadingSeconds = Math.min(60, Math.max(5, Math.ceil(seconds / 5) * 5));
    await this.#client.showLoadingAnimation({ chatId: userId, loadingSeconds });
  }

  async markAsRead(markAsReadToken: string): Promise<void> {
    await this.#client.markMessagesAsReadByToken({ markAsReadToken });
  }

  async quota(): Promise<Quota> {
    const [quota, consumption] = await Promise.all([this.#client.getMessageQuota(), this.#client.getMessageQuotaConsumption()]);
    return { limit: quota.type === 'limited' ? (quota.value ?? null) : null, used: consumption.totalUsage };
  }

  /** Asked at start: whether the token works, and as which account. */
  async botInfo(): Promise<BotInfo> {
    const { userId, basicId, displayName, chatMode, markAsReadMode } = await this.#client.getBotInfo();
    return { userId, basicId, displayName, chatMode, markAsReadMode };
  }

  /** Calls in hand are finished first. */
  async close(): Promise<void> {
    await this.#transport.close();
    await this.#tokens.close();
  }

  async #send(messages: messagingApi.Message[], call: () => Promise<Sent>): Promise<SendResult> {
    const broken = violations(messages);
    if (broken.length > 0) return { kind: 'over_limit', violations: broken };
    try {
      const { httpResponse, body } = await call();
      return { kind: 'sent', requestId: httpResponse.headers.get('x-line-request-id'), messages: sentMessages(body) };
    } catch (error) {
      if (error instanceof LineUnreachable) return { kind: 'unreachable', maybeDelivered: error.maybeDelivered, reason: error.message };
      if (error instanceof LineRefused) return this.#said(error);
      throw error;
    }
  }

  async #said(refusal: LineRefused): Promise<SendResult> {
    const { status, body } = refusal;
    if (status === 409) return { kind: 'duplicate', acceptedRequestId: refusal.acceptedRequestId, messages: sentMessages(parsed(body)) };
    if (status === 400 && /invalid reply token/i.test(body)) return { kind: 'invalid_reply_token' };
    if (status !== 429) return { kind: 'refused', status, body };
    if (/monthly limit/i.test(body)) return { kind: 'quota_exhausted' };
    if (/rate limit/i.test(body)) return { kind: 'rate_limited' };
    if (/too many messages|same user|one user/i.test(body)) return { kind: 'too_many_to_one_user' };
    // Words we do not know: the quota itself tells which it is.
    const quota = await this.quota().catch(() => null);
    return quota?.limit != null && quota.used >= quota.limit ? { kind: 'quota_exhausted' } : { kind: 'rate_limited' };
  }
}

type Sent = { httpResponse: { headers: { get(name: string): string | null } }; body: unknown };

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const sentMessages = (body: unknown): SentMessage[] => {
  const sent = (body as { sentMessages?: unknown } | null)?.sentMessages;
  return Array.isArray(sent) ? (sent as SentMessage[]) : [];
};
