import type { messagingApi } from '@line/bot-sdk';
import type { ChatLog, Delivery } from '../chatlog/record.ts';
import { afterReply, pushRetryDelay, REPLY_RETRY_MS } from '../line/outcome.ts';
import type { SendResult } from '../line/outcome.ts';
import type { MeteredSender } from '../line/metered.ts';
import type { Now } from '../model/time.ts';
import { messagesToSend } from './ports.ts';
import type { JobQueue, Outbox, OutboxRow, OwedRow, SayPayload } from './ports.ts';

/** How often rows are looked for whose writer is gone or late. */
const SWEEP_MS = 1_000;
/** Milliseconds until a row that MongoDB, Redis or PostgreSQL did not take is tried again, by tries so far. */
const RETRY_MS = [500, 2_000, 5_000, 15_000, 30_000, 60_000];
const retryDelay = (tries: number): number => RETRY_MS[Math.min(tries, RETRY_MS.length) - 1]!;

export type DeliveryHouse = {
  outbox: Outbox;
  /** The sender of a channel; null = the settings do not name it any more. */
  sender: (channel: string) => Pick<MeteredSender, 'reply' | 'push'> | null;
  chatlog: ChatLog;
  slots: { invalidate(storeId: string, version: number): Promise<void> };
  jobs: JobQueue;
  staff: { tell(news: Extract<OutboxRow, { kind: 'staff' }>['payload'], rowId: string): Promise<void> };
  /** Hears of a reminder that will not be said. */
  unsent: (payload: SayPayload, outcome: 'refused' | 'quota') => Promise<void>;
  waitlist: { project(storeId: string, userId: string): Promise<void> };
  now: Now;
  random: () => number;
  log: { warn: (fields: Record<string, unknown>, message: string) => void };
  /** `found`: rows that nobody had in hand, those of dead processes for one. */
  observe: { line: (call: 'reply' | 'push', result: SendResult['kind']) => void; found: (rows: number) => void };
};

/**
 * Feeds LINE, the chat log and Redis from the outbox. Rows of a lane leave in order; a row stays until it was taken.
 * What a turn has just committed goes out at once; the sweep finds the rest, those of dead processes included.
 */
