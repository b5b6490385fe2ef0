/** Stripe's API, as much of it as deposits need: the same paths, forms, idempotency and errors. */
import { Router, text } from 'express';
import type { Request, Response } from 'express';
import type { Faults } from '../faults.ts';
import type { Json } from '../render.ts';
import { partAt, readForm, textAt } from './form.ts';
import type { Form } from './form.ts';
import type { CheckoutSession, StripePlatform } from './platform.ts';

type Answer = { status: number; body: Json };
const HALF_AN_HOUR = 30 * 60;
const DAY = 24 * 60 * 60;
/** Stripe takes no card payment below this. */
const LEAST_YEN = 50;

const refusal = (message: string, more: Json = {}, status = 400): Answer => ({ status, body: { error: { type: 'invalid_request_error', message, ...more } } });
const missing = (what: string, id: string): Answer => refusal(`No such ${what}: '${id}'`, { code: 'resource_missing', param: what }, 404);

/** Everything under `/v1`. `origin`: where customers find the pages. */
export function stripeApi(stripe: StripePlatform, faults: Faults, origin: (req: Request) => string): Router {
  const api = Router();
  api.use(text({ type: () => true, limit: '1mb' }));

  const route = (method: 'get' | 'post', path: string, name: string, doing: (req: Request, form: Form) => Answer): void => {
    api[method](path, (req, res) => {
      stripe.tick();
      const fault = faults.take(`stripe.${name}`);
      const unheard = fault !== null && fault.how !== 'slow';
      const answer = unheard && !fault.accepted ? null : authorised(req) ? once(req, doing) : { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } };
      if (!fault) return send(res, answer!);
      if (fault.how === 'status') send(res, { status: fault.status, body: 'error' in fault.body ? fault.body : { error: { type: 'api_error', message: 'An unknown error occurred' } } });
      else if (fault.how === 'drop') res.socket?.destroy();
      else if (fault.how === 'slow') setTimeout(() => send(res, answer!), fault.ms).unref();
    });
  };
  const authorised = (req: Request): boolean => req.header('authorization') === `Bearer ${stripe.given.secretKey}`;

  /** The same key with the same form is answered as it was; what was found wrong before anything was done is not kept. */
  const once = (req: Request, doing: (req: Request, form: Form) => Answer): Answer => {
    const body = typeof req.body === 'string' ? req.body : '';
    const key = req.header('idempotency-key');
    const request = `${req.method} ${req.path} ${body}`;
    const known = key === undefined ? undefined : stripe.answered.get(key);
    if (known && known.request !== request) {
      return { status: 400, body: { error: { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' } } };
    }
    if (known) return known;
    const answer = doing(req, readForm(body));
    if (key !== undefined && answer.status < 300) stripe.answered.set(key, { request, ...answer });
    return answer;
  };

  route('post', '/checkout/sessions', 'create', (req, form) => {
    const wrong = mistakeIn(form, stripe.seconds);
    if (wrong) return wrong;
    const price = partAt(partAt(partAt(form, 'line_items'), '0'), 'price_data');
    return shown(stripe.add({
      amount_total: Number(textAt(price, 'unit_amount')), currency: 'jpy', title: textAt(price, 'product_data', 'name') ?? '', client_reference_id: textAt(form, 'client_reference_id') ?? null,
      metadata: texts(partAt(form, 'metadata')), expires_at: Number(textAt(form, 'expires_at') ?? stripe.seconds + DAY), success_url: textAt(form, 'success_url')!, cancel_url: textAt(form, 'cancel_url') ?? null, locale: textAt(form, 'locale') ?? null,
    }, origin(req)));
  });
  route('get', '/checkout/sessions/:id', 'retrieve', (req) => {
    const session = stripe.sessions.get(String(req.params['id']));
    return session ? shown(session) : missing('checkout.session', String(req.params['id']));
  });
  route('post', '/checkout/sessions/:id/expire', 'expire', (req) => {
    const session = stripe.sessions.get(String(req.params['id']));
    if (!session) return missing('checkout.session', String(req.params['id']));
    if (session.status !== 'open') return refusal(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`);
    stripe.end(session);
    return shown(session);
  });
  route('post', '/refunds', 'refund', (_req, form) => {
    const intent = textAt(form, 'payment_intent') ?? '';
    const session = [...stripe.sessions.values()].find((s) => s.payment_intent === intent);
    if (!session) return missing('payment_intent', intent);
    const left = session.amount_total - stripe.givenBack(intent);
    const amount = Number(textAt(form, 'amount') ?? left);
    if (left <= 0) return refusal('Charge has already been refunded.', { code: 'charge_already_refunded' });
    if (!Number.isInteger(amount) || amount < 1 || amount > left) return refusal(`Refund amount (¥${amount}) is greater than unrefunded amount on charge (¥${left})`);
    return { status: 200, body: stripe.refund(intent, amount, texts(partAt(form, 'metadata'))) };
  });
  api.use((req, res) => send(res, refusal(`Unrecognized request URL (${req.method}: ${req.originalUrl.split('?')[0]}).`, {}, 404)));
  return api;
}

/** As Stripe shows it: our own field is left out. */
const shown = (session: CheckoutSession): Answer => ({ status: 200, body: Object.fromEntries(Object.entries(session).filter(([key]) => key !== 'title')) });
const texts = (form: Form): Record<string, string> => Object.fromEntries(Object.entries(form).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])));

/** What Stripe would say is wrong with a session. */
function mistakeIn(form: Form, now: number): Answer | null {
  const price = partAt(partAt(partAt(form, 'line_items'), '0'), 'price_data');
  const amount = textAt(price, 'unit_amount') ?? '';
  const ends = textAt(form, 'expires_at');
  if (textAt(form, 'mode') !== 'payment') return refusal('You must provide one of the following modes: payment.', { param: 'mode' });
  if (textAt(price, 'currency') !== 'jpy') return refusal('Invalid currency.', { param: 'line_items[0][price_data][currency]' });
  // The yen has no decimals: 3000 is 3,000 yen.
  if (!/^\d+$/.test(amount)) return refusal(`Invalid integer: ${amount}`, { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' });
  if (Number(amount) < LEAST_YEN) return refusal('The Checkout Session\'s total amount due must add up to at least ¥50 jpy', { code: 'amount_too_small' });
  if (!URL.canParse(textAt(form, 'success_url') ?? '')) return refusal('Not a valid URL', { code: 'url_invalid', param: 'success_url' });
  if (ends !== undefined && Number(ends) < now + HALF_AN_HOUR) return refusal('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  if (ends !== undefined && Number(ends) > now + DAY) return refusal('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
  return null;
}

function send(res: Response, { status, body }: Answer): void {
  if (!res.destroyed) res.status(status).json(body);
}
