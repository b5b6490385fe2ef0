/** What happens in a chat on LINE: a raw webhook event, as it is kept, read for what it says. */
import { createHash } from 'node:crypto';
import type { Instant } from './time.ts';

/** A JSON object as LINE sent it. */
export type Json = { [key: string]: unknown };

/** What an event says, as far as we read it. LINE adds kinds without notice: those are `other`, kept and passed over. */
export type What =
  | { kind: 'text'; messageId: string; text: string; quoteToken?: string; markAsReadToken?: string }
  | { kind: 'sticker'; messageId: string; keywords: string[]; text: string | null; markAsReadToken?: string }
  | { kind: 'image' | 'video' | 'audio' | 'file' | 'location'; messageId: string; markAsReadToken?: string }
  | { kind: 'postback'; data: string; params: Record<string, string> }
  | { kind: 'follow'; isUnblocked: boolean }
  | { kind: 'unfollow' }
  | { kind: 'unsend'; messageId: string }
  | { kind: 'other' };

/** One webhook event, checked and ready to be kept. */
export type IncomingEvent = {
  /** LINE's ULID, the key against duplicates; `h-…`, a hash of the content, where LINE sent none. */
  webhookEventId: string;
  /** LINE's own word: `message`, `postback`, … */
  type: string;
  /** When it happened; unchanged on redelivery. Events of a customer are handled in this order. */
  timestamp: Instant;
  /** Null where the person never consented, or where the event has no person. */
  lineUserId: string | null;
  /** Where it was said; everything but `user` is a chat of several people. */
  source: 'user' | 'group' | 'room' | 'none';
  /** Absent in standby mode and for events that cannot be replied to. */
  replyToken: string | null;
  /** `standby`: somebody else has the chat; nothing may be sent. */
  mode: 'active' | 'standby';
  isRedelivery: boolean;
  what: What;
  /** The event as it came, but for NULs and lone surrogates, which no database takes. */
  raw: Json;
};

/** A LINE user id; checked before it gets into a path. */
export const isLineUserId = (id: unknown): id is string => typeof id === 'string' && /^U[0-9a-f]{32}$/.test(id);

/** One raw event, as it is kept, read again. `receivedAt` stands in for a missing timestamp. */
export function readEvent(raw: Json, receivedAt: Instant): IncomingEvent {
  const source = isObject(raw['source']) ? raw['source'] : {};
  const delivery = isObject(raw['deliveryContext']) ? raw['deliveryContext'] : {};
  const id = raw['webhookEventId'];
  const timestamp = raw['timestamp'];
  return {
    webhookEventId: typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : hashOf(raw),
    type: stringOf(raw['type']) ?? 'unknown',
    timestamp: typeof timestamp === 'number' && Math.abs(timestamp) <= LAST_INSTANT ? Math.trunc(timestamp) : receivedAt,
    lineUserId: isLineUserId(source['userId']) ? source['userId'] : null,
    source: SOURCES.find((s) => s === source['type']) ?? 'none',
    replyToken: stringOf(raw['replyToken']) || null,
    mode: raw['mode'] === 'standby' ? 'standby' : 'active',
    isRedelivery: delivery['isRedelivery'] === true,
    what: readWhat(raw),
    raw,
  };
}

function readWhat(event: Json): What {
  switch (event['type']) {
    case 'message':
      return isObject(event['message']) ? readMessage(event['message']) : { kind: 'other' };
    case 'postback': {
      const postback = isObject(event['postback']) ? event['postback'] : {};
      const data = stringOf(postback['data']);
      return data === null ? { kind: 'other' } : { kind: 'postback', data, params: stringsOf(postback['params']) };
    }
    case 'follow':
      return { kind: 'follow', isUnblocked: isObject(event['follow']) && event['follow']['isUnblocked'] === true };
    case 'unfollow':
      return { kind: 'unfollow' };
    case 'unsend': {
      const messageId = isObject(event['unsend']) ? stringOf(event['unsend']['messageId']) : null;
      return messageId === null ? { kind: 'other' } : { kind: 'unsend', messageId };
    }
    default:
      return { kind: 'other' };
  }
}

function readMessage(message: Json): What {
  const messageId = stringOf(message['id']) ?? '';
  const text = stringOf(message['text']);
  const quoteToken = stringOf(message['quoteToken']);
  const markAsReadToken = stringOf(message['markAsReadToken']);
  const read = markAsReadToken === null ? {} : { markAsReadToken };
  switch (message['type']) {
    case 'text':
      if (text === null) return { kind: 'other' };
      return { kind: 'text', messageId, text, ...read, ...(quoteToken === null ? {} : { quoteToken }) };
    case 'sticker': {
      const keywords = Array.isArray(message['keywords']) ? message['keywords'] : [];
      return { kind: 'sticker', messageId, keywords: keywords.filter((k) => typeof k === 'string'), text, ...read };
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
    case 'location':
      return { kind: message['type'], messageId, ...read };
    default:
      return { kind: 'other' };
  }
}

const SOURCES = ['user', 'group', 'room'] as const;
/** The last moment JavaScript and Postgres agree on. */
const LAST_INSTANT = 8.64e15;

/** An event without an id is known again by its content, in whatever order its keys come; only the mark of redelivery differs between copies. */
const hashOf = (event: Json): string => {
  const sorted = JSON.stringify({ ...event, deliveryContext: undefined }, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
  return `h-${createHash('sha256').update(sorted).digest('hex').slice(0, 32)}`;
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const stringsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).filter((e): e is [string, string] => typeof e[1] === 'string'));
