import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterReply, pushRetryDelay } from '../../src/line/outcome.ts';
import type { SendResult } from '../../src/line/outcome.ts';

const RESULTS: Record<SendResult['kind'], SendResult> = {
  sent: { kind: 'sent', requestId: null, messages: [] },
  duplicate: { kind: 'duplicate', acceptedRequestId: null, messages: [] },
  invalid_reply_token: { kind: 'invalid_reply_token' },
  rate_limited: { kind: 'rate_limited' },
  quota_exhausted: { kind: 'quota_exhausted' },
  too_many_to_one_user: { kind: 'too_many_to_one_user' },
  kept_back: { kind: 'kept_back' },
  over_limit: { kind: 'over_limit', violations: [] },
  refused: { kind: 'refused', status: 400, body: '' },
  unreachable: { kind: 'unreachable', maybeDelivered: true, reason: '' },
};
const NOT_LEFT: SendResult = { kind: 'unreachable', maybeDelivered: false, reason: '' };
const NO_TOKEN: SendResult = { kind: 'refused', status: 401, body: '' };

describe('after a reply', () => {
  test.each([
    ['sent', RESULTS.sent, false, 1_000, 'done'],
    ['token refused at the first try', RESULTS.invalid_reply_token, false, 1_000, 'push'],
    ['token refused after a try that may have arrived', RESULTS.invalid_reply_token, true, 9_000, 'done'],
    ['no answer, token young', RESULTS.unreachable, false, 8_000, 'retry_reply'],
    ['no answer again, token young', RESULTS.unreachable, true, 30_000, 'retry_reply'],
    ['no answer for the whole life of the token', RESULTS.unreachable, true, 61_000, 'push'],
    ['nobody there, token young', NOT_LEFT, false, 8_000, 'retry_reply'],
    ['nobody there, token old', NOT_LEFT, false, 60_000, 'push'],
    ['too many requests', RESULTS.rate_limited, false, 1_000, 'retry_reply'],
    ['too many requests until the token died', RESULTS.rate_limited, false, 60_000, 'push'],
    ['our token is not good', NO_TOKEN, false, 1_000, 'push'],
    ['the message is not good', RESULTS.refused, false, 1_000, 'give_up'],
    ['the message is over a limit', RESULTS.over_limit, false, 1_000, 'give_up'],
  ] as const)('%s', (_, result, triedBefore, tokenAgeMs, next) => {
    expect(afterReply(result, { triedBefore, tokenAgeMs })).toBe(next);
  });

  test('a reply is tried again only while its token lives, and nothing that may have arrived is pushed while asking can tell', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(RESULTS), NOT_LEFT), fc.boolean(), fc.integer({ min: 0, max: 3_600_000 }), (result, triedBefore, tokenAgeMs) => {
        const next = afterReply(result, { triedBefore, tokenAgeMs });
        if (next === 'retry_reply') expect(tokenAgeMs).toBeLessThan(60_000);
        if (next === 'push' && result.kind === 'invalid_reply_token') expect(triedBefore).toBe(false);
      }),
    );
  });
});

describe('after a push', () => {
  const delays = (result: SendResult): number[] => {
    const all: number[] = [];
    for (let tries = 1; ; tries++) {
      const delay = pushRetryDelay(result, tries, 0.999);
      if (delay === null) return all;
      all.push(delay);
    }
  };
  test.each([RESULTS.unreachable, NOT_LEFT, RESULTS.rate_limited, NO_TOKEN])('%j is tried again for most of a day, but never beyond the 24 hours of its key', (result) => {
    const total = delays(result).reduce((a, b) => a + b, 0);
    expect(total).toBeGreaterThan(12 * 3_600_000);
    expect(total).toBeLessThan(24 * 3_600_000);
  });
  test('the waits grow, and are spread so that many do not come at once', () => {
    const all = delays(RESULTS.unreachable);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(pushRetryDelay(RESULTS.unreachable, 1, 0)).not.toBe(pushRetryDelay(RESULTS.unreachable, 1, 0.9));
  });
  test.each([RESULTS.quota_exhausted, RESULTS.too_many_to_one_user, RESULTS.refused, RESULTS.over_limit, RESULTS.sent, RESULTS.duplicate])('%j is never tried again', (result) => {
    expect(delays(result)).toEqual([]);
  });
});
