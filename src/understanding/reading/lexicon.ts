import { fold, normalise } from '../normalise.ts';

/** A line of a lexicon table: spellings separated by spaces, and what they mean. A new word is one more spelling. */
export type Words<T> = readonly [spellings: string, meaning: T];

/** A word found in a text. */
export type Match<T> = { meaning: T; to: number };

type Entry<T> = { word: string; meaning: T; kana: boolean; latin: boolean };

/**
 * Looks up the longest word that stands at a place of a folded text; `joined`: another word ends right
 * there; `accepts`: a word that ends where it may not gives way to a shorter one.
 */
export type Lexicon<T> = { at: (text: string, from: number, joined?: boolean, accepts?: (to: number) => boolean) => Match<T> | null };

/** Kana that may stand in front of a short kana word without being part of it: 「じゃああした」「でもきょう」. */
const BEFORE_KANA = 'はがのにでをとももらねよーあえ';
const isHiragana = (char: string | undefined): boolean => char !== undefined && char >= 'ぁ' && char <= 'ん';
const isLatin = (char: string | undefined): boolean => char !== undefined && ((char >= 'a' && char <= 'z') || char === "'");

/** Behind a condition a word begins: 「空いてればいつでも」. */
const CONDITIONS = ['れば', 'たら', 'なら'];
/** A short word in kana alone must begin where a word can begin: 「とうきょう」 holds no 「きょう」. */
const begins = (text: string, at: number): boolean =>
  at === 0 || !isHiragana(text[at - 1]) || BEFORE_KANA.includes(text[at - 1]!) || CONDITIONS.includes(text.slice(at - 2, at));

const NONE: readonly never[] = [];
const always = (): boolean => true;
/** The first two characters as one number. */
const startOf = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + (at + 1 < text.length ? text.charCodeAt(at + 1) : 0);

/**
 * Builds the index of some tables. Lookup costs as much as there are words with the same first two characters.
 * `anywhere`: the words are looked up only where one is expected, so kana need no beginning of a word.
 */
export function lexicon<T>(tables: readonly (readonly Words<T>[])[], anywhere = false): Lexicon<T> {
  const byStart = new Map<number, Entry<T>[]>();
  const single = new Map<number, Entry<T>>();
  for (const table of tables) {
    for (const [spellings, meaning] of table) {
      for (const spelling of spellings.split(' ')) {
        const word = fold(normalise(spelling.replaceAll('_', ' ')).text);
        const kana = !anywhere && word.length <= 4 && [...word].every((c) => isHiragana(c));
        const entry = { word, meaning, kana, latin: isLatin(word.at(-1)) };
        const start = startOf(word, 0);
        if (word.length === 1) single.set(word.charCodeAt(0), entry);
        else byStart.set(start, [...(byStart.get(start) ?? []), entry]);
      }
    }
  }
  for (const list of byStart.values()) list.sort((a, b) => b.word.length - a.word.length);
  const fits = (entry: Entry<T>, text: string, from: number, joined: boolean): boolean =>
    (!entry.kana || joined || begins(text, from)) &&
    (!entry.latin || !(isLatin(text[from + entry.word.length]) || isLatin(text[from - 1])));
  const at: Lexicon<T>['at'] = (text, from, joined = false, accepts = always) => {
    for (const entry of byStart.get(startOf(text, from)) ?? NONE) {
      if (text.startsWith(entry.word, from) && fits(entry, text, from, joined) && accepts(from + entry.word.length)) return { meaning: entry.meaning, to: from + entry.word.length };
    }
    const one = single.get(text.charCodeAt(from));
    return one && fits(one, text, from, joined) && accepts(from + 1) ? { meaning: one.meaning, to: from + 1 } : null;
  };
  return { at };
}
