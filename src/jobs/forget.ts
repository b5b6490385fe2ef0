import { DAY, HOUR } from '../model/time.ts';
import type { Now } from '../model/time.ts';
import type { Inbox } from './ports.ts';

/** How long an event's id is remembered; LINE's redeliveries come within minutes. */
const REMEMBERED_MS = 30 * DAY;

export type ForgetHouse = { inbox: Pick<Inbox, 'forgetSeen'>; now: Now; log: { warn: (fields: Record<string, unknown>, message: string) => void } };

/** Forgets, once an hour, what was only kept to know an event again. Gives a function that stops it. */
export function forgetHourly({ inbox, now, log }: ForgetHouse): () => void {
  const forget = () => void inbox.forgetSeen(now() - REMEMBERED_MS).catch((error: Error) => log.warn({ err: error.message }, 'old event ids could not be forgotten'));
  forget();
  const timer = setInterval(forget, HOUR);
  return () => clearInterval(timer);
}
