import { LineRefused, LineUnreachable } from '../../line/errors.ts';

/** What came of one thing: looked at and good, changed, left as it is, wrong, or for a person to do. */
export type Mark = 'ok' | 'changed' | 'left' | 'wrong' | 'by hand';
export type Step = { mark: Mark; says: string };

/** LINE's own words out of a refusal. */
export function saidBy({ body, status }: LineRefused): string {
  try {
    const { message, error_description: why, details } = JSON.parse(body) as { message?: string; error_description?: string; details?: { message?: string; property?: string }[] };
    const more = (details ?? []).map((d) => [d.property, d.message].filter(Boolean).join(': ')).join('; ');
    return `${status} ${message ?? why ?? ''}${more ? ` (${more})` : ''}`.trim();
  } catch {
    return `${status} ${body.slice(0, 120)}`.trim();
  }
}

/** What a call that failed means to the operator; `what` was being done. Anything that is our own mistake is thrown on. */
export function troubled(what: string, error: unknown): Step {
  if (error instanceof LineUnreachable) return { mark: 'wrong', says: `${what}: LINE cannot be reached (${error.message.replace(/^LINE unreachable at /, '')}). Is this machine on the internet? Try again.` };
  if (!(error instanceof LineRefused)) throw error;
  if (error.status === 401) return { mark: 'wrong', says: `${what}: LINE refuses the access token or the ID and secret (${saidBy(error)}). Copy them anew from the LINE Developers console: Basic settings (channel ID, channel secret) or Messaging API (channel access token).` };
  if (error.status === 403) return { mark: 'wrong', says: `${what}: LINE does not allow it to this channel (${saidBy(error)}). Is it a Messaging API channel, and yours to set up?` };
  if (error.status === 429) return { mark: 'wrong', says: `${what}: LINE has had too many of these calls (${saidBy(error)}). Run this again in an hour.` };
  return { mark: 'wrong', says: `${what}: LINE refused it (${saidBy(error)}).` };
}
