/** The log lines of one turn: what was heard, what was said, and with the first of them all that a replay needs. */
import type { Instant } from '../model/time.ts';
import { described } from './described.ts';
import { readableAll } from './readable.ts';
import { objectAt, textAt } from './json.ts';
import type { Delivery, LogAppend, LogEntry, TurnRecord } from './record.ts';

/** The medium, as `chat_logs.channel` names it. */
const CHANNEL = 'LINE';

/** One LINE event of a turn. */
export type HeardEvent = {
  /** `webhookEventId`. */
  id: string;
  timestamp: Instant;
  raw: unknown;
  /** What understanding made of it; null for events that are not words. */
  heard: unknown;
  /** What the customer's chat shows for a tap (`displayText`); LINE does not send it back. */
  shown?: string | null;
};

export type TurnToLog = {
  userId: string;
  /** Name of the LINE account of ours, where it matters. */
  account?: string;
  /** Who speaks: a customer, where it is not said. */
  speaker?: 'user' | 'staff';
  /** Without it: the id of the first event. */
  turnId?: string;
  events: HeardEvent[];
  /** LINE message objects, all of the turn. */
  said: unknown[];
  delivery?: Delivery;
  record: Omit<TurnRecord, 'v' | 'events' | 'heard'>;
};

/**
 * The entries of a turn in the order they were spoken. Ids come from the events, so a turn that is logged twice is
 * logged once. The turn's record is on the first entry; a turn that neither heard nor said anything has none.
 */
export function composeTurn(turn: TurnToLog): LogAppend[] {
  const turnId = turn.turnId ?? turn.events[0]?.id ?? '';
  const entries: LogEntry[] = turn.events.map((event) => ({
    id: `${event.id}:heard`,
    timestamp: event.timestamp,
    role: turn.speaker ?? 'user',
    message: described(event.raw, event.shown),
    turnId,
    eventId: event.id,
    ...messageIdOf(event.raw),
  }));
  if (turn.said.length > 0) {
    // LINE's clock and ours differ; an answer never stands before its question.
    const timestamp = Math.max(turn.record.now, ...turn.events.map((event) => event.timestamp));
    const delivery = turn.delivery ? { delivery: turn.delivery } : {};
    entries.push({ id: saidId(turnId), timestamp, role: 'system', message: readableAll(turn.said), turnId, messages: turn.said, by: 'bot', ...delivery });
  }
  if (entries[0]) entries[0].turn = { v: 1, ...turn.record, events: turn.events.map((e) => e.raw), heard: turn.events.map((e) => e.heard) };
  return entries.map((entry) => append(turn, entry));
}

/** The id of the entry that holds what a turn said, for `setDelivery`. */
export const saidId = (turnId: string): string => `${turnId}:said`;

/** What was said outside a turn: by a job (a reminder, a freed slot) or by a person of the shop. `id` makes it idempotent; `quotes` = messages whose words are in it. */
export type SaidAlone = { userId: string; account?: string; id: string; timestamp: Instant; by: 'job' | 'staff'; said: unknown[]; acts: unknown[]; storeId: string; delivery?: Delivery; quotes?: string[] };

export function composeSaid(it: SaidAlone): LogAppend {
  const delivery = it.delivery ? { delivery: it.delivery } : {};
  const role = it.by === 'staff' ? 'staff' : 'system';
  return append(it, { id: saidId(it.id), timestamp: it.timestamp, role, message: readableAll(it.said), turnId: it.id, messages: it.said, acts: it.acts, storeId: it.storeId, by: it.by, ...delivery, ...(it.quotes?.length ? { quotes: it.quotes } : {}) });
}

const append = (to: { userId: string; account?: string }, entry: LogEntry): LogAppend => ({
  userId: to.userId,
  channel: CHANNEL,
  entry: to.account === undefined ? entry : { ...entry, account: to.account },
});

const messageIdOf = (raw: unknown): { messageId?: string } => {
  const messageId = textAt(objectAt(raw, 'message'), 'id');
  return messageId ? { messageId } : {};
};
