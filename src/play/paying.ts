/** The customer's side of a deposit in a script: he pays by the link he was sent last, and the provider tells of it or does not. */
import type { PaymentReader } from '../booking/payment-ports.ts';
import type { ChangeHouse } from '../jobs/change.ts';
import type { Inbox, Payments } from '../jobs/ports.ts';
import { MemoryProvider } from '../payments/memory.ts';
import { PAYMENT_LANE, keptPayment, takePayment } from '../payments/receive.ts';
import { tending } from '../payments/tend.ts';
import type { PaymentHouse } from '../payments/tend.ts';
import { ScriptError } from './script-error.ts';

/** Where a script's links lead; nobody goes there. */
export const scriptLink = (paymentId: string): string => `https://aiteru.example/pay/${paymentId}`;

/** How it goes: the provider tells at once, never, or twice; or the money that was promised does not come. */
export const PAYS = ['heard', 'unheard', 'twice', 'fails'] as const;
export type Pays = (typeof PAYS)[number];

export class Paying {
  readonly payments: Payments;
  readonly #provider: MemoryProvider;
  readonly #inbox: Inbox;
  readonly #house: PaymentHouse;

  constructor(change: ChangeHouse, inbox: Inbox, payments: PaymentReader) {
    this.#inbox = inbox;
    this.#provider = new MemoryProvider(change.now);
    const quiet = () => undefined;
    const page = (id: string) => scriptLink(id);
    this.#house = { ...change, payments, provider: this.#provider, pages: { paid: page, left: page }, title: (shop) => shop, observe: { payment: quiet }, log: { info: quiet, warn: quiet } };
    this.payments = tending(this.#house);
  }

  async pay(how: Pays): Promise<void> {
    const last = [...this.#provider.sessions.keys()].at(-1);
    const event = last === undefined ? null : how === 'fails' ? await this.#provider.fail(last) : await this.#provider.pay(last);
    if (!event) throw new ScriptError(last === undefined ? 'nobody was sent a link to pay by' : 'the link takes no money any more');
    if (how === 'unheard') return;
    for (const again of how === 'twice' ? ['', '-again'] : ['']) {
      await this.#inbox.keep([keptPayment({ ...event, id: `${event.id}${again}` }, this.#house.now())]);
      for (const claim of await this.#inbox.claim([PAYMENT_LANE])) {
        for (const kept of claim.events) await takePayment(kept, this.#house);
        this.#inbox.release(claim.lane);
      }
    }
  }
}
