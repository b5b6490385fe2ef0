import type { IncomingMessage, ServerResponse } from 'node:http';
import { SAYS } from './faults.ts';
import type { Fault } from './faults.ts';
import { requestId as newRequestId } from './ids.ts';
import * as api from './line-api.ts';
import type { Answer, Endpoint } from './line-api.ts';
import { tokenEndpoint } from './oauth.ts';
import type { Platform } from './platform.ts';
import { RICH_MENU_ROUTES } from './rich-menus.ts';
import type { Json } from './render.ts';

/** Endpoints by method and path; the name is what a fault and the list of calls call it. */
const ROUTES: ReadonlyMap<string, readonly [name: string, endpoint: Endpoint]> = new Map([
  ['POST /v2/bot/message/reply', ['reply', api.reply]],
  ['POST /v2/bot/message/push', ['push', api.push]],
  ['POST /v2/bot/message/validate/reply', ['validate', api.validate]],
  ['POST /v2/bot/message/validate/push', ['validate', api.validate]],
  ['POST /v2/bot/chat/loading/start', ['loading', api.loading]],
  ['POST /v2/bot/chat/markAsRead', ['markAsRead', api.markAsRead]],
  ['GET /v2/bot/message/quota', ['quota', api.quota]],
  ['GET /v2/bot/message/quota/consumption', ['consumption', api.consumption]],
  ['GET /v2/bot/info', ['info', api.info]],
  ['GET /v2/bot/channel/webhook/endpoint', ['webhook', api.webhookEndpoint]],
  ['PUT /v2/bot/channel/webhook/endpoint', ['webhook', api.setWebhookEndpoint]],
  ['POST /v2/bot/channel/webhook/test', ['webhook', api.testWebhook]],
] as const);

const PARAM_ROUTES: readonly (readonly [method: string, path: RegExp, name: string, endpoint: Endpoint])[] = [
  ['GET', /^\/v2\/bot\/profile\/([^/]+)$/, 'profile', api.profile],
  ...RICH_MENU_ROUTES.map(([method, path, endpoint]) => [method, path, 'richmenu', endpoint] as const),
];

/** REF "Request body size": more is answered with 413. */
const MAX_BODY = 2 * 1024 * 1024;

/** Answers what bots call: everything under `/v2` and `/oauth2`. */
export async function answerBot(platform: Platform, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const id = newRequestId();
  const at = platform.clock.now();
  const url = new URL(req.url ?? '/', 'http://line');
  const method = req.method ?? 'GET';
  const raw = await bodyOf(req);
  const { name, endpoint, params } = routeOf(method, url.pathname);
  const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const channel = platform.channels.find((c) => c.accepts(bearer, at)) ?? null;
  const retryKey = req.headers['x-line-retry-key'] as string | undefined;
  let body: unknown = null;

  const answered = async (): Promise<Answer> => {
    if (raw === null) return SAYS.tooLarge;
    if (name === 'token') return tokenEndpoint(platform, method, url.pathname, method === 'GET' ? url.searchParams : new URLSearchParams(raw.toString())) ?? SAYS.notFound;
    if (!channel) return SAYS.unauthorized;
    if (!endpoint) return SAYS.notFound;
    body = raw.length > 0 && !url.pathname.endsWith('/content') ? parsed(raw) : {};
    if (body === undefined || typeof body !== 'object' || body === null) return { status: 400, body: { message: 'The request body could not be parsed as JSON (line: -, column: -)' } };
    return endpoint(platform, { channel, body: body as Json, params, query: url.searchParams, retryKey, requestId: id, raw, contentType: (req.headers['content-type'] ?? '').split(';')[0]! });
  };

  const fault = platform.faults.take(name);
  const unheard = fault !== null && fault.how !== 'slow';
  const answer = unheard && !fault.accepted ? null : await answered();
  const status = unheard ? (fault.how === 'status' ? fault.status : fault.how) : answer!.status;
  platform.record({ at, channel: channel?.name ?? null, endpoint: name, method, path: url.pathname, status, requestId: id, body: url.pathname.endsWith('/content') ? `${raw?.length ?? 0} bytes` : body ?? (raw && parsed(raw)), answer: unheard ? fault.body : answer?.body, ...(retryKey ? { retryKey } : {}) });
  if (fault) return failing(fault, res, id, answer);
  send(res, id, answer!);
}

/** Ends a call as a fault says; a call that hangs is let go when the simulator closes. */
function failing(fault: Fault, res: ServerResponse, id: string, answer: Answer | null): void {
  if (fault.how === 'status') send(res, id, { status: fault.status, body: fault.body });
  else if (fault.how === 'drop') res.socket?.destroy();
  else if (fault.how === 'slow') setTimeout(() => send(res, id, answer!), fault.ms).unref();
}

function send(res: ServerResponse, id: string, { status, body, headers, bytes }: Answer): void {
  if (res.writableEnded || res.destroyed) return;
  const sent = bytes?.bytes ?? Buffer.from(body === null ? '' : JSON.stringify(body));
  res.writeHead(status, { 'content-type': bytes?.type ?? 'application/json', 'content-length': sent.length, 'x-line-request-id': id, ...headers });
  res.end(sent);
}

function routeOf(method: string, path: string): { name: string; endpoint: Endpoint | null; params: string[] } {
  const fixed = ROUTES.get(`${method} ${path}`);
  if (fixed) return { name: fixed[0], endpoint: fixed[1], params: [] };
  if (path.startsWith('/oauth2/') || path.startsWith('/v2/oauth/')) return { name: 'token', endpoint: null, params: [] };
  for (const [m, form, name, endpoint] of PARAM_ROUTES) {
    const found = m === method ? form.exec(path) : null;
    if (found) return { name, endpoint, params: found.slice(1).map(decoded) };
  }
  return { name: 'unknown', endpoint: null, params: [] };
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The whole body, or null when it is too large. */
function bodyOf(req: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    req.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
    });
    req.on('end', () => resolve(size > MAX_BODY ? null : parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    req.on('error', reject);
  });
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
