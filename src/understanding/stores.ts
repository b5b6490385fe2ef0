import type { Lexicon } from './context.ts';
import { foldWord } from './said.ts';

/**
 * The shop a message names, in a channel with several: by its whole name, an alias, or a part of the name that no other
 * shop has (「渋谷」 of 「みなも 渋谷店」). Null where none or more than one is named.
 */
export function readStore(text: string, stores: Lexicon['stores']): string | null {
  if (stores.length < 2) return null;
  const said = foldWord(text);
  const parts = stores.map(({ name, aliases }) => new Set([name, ...aliases, ...name.split(/[\s・　]+/)].flatMap((word) => [word, word.replace(/(?:本店|支店|店|院|クリニック)$/, '')]).map(foldWord).filter((word) => word.length >= 2)));
  const named = stores.filter((_, i) => [...parts[i]!].some((part) => said.includes(part) && parts.every((other, j) => j === i || !other.has(part))));
  return named.length === 1 ? named[0]!.name : null;
}
