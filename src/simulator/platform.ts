import { Channel } from './channels.ts';
import type { ChannelGiven } from './channels.ts';
import { Chat } from './chat.ts';
import type { MovableClock } from './clock.ts';
import { Faults } from './faults.ts';
import { eventId, token, userIdFor } from './ids.ts';
import type { Json } from './render.ts';
import { forgetRichMenus } from './rich-menus.ts';
import { bodyOf, Webhooks } from './webhooks.ts';
import type { Delivery } from './webhooks.ts';

/** A person on LINE. */
export type User = { id: string; name: string; role: 'customer' | 'staff'; language: string };
/** An event that was sent to a bot, with what became of it. */
export type SentEvent = { event: Json; userId: string | null; channel: string; deliveries: Delivery[] };
/** A call a bot made. */
export type ApiCall = { at: number; channel: string | null; endpoint: string; method: string; path: string; status: number | string; requestId: string; retryKey?: string; body?: unknown; answer?: unknown };
/** Reply tokens work once, within a minute of each delivery, and never 20 minutes after the event. */
type ReplyToken = { channel: Channel; userId: string | null; deliveredAt: number; eventAt: number };

const REPLY_TOKEN_MS = 60_000;
const REPLY_TOKEN_AT_MOST_MS = 20 * 60_000;

/** The state of the simulated LINE: who is there, what was said, what was sent. */
export class Platform {
  readonly clock: MovableClock;
  readonly channels: Channel[];
  readonly faults = new Faults();
  readonly webhooks = new Webhooks();
  readonly users = new Map<string, User>();
  /** By channel and webhookEventId, oldest first. */
  readonly events = new Map<string, SentEvent>();
  readonly calls: ApiCall[] = [];
  /** Retry key → the request that was accepted with it. */
  readonly accepted = new Map<string, { requestId: string; at: number; answer: Json }>();
  readonly quiet: boolean;
  readonly #chats = new Map<string, Chat>();
  readonly #replyTokens = new Map<string, ReplyToken>();
  readonly #watchers = new Set<(change: Json) => void>();

  constructor(given: { channels: readonly ChannelGiven[]; clock: MovableClock; quiet: boolean }) {
    this.clock = given.clock;
    this.quiet = given.quiet;
    this.channels = given.channels.map((c) => new Channel(c));
    // LINE tells bots apart by their tokens, and so do we.
    if (new Set(given.channels.map((c) => c.accessToken)).size < given.channels.length) throw new Error('two channels of the simulator have the same access token');
  }

  /** The channel of that name, the first when none is named. */
  channel(name?: string): Channel | undefined {
    return name === undefined ? this.channels[0] : this.channels.find((c) => c.name === name);
  }

  addUser(name: string, role: User['role'] = 'customer', id: string = userIdFor(name), language = 'ja'): User {
    const user = { id, name, role, language };
    this.users.set(id, user);
    this.changed({ users: true });
    return user;
  }

  chat(channel: Channel, userId: string): Chat {
    const key = `${channel.name}/${userId}`;
    let chat = this.#chats.get(key);
    if (!chat) this.#chats.set(key, (chat = new Chat(userId, channel.name, this.quiet ? 20 : 1000)));
    return chat;
  }

  /** Whether LINE would show the person to this bot: a friend, or somebody who wrote. */
  knows(channel: Channel, userId: string): boolean {
    return this.users.has(userId) && this.#chats.has(`${channel.name}/${userId}`);
  }

  /**
   * An event of a person as LINE builds it: id, time, source, a reply token where it can be answered. In standby the
   * token is missing, because another has the chat.
   */
  eventOf(channel: Channel, userId: string, what: Json & { type: string }, answerable = true): Json {
    const at = this.clock.now();
    const { mode } = this.chat(channel, userId);
    const event: Json = { ...what, webhookEventId: eventId(at), deliveryContext: { isRedelivery: false }, timestamp: at, source: { type: 'user', userId }, mode };
    if (answerable && mode === 'active') event['replyToken'] = token();
    return event;
  }

