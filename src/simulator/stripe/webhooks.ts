import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

/** What the house answered; null = nothing. */
export type StripeDelivery = { status: number | null; detail: string };

/** Real milliseconds between tries; Stripe's own grow over three days. */
const AGAIN_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Stripe's header: when it was sent, and the HMAC of that and the body. */
export const signatureOf = (body: string, secret: string, seconds: number): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** Posts events as Stripe does. */
export class StripeWebhooks {
  readonly #agent = new Agent({ connections: 16, pipelining: 1 });
  readonly #timers = new Set<NodeJS.Timeout>();

  /** `signature` overrides the right one, null leaves it out. */
  async send(url: string, body: string, secret: string, seconds: number, signature?: string | null): Promise<StripeDelivery> {
    const signed = signature === undefined ? signatureOf(body, secret, seconds) : signature;
    try {
      const answer = await request(url, {
        method: 'POST', body, dispatcher: this.#agent, headersTimeout: 10_000, bodyTimeout: 10_000,
        headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0', ...(signed === null ? {} : { 'stripe-signature': signed }) },
      });
      return { status: answer.statusCode, detail: (await answer.body.text()).slice(0, 200) };
    } catch (error) {
      return { status: null, detail: (error as Error).message };
    }
  }

  later(nth: number, send: () => void): void {
    const ms = AGAIN_MS[nth];
    if (ms === undefined) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      send();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async close(): Promise<void> {
    this.clear();
    await this.#agent.destroy();
  }
}
