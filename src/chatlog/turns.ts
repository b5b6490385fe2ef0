/** A conversation turn by turn, as an operator reads it: what was said, and beside it what the bot made of it. */
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { isJson, listAt } from './json.ts';
import type { LogEntry } from './record.ts';
import { actInWords } from './words/acts.ts';
import { effectInWords } from './words/effects.ts';
import { assumedRows, heardRows, refusedRows } from './words/heard.ts';
import type { HeardRow } from './words/heard.ts';
import type { Naming } from './words/names.ts';

export type Speaker = 'customer' | 'bot' | 'job' | 'staff';
export type Said = { at: Instant; by: Speaker; words: string; account: string | null };
/** What stands beside a turn, in an operator's words. */
export type Turn = {
  id: string;
  said: Said[];
  heard: HeardRow[];
  assumed: HeardRow[];
  refused: HeardRow[];
  /** The acts, and the effects with what came of them. */
  decided: string[];
  done: string[];
  /** How the answer left; null where nothing was to leave. */
  delivery: string | null;
  /** Milliseconds by part. */
  durations: [part: string, ms: number][];
  build: string | null;
  /** Parts the record does not hold, by their names in it. */
  missing: string[];
};

/** The shops as they were at a turn, by the key it was logged with. */
export type ShopsAt = (key: string | null) => Promise<readonly Store[]>;

/** Entries of a turn belong together however they lie; what has no turn stands alone. Oldest first, as they came. */
export function turnsOf(entries: readonly LogEntry[]): LogEntry[][] {
  const turns = new Map<string, LogEntry[]>();
  entries.forEach((entry, i) => {
    const key = typeof entry.turnId === 'string' && entry.turnId !== '' ? entry.turnId : `alone ${i}`;
    turns.set(key, [...(turns.get(key) ?? []), entry]);
  });
  return [...turns.values()];
}

/** Never throws: of a record that was half written, or by another build, it shows what is there. */
export async function readTurn(entries: readonly LogEntry[], shopsAt: ShopsAt): Promise<Turn> {
  const record: unknown = entries.find((entry) => isJson(entry.turn))?.turn;
  const has = (key: string): boolean => isJson(record) && Array.isArray(record[key]);
  const naming: Naming = { stores: await shopsAt(keyOf(record)), now: entries[0]!.timestamp };
  const heard = isJson(record) && Array.isArray(record['heard']) ? record['heard'] : [];
  const acts = [...listAt(record, 'acts'), ...entries.flatMap((entry) => listAt(entry, 'acts'))];
  const answered = entries.some((entry) => speakerOf(entry) === 'customer');
  return {
    id: String(entries[0]!.turnId ?? entries[0]!.id ?? ''),
    said: entries.map((entry) => ({ at: entry.timestamp, by: speakerOf(entry), words: wordsOf(entry), account: typeof entry.account === 'string' ? entry.account : null })),
    heard: heard.flatMap(heardRows), assumed: heard.flatMap(assumedRows), refused: heard.flatMap(refusedRows),
    decided: acts.map((act) => actInWords(act, naming)),
    done: listAt(record, 'effects').map((it) => effectInWords({ effect: it['effect'], answer: it['answer'] }, naming)),
    delivery: deliveryIn(entries),
    durations: isJson(record) && isJson(record['durations']) ? Object.entries(record['durations']).filter((it): it is [string, number] => typeof it[1] === 'number') : [],
    build: isJson(record) && typeof record['build'] === 'string' ? record['build'] : null,
    missing: [
      ...(answered && !isJson(record) ? ['turn'] : []),
      ...(isJson(record) ? ['heard', 'acts', 'effects'].filter((key) => !has(key)).map((key) => `turn.${key}`) : []),
      ...entries.flatMap((entry) => (Array.isArray(entry.trimmed) ? entry.trimmed.map(String) : [])),
    ],
  };
}

export const keyOf = (record: unknown): string | null => (isJson(record) && typeof record['shops'] === 'string' ? record['shops'] : null);

export const wordsOf = (entry: LogEntry): string => (typeof entry.message === 'string' ? entry.message : '（記録なし）');

export function speakerOf({ role, by }: LogEntry): Speaker {
  if (role === 'user') return 'customer';
  return role === 'staff' || by === 'staff' ? 'staff' : by === 'job' ? 'job' : 'bot';
}

const WAYS: { readonly [way: string]: string } = { reply: '返信', push: 'プッシュ', none: '送信' };
const STATES: { readonly [status: string]: string } = { sent: '送信済み', failed: '届かず', waiting: '送信待ち', not_sent: '送らず' };

/** `返信 送信済み 0.2秒後` */
function deliveryIn(entries: readonly LogEntry[]): string | null {
  const entry = entries.findLast(({ delivery }) => isJson(delivery));
  if (!entry?.delivery) return null;
  const { way, status, httpStatus, at } = entry.delivery;
  const after = typeof at === 'number' && Number.isFinite(at) && status === 'sent' ? `${((at - entries[0]!.timestamp) / 1000).toFixed(1)}秒後` : '';
  return [WAYS[way] ?? way, STATES[status] ?? status, httpStatus !== undefined && status !== 'sent' ? `HTTP ${httpStatus}` : '', after].filter(Boolean).join(' ');
}
