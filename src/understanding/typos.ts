import { findWords } from './marks.ts';
import type { Said, Replacement } from './said.ts';
import { replaced } from './said.ts';

/** Shorter words are too easily one edit from another word. */
const SHORTEST = 5;
const KANA_ONLY = /^[ぁ-ゖー]+$/;
const KANA = /[ぁ-ゖー]/;

/** Whether one inserted, missing, wrong or swapped character makes `a` into `b`; equal words are not. */
export function oneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length === b.length) return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}

/** The first stretch of the text one edit away from the word. A slip leaves one half of the word whole. */
function slipOf(text: string, word: string): { at: number; length: number } | null {
  const half = Math.ceil(word.length / 2);
  for (const [part, before] of [[word.slice(0, half), 0], [word.slice(half), half]] as const)
    for (let found = text.indexOf(part); found >= 0; found = text.indexOf(part, found + 1))
      for (const change of [0, -1, 1]) {
        const at = before === 0 ? found : found - before - change;
        const length = word.length + change;
        const said = text.slice(at, at + length);
        if (at >= 0 && said.length === length && KANA_ONLY.test(said) && oneEditApart(said, word) && endsThere(text, at + length, said, word)) return { at, length };
      }
  return null;
}

/** 「かつとを」 is no カットー: a longer reading must not eat the particle behind the word. */
const endsThere = (text: string, end: number, said: string, word: string): boolean => said.length <= word.length || !KANA.test(text[end] ?? '') || said.at(-1) === word.at(-1);

/**
 * Puts words one edit away right, where the word itself is not said. Kana words of five or more only.
 * @param others words that are no slip either: ヘアセット is not ヘアカット.
 */
export function repairTypos(said: Said, words: readonly string[], others: readonly string[] = []): { said: Said; repaired: { word: string; at: number; end: number }[] } {
  const pieces: Replacement[] = [];
  const exact = findWords(said.text, [...words, ...others].map((word) => ({ spelling: word, name: word })).toSorted((a, b) => b.spelling.length - a.spelling.length));
  for (const word of words) {
    if (word.length < SHORTEST || !KANA_ONLY.test(word) || said.text.includes(word)) continue;
    const slip = slipOf(said.text, word);
    const apart = (at: number, end: number): boolean => slip !== null && (slip.at + slip.length <= at || end <= slip.at);
    // 「ヘッドスパやって」 says ヘッドスパ, not ヘッドスパー.
    if (slip && pieces.every((p) => apart(p.at, p.at + p.length)) && exact.every((w) => apart(w.at, w.end))) pieces.push({ ...slip, by: word });
  }
  pieces.sort((a, b) => a.at - b.at);
  return { said: replaced(said, pieces), repaired: pieces.map((p) => ({ word: p.by, at: p.at, end: p.at + p.length })) };
}
