import { createHash } from 'node:crypto';
import { LINK_LIVES } from '../booking/deposit.ts';
import type { Instant, Now } from '../model/time.ts';
import type { Checkout, PaymentEvent, PaymentProvider, Session } from './ports.ts';

type Kept = Session & { asked: string; until: Instant };

/** A provider in the process, for scripts, `talk` and tests: it keeps links and refunds, and whoever plays the customer pays. */
export class MemoryProvider implements PaymentProvider {
  readonly sessions = new Map<string, Kept>();
  /** Yen given back, by charge. */
  readonly refunds = new Map<string, number>();
  /** What the next refunds are answered with instead, where it is set. */
  refunding: (() => { refused: string }) | null = null;
  readonly #now: Now;
  #events = 0;

  constructor(now: Now) {
    this.#now = now;
  }

  async createCheckout(checkout: Checkout): Promise<{ id: string; url: string } | { refused: string }> {
    const { reservationId, attempt, paymentId, until } = checkout;
    const id = `cs_${reservationId}_${attempt}`;
    const asked = JSON.stringify(checkout);
    const known = this.sessions.get(id);
    if (known && known.asked !== asked) return { refused: 'it was asked for otherwise' };
    // As Stripe: none that ends in less than half an hour.
    if (!known && until < this.#now() + LINK_LIVES - 60_000) return { refused: 'it would end too soon' };
    if (!known) this.sessions.set(id, { id, asked, paymentId, until, status: 'open', paid: false, failed: false, charge: null });
    return { id, url: `https://pay.invalid/${id}` };
  }

  async session(id: string): Promise<Session | null> {
    const found = this.sessions.get(id);
    if (found?.status === 'open' && found.until <= this.#now()) found.status = 'expired';
    return found ? plain(found) : null;
  }

  async expire(id: string): Promise<Session | null> {
    const found = this.sessions.get(id);
    if (found?.status === 'open') found.status = 'expired';
    return this.session(id);
  }

  async refund({ charge, yen }: { charge: string; yen: number }): Promise<{ id: string } | { refused: string }> {
    if (this.refunding) return this.refunding();
    if (![...this.sessions.values()].some((session) => session.charge === charge)) return { refused: 'there is no such charge' };
    this.refunds.set(charge, yen);
    return { id: `re_${charge}` };
  }

  async readEvent(body: Buffer, signature: string): Promise<PaymentEvent | 'forged' | null> {
    return signature === this.signatureOf(body) ? (JSON.parse(body.toString()) as PaymentEvent) : 'forged';
  }

  /** What goes with a webhook's body: enough to tell that it was changed. */
  signatureOf(body: Buffer): string {
    return createHash('sha256').update(body).digest('hex');
  }

  /** The customer pays, if the link still takes money. */
  async pay(id: string): Promise<PaymentEvent | null> {
    const found = this.sessions.get(id);
    if ((await this.session(id))?.status !== 'open') return null;
    Object.assign(found!, { status: 'complete', paid: true, charge: `pi_${id}` });
    return this.event(found!, 'checkout.session.completed');
  }

  /** He promised to pay, and the money does not come. */
  async fail(id: string): Promise<PaymentEvent | null> {
    const found = this.sessions.get(id);
    if ((await this.session(id))?.status !== 'open') return null;
    Object.assign(found!, { status: 'complete', failed: true });
    return this.event(found!, 'checkout.session.async_payment_failed');
  }

  /** What a webhook would tell of a link as it is now. */
  event(session: Session, type: string): PaymentEvent {
    return { id: `evt_${++this.#events}`, type, at: this.#now(), what: 'session', session: plain(session) };
  }
}

const plain = ({ id, paymentId, status, paid, failed, charge }: Session): Session => ({ id, paymentId, status, paid, failed, charge });
