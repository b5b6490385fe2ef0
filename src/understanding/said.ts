import { SPELLINGS } from './words/spellings.ts';
import { fold, source } from './normalise.ts';
import type { Normalised } from './normalise.ts';

/**
 * The message as cues see it: kana folded, no spaces, nothing drawn out, one spelling a word. Character i stands for
 * `of.text[starts[i]..ends[i])`.
 */
export type Said = { text: string; starts: number[]; ends: number[]; of: Normalised };

const toWord = new Map<string, string>();
for (const [word, spelled] of Object.entries(SPELLINGS))
  for (const one of spelled.split(' ')) {
    const [spelling, becomes] = one.split('=');
    // The word itself is a spelling too, or ありがと would be found inside ありがとう.
    for (const each of [spelling!, becomes ?? word]) toWord.set(fold(each), fold(becomes ?? word));
  }
const longestFirst = [...toWord.keys()].sort((a, b) => b.length - a.length);
const SPELLED = new RegExp(longestFirst.map((spelling) => spelling.replace('?', String.raw`\?`)).join('|'), 'g');
const respelled = (text: string): string => text.replace(SPELLED, (spelling) => toWord.get(spelling)!);

/** A word of ours or of a shop file, spelled the way `Said.text` is. */
export const foldWord = (word: string): string => respelled(fold(word.normalize('NFKC').replace(/[\s・]/g, '')));
/** A cue in regular-expression syntax, spelled the way `Said.text` is. */
export const foldPattern = (pattern: string): string => respelled(fold(pattern));

const isHiragana = (char: string | undefined): boolean => char !== undefined && char >= 'ぁ' && char <= 'ゖ';
const DRAWN_OUT = 'はまよねなとだわもうすいけたでしんがさくへ';

/** 「ま〜す」「ありがとー」: what draws out a hiragana says nothing more; めにゅー and からー keep theirs. */
function isDrawnOut(text: string, i: number): boolean {
  if (!isHiragana(text[i - 1])) return false;
  if (text[i] === '~') return !/\d/.test(text[i + 1] ?? '');
  // うーん is no うん.
  return text[i] === 'ー' && DRAWN_OUT.includes(text[i - 1]!) && !(text[i - 1] === 'う' && text[i + 1] === 'ん');
}

const MARKS: Record<string, string> = { '\n': '。', '!': '。', '．': '。', ',': '、', '…': '、' };
/** Marks in a row are one: `。、。、` says no more than `。`. */
const ENDED = /[、。?]$/;
const SKIPPED = /[\s「」『』"'`*_]/;

/** Brings a message into the form cues are written in. Linear in its length. */
export function listen(of: Normalised): Said {
  let text = '';
  const starts: number[] = [];
  for (let i = 0; i < of.text.length; i++) {
    let char = of.folded[i]!;
    if (char === ' ' && !/\s/.test(of.original[of.starts[i]!]!)) char = '、'; // a picture ends a phrase
    char = char === '.' && !/[0-9a-z]/.test(of.folded[i + 1] ?? '') ? '、' : (MARKS[char] ?? char);
    if (SKIPPED.test(char) || isDrawnOut(of.text, i) || (char === '、' && ENDED.test(text)) || (char === '。' && text.endsWith('。'))) continue;
    if (char === '。' && text.endsWith('、')) {
      text = text.slice(0, -1);
      starts.pop();
    }
    text += char;
    starts.push(i);
  }
  const said = { text, starts, ends: starts.map((at) => at + 1), of };
  return replaced(said, Array.from(text.matchAll(SPELLED), (m) => ({ at: m.index, length: m[0].length, by: toWord.get(m[0])! })));
}

/** A stretch of `Said.text` and the words to put in its place. */
export type Replacement = { at: number; length: number; by: string };

/** The same message with stretches put in other words; they must be in order and apart. */
export function replaced(said: Said, pieces: readonly Replacement[]): Said {
  if (pieces.length === 0) return said;
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let i = 0;
  const keepUntil = (end: number): void => {
    text += said.text.slice(i, end);
    starts.push(...said.starts.slice(i, end));
    ends.push(...said.ends.slice(i, end));
    i = end;
  };
  for (const { at, length, by } of pieces) {
    keepUntil(at);
    starts.push(...Array<number>(by.length).fill(said.starts[at]!));
    ends.push(...Array<number>(by.length).fill(said.ends[at + length - 1]!));
    text += by;
    i = at + length;
  }
  keepUntil(said.text.length);
  return { text, starts, ends, of: said.of };
}

/** The words of the original message behind a stretch of `Said.text`, with their offsets there. */
export const wordsOf = (said: Said, from: number, to: number): { words: string; from: number; to: number } =>
  to <= from ? source(said.of, 0, 0) : source(said.of, said.starts[from]!, said.ends[to - 1]!);
