/** The two queues around a turn: events in (`inbox`), everything a committed turn owes the world out (`outbox`). */
import type { Job, News } from '../booking/news.ts';
import type { DeskWriter } from '../booking/desk/ports.ts';
import { SECRET } from '../booking/desk/calendar.ts';
import type { BookingWriter } from '../booking/ports.ts';
import type { Delivery, LogAppend } from '../chatlog/record.ts';
import type { Purpose } from '../line/quota.ts';
import type { Customer, Reservation, Reminded, SlotOffer } from '../model/reservation.ts';
import type { Instant } from '../model/time.ts';
import type { NoticeWriter } from './notices.ts';
import type { ReminderWriter } from './reminders.ts';

/** A lane is one customer at one channel: its events are handled one after another. */
export type Lane = { channel: string; lineId: string };
export const laneKey = (lane: Lane): string => `${lane.channel}/${lane.lineId}`;
/** The lane of events that have no person. */
export const NOBODY = '-';

/** A lane of the house's own, for what others than LINE tell; no channel of LINE can be called so. */
export const isHouseLane = (lane: Lane): boolean => lane.channel.startsWith('+');

/** An event as it is kept: LINE's own id, and the raw event. */
export type KeptEvent = Lane & { id: string; time: Instant; receivedAt: Instant; payload: unknown };

/** An event that waits for its turn. `tries` = how often its turn has failed. */
export type WaitingEvent = KeptEvent & { row: string; tries: number };

/**
 * Everything a turn starts from, read at once. `events` oldest first. `store`: how far the calendar of the store the
 * talk is about had changed; `storesVersion`: how far the stores themselves had. What is kept of older ones is read again.
 */
export type Claim = {
  lane: Lane;
  customer: Customer;
  talk: unknown;
  events: WaitingEvent[];
  store: { id: string; slotsVersion: number } | null;
  storesVersion: number;
  /** Freed slots that were offered to the customer and can be answered: open ones, and such as ended since his last word. */
  offers: SlotOffer[];
  /** The visit he was reminded of since then. */
  reminded?: Reminded;
  /** When the shop's people last gave the chat back to the bot. */
  handedBack: Instant | null;
};

/** What a committed turn owes. Rows of one lane leave in the order of their ids. */
export type OutboxRow = { id: string; lane: string; at: Instant } & (
  | { kind: 'say'; payload: SayPayload }
  | { kind: 'log'; payload: { log: LogAppend[] } }
  | { kind: 'forget'; payload: { userId: string; messageId: string } }
  | { kind: 'slots'; payload: { storeId: string; version: number } }
  | { kind: 'waitlist'; payload: { storeId: string; userId: string } }
  | { kind: 'job'; payload: Job }
  | { kind: 'staff'; payload: Extract<News, { to: 'staff' }> }
);

/** LINE messages for one customer, kept once: in the log entry of what was said, written when the first try is over. */
export type SayPayload = {
  channel: string;
  to: string;
  userId: string;
  /** Null: nothing to reply to, so a push. */
  replyToken: string | null;
  /** What it is for, should it be a push: little is left of the month now and then. */
  purpose: Purpose;
  /** When LINE gave us the token. */
  tokenAt: Instant;
  /** X-Line-Retry-Key of a push, stored before the first try. */
  retryKey: string;
  turnId: string;
  log: LogAppend[];
  /** The entry whose `messages` are to be sent, and whose delivery this is. */
  entryId: string;
  /** Said in place of the mark (`SECRET`) in the messages, which are in the log without it. */
  secret?: string;
  /** A reply that may have reached LINE: if its token is refused now, it did. */
  unclear?: boolean;
  /** What LINE said, once it is done with this; only the log is still owed. */
  sent?: Delivery;
  /** The log has it already, written while LINE was away. */
  logged?: boolean;
};

/** The LINE message objects of a payload. */
export const messagesOf = ({ log, entryId }: SayPayload): unknown[] => log.find(({ entry }) => entry.id === entryId)?.entry.messages ?? [];

/** Those that leave the house. */
export const messagesToSend = (payload: SayPayload): unknown[] => {
  const { secret } = payload;
  if (secret === undefined) return messagesOf(payload);
  return messagesOf(payload).map((message) => JSON.parse(JSON.stringify(message).replaceAll(SECRET, () => secret)) as unknown);
};

