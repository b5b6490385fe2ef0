import type { Signal } from '../reading/signals.ts';
import type { Item, PlacedSignal } from '../reading/item.ts';

/** One item with what stands around it, as the rules about it need it. */
export type Case = {
  text: string;
  items: readonly Item[];
  i: number;
  item: Item;
  next: Item | undefined;
  /** A signal behind the item, before the next one, at most so many characters away and in the same sentence. */
  has: (signal: Signal, within?: number) => PlacedSignal | undefined;
};

const SENTENCE_END = /[。!\n]/;

export function caseOf(text: string, items: readonly Item[], i: number, behind: readonly PlacedSignal[]): Case {
  const item = items[i]!;
  const has = (signal: Signal, within = 14): PlacedSignal | undefined =>
    behind.find((b) => b.signal === signal && b.from - item.to <= within && !SENTENCE_END.test(text.slice(item.to, b.from)));
  return { text, items, i, item, next: items[i + 1], has };
}

/** The text behind the item, up to the next one and at most `most` characters. */
export const textBehind = ({ text, item, next }: Case, most: number): string =>
  text.slice(item.to, Math.min(next?.from ?? text.length, item.to + most));

/** Where the phrase that ends with items[end] begins: at most one day and one time that stand side by side. */
export function phraseStart(items: readonly Item[], end: number): number {
  const before = items[end - 1];
  return before !== undefined && items[end]!.link === 'join' && before.is === 'date' && items[end]!.is === 'time' ? end - 1 : end;
}

/** Whether the day or the time of the phrase that ends with items[i] is said again behind it. */
export function saidAgain({ items, i }: Case): boolean {
  const phrase = items.slice(phraseStart(items, i), i + 1);
  return items.slice(i + 1, i + 4).some((next) => phrase.some((item) => item.is === next.is));
}
