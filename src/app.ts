/** The HTTP app, built from its parts; it listens to nothing by itself. */
import express from 'express';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response, Router } from 'express';
import type { Inbox, KeptEvent, Lane, Readiness } from './jobs/ports.ts';
import { NOBODY } from './jobs/ports.ts';
import { readWebhook } from './line/incoming.ts';
import { isSigned } from './line/signature.ts';
import type { Now } from './model/time.ts';

/** LINE's own bodies are far smaller; what is larger is not LINE's. */
const MAX_BODY = '1mb';

export type AppChannel = { name: string; secrets: string[] };

export type AppParts = {
  channels: AppChannel[];
  inbox: Pick<Inbox, 'keep'>;
  /** Paths of other rooms. */
  routers?: readonly Router[];
  /** Hands over the lanes that have something new. */
  wake: (lanes: Lane[]) => void;
  readiness: () => Promise<Readiness[]>;
  metrics: () => Promise<{ type: string; text: string }>;
  now: Now;
  ticks: () => number;
  observe: { webhook: (status: number, seconds: number) => void };
  log: { info: Log; warn: Log; error: Log };
};
type Log = (fields: Record<string, unknown>, message: string) => void;

/** `POST /webhook[/channel]`, `/healthz`, `/readyz`, `/metrics`. */
export function buildApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const raw = express.raw({ type: () => true, limit: MAX_BODY });

  app.post(['/webhook', '/webhook/:channel'], timed(parts), raw, (req, res) => receive(channels.get(String(req.params['channel'] ?? 'default')), req, res, parts));
  app.get('/healthz', (_req, res) => void res.type('text').send('ok\n'));
  app.get('/readyz', async (_req, res) => {
    const stores = await parts.readiness();
    res.status(stores.some((store) => store.needed && !store.ok) ? 503 : 200).json({ stores });
  });
  app.get('/metrics', async (_req, res) => {
    const { type, text } = await parts.metrics();
    res.type(type).send(text);
  });
  for (const router of parts.routers ?? []) app.use(router);
  app.use((_req: Request, res: Response) => void res.status(404).json({ message: 'There is nothing here.' }));
  app.use(refuse(parts.log));
  return app;
}

/** 200 only once the events are committed; 500 when they could not be, so that LINE may send them again. */
async function receive(channel: AppChannel | undefined, req: Request, res: Response, parts: AppParts): Promise<void> {
  if (!channel) return answer(res, 404, 'There is no such channel.');
  const body: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  if (!isSigned(body, req.header('x-line-signature'), channel.secrets)) return answer(res, 401, 'The signature does not fit the body.');
  const receivedAt = parts.now();
  const webhook = readWebhook(body, receivedAt);
  if (!webhook.ok) return answer(res, 400, `This is not a webhook: ${webhook.reason}.`);
  if (webhook.events.length === 0) return answer(res, 200, 'ok');
  const events = webhook.events.map((event): KeptEvent => ({
    channel: channel.name, lineId: event.lineUserId ?? NOBODY, id: event.webhookEventId, time: event.timestamp, receivedAt, payload: event.raw,
  }));
  let lanes: Lane[];
  try {
    lanes = await parts.inbox.keep(events);
  } catch (error) {
    parts.log.error({ channel: channel.name, events: events.map((e) => e.id), err: String(error) }, 'events could not be kept');
    return answer(res, 500, 'The events could not be kept; send them again.');
  }
  answer(res, 200, 'ok');
  parts.wake(lanes);
}

/** Tells how long LINE waited, and for what. */
const timed = ({ ticks, observe }: AppParts): RequestHandler => (_req, res, next) => {
  const began = ticks();
  res.on('finish', () => observe.webhook(res.statusCode, (ticks() - began) / 1000));
  next();
};

const answer = (res: Response, status: number, message: string): void => void res.status(status).json({ message });

/** What express and its body reader throw, in a line; never a stack. */
const refuse = (log: AppParts['log']): ErrorRequestHandler => (error, _req, res, _next) => {
  const status = typeof error?.status === 'number' ? error.status : 500;
  if (status >= 500) log.error({ err: String(error) }, 'a request failed');
  if (res.headersSent) return;
  answer(res, status, status === 413 ? 'The body is larger than 1 MB.' : status >= 500 ? 'Something went wrong here.' : 'The request could not be read.');
};
