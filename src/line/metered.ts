import type { messagingApi } from '@line/bot-sdk';
import type { Instant, Now } from '../model/time.ts';
import type { SendResult } from './outcome.ts';
import { allowance, levelOf, monthOf } from './quota.ts';
import type { Level, Meter, Purpose } from './quota.ts';
import type { LineSender } from './sender.ts';

/** `changed`: the count is another; `reached`: a level, said once a month. */
export type MeterWatch = { changed: (meter: Meter) => void; reached: (level: Exclude<Level, 'enough'>, meter: Meter) => void };

/** Replies and pushes of a channel, with an eye on what its month still holds. LINE is asked by `read`; between, what is pushed here is added. */
export class MeteredSender {
  readonly #sender: Pick<LineSender, 'reply' | 'push' | 'quota'>;
  readonly #now: Now;
  readonly #watch: MeterWatch;
  #meter: Meter | null = null;
  #readAt: Instant = -Infinity;
  /** The month and limit of which LINE said that nothing is left, though it may count less. */
  #over: { month: string; limit: number } | null = null;
  readonly #said = new Set<string>();

  constructor(sender: Pick<LineSender, 'reply' | 'push' | 'quota'>, now: Now, watch: MeterWatch) {
    this.#sender = sender;
    this.#now = now;
    this.#watch = watch;
  }

  /** Free of charge. */
  reply(replyToken: string, messages: messagingApi.Message[]): Promise<SendResult> {
    return this.#sender.reply(replyToken, messages);
  }

  /** `kept_back` where the rest of the month is for what is dearer. */
  async push(to: string, messages: messagingApi.Message[], retryKey: string, purpose: Purpose): Promise<SendResult> {
    if (this.allowance(purpose) <= 0) return { kind: 'kept_back' };
    const result = await this.#sender.push(to, messages, retryKey);
    if (result.kind === 'sent' && this.#meter) this.#set({ ...this.#meter, used: this.#meter.used + 1 });
    if (result.kind === 'quota_exhausted') this.#exhausted();
    return result;
  }

  /** How many more may be pushed for a purpose, as far as is known. */
  allowance(purpose: Purpose): number {
    return allowance(purpose, this.#meter, this.#now());
  }

  /** Asks LINE, unless it was asked less than `freshMs` ago; throws where it does not answer, and what is known stays. */
  async read(freshMs = 0): Promise<void> {
    if (this.#now() < this.#readAt + freshMs) return;
    const { limit, used } = await this.#sender.quota();
    this.#readAt = this.#now();
    const month = monthOf(this.#readAt);
    // A larger plan, or another month, is a new beginning.
    if (this.#over && (this.#over.month !== month || this.#over.limit !== limit)) this.#over = null;
    this.#set({ limit, used: this.#over ? Math.max(used, this.#over.limit) : used, month });
  }

  #exhausted(): void {
    const month = monthOf(this.#now());
    const known = this.#meter?.month === month ? this.#meter : null;
    // A limit we have not heard of is what was used up.
    const limit = known?.limit ?? known?.used ?? 0;
    this.#over = { month, limit };
    this.#set({ limit, used: Math.max(known?.used ?? 0, limit), month });
  }

  #set(meter: Meter): void {
    this.#meter = meter;
    this.#watch.changed(meter);
    const level = levelOf(meter);
    const said = `${meter.month} ${level}`;
    if (level === 'enough' || this.#said.has(said)) return;
    this.#said.add(said);
    this.#watch.reached(level, meter);
  }
}
