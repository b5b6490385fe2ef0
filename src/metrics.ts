/** What `GET /metrics` tells, in the words of Prometheus. One registry a house, handed to whoever counts. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What waits to leave the house, and what was given up: asked for when somebody reads the metrics. */
export type Backlog = {
  /** Rows of the outbox not delivered. */
  outboxSize: number;
  /** Seconds the oldest of them has waited; 0 = none waits. */
  outboxAge: number;
  /** Events of customers, set aside after their last try. */
  inboxDead: number;
};

export type Metrics = {
  /** A turn is over. `outcome`: `ok`, `failed` (it will be tried again) or `set_aside`. */
  turn(outcome: string, seconds: number): void;
  /** What became of a call to LINE; `status` as in line/outcome.ts: `sent`, `rate_limited`, `unreachable` … */
  lineAnswer(endpoint: string, status: string): void;
  /** The slot cache had the answer, did not, or did not answer. */
  slotCache(found: 'hit' | 'miss' | 'away'): void;
  /** A value was made for the slot cache, which kept it, refused it for something newer, or did not answer. */
  slotFill(result: 'kept' | 'refused' | 'away'): void;
  /** A webhook was acknowledged with this HTTP status after so many seconds. */
  webhook(status: number, seconds: number): void;
  /** The sweep mended so many of one kind. */
  swept(what: string, count: number): void;
  /** What a channel of LINE has of its month; null = no limit. */
  lineQuota(channel: string, meter: { limit: number | null; used: number }): void;
  /** What became of a deposit: `asked`, `paid`, `lapsed`, `failed`, `unneeded`, `refunded`, `refund_refused`, `unknown`. */
  payment(outcome: string): void;
  /** The page, and its content type. */
  page(): Promise<string>;
  contentType: string;
};

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Counters at zero. `backlog` is asked once a page; where it fails those three are NaN. */
export function makeMetrics(backlog: () => Promise<Backlog>): Metrics {
  const registers = [new Registry()] as [Registry];
  collectDefaultMetrics({ register: registers[0] });
  const turns = new Counter({ name: 'aiteru_turns_total', help: 'Turns by how they ended.', labelNames: ['outcome'], registers });
  const durations = new Histogram({ name: 'aiteru_turn_seconds', help: 'How long a turn took until it was committed.', buckets: SECONDS, registers });
  const webhooks = new Histogram({ name: 'aiteru_webhook_seconds', help: 'How long LINE waited for the acknowledgement, by status.', labelNames: ['status'], buckets: SECONDS, registers });
  const answers = new Counter({ name: 'aiteru_line_answers_total', help: "LINE's answers by call and what they mean.", labelNames: ['endpoint', 'status'], registers });
  const cache = new Counter({ name: 'aiteru_slot_cache_total', help: 'Reads of the slot cache.', labelNames: ['found'], registers });
  const swept = new Counter({ name: 'aiteru_swept_total', help: 'What the sweep mended, by kind.', labelNames: ['what'], registers });
  const fills = new Counter({ name: 'aiteru_slot_cache_fills_total', help: 'Values made for the slot cache.', labelNames: ['result'], registers });
  const reads = { hit: 0, all: 0 };
  const ratio = new Gauge({ name: 'aiteru_slot_cache_hit_ratio', help: 'Share of the reads since the start that the slot cache answered.', registers });
  ratio.set(Number.NaN);
  const limits = new Gauge({ name: 'aiteru_line_quota_limit', help: 'Messages a month that a channel may push; +Inf = no limit.', labelNames: ['channel'], registers });
  const used = new Gauge({ name: 'aiteru_line_quota_used', help: 'Messages pushed this month, as LINE counts them.', labelNames: ['channel'], registers });
  const payments = new Counter({ name: 'aiteru_payments_total', help: 'Deposits by what became of them.', labelNames: ['outcome'], registers });
  const size = new Gauge({ name: 'aiteru_outbox_size', help: 'Rows that wait to be delivered.', registers });
  const age = new Gauge({ name: 'aiteru_outbox_age_seconds', help: 'How long the oldest of them has waited.', registers });
  const dead = new Gauge({ name: 'aiteru_inbox_dead', help: 'Events set aside after their last try.', registers });

  const look = async (): Promise<void> => {
    try {
      const now = await backlog();
      size.set(now.outboxSize);
      age.set(now.outboxAge);
      dead.set(now.inboxDead);
    } catch {
      // No number is better than an old one: alerts on absence see it.
      for (const gauge of [size, age, dead]) gauge.set(Number.NaN);
    }
  };
  return {
    turn(outcome, seconds) {
      turns.inc({ outcome });
      durations.observe(seconds);
    },
    lineAnswer: (endpoint, status) => answers.inc({ endpoint, status }),
    slotCache(found) {
      cache.inc({ found });
      reads.all++;
      if (found === 'hit') reads.hit++;
      ratio.set(reads.hit / reads.all);
    },
    slotFill: (result) => fills.inc({ result }),
    webhook: (status, seconds) => webhooks.observe({ status: String(status) }, seconds),
    lineQuota(channel, meter) {
      limits.set({ channel }, meter.limit ?? Infinity);
      used.set({ channel }, meter.used);
    },
    swept: (what, count) => swept.inc({ what }, count),
    payment: (outcome) => payments.inc({ outcome }),
    async page() {
      await look();
      return registers[0].metrics();
    },
    contentType: registers[0].contentType,
  };
}