/** How a turn ended, to be committed with its events, talk and outbox rows. */
export type EndedTurn = {
  lane: Lane;
  customer: Customer;
  rows: string[];
  talk: unknown;
  at: Instant;
  outbox: OutboxRow[];
  /** Set when a turn changed what we know of the customer. */
  patch?: { name?: string; phone?: string };
};

/** A row to deliver. `orphan`: another process had it before and may have died in the middle of a try. */
export type OwedRow = OutboxRow & { tries: number; orphan: boolean };

/** What can be written in a transaction. */
export type Writers = { booking: BookingWriter; desk: DeskWriter; notices: NoticeWriter; reminders: ReminderWriter };

/** A turn's own transaction. Nothing is visible to others before `commit`. */
export interface TurnTransaction extends Writers {
  /** Removes the events, saves talk and outbox, commits. Throws `TurnLost` when another process was first. */
  commit(turn: EndedTurn): Promise<void>;
  rollback(): Promise<void>;
}

export interface Inbox {
  /** Durable when it returns; throws when the events could not be kept. Gives the lanes with something new. */
  keep(events: KeptEvent[]): Promise<Lane[]>;
  /** Takes the lease of each lane nobody else has and reads what waits there. Released by `release`, or by dying. */
  claim(lanes: Lane[]): Promise<Claim[]>;
  release(lane: Lane): void;
  /** Lanes whose first event may be handled now: left by a dead process, or due for another try. */
  due(limit: number): Promise<Lane[]>;
  begin(): Promise<TurnTransaction>;
  /** Ends a turn that wrote nothing else. Shares its commit with others that end at the same time. */
  finish(turn: EndedTurn): Promise<void>;
  /** The turn failed: counts the try and gives how many there were; the lane waits `delayMs`. */
  failed(event: WaitingEvent, error: string, delayMs: number): Promise<number>;
  /** Forgets the ids of events received before a moment: LINE redelivers for minutes, not weeks. */
  forgetSeen(before: Instant): Promise<void>;
  /** Sets an event aside for a person to look at, in one transaction with what the customer is told. */
  setAside(event: WaitingEvent, error: string, turn: EndedTurn | null): Promise<void>;
}

/** Work that becomes due, whichever process is there then. */
export interface JobQueue {
  /** Replaces a job of the same key that is not done yet. */
  add(job: Job): Promise<void>;
}
/** What does the work of each job; idempotent, for a job may come twice. */
export type JobHandlers = { readonly [name in Job['name']]: (payload: Record<string, string>) => Promise<void> };

/** Deposits paid by a link. */
export interface Payments {
  /** Does what is due for a payment now: makes its link, closes it, gives money back; throws when the provider is away, so that it is tried again. */
  tend(paymentId: string): Promise<void>;
  /** The same for every payment that is due; gives for how many something was. */
  tendAll(): Promise<number>;
  /** The hold of a visit that waited for its deposit is over. */
  ended(visit: Reservation): Promise<void>;
  /** Asks the provider how every link of the last days stands, and mends what a lost webhook left; gives how much. */
  reconcile(): Promise<number>;
}

export interface Outbox {
  /** Rows whose writer is gone or late, taken over by this process. Oldest first. */
  takeOver(limit: number): Promise<OwedRow[]>;
  /** Delivered. Writes the log entries given in the same statement where the log lives in Postgres. */
  done(ids: string[]): Promise<void>;
  /** To be tried again in `delayMs`, with a changed payload. */
  later(row: OutboxRow, tries: number, delayMs: number, error: string): Promise<void>;
  /** Whether log entries of older turns of this lane are still owed. */
  owesLogBefore(row: OutboxRow): Promise<boolean>;
  /** Rows waiting, and the age of the oldest in milliseconds. */
  state(): Promise<{ size: number; ageMs: number }>;
}

/** A part of the house as `/readyz` names it; only what a turn cannot do without is `needed`. */
export type Readiness = { name: string; state: string; ok: boolean; needed: boolean };

/** Another process ended this turn first; nothing of ours was kept. */
export class TurnLost extends Error {
  override name = 'TurnLost';
}
