/** Stripe Checkout behind the port. The SDK is loaded when it is first needed: it is 35 MB of memory. */
import type Stripe from 'stripe';
import type { Instant } from '../model/time.ts';
import { ProviderAway } from './ports.ts';
import type { Checkout, PaymentEvent, PaymentProvider, Session } from './ports.ts';

export type StripeSettings = {
  secretKey: string;
  webhookSecret: string;
  /** Null = Stripe's own. */
  baseUrl: string | null;
};

/** How long a call may take, and how often the SDK itself repeats one (with the same idempotency key). */
const TIMEOUT_MS = 10_000;
const RETRIES = 2;
/** Seconds a webhook may be old when it arrives. */
const TOLERANCE_S = 300;
/** Ways of paying that come days later; a chair is not held so long. */
const TOO_SLOW: Stripe.Checkout.SessionCreateParams.ExcludedPaymentMethodType[] = ['konbini', 'customer_balance'];

export function stripeProvider(settings: StripeSettings): PaymentProvider {
  let loading: Promise<{ Stripe: typeof Stripe; stripe: Stripe }> | null = null;
  const sdk = () => (loading ??= open(settings));
  /** Runs a call; what Stripe says no to is `no`'s to read, everything else is away. */
  const call = async <T>(doing: (stripe: Stripe) => Promise<T>, no: (error: Stripe.errors.StripeError) => T | undefined = () => undefined): Promise<T> => {
    const { Stripe: all, stripe } = await sdk();
    try {
      return await doing(stripe);
    } catch (error) {
      if (!(error instanceof all.errors.StripeError)) throw error;
      const answer = no(error);
      if (answer !== undefined) return answer;
      // Stripe's messages hold ids and amounts, no customer.
      throw new ProviderAway(`Stripe: ${error.type} ${error.code ?? ''} ${error.message}`.slice(0, 200));
    }
  };
  const retrieve = (id: string) => call(async (stripe) => sessionOf(await stripe.checkout.sessions.retrieve(id)), (error) => (error.statusCode === 404 ? null : undefined));

  return {
    createCheckout: (checkout) => call<{ id: string; url: string } | { refused: string }>(async (stripe) => {
      const { id, url } = await stripe.checkout.sessions.create(paramsOf(checkout), { idempotencyKey: `deposit:${checkout.reservationId}:${checkout.attempt}` });
      return url === null ? { refused: 'it has no address' } : { id, url };
    // Both what was wrong and a 500 are remembered under the key: only another key is heard again.
    }, (error) => (error.type === 'StripeInvalidRequestError' || error.type === 'StripeIdempotencyError' || error.type === 'StripeAPIError' ? { refused: why(error) } : undefined)),

    session: retrieve,

    async expire(id) {
      const ended = await call(async (stripe) => sessionOf(await stripe.checkout.sessions.expire(id)), (error) => (error.type === 'StripeInvalidRequestError' ? null : undefined));
      // Not open any more: paid, ended by itself, or never there.
      return ended ?? retrieve(id);
    },

    refund: ({ paymentId, charge, yen }) => call<{ id: string } | { refused: string }>(
      async (stripe) => ({ id: (await stripe.refunds.create({ payment_intent: charge, amount: yen, metadata: { payment: paymentId } }, { idempotencyKey: `refund:${paymentId}` })).id }),
      (error) => (error.code === 'charge_already_refunded' ? { id: 'already' } : error.type === 'StripeInvalidRequestError' || error.type === 'StripeCardError' ? { refused: why(error) } : undefined),
    ),

    async readEvent(body, signature, now) {
      const { Stripe: all, stripe } = await sdk();
      try {
        return eventOf(stripe.webhooks.constructEvent(body, signature, settings.webhookSecret, TOLERANCE_S, undefined, now));
      } catch (error) {
        if (error instanceof all.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return 'forged';
        throw error;
      }
    },
  };
}

async function open({ secretKey, baseUrl }: StripeSettings): Promise<{ Stripe: typeof Stripe; stripe: Stripe }> {
  const { default: all } = await import('stripe');
  const where = baseUrl === null ? null : new URL(baseUrl);
  const elsewhere = where ? { host: where.hostname, port: where.port || (where.protocol === 'https:' ? '443' : '80'), protocol: where.protocol.slice(0, -1) as 'http' | 'https' } : {};
  return { Stripe: all, stripe: new all(secretKey, { ...elsewhere, timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES, telemetry: false, appInfo: { name: 'Aiteru' } }) };
}

/** Yen have no smaller coin, so the amount is the amount. Nothing a customer wrote goes along. */
const paramsOf = ({ paymentId, reservationId, yen, title, until, paidUrl, leftUrl }: Checkout): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [{ quantity: 1, price_data: { currency: 'jpy', unit_amount: yen, product_data: { name: title } } }],
  client_reference_id: paymentId,
  metadata: { reservation: reservationId, payment: paymentId },
  payment_intent_data: { metadata: { reservation: reservationId, payment: paymentId } },
  // Shops in Japan have to ask for it; Checkout does.
  payment_method_options: { card: { request_three_d_secure: 'any' } },
  excluded_payment_method_types: TOO_SLOW,
  expires_at: Math.floor(until / 1000),
  locale: 'ja',
  success_url: paidUrl,
  cancel_url: leftUrl,
});

const idOf = (thing: string | { id: string } | null | undefined): string | null => (typeof thing === 'string' ? thing : (thing?.id ?? null));

const sessionOf = (session: Stripe.Checkout.Session): Session => ({
  id: session.id,
  paymentId: session.metadata?.['payment'] ?? session.client_reference_id ?? null,
  status: (['complete', 'expired'] as const).find((status) => status === session.status) ?? 'open',
  paid: session.payment_status === 'paid',
  failed: false,
  charge: idOf(session.payment_intent),
});

/** What an event tells, as far as it is about deposits. */
function eventOf(event: Stripe.Event): PaymentEvent | null {
  if (typeof event.id !== 'string' || typeof event.created !== 'number' || typeof event.data?.object !== 'object' || event.data.object === null) return null;
  const about = { id: event.id, type: event.type, at: (event.created * 1000) as Instant };
  switch (event.type) {
    case 'checkout.session.completed': case 'checkout.session.expired': case 'checkout.session.async_payment_succeeded':
      return { ...about, what: 'session', session: sessionOf(event.data.object) };
    case 'checkout.session.async_payment_failed': return { ...about, what: 'session', session: { ...sessionOf(event.data.object), failed: true } };
    case 'charge.refunded': {
      const charge = idOf(event.data.object.payment_intent);
      return charge !== null && event.data.object.refunded ? { ...about, what: 'refunded', charge } : null;
    }
    case 'refund.failed': {
      const charge = idOf(event.data.object.payment_intent);
      return charge === null ? null : { ...about, what: 'refund_failed', charge, why: event.data.object.failure_reason ?? 'it did not arrive' };
    }
    default: return null;
  }
}

const why = (error: Stripe.errors.StripeError): string => `${error.code ?? error.type}: ${error.message}`.slice(0, 200);
