import { validateSignature } from '@line/bot-sdk';

/**
 * Whether `signature` (the `x-line-signature` header) was made over exactly these bytes with one of the channel's
 * secrets: the current one, or the previous one while a re-issued secret is being rolled out. Constant time.
 * The body must be the bytes as they came: LINE sends some emoji as `\uXXXX` escapes, which a re-serialised body loses.
 */
export function isSigned(body: Buffer, signature: string | undefined, secrets: readonly string[]): boolean {
  if (!signature) return false;
  return secrets.some((secret) => secret !== '' && validateSignature(body, secret, signature));
}
