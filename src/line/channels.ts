import type { Now } from '../model/time.ts';
import type { IncomingEvent } from '../model/incoming.ts';
import { MeteredSender } from './metered.ts';
import type { Level, Meter, Purpose } from './quota.ts';
import { LineSender } from './sender.ts';
import { longLived, replaced, stateless } from './tokens.ts';
import type { TokenSource } from './tokens.ts';

/** A channel of the settings, as far as talking to LINE goes. */
export type LineChannel = { name: string; id: string | null; secret: string; accessToken: string | null };
type Log = { info: (fields: object, message: string) => void; warn: (fields: object, message: string) => void };

/** A turn waits this long for a name; without one it goes on. */
const NAME_MS = 1_000;
/** Milliseconds before LINE is asked again for a name it did not give. */
const NO_NAME_MS = 10 * 60_000;
const TIMEOUT_MS = 8_000;
/** How often LINE is asked what is left of the month. */
const QUOTA_MS = 10 * 60_000;
/** So long its answer is good for a round of reminders, with what was pushed here since. */
const QUOTA_FRESH_MS = 10_000;

/** Where the tokens of a channel come from: the settings, or LINE by ID and secret; by both where it has both. */
export function tokensOf({ id, secret, accessToken }: LineChannel, { baseUrl, now }: { baseUrl: string; now: Now }, told: () => void): TokenSource {
  const issued = id === null ? null : stateless({ id, secret, baseUrl, timeoutMs: TIMEOUT_MS, now });
  if (accessToken === null) return issued ?? longLived('');
  return issued ? replaced(accessToken, issued, told) : longLived(accessToken);
}

export type LineHouse = {
  baseUrl: string;
  now: Now;
  log: Log;
  /** Hears what a channel has of its month, whenever that changes. */
  quota: (channel: string, meter: Meter) => void;
  /** Hears, once a month and level, that little or nothing is left of it. */
  short: (channel: string, level: Exclude<Level, 'enough'>, meter: Meter) => void;
};

/** Everything said to LINE, by channel. */
export function openLine(channels: readonly LineChannel[], { baseUrl, now, log, quota, short }: LineHouse) {
  const senders = new Map(channels.map((channel) => {
    const told = () => log.warn({ channel: channel.name }, 'LINE refuses the access token of the settings; short-lived ones are fetched instead');
    return [channel.name, new LineSender({ baseUrl, tokens: tokensOf(channel, { baseUrl, now }, told), timeoutMs: TIMEOUT_MS })] as const;
  }));
  const metered = new Map([...senders].map(([name, sender]) => [name, new MeteredSender(sender, now, {
    changed: (meter) => quota(name, meter),
    reached: (level, meter) => {
      log.warn({ channel: name, used: meter.used, limit: meter.limit }, level === 'gone' ? "this month's messages at LINE are used up; only replies are said" : "most of this month's messages at LINE are used; the rest is kept for what customers wait for");
      short(name, level, meter);
    },
  })] as const));
  const readQuotas = () => Promise.all([...metered.values()].map((channel) => channel.read().catch(() => undefined)));
  const reading = setInterval(() => void readQuotas(), QUOTA_MS);
  /** Channels whose chats are marked as read by us: `markAsReadMode` manual. */
  const readByUs = new Set<string>();
  /** By channel and person: until when a name is not asked for again. */
  const nameless = new Map<string, number>();

  return {
    sender: (channel: string): MeteredSender | null => metered.get(channel) ?? null,

    /** How many more may be pushed there for a purpose, by what LINE says now; by what it said last where it does not answer. */
    async allowance(channel: string, purpose: Purpose): Promise<number> {
      const sender = metered.get(channel);
      await sender?.read(QUOTA_FRESH_MS).catch(() => undefined);
      return sender?.allowance(purpose) ?? 0;
    },

    /** The name a customer goes by, or null: not told, not known, or LINE is slow. Not asked again for ten minutes. */
    async displayName(channel: string, lineId: string): Promise<string | null> {
      const sender = senders.get(channel);
      const who = `${channel}/${lineId}`;
      if (!sender || (nameless.get(who) ?? 0) > now()) return null;
      const slow = new Promise<null>((resolve) => setTimeout(() => resolve(null), NAME_MS).unref());
      const asked = sender.profile(lineId).then((profile) => profile?.displayName.trim().slice(0, 255) || null, () => null);
      const name = await Promise.race([asked, slow]);
      if (name === null) {
        if (nameless.size > 10_000) nameless.clear();
        nameless.set(who, now() + NO_NAME_MS);
      }
      return name;
    },

    /** The dots while a turn takes its time; nothing waits for them. */
    loading({ channel, lineId }: { channel: string; lineId: string }): void {
      senders.get(channel)?.loading(lineId, 20).catch(() => undefined);
    },

    /** Marks what a turn has handled as read, where the account leaves that to us. */
    seen(channel: string, { what }: IncomingEvent): void {
      if (!readByUs.has(channel) || !('markAsReadToken' in what) || !what.markAsReadToken) return;
      senders.get(channel)?.markAsRead(what.markAsReadToken).catch(() => undefined);
    },

    /** Asks LINE who we are and what is left of the month, at the start: a wrong token is said now and not at the first customer. */
    async introduce(): Promise<void> {
      await Promise.all([...senders].map(async ([name, sender]) => {
        try {
          const bot = await sender.botInfo();
          if (bot.markAsReadMode === 'manual') readByUs.add(name);
          log.info({ channel: name, basicId: bot.basicId, chatMode: bot.chatMode }, 'LINE knows us');
        } catch (error) {
          log.warn({ channel: name, err: error instanceof Error ? error.message : String(error) }, 'LINE did not say who we are; is the access token right?');
        }
      }));
      await readQuotas();
    },

    close: async (): Promise<void> => {
      clearInterval(reading);
      await Promise.all([...senders.values()].map((sender) => sender.close()));
    },
  };
}
