/** What `chat_logs` keeps. The first four fields are the product's promise to its operators; the rest is for replay. */
import type { Instant } from '../model/time.ts';

export type LogRole = 'user' | 'system' | 'staff';

export type Delivery = { way: 'reply' | 'push' | 'none'; status: 'sent' | 'failed' | 'waiting' | 'not_sent'; httpStatus?: number; requestId?: string; at?: Instant };

/** Everything a replay of one turn needs; on the first entry of the turn. */
export type TurnRecord = {
  v: 1;
  /** The raw LINE events of this turn. */
  events: unknown[];
  /** What understanding made of each. */
  heard: unknown[];
  talkBefore: unknown;
  talkAfter: unknown;
  /** Acts said (dialogue/says.ts). */
  acts: unknown[];
  /** Effects asked and what came back, in order. */
  effects: { effect: unknown; answer: unknown }[];
  /** The clock the turn ran by. */
  now: Instant;
  storeId: string | null;
  /** Milliseconds spent by part. */
  durations: Record<string, number>;
  build: string;
};

export type LogEntry = {
  /** Unique; an append of a known id changes nothing. */
  id: string;
  timestamp: Instant;
  role: LogRole;
  message: string;
  turnId: string;
  eventId?: string;
  /** LINE's message id, by which `unsend` finds it. */
  messageId?: string;
  /** LINE message objects as sent. */
  messages?: unknown[];
  turn?: TurnRecord;
  delivery?: Delivery;
  /** Who spoke when role is `system`: the bot in a turn, or a job. */
  by?: 'bot' | 'job' | 'staff';
};

export type LogAppend = { userId: string; channel: string; entry: LogEntry };

/** The record's only door. Implemented in storage/mongo, storage/postgres and storage/memory. */
export interface ChatLog {
  /** Idempotent by entry id, in the order given. */
  append(entries: LogAppend[]): Promise<void>;
  setDelivery(userId: string, entryId: string, delivery: Delivery): Promise<void>;
  /** `unsend`: removes the words everywhere (message, raw event, heard). Gives how many entries were cleared. */
  forget(userId: string, messageId: string): Promise<number>;
  /** A customer's entries, oldest first. */
  read(userId: string, options?: { from?: Instant; to?: Instant; limit?: number }): Promise<LogEntry[]>;
}

export type HistoryEntry = { reservationId: string; store: string; menu: string; date: string; status: 'completed' | 'canceled' | 'no_show' };
export interface ReservationHistory {
  /** Idempotent by reservation id; the newest status stands. */
  record(userId: string, entry: HistoryEntry): Promise<void>;
  read(userId: string): Promise<HistoryEntry[]>;
}
