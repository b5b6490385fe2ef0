/** What a payment has to do with the web: the link in the chat, the pages before and after it, the provider's webhook. */
import { Router, raw } from 'express';
import type { Response } from 'express';
import type { PaidVisit, PaymentReader } from '../booking/payment-ports.ts';
import type { Inbox, Lane, Payments } from '../jobs/ports.ts';
import type { Instant, Now } from '../model/time.ts';
import { momentWords } from '../replies/when.ts';
import { PAGES, html, later, left } from './page.ts';
import type { Page } from './page.ts';
import type { PaymentProvider } from './ports.ts';
import { keptPayment } from './receive.ts';
import { isHeld } from './tend.ts';

export type PaymentWeb = {
  provider: Pick<PaymentProvider, 'readEvent'>;
  payments: PaymentReader;
  tend: Payments['tend'];
  inbox: Pick<Inbox, 'keep'>;
  wake: (lanes: Lane[]) => void;
  now: Now;
  log: { info: Log; warn: Log; error: Log };
};
type Log = (fields: Record<string, unknown>, message: string) => void;

/** A payment's own address: what the customer taps in the chat. */
export const payPath = (paymentId: string): string => `/pay/${paymentId}`;
export const paidPath = (paymentId: string): string => `/pay/${paymentId}/paid`;
export const leftPath = (paymentId: string): string => `/pay/${paymentId}/left`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Stripe's largest events are far smaller. */
const MAX_BODY = '1mb';

/** `POST /stripe/webhook` and `GET /pay/…`. */
export function paymentWeb(web: PaymentWeb): Router {
  const router = Router();

  router.post('/stripe/webhook', raw({ type: () => true, limit: MAX_BODY }), async (req, res) => {
    const receivedAt = web.now();
    const event = await web.provider.readEvent(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0), req.header('stripe-signature') ?? '', receivedAt);
    if (event === 'forged') return void res.status(400).json({ message: 'The signature does not fit the body.' });
    if (event === null) return void res.json({ message: 'This is not about a deposit.' });
    let lanes: Lane[];
    try {
      lanes = await web.inbox.keep([keptPayment(event, receivedAt)]);
    } catch (error) {
      web.log.error({ event: event.id, err: String(error) }, 'a payment event could not be kept');
      return void res.status(500).json({ message: 'The event could not be kept; send it again.' });
    }
    res.json({ message: 'ok' });
    web.wake(lanes);
  });

  const found = async (id: string | undefined): Promise<PaidVisit | null> => (id !== undefined && UUID.test(id) ? web.payments.payment({ id }) : null);

  router.get('/pay/:id', async (req, res) => {
    const id = String(req.params.id);
    let it = await found(id);
    if (it && isHeld(it, web.now()) && it.payment.url === null) {
      // Usually the link is there already; where the provider was away it is made now.
      await web.tend(id).catch((error: Error) => web.log.warn({ payment: id, err: error.message }, 'no link could be made'));
      it = await found(id);
    }
    const until = it && payableUntil(it, web.now());
    if (!it || !until) return show(res, settled(it));
    const { url } = it.payment;
    if (url === null) return show(res, later(payPath(id)));
    res.setHeader('cache-control', 'no-store');
    res.redirect(303, url);
  });

  // Whoever opens this has paid, or says so: it is the webhook that knows.
  router.get('/pay/:id/paid', async (req, res) => {
    const it = await found(String(req.params.id));
    show(res, it && isHeld(it, web.now()) ? PAGES.paid : settled(it));
  });

  router.get('/pay/:id/left', async (req, res) => {
    const id = String(req.params.id);
    const it = await found(id);
    const until = it && payableUntil(it, web.now());
    show(res, !until ? settled(it) : left(momentWords(until, web.now()), payPath(id)));
  });
  return router;
}

/** Until when a visit that is held can be paid for; null = not any more. */
function payableUntil(it: PaidVisit, now: Instant): Instant | null {
  const until = isHeld(it, now) ? Math.min(it.payment.linkUntil ?? Infinity, it.visit.hold!.until) : now;
  return until > now ? until : null;
}

/** How a payment stands that nobody waits for. */
function settled(it: PaidVisit | null): { status: number; page: Page } {
  if (!it || it.payment.by !== 'stripe') return PAGES.unknown;
  if (it.payment.status !== 'completed') return PAGES.over;
  return it.payment.refundDueAt === null ? PAGES.done : PAGES.returned;
}

function show(res: Response, { status, page }: { status: number; page: Page }): void {
  res.status(status).setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  res.setHeader('cache-control', 'no-store');
  res.type('html').send(html(page));
}
