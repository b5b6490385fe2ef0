/** What became of a message handed to LINE, and what to do next. Pure; the retry rules are tables. */
import type { Violation } from './limit-measures.ts';

/** A message as LINE accepted it; the id is what a customer may quote, or we may be asked about. */
export type SentMessage = { id: string; quoteToken?: string };

/** What became of one reply or push. Never thrown: each is an expected answer of the platform. */
export type SendResult =
  | { kind: 'sent'; requestId: string | null; messages: SentMessage[] }
  /** 409: LINE has this retry key already. It was sent before: success. */
  | { kind: 'duplicate'; acceptedRequestId: string | null; messages: SentMessage[] }
  /** The reply token was used, is too old, or was never one. */
  | { kind: 'invalid_reply_token' }
  | { kind: 'rate_limited' }
  /** The month's messages are used up. */
  | { kind: 'quota_exhausted' }
  | { kind: 'too_many_to_one_user' }
  /** Not sent: what is left of the month is kept for what cannot wait (quota.ts). */
  | { kind: 'kept_back' }
  /** Our own check found it over LINE's limits; it was not sent. A mistake of the reply room. */
  | { kind: 'over_limit'; violations: Violation[] }
  /** LINE said no. 401 is about our token, everything else about the request. */
  | { kind: 'refused'; status: number; body: string }
  /** No answer, or a 5xx. `maybeDelivered` is false only when the request certainly did not leave. */
  | { kind: 'unreachable'; maybeDelivered: boolean; reason: string };

export type SendKind = SendResult['kind'];

/** Seconds to wait before try 2, 3, … of a push; a list ends where we give up. No list = never again. */
export const PUSH_RETRIES: { readonly [K in SendKind]?: readonly number[] } = {
  // 17 to 22 hours in all, inside the 24 h a retry key is remembered: the last try is still the same push.
  unreachable: [1, 2, 5, 15, 60, 300, 900, ...Array<number>(17).fill(3600)],
  rate_limited: [1, 2, 4, 8, 15, 30, 60, 300, 900, ...Array<number>(17).fill(3600)],
};

/** 401: a token being exchanged by the operator, not a fault of the message. */
const TOKEN_RETRIES: readonly number[] = [30, 60, 300, 900, ...Array<number>(17).fill(3600)];

/**
 * Milliseconds until a push may be tried again with the same retry key, or null = do not.
 * `tries` counts those made (from 1); `random` in [0, 1) spreads them by up to a quarter.
 */
export function pushRetryDelay(result: SendResult, tries: number, random: number): number | null {
  const schedule = result.kind === 'refused' && result.status === 401 ? TOKEN_RETRIES : PUSH_RETRIES[result.kind];
  const seconds = schedule?.[tries - 1];
  return seconds === undefined ? null : Math.round(seconds * 1000 * (1 + random / 4));
}

/** How long a reply token is worth using; LINE says one minute, counted from its receipt. */
export const REPLY_TOKEN_MS = 60_000;
/** Before a reply is tried again. The token works once, so trying again can never say a thing twice. */
export const REPLY_RETRY_MS = 1_000;

export type AfterReply = 'done' | 'retry_reply' | 'push' | 'give_up';

/**
 * What follows a reply (LINE docs "retrying-api-request": a reply has no retry key, its token is its key).
 * `triedBefore`: an earlier try with this token may have reached LINE (set it before each try, so that a crash counts).
 * `tokenAgeMs`: since the token was received.
 *
 * A refused token after an unclear try means the first try was delivered: never pushed on top of it. A token that
 * stayed unreachable for its whole life is followed by a push: a customer without any answer is worse.
 */
export function afterReply(result: SendResult, { triedBefore, tokenAgeMs }: { triedBefore: boolean; tokenAgeMs: number }): AfterReply {
  switch (result.kind) {
    case 'sent':
    case 'duplicate':
      return 'done';
    case 'invalid_reply_token':
      return triedBefore ? 'done' : 'push';
    case 'unreachable':
    case 'rate_limited':
      return tokenAgeMs + REPLY_RETRY_MS < REPLY_TOKEN_MS ? 'retry_reply' : 'push';
    case 'refused':
      return result.status === 401 ? 'push' : 'give_up';
    case 'quota_exhausted':
    case 'too_many_to_one_user':
    case 'kept_back':
    case 'over_limit':
      return 'give_up';
  }
}