  /** Sends events to their bot in one webhook, and again when that fails and redelivery is on. */
  async deliver(channel: Channel, events: readonly Json[], nth = 0): Promise<Delivery> {
    const at = this.clock.now();
    const sent = events.map((event) => this.#remember(channel, event, at));
    const body = bodyOf(channel.botUserId, events, channel.settings.escapeEmoji);
    const delivery = await this.webhooks.send(channel, body, at, undefined, nth > 0);
    for (const one of sent) one.deliveries.push(delivery);
    if (!this.quiet) this.changed({ events: true });
    if (delivery.reason !== 'ok' && channel.settings.redelivery) {
      this.webhooks.later(nth, () => void this.deliver(channel, events.map(redelivered), nth + 1));
    }
    return delivery;
  }

  /** The same event once more, marked as LINE marks it; undefined when there is none of that id. */
  redeliver(webhookEventId: string): Promise<Delivery> | undefined {
    for (const channel of this.channels) {
      const sent = this.events.get(`${channel.name}/${webhookEventId}`);
      if (sent) return this.deliver(channel, [redelivered(sent.event)]);
    }
    return undefined;
  }

  /** Uses up a reply token: whose chat it answers (null = a person LINE does not name), or false when it is used, too old, or none. */
  useReplyToken(channel: Channel, given: unknown): string | null | false {
    const held = typeof given === 'string' ? this.#replyTokens.get(given) : undefined;
    if (!held || held.channel !== channel) return false;
    const now = this.clock.now();
    if (now - held.deliveredAt > REPLY_TOKEN_MS || now - held.eventAt > REPLY_TOKEN_AT_MOST_MS) return false;
    this.#replyTokens.delete(given as string);
    this.#used.add(given as string);
    return held.userId;
  }
  readonly #used = new Set<string>();

  record(call: ApiCall): void {
    if (this.quiet) {
      delete call.body;
      delete call.answer;
    }
    this.calls.push(call);
    if (this.calls.length > (this.quiet ? 200 : 5000)) this.calls.splice(0, this.calls.length >> 1);
    if (!this.quiet) this.changed({ calls: true });
  }

  /** Hears of every change, until the function given back is called. */
  watch(watcher: (change: Json) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
  changed(change: Json): void {
    for (const watcher of this.#watchers) watcher(change);
  }

  /** Back to an empty platform; channels keep their names, ids and secrets. */
  reset(): void {
    for (const chat of this.#chats.values()) chat.close();
    for (const map of [this.#chats, this.#replyTokens, this.#used, this.users, this.accepted, this.events]) map.clear();
    this.calls.length = 0;
    this.faults.clear();
    this.webhooks.clear();
    for (const channel of this.channels) {
      channel.reset();
      forgetRichMenus(channel);
    }
    this.changed({ users: true });
  }

  async close(): Promise<void> {
    for (const chat of this.#chats.values()) chat.close();
    await this.webhooks.close();
  }

  #remember(channel: Channel, event: Json, at: number): SentEvent {
    const userId = (event['source'] as { userId?: string } | undefined)?.userId ?? null;
    const replyToken = event['replyToken'];
    if (typeof replyToken === 'string' && !this.#used.has(replyToken)) {
      this.#replyTokens.set(replyToken, { channel, userId, deliveredAt: at, eventAt: Number(event['timestamp']) });
      this.#forgetOldTokens(at);
    }
    const key = `${channel.name}/${String(event['webhookEventId'])}`;
    const known = this.events.get(key);
    if (known) return known;
    const sent: SentEvent = { event, userId, channel: channel.name, deliveries: [] };
    this.events.set(key, sent);
    if (this.events.size > (this.quiet ? 200 : 5000)) this.events.delete(this.events.keys().next().value!);
    return sent;
  }

  #forgetOldTokens(now: number): void {
    if (this.#used.size > 100_000) this.#used.clear();
    if (this.#replyTokens.size < 50_000) return;
    for (const [key, held] of this.#replyTokens) if (now - held.deliveredAt > REPLY_TOKEN_MS) this.#replyTokens.delete(key);
  }
}

const redelivered = (event: Json): Json => ({ ...event, deliveryContext: { isRedelivery: true } });
