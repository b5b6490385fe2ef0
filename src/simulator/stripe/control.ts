/** What a test or a person can do with the simulated Stripe, under `/api/stripe`. Documented in `docs/simulator.md`. */
import { Router } from 'express';
import type { Request, Response } from 'express';
import type { Json } from '../render.ts';
import { TRIES } from './platform.ts';
import type { CheckoutSession, StripePlatform } from './platform.ts';

const WEBHOOKS = ['send', 'hold', 'lose'] as const;
const bodyOf = (req: Request): Json => (typeof req.body === 'object' && req.body !== null ? (req.body as Json) : {});

export function stripeControl(stripe: StripePlatform): Router {
  const api = Router();
  const refuse = (res: Response, status: number, error: string): void => void res.status(status).json({ error });
  const session = (req: Request, res: Response): CheckoutSession | null => {
    stripe.tick();
    const found = stripe.sessions.get(String(req.params['id'])) ?? null;
    if (!found) refuse(res, 404, 'no such session; there are those of GET /api/stripe');
    return found;
  };

  api.get('/', (_req, res) => {
    stripe.tick();
    res.json({ ...stripe.settings, sessions: [...stripe.sessions.values()], refunds: [...stripe.refunds.values()], events: [...stripe.events.values()] });
  });
  api.patch('/', (req, res) => {
    const { webhooks = stripe.settings.webhooks, webhookUrl = stripe.settings.webhookUrl } = bodyOf(req);
    const how = WEBHOOKS.find((one) => one === webhooks);
    if (!how || typeof webhookUrl !== 'string') return refuse(res, 400, 'webhooks: "send", "hold" or "lose"; webhookUrl: an address');
    stripe.settings = { webhooks: how, webhookUrl };
    res.json(stripe.settings);
  });
  api.post('/sessions/:id/pay', (req, res) => {
    const found = session(req, res);
    const how = TRIES.find((one) => one === (bodyOf(req)['how'] ?? 'pay'));
    if (!found) return;
    if (!how) return refuse(res, 400, `how: ${TRIES.join(', ')}`);
    if (!stripe.try(found, how)) return refuse(res, 409, `the session is ${found.status}`);
    res.json(found);
  });
  api.post('/sessions/:id/expire', (req, res) => {
    const found = session(req, res);
    if (!found) return;
    if (found.status !== 'open') return refuse(res, 409, `the session is ${found.status}`);
    stripe.end(found);
    res.json(found);
  });
  api.post('/refunds/:id/fail', (req, res) => {
    const refund = stripe.refunds.get(String(req.params['id']));
    if (!refund) return refuse(res, 404, 'no such refund');
    refund.status = 'failed';
    stripe.emit('refund.failed', { ...refund, failure_reason: 'expired_or_canceled_card' });
    res.json(refund);
  });
  api.post('/events/:id/send', async (req, res) => {
    const event = stripe.events.get(String(req.params['id']));
    if (!event) return refuse(res, 404, 'no such event; there are those of GET /api/stripe');
    res.json(await stripe.send(event));
  });
  api.post('/events', (req, res) => {
    const { type, object } = bodyOf(req);
    if (typeof type !== 'string' || typeof object !== 'object' || object === null) return refuse(res, 400, 'type: such as "checkout.session.completed"; object: what it is about');
    res.status(201).json(stripe.emit(type, object));
  });
  api.post('/raw', async (req, res) => {
    const { body, signature } = bodyOf(req);
    if (typeof body !== 'string') return refuse(res, 400, 'body: the bytes to send, as a text');
    if (signature !== undefined && signature !== null && typeof signature !== 'string') return refuse(res, 400, 'signature: a text, null for none, left out for the right one');
    res.json(await stripe.webhooks.send(stripe.settings.webhookUrl, body, stripe.given.webhookSecret, stripe.seconds, signature));
  });
  return api;
}
