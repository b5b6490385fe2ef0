/** The body of a webhook as events. */
import { readEvent } from '../model/incoming.ts';
import type { IncomingEvent, Json } from '../model/incoming.ts';
import type { Instant } from '../model/time.ts';

/** A webhook body that was read, or why it is answered with 400. `events` is empty for LINE's Verify button. */
export type Webhook = { ok: true; destination: string | null; events: IncomingEvent[] } | { ok: false; reason: string };

/**
 * A webhook body, its signature already checked, as events. `receivedAt` stands in for a missing timestamp.
 * Unknown event and message types are kept as `other`; only a body that is not a webhook at all is refused.
 */
export function readWebhook(body: Buffer | string, receivedAt: Instant): Webhook {
  const text = typeof body === 'string' ? body : body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'the body is not JSON' };
  }
  if (UNSTORABLE.test(text)) parsed = storable(parsed);
  if (!isObject(parsed) || !Array.isArray(parsed['events'])) return { ok: false, reason: 'the body has no list of events' };
  const { destination, events } = parsed as { destination?: unknown; events: unknown[] };
  return {
    ok: true,
    destination: typeof destination === 'string' ? destination : null,
    events: events.filter(isObject).map((event) => readEvent(event, receivedAt)),
  };
}

/** A NUL or a surrogate, escaped or as it is: the few bodies worth a closer look. */
const UNSTORABLE = /\\u0000|\\u[dD][89a-fA-F]|\0/;

/** The same value with NULs left out and lone surrogates replaced, in keys too. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [storable(key) as string, storable(v)]));
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
