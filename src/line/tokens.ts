import { channelAccessToken } from '@line/bot-sdk';
import type { Now } from '../model/time.ts';
import { LineRefused, LineUnreachable } from './errors.ts';
import { LineTransport, over } from './transport.ts';

/** Where the channel access token of the moment comes from. */
export interface TokenSource {
  current(): string | Promise<string>;
  /** After a 401 with `refused`: another token worth one more try, or null when there is none. */
  renew(refused: string): Promise<string | null>;
  close(): Promise<void>;
}

/** The long-lived token of the settings. */
export const longLived = (token: string): TokenSource => ({ current: () => token, renew: () => Promise.resolve(null), close: () => Promise.resolve() });

/** The token of the settings until LINE refuses it, from then on others: `told` hears of it once. */
export function replaced(token: string, by: TokenSource, told: () => void): TokenSource {
  let refused = false;
  return {
    current: () => (refused ? by.current() : token),
    renew: async (held) => {
      if (held !== token) return by.renew(held);
      if (!refused) told();
      refused = true;
      return by.current();
    },
    close: () => by.close(),
  };
}

/** A stateless token lives 15 minutes; after ten another is fetched, and until that is had the old one will do. */
const KEPT_MS = 10 * 60_000;

/**
 * Stateless tokens by channel id and secret: any number may exist, none can be revoked, one lives 15 minutes.
 * One call at a time asks LINE; throws LineRefused 401 (wrong id or secret) or LineUnreachable (nothing delivered).
 */
export function stateless(channel: { id: string; secret: string; baseUrl: string; timeoutMs: number; now: Now }): TokenSource {
  const transport = new LineTransport({ baseUrl: channel.baseUrl, timeoutMs: channel.timeoutMs, tokens: null });
  const client = over(new channelAccessToken.ChannelAccessTokenClient({ baseURL: channel.baseUrl }), transport);
  let kept: { token: string; until: number; ends: number } | null = null;
  let asking: Promise<string> | null = null;

  const ask = (): Promise<string> => {
    asking ??= client
      .issueStatelessChannelTokenByClientSecret(channel.id, channel.secret)
      .then(({ access_token: token, expires_in: seconds }) => {
        const now = channel.now();
        // Half a minute is left for a call under way.
        kept = { token, until: now + Math.min(KEPT_MS, (seconds * 1000 * 2) / 3), ends: now + Math.max(0, seconds - 30) * 1000 };
        return token;
      })
      .catch((error: unknown) => {
        // Whatever was to be sent has not left, and it is not the message that is at fault.
        if (error instanceof LineUnreachable) throw new LineUnreachable('the token endpoint', error.message, false, error);
        if (error instanceof LineRefused) throw new LineRefused('a channel access token', 401, error.body, error);
        throw error;
      })
      .finally(() => (asking = null));
    return asking;
  };
  return {
    current: () => {
      const held = kept;
      if (held && channel.now() < held.until) return held.token;
      return ask().catch((error: unknown) => {
        if (held && kept === held && channel.now() < held.ends) return held.token;
        throw error;
      });
    },
    renew: (refused) => (kept && kept.token !== refused ? Promise.resolve(kept.token) : ask()),
    close: () => transport.close(),
  };
}
