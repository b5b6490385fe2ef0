import { randomBytes } from 'node:crypto';
import { dayOf } from '../model/time.ts';
import { userIdFor } from './ids.ts';

/** A bot as its owner registered it with LINE. */
export type ChannelGiven = { name: string; /** What people see; the name where it is not given. */ displayName?: string; channelId: string; channelSecret: string; accessToken: string; webhookUrl: string };

/** What can be set on a channel while it runs; documented in `docs/simulator.md`. */
export type ChannelSettings = {
  webhookUrl: string;
  useWebhook: boolean;
  /** Messages a month; null = no limit. */
  quota: number | null;
  used: number;
  /** Requests a second to one endpoint; null = any number. */
  ratePerSecond: number | null;
  /** Messages a minute to one person; null = any number. */
  perUserPerMinute: number | null;
  /** Send a webhook again that was not answered with 2xx. LINE's default is off. */
  redelivery: boolean;
  /** Real milliseconds a webhook may take. */
  webhookTimeoutMs: number;
  /** Write emoji in webhooks as `\uD83D\uDE00`, as LINE does with some. */
  escapeEmoji: boolean;
  /** What the Official Account Manager says: chats by hand (`chat`), or the bot only. */
  chatMode: 'chat' | 'bot';
  markAsReadMode: 'auto' | 'manual';
};

const usual: Omit<ChannelSettings, 'webhookUrl'> = {
  useWebhook: true, quota: null, used: 0, ratePerSecond: null, perUserPerMinute: null, redelivery: false, webhookTimeoutMs: 2000, escapeEmoji: true, chatMode: 'bot', markAsReadMode: 'auto',
};

/** A channel of the simulated platform, with its tokens and its counters. */
export class Channel {
  readonly name: string;
  readonly displayName: string;
  readonly channelId: string;
  readonly channelSecret: string;
  /** The bot's own user id, `destination` of its webhooks. */
  readonly botUserId: string;
  readonly #longLived: string;
  readonly #given: ChannelGiven;
  readonly #issued = new Map<string, number>();
  #recent = new Map<string, number[]>();
  #month: string | null = null;
  settings: ChannelSettings;

  constructor(given: ChannelGiven) {
    this.name = given.name;
    this.displayName = given.displayName ?? given.name;
    this.channelId = given.channelId;
    this.channelSecret = given.channelSecret;
    this.botUserId = userIdFor(`bot ${given.channelId}`);
    this.#longLived = given.accessToken;
    this.#given = given;
    this.settings = { ...usual, webhookUrl: given.webhookUrl };
  }

  /** A stateless or short-lived token. */
  issue(now: number, seconds: number): string {
    for (const [token, until] of this.#issued) if (until < now) this.#issued.delete(token);
    const token = randomBytes(48).toString('base64url');
    this.#issued.set(token, now + seconds * 1000);
    return token;
  }

  accepts(token: string, now: number): boolean {
    return token === this.#longLived || now < (this.#issued.get(token) ?? 0);
  }
  /** Makes every issued token worthless, as if 15 minutes had passed. */
  revoke(): void {
    this.#issued.clear();
  }

  /** Messages counted in the month of a moment: every month of Japan's calendar begins at 0. */
  usedIn(now: number): number {
    const month = dayOf(now).slice(0, 7);
    if (this.#month !== null && this.#month !== month) this.settings.used = 0;
    this.#month = month;
    return this.settings.used;
  }

  /** Counts one more of `what` (an endpoint, a person); false when more than `max` fell within `windowMs`. */
  allows(what: string, max: number | null, windowMs: number, now: number): boolean {
    if (max === null) return true;
    const recent = (this.#recent.get(what) ?? []).filter((at) => now - at < windowMs);
    if (recent.length >= max) return false;
    recent.push(now);
    this.#recent.set(what, recent);
    return true;
  }

  reset(): void {
    this.#recent = new Map();
    this.#month = null;
    this.settings = { ...usual, webhookUrl: this.#given.webhookUrl };
  }
}