export class Deliverer {
  readonly #house: DeliveryHouse;
  /** The last row of each lane under way; the next one waits for it. */
  readonly #lanes = new Map<string, Promise<boolean>>();
  readonly #inHand = new Set<string>();
  #sweep: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(house: DeliveryHouse) {
    this.#house = house;
  }

  start(): void {
    const sweep = async () => {
      try {
        const owed = (await this.#house.outbox.takeOver(200)).filter((row) => !this.#inHand.has(row.id));
        const found = owed.filter((row) => row.orphan || row.tries === 0).length;
        this.#house.observe.found(found);
        for (const row of owed) void this.#queue(row);
      } catch (error) {
        this.#house.log.warn({ err: plain(error) }, 'the outbox cannot be swept; trying again');
      }
      if (!this.#stopped) this.#sweep = setTimeout(() => void sweep(), SWEEP_MS);
    };
    void sweep();
  }

  /** Delivers what has just been committed. True once all of it was delivered or given up, false where some was put off. */
  async deliver(rows: OutboxRow[]): Promise<boolean> {
    return (await Promise.all(rows.map((row) => this.#queue({ ...row, tries: 0, orphan: false })))).every(Boolean);
  }

  /** Resolves when everything in hand was delivered or put off. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#sweep) clearTimeout(this.#sweep);
    while (this.#lanes.size > 0) await Promise.all(this.#lanes.values());
  }

  #queue(row: OwedRow): Promise<boolean> {
    this.#inHand.add(row.id);
    const before = this.#lanes.get(row.lane) ?? Promise.resolve(true);
    // Once a row of a lane had to be put off, what follows it in hand is put off too: nobody is answered out of order.
    const mine = before.then((delivered) => (delivered ? this.#handle(row) : this.#putOff(row, row.tries, RETRY_MS[0]!, 'waits for an earlier one')));
    this.#lanes.set(row.lane, mine);
    void mine.finally(() => {
      this.#inHand.delete(row.id);
      if (this.#lanes.get(row.lane) === mine) this.#lanes.delete(row.lane);
    });
    return mine;
  }

  /** True = delivered for good, or given up; false = put off. Never throws. */
  async #handle(row: OwedRow): Promise<boolean> {
    try {
      switch (row.kind) {
        case 'say':
          return await this.#say(row);
        case 'log':
          await this.#house.chatlog.append(row.payload.log);
          break;
        case 'forget':
          // Forgotten first and logged afterwards, the words would be there again.
          if (await this.#house.outbox.owesLogBefore(row)) throw new Error('the words are still on their way to the log');
          await this.#house.chatlog.forget(row.payload.userId, row.payload.messageId);
          break;
        case 'slots':
          await this.#house.slots.invalidate(row.payload.storeId, row.payload.version);
          break;
        case 'job':
          await this.#house.jobs.add(row.payload);
          break;
        case 'staff':
          await this.#house.staff.tell(row.payload, row.id);
          break;
        case 'waitlist':
          await this.#house.waitlist.project(row.payload.storeId, row.payload.userId);
          break;
      }
      await this.#house.outbox.done([row.id]);
      return true;
    } catch (error) {
      // What waits for the log or for Redis holds up no sentence to the customer.
      await this.#putOff(row, row.tries + 1, retryDelay(row.tries + 1), plain(error));
      return row.kind !== 'say' || row.payload.sent !== undefined;
    }
  }

  async #say(row: OwedRow & { kind: 'say' }): Promise<boolean> {
    const { payload } = row;
    if (payload.sent) return this.#close(row, payload.sent);
    const sender = this.#house.sender(payload.channel);
    if (!sender) {
      this.#house.log.warn({ channel: payload.channel, turn: payload.turnId }, 'no settings for this channel; the answer was not sent');
      return this.#close(row, { way: 'none', status: 'failed' });
    }
    const messages = messagesToSend(payload) as messagingApi.Message[];
    if (payload.replyToken !== null) {
      const result = await sender.reply(payload.replyToken, messages);
      this.#house.observe.line('reply', result.kind);
      const next = afterReply(result, { triedBefore: payload.unclear === true || this.#mayHaveBeenTried(row), tokenAgeMs: this.#house.now() - payload.tokenAt });
      if (next === 'done') return this.#close(row, delivered('reply', result, this.#house.now()));
      if (next === 'give_up') return this.#giveUp(row, 'reply', result);
      if (result.kind === 'unreachable' && result.maybeDelivered) payload.unclear = true;
      if (next === 'retry_reply') return this.#waitFor(row, REPLY_RETRY_MS, result);
      payload.replyToken = null;
      row.tries = 0;
    }
    const result = await sender.push(payload.to, messages, payload.retryKey, payload.purpose);
    this.#house.observe.line('push', result.kind);
    if (result.kind === 'sent' || result.kind === 'duplicate') return this.#close(row, delivered('push', result, this.#house.now()));
    const delay = pushRetryDelay(result, row.tries + 1, this.#house.random());
    return delay === null ? this.#giveUp(row, 'push', result) : this.#waitFor(row, delay, result);
  }

  /**
   * An orphan was in the hands of a process that died, perhaps just after the reply left. Within the life of a
   * token LINE's refusal then means that it did; later nothing can be known, and an answer twice is better than none.
   */
  #mayHaveBeenTried(row: OwedRow & { kind: 'say' }): boolean {
    return row.orphan && this.#house.now() - row.payload.tokenAt < 60_000;
  }

  async #giveUp(row: OwedRow & { kind: 'say' }, way: 'reply' | 'push', result: SendResult): Promise<boolean> {
    const said = result.kind === 'refused' ? { status: result.status, reason: result.body.slice(0, 200) } : result.kind === 'over_limit' ? { broken: result.violations.slice(0, 5) } : {};
    this.#house.log.warn({ turn: row.payload.turnId, way, result: result.kind, ...said }, 'LINE will not take this answer');
    if (row.payload.purpose === 'reminder') await this.#house.unsent(row.payload, result.kind === 'kept_back' || result.kind === 'quota_exhausted' ? 'quota' : 'refused');
    return this.#close(row, { way, status: 'failed', ...('status' in result ? { httpStatus: result.status } : {}), at: this.#house.now() });
  }

  /** Done with LINE, which is noted first so that a log that is away never makes us say it again; then the row may go. */
  async #close(row: OwedRow & { kind: 'say' }, delivery: Delivery): Promise<boolean> {
    row.payload.sent = delivery;
    await this.#record(row, delivery);
    await this.#house.outbox.done([row.id]);
    return true;
  }

  async #waitFor(row: OwedRow & { kind: 'say' }, delayMs: number, result: SendResult): Promise<boolean> {
    await this.#record(row, { way: row.payload.replyToken === null ? 'push' : 'reply', status: 'waiting' });
    await this.#putOff(row, row.tries + 1, delayMs, result.kind);
    return false;
  }

  /** The log has the turn once its first try is over, whatever came of it; the delivery follows. */
  async #record(row: OwedRow & { kind: 'say' }, delivery: Delivery): Promise<void> {
    const { payload } = row;
    if (payload.logged) {
      await this.#house.chatlog.setDelivery(payload.userId, payload.entryId, delivery);
      return;
    }
    await this.#house.chatlog.append(payload.log.map((it) => (it.entry.id === payload.entryId ? { ...it, entry: { ...it.entry, delivery } } : it)));
    payload.logged = true;
  }

  async #putOff(row: OwedRow, tries: number, delayMs: number, error: string): Promise<boolean> {
    try {
      await this.#house.outbox.later(row, tries, delayMs, error);
    } catch (cause) {
      // The row is still there, with its old due time: the sweep finds it.
      this.#house.log.warn({ row: row.id, err: plain(cause) }, 'a row could not be put off');
    }
    return false;
  }
}

const delivered = (way: 'reply' | 'push', result: SendResult, at: number): Delivery => ({
  way, status: 'sent', at, ...('requestId' in result && result.requestId ? { requestId: result.requestId } : {}),
});
const plain = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error)).slice(0, 300);
