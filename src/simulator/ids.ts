import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ulid } from 'ulid';

/** LINE's webhook event ids are ULIDs of the moment. */
export const eventId = (now: number): string => ulid(now);
export const token = (): string => randomBytes(16).toString('hex');
export const requestId = (): string => randomUUID();
/** A user id for a name: the same name is the same person after a restart, so that a chat can go on. */
export const userIdFor = (name: string): string => `U${createHash('md5').update(name).digest('hex')}`;
export const isUserId = (id: unknown): id is string => typeof id === 'string' && /^U[0-9a-f]{32}$/.test(id);

let last = 0;
/** LINE's message ids are long numbers that only grow. */
export function messageId(now: number): string {
  last = Math.max(last + 1, now * 100);
  return String(400_000_000_000_000_000n + BigInt(last));
}
