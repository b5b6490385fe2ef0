import { randomBytes } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import type { Json } from '../render.ts';
import { StripeWebhooks } from './webhooks.ts';
import type { StripeDelivery } from './webhooks.ts';

/** A hosted Checkout page, as Stripe keeps it. `expires_at` and `created` in seconds, as everywhere at Stripe. */
export type CheckoutSession = {
  id: string;
  object: 'checkout.session';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  amount_total: number;
  currency: string;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  payment_intent: string | null;
  created: number;
  expires_at: number;
  success_url: string;
  cancel_url: string | null;
  locale: string | null;
  mode: 'payment';
  livemode: false;
  /** Null once it is over. */
  url: string | null;
  /** What the page says is paid for; not a field of Stripe's object. */
  title: string;
};
export type StripeRefund = { id: string; object: 'refund'; amount: number; currency: string; payment_intent: string; status: 'succeeded' | 'failed'; metadata: Record<string, string>; created: number };
/** An event, with what became of it. `held`: kept back until it is sent by the control API. */
export type StripeEvent = { event: Json & { id: string; type: string }; held: boolean; deliveries: StripeDelivery[] };

export type StripeGiven = {
  secretKey: string;
  webhookSecret: string;
  webhookUrl: string;
};
export type StripeSettings = {
  webhookUrl: string;
  /** `send`: at once, again where it is not taken. `hold`: kept until sent by hand. `lose`: never. */
  webhooks: 'send' | 'hold' | 'lose';
};

/** How a customer's try to pay ends. */
export const TRIES = ['pay', 'declined', '3ds'] as const;
export type Try = (typeof TRIES)[number];

/** A Stripe of our own: Checkout, refunds, webhooks, by the simulator's clock. */
export class StripePlatform {
  readonly given: StripeGiven;
  readonly clock: MovableClock;
  readonly sessions = new Map<string, CheckoutSession>();
  readonly refunds = new Map<string, StripeRefund>();
  readonly events = new Map<string, StripeEvent>();
  /** Idempotency key → what was answered to it. */
  readonly answered = new Map<string, { request: string; status: number; body: Json }>();
  readonly webhooks = new StripeWebhooks();
  settings: StripeSettings;
  readonly #watching: NodeJS.Timeout;

  constructor(given: StripeGiven, clock: MovableClock) {
    this.given = given;
    this.clock = clock;
    this.settings = { webhookUrl: given.webhookUrl, webhooks: 'send' };
    this.#watching = setInterval(() => this.tick(), 1_000);
    this.#watching.unref();
  }

  /** The clock in seconds, as Stripe counts. */
  get seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Ends what has run out by now. */
  tick(): void {
    for (const session of this.sessions.values()) if (session.status === 'open' && session.expires_at <= this.seconds) this.end(session);
  }

  add(session: Omit<CheckoutSession, 'id' | 'object' | 'status' | 'payment_status' | 'created' | 'livemode' | 'url' | 'payment_intent' | 'mode'>, origin: string): CheckoutSession {
    const id = newId('cs_test');
    const made: CheckoutSession = { ...session, id, object: 'checkout.session', mode: 'payment', status: 'open', payment_status: 'unpaid', payment_intent: null, created: this.seconds, livemode: false, url: `${origin}/pay/${id}` };
    this.sessions.set(id, made);
    return made;
  }

  /** The customer's try; false = the page takes no money any more. */
  try(session: CheckoutSession, how: Try): boolean {
    this.tick();
    if (session.status !== 'open') return false;
    if (how !== 'pay') return true;
    Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: newId('pi'), url: null });
    this.emit('checkout.session.completed', session);
    return true;
  }

  end(session: CheckoutSession): void {
    Object.assign(session, { status: 'expired', url: null });
    this.emit('checkout.session.expired', session);
  }

  refund(paymentIntent: string, amount: number, metadata: Record<string, string>): StripeRefund {
    const refund: StripeRefund = { id: newId('re'), object: 'refund', amount, currency: 'jpy', payment_intent: paymentIntent, status: 'succeeded', metadata, created: this.seconds };
    this.refunds.set(refund.id, refund);
    const whole = this.givenBack(paymentIntent) >= ([...this.sessions.values()].find((s) => s.payment_intent === paymentIntent)?.amount_total ?? Infinity);
    this.emit('charge.refunded', { id: newId('ch'), object: 'charge', payment_intent: paymentIntent, refunded: whole, amount_refunded: this.givenBack(paymentIntent) });
    return refund;
  }

  /** How much of a payment has gone back. */
  givenBack(paymentIntent: string): number {
    return [...this.refunds.values()].filter((r) => r.payment_intent === paymentIntent && r.status === 'succeeded').reduce((sum, r) => sum + r.amount, 0);
  }

  /** Makes an event, and sends it as the settings say. */
  emit(type: string, object: object): StripeEvent {
    const event = { id: newId('evt'), object: 'event', type, created: this.seconds, livemode: false, data: { object: structuredClone(object) } };
    const made: StripeEvent = { event, held: this.settings.webhooks === 'hold', deliveries: [] };
    this.events.set(event.id, made);
    if (this.settings.webhooks === 'send') void this.send(made);
    return made;
  }

  /** Sends an event, once more where it was sent before; again by itself where nobody takes it. */
  async send(made: StripeEvent, nth = 0): Promise<StripeDelivery> {
    made.held = false;
    const delivery = await this.webhooks.send(this.settings.webhookUrl, JSON.stringify(made.event), this.given.webhookSecret, this.seconds);
    made.deliveries.push(delivery);
    if (delivery.status === null || delivery.status >= 300) this.webhooks.later(nth, () => void this.send(made, nth + 1));
    return delivery;
  }

  reset(): void {
    for (const map of [this.sessions, this.refunds, this.events, this.answered]) map.clear();
    this.webhooks.clear();
    this.settings = { webhookUrl: this.given.webhookUrl, webhooks: 'send' };
  }

  async close(): Promise<void> {
    clearInterval(this.#watching);
    await this.webhooks.close();
  }
}

export const newId = (kind: string): string => `${kind}_${randomBytes(12).toString('hex')}`;
