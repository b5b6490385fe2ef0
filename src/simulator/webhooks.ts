import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Channel } from './channels.ts';
import type { Json } from './render.ts';

/** What the bot answered to one webhook. */
export type Delivery = {
  at: number;
  /** Null: it did not answer. */
  status: number | null;
  ms: number;
  /** As LINE's error statistics name it. */
  reason: 'ok' | 'request_timeout' | 'could_not_connect' | 'error_status_code' | 'webhook_off';
  detail: string;
  isRedelivery: boolean;
};

/** Real milliseconds between redeliveries; LINE does not disclose its own. */
const REDELIVERIES_MS = [1_000, 5_000, 30_000, 120_000];

/** Sends webhooks as LINE does: signed over the exact bytes, with two seconds to answer. */
export class Webhooks {
  readonly #agent = new Agent({ connections: 256, pipelining: 1, keepAliveTimeout: 30_000 });
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Sends a body as it is. `signature` overrides the right one, null leaves it out; `to` is another address, used or not. */
  async send(channel: Channel, body: string, at: number, signature?: string | null, isRedelivery = false, to?: string): Promise<Delivery> {
    const { webhookTimeoutMs, useWebhook } = channel.settings;
    const webhookUrl = to ?? channel.settings.webhookUrl;
    if (!useWebhook && to === undefined) return { at, status: null, ms: 0, reason: 'webhook_off', detail: 'useWebhook is off', isRedelivery };
    const started = performance.now();
    const took = (): number => Math.round(performance.now() - started);
    const bytes = Buffer.from(body, 'utf8');
    const signed = signature === undefined ? createHmac('sha256', channel.channelSecret).update(bytes).digest('base64') : signature;
    const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'LineBotWebhook/2.0', ...(signed === null ? {} : { 'x-line-signature': signed }) };
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), webhookTimeoutMs);
    try {
      const answer = await request(webhookUrl, { method: 'POST', body: bytes, headers, signal: deadline.signal, dispatcher: this.#agent, headersTimeout: 0, bodyTimeout: 0 });
      await answer.body.dump();
      const ok = answer.statusCode >= 200 && answer.statusCode < 300;
      return { at, status: answer.statusCode, ms: took(), reason: ok ? 'ok' : 'error_status_code', detail: String(answer.statusCode), isRedelivery };
    } catch (error) {
      const late = deadline.signal.aborted;
      return { at, status: null, ms: took(), reason: late ? 'request_timeout' : 'could_not_connect', detail: late ? `no answer within ${webhookTimeoutMs} ms` : (error as Error).message, isRedelivery };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Plans the `nth` redelivery (from 0); LINE gives up after some. */
  later(nth: number, deliver: () => void): void {
    const ms = REDELIVERIES_MS[nth];
    if (ms === undefined) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      deliver();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  /** Forgets planned redeliveries. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async close(): Promise<void> {
    this.clear();
    await this.#agent.destroy();
  }
}

/** A webhook body. LINE writes some characters beyond the basic plane as escapes; the signature covers them so. */
export function bodyOf(destination: string, events: readonly Json[], escapeEmoji: boolean): string {
  const body = JSON.stringify({ destination, events });
  if (!escapeEmoji) return body;
  return body.replace(/[\u{10000}-\u{10ffff}]/gu, (pair) => `\\u${hex(pair, 0)}\\u${hex(pair, 1)}`);
}

const hex = (pair: string, at: number): string => pair.charCodeAt(at).toString(16).toUpperCase();
