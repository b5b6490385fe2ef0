/** A log entry as every store keeps it: nothing a database refuses, nothing without bounds. */
import type { Delivery, LogEntry, TurnRecord } from '../chatlog/record.ts';
import type { Instant } from '../model/time.ts';

/** Bytes an entry may take, as `measured` counts them; a bucket of MongoDB stays far from its 16 MB with them. */
const MAX_BYTES = 1_000_000;
/** UTF-16 units of `message`: five messages of LINE's 5,000 fit. */
const MAX_MESSAGE = 30_000;
/** MongoDB takes 100 levels; no document of ours comes near. */
const MAX_DEPTH = 60;
/** The last moment of year 9999: every database can write it. */
const LAST = 253_402_300_799_999;

/** An entry with its moments as the store writes them: `Date` in MongoDB, ISO 8601 UTC in JSON. */
export type Kept<T> = Omit<LogEntry, 'timestamp' | 'delivery'> & { timestamp: T; delivery?: KeptDelivery<T> };
export type KeptDelivery<T> = Omit<Delivery, 'at'> & { at?: T };

export const isoOf = (at: Instant): string => new Date(clamped(at)).toISOString();
export const dateOf = (at: Instant): Date => new Date(clamped(at));

/** The entry with its moments written by `stamp`. */
export function kept<T>(entry: LogEntry, stamp: (at: Instant) => T): Kept<T> {
  const { delivery, timestamp, ...rest } = entry;
  return { ...rest, timestamp: stamp(timestamp), ...(delivery ? { delivery: keptDelivery(delivery, stamp) } : {}) };
}

export function keptDelivery<T>(delivery: Delivery, stamp: (at: Instant) => T): KeptDelivery<T> {
  const { at, ...rest } = delivery;
  return at === undefined ? rest : { ...rest, at: stamp(at) };
}

/** Back from the store. `at`: when it was said, where the entry does not tell it: nobody else's writing is refused. */
export function entryOf(it: Kept<Date | string>, at: Date | string | Instant = 0): LogEntry {
  const { delivery, timestamp, ...rest } = it;
  const told = instantOf(timestamp);
  return { ...rest, timestamp: Number.isFinite(told) ? told : new Date(at).getTime(), ...(delivery ? { delivery: deliveryOf(delivery) } : {}) };
}

function deliveryOf(it: KeptDelivery<Date | string>): Delivery {
  const { at, ...rest } = it;
  return at === undefined ? rest : { ...rest, at: instantOf(at) };
}

const instantOf = (at: Date | string): Instant => new Date(at).getTime();
const clamped = (at: Instant): Instant => (Number.isFinite(at) ? Math.min(Math.max(Math.trunc(at), 0), LAST) : 0);

/** An entry that fits, with the bytes it takes at most. */
export type Fitted = { entry: LogEntry; bytes: number };

/**
 * The entry as it can be kept everywhere, trimmed where it is too big. The same entry fits the same way in every store.
 * Nearly all fit as they are and are only measured; the parts are not copied then.
 */
export function fitted(entry: LogEntry): Fitted {
  const bytes = measured(entry, MAX_DEPTH);
  if (bytes <= MAX_BYTES && entry.message.length <= MAX_MESSAGE && entry.timestamp === clamped(entry.timestamp)) return { entry, bytes };
  const fit = plain(entry, MAX_DEPTH) as LogEntry;
  fit.timestamp = clamped(entry.timestamp);
  const trimmed: string[] = fit.trimmed ?? [];
  if (fit.message.length > MAX_MESSAGE) {
    fit.message = `${fit.message.slice(0, MAX_MESSAGE).toWellFormed()}…`;
    trimmed.push('message');
  }
  if (measured(fit, MAX_DEPTH) > MAX_BYTES) trimmed.push(...trim(fit));
  if (trimmed.length > 0) fit.trimmed = trimmed;
  return { entry: fit, bytes: measured(fit, MAX_DEPTH) };
}

/** What an entry can do without, emptied; the words and who spoke stay. */
const EMPTY: { [K in keyof TurnRecord]?: TurnRecord[K] } = { effects: [], acts: [], events: [], heard: [], talkBefore: null, talkAfter: null, durations: {} };

/** Empties the biggest parts until the rest fits. Gives their names. */
function trim(entry: LogEntry): string[] {
  const record = entry.turn as Record<string, unknown> | undefined;
  const parts = [
    { name: 'messages', bytes: measured(entry.messages ?? null, MAX_DEPTH), empty: () => void (entry.messages = []) },
    ...(record ? Object.entries(EMPTY).map(([key, empty]) => ({ name: `turn.${key}`, bytes: measured(record[key] ?? null, MAX_DEPTH), empty: () => void (record[key] = empty) })) : []),
  ].sort((a, b) => b.bytes - a.bytes);
  let over = measured(entry, MAX_DEPTH) - MAX_BYTES;
  const names: string[] = [];
  for (const part of parts) {
    if (over <= 0) break;
    part.empty();
    over -= part.bytes;
    names.push(part.name);
  }
  return names;
}

/** The most bytes a value takes as BSON or JSON; infinite where it holds what not every database takes. */
function measured(value: unknown, depth: number): number {
  if (typeof value === 'string') return isTaken(value) ? 8 + 3 * value.length : Infinity;
  if (typeof value === 'number') return Number.isFinite(value) ? 24 : Infinity;
  if (typeof value === 'boolean' || value === null) return 8;
  if (typeof value !== 'object' || depth === 0) return Infinity;
  let bytes = 8;
  if (Array.isArray(value)) {
    for (const one of value) bytes += 8 + measured(one, depth - 1);
    return bytes;
  }
  if (Object.prototype.toString.call(value) !== '[object Object]') return Infinity;
  const keys = Object.keys(value);
  for (const key of keys) bytes += ODD_KEY.test(key) || !isTaken(key) ? Infinity : 4 + 3 * key.length + measured((value as Record<string, unknown>)[key], depth - 1);
  return bytes;
}

const isTaken = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
/** What MongoDB reads as an operator or a path, and its driver as a type of its own. */
const ODD_KEY = /^\$|\.|^_bsontype$/;

/** JSON that every database takes: well-formed text without NUL, no undefined, no odd key. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.map((one) => plain(one, depth - 1));
  if (value instanceof Date) return isoOf(value.getTime());
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined && typeof one !== 'function');
  return Object.fromEntries(pairs.map(([key, one]) => [safeKey(key), plain(one, depth - 1)]));
}

const wellFormed = (text: string): string => text.replaceAll('\0', '�').toWellFormed();
const safeKey = (key: string): string => wellFormed(key).replace(/^\$/, '＄').replaceAll('.', '．').replace(/^_bsontype$/, '＿bsontype');
