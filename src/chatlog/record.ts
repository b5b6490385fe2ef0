/** What `chat_logs` keeps. The first four fields are the product's promise to its operators; the rest is for replay. */
import type { StepContext } from '../dialogue/hop.ts';
import type { Day, Instant } from '../model/time.ts';

export type LogRole = 'user' | 'system' | 'staff';

export type Delivery = { way: 'reply' | 'push' | 'none'; status: 'sent' | 'failed' | 'waiting' | 'not_sent'; httpStatus?: number; requestId?: string; at?: Instant };

/** What is known around a talk. With `desk` the turn was one of the shop's people's, at the desk: whose, null = nobody known. */
export type Around = Omit<StepContext, 'now' | 'stores'> & { desk?: { staffId: string | null } };

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
  /** What the step was given besides the talk, the event's time and the shops. Older builds did not keep it. */
  around?: Around;
  /** The key of the shops as they were (`ShopsKept`). Older builds did not keep it. */
  shops?: string;
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
  /** Acts said outside a turn, and the shop they are about. */
  acts?: unknown[];
  storeId?: string;
  turn?: TurnRecord;
  delivery?: Delivery;
  /** Who spoke when role is `system`: the bot in a turn, or a job. */
  by?: 'bot' | 'job' | 'staff';
  /** Which of our LINE accounts it was said on. */
  account?: string;
  /** Ids of customers' messages whose words this one repeats, by which `unsend` finds it. */
  quotes?: string[];
  /** Message ids that were taken back (`unsend`): their words are not in this entry any more. */
  forgotten?: string[];
  /** Parts left out because the entry was too big to keep whole, `turn.effects` and the like. */
  trimmed?: string[];
};

/** `channel` is the medium, `LINE`. */
export type LogAppend = { userId: string; channel: string; entry: LogEntry };

/** Entries with `from` <= timestamp < `to`; of those the first `limit`, or the newest `last`. */
export type LogRange = { from?: Instant; to?: Instant; limit?: number; last?: number };

/** The record's only door. Implemented in storage/mongo, storage/postgres and storage/memory. */
export interface ChatLog {
  /**
   * Idempotent by entry id, in the order given. Never refuses an entry for what it holds: what no database takes is
   * replaced, what is too big is left out and noted in `trimmed`. Throws when the store is away; then append again.
   */
  append(entries: LogAppend[]): Promise<void>;
  /** An entry that is not there stays not there. */
  setDelivery(userId: string, entryId: string, delivery: Delivery): Promise<void>;
  /** `unsend`: removes the words everywhere (message, raw event, heard); what was answered stays. Gives how many entries were cleared. */
  forget(userId: string, messageId: string): Promise<number>;
  /** All entries of a customer, for good: nothing of them is read or found any more. Gives how many there were. */
  erase(userId: string): Promise<number>;
  /** Everything said before the conversation day of a moment, by anybody. Gives how many entries. */
  eraseBefore(moment: Instant): Promise<number>;
  /** Puts entries in the place of those of the same ids; what is not there stays not there. */
  replace(userId: string, entries: readonly LogEntry[]): Promise<void>;
  /** A customer's entries, oldest first; entries of one moment in the order they were appended. */
  read(userId: string, range?: LogRange): Promise<LogEntry[]>;
}

/** A conversation: one customer's day at the chat (model/conversation-day.ts). `began` = its first entry. */
export type Conversation = { userId: string; day: Day; began: Instant };

/** Which conversations; all that is given must be true of one and the same conversation, though not of one entry. */
export type ConversationQuery = {
  /** Each is in it somewhere, said by anybody. Upper and lower case and the width of letters make no difference. */
  words?: readonly string[];
  userId?: string;
  /** It was about one of these shops. */
  storeIds?: readonly string[];
  /** One of these was said (dialogue/says.ts), or `failed`: something did not reach the customer. */
  acts?: readonly string[];
  /** First and last day. */
  from?: Day;
  to?: Day;
  limit: number;
  /** Only what comes after this one in the list: the last of the page before. */
  after?: Conversation;
};

/** The record by what is in it. Implemented beside every `ChatLog`, and true as soon as an append or a `forget` is over. */
export interface LogSearch {
  /** The one that began last first. Words that were taken back are not found. */
  conversations(query: ConversationQuery): Promise<Conversation[]>;
  /**
   * Gathers the words of up to so many conversations that have something new; gives how many. A search for words does it
   * itself where it was not done, so that this only makes searches quick.
   */
  gather(most: number): Promise<number>;
}

export type HistoryEntry = { reservationId: string; store: string; menu: string; date: string; status: 'completed' | 'canceled' | 'no_show' };
export interface ReservationHistory {
  /** Idempotent by reservation id; the newest status stands. */
  record(userId: string, entry: HistoryEntry): Promise<void>;
  /** In the order they were first recorded. */
  read(userId: string): Promise<HistoryEntry[]>;
}

/** The record as the house opens it. `state` is for `/readyz`: `in PostgreSQL`, `up`, `down`. */
export type OpenRecord = { chatlog: ChatLog; search: LogSearch; history: ReservationHistory; readiness: () => { name: string; state: string; ok: boolean; needed: boolean }; close: () => Promise<void> };
