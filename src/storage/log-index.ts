/** What of an entry a log is searched by. PostgreSQL does the same in SQL, in the migration `log_search`. */
import type { Conversation, ConversationQuery, LogEntry } from '../chatlog/record.ts';

/** Letter case and the width of letters make no difference. */
export const searchable = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every two characters beside each other, and each kanji alone, which often is a word. Blanks part words. */
export function gramsOf(words: string): string[] {
  const chars = Array.from(words);
  const grams = new Set<string>();
  chars.forEach((char, i) => {
    const next = chars[i + 1];
    if (next !== undefined && char > ' ' && next > ' ') grams.add(char + next);
    if (isKanji(char)) grams.add(char);
  });
  return [...grams];
}

/** The grams a text must have to hold this word; none = it is too short to be indexed. */
export function wantedGrams(word: string): string[] {
  const chars = Array.from(word);
  if (chars.length < 2) return chars.filter(isKanji);
  return [...new Set(chars.slice(1).map((char, i) => chars[i]! + char))];
}

const isKanji = (char: string): boolean => char >= '一' && char <= '鿿';

type Json = { readonly [key: string]: unknown };
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listAt = (value: unknown, key: string): unknown[] => (isJson(value) && Array.isArray(value[key]) ? value[key] : []);

/** What was said, by the names of the acts; `failed` = LINE did not take it. */
export function actsOf(entry: LogEntry): string[] {
  const acts = [...listAt(entry.turn, 'acts'), ...listAt(entry, 'acts')].flatMap((act) => (isJson(act) && typeof act['say'] === 'string' ? [act['say']] : []));
  return [...new Set([...acts, ...(entry.delivery?.status === 'failed' ? ['failed'] : [])])];
}

/** The shops it was about. */
export function storesOf(entry: LogEntry): string[] {
  const named = [entry.storeId, isJson(entry.turn) ? entry.turn['storeId'] : null].filter((id) => typeof id === 'string');
  return [...new Set([...named, ...listAt(entry, 'acts').flatMap(storeIdsIn)])];
}

function storeIdsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(storeIdsIn);
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => (key === 'storeId' && typeof one === 'string' ? [one] : storeIdsIn(one)));
}

/** As a list of conversations is sorted: the one that began last first. */
export const newestFirst = (a: Conversation, b: Conversation): number => b.began - a.began || (a.userId < b.userId ? 1 : a.userId > b.userId ? -1 : 0);

/** The words that are looked for, as they are kept; an empty one is in everything. */
export const wordsOf = (query: Pick<ConversationQuery, 'words'>): string[] => (query.words ?? []).flatMap((words) => searchable(words).split(/\s+/)).filter(Boolean);
