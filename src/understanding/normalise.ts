import { digitsFor, isKanjiNumeral } from './numerals.ts';

/**
 * A message made even, so that each word has one spelling: NFKC, half-width kana joined with their marks, one range
 * mark `~`, one dash `-`, kanji numerals in front of units as digits, emoji as a space, no invisible characters.
 * Sentence breaks and case stay.
 */
export type Normalised = {
  /** The message as it came. */
  original: string;
  text: string;
  /** `text` for looking words up, character for character: hiragana, small kana as large ones, lower case. */
  folded: string;
  /** Where character i of `text` begins and ends in `original`. */
  starts: readonly number[];
  ends: readonly number[];
};

const SMALL = 'ぁぃぅぇぉっゃゅょゎゕゖ';
const LARGE = 'あいうえおつやゆよわかけ';

/** One character for the lexicon: カ → か, ッ → つ, A → a, so that 「カツト」 is 「カット」. Keeps the length. */
function foldChar(char: string): string {
  let code = char.charCodeAt(0);
  if (code >= 0x30a1 && code <= 0x30f6) code -= 0x60;
  if (code >= 0x3041 && code <= 0x3096) {
    const kana = String.fromCharCode(code);
    const small = SMALL.indexOf(kana);
    return small < 0 ? kana : LARGE[small]!;
  }
  return code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : char;
}

/** Words of a table spelled the way `Normalised.folded` is. */
export const fold = (word: string): string => Array.from(word, foldChar).join('');

const WAVES = '~〜～∼∾';
const DASHES = '-‐‑‒–—―−－─━ｰ';
const INVISIBLE = /^[\p{Cf}\p{Mn}\u20e3\p{Emoji_Modifier}]$/u;
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]$/u;
const VOICED = 'ﾞﾟ゙゚';

const isKana = (char: string): boolean => {
  const code = char.charCodeAt(0);
  return code >= 0x3041 && code <= 0x30ff;
};

/** What one character (with its voicing mark) is written as; empty when it says nothing. */
function plain(cluster: string): string {
  const code = cluster.codePointAt(0)!;
  if (cluster.length === 1) {
    if (code === 0x0a) return '\n';
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return code === 0x09 || code === 0x0d ? ' ' : '';
    if (code < 0x7f || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3041 && code <= 0x3096)) return cluster;
    if (code >= 0xd800 && code <= 0xdfff) return ' ';
    if (WAVES.includes(cluster)) return '~';
    if (DASHES.includes(cluster)) return cluster === 'ｰ' ? 'ー' : '-';
    if (code >= 0x30a1 && code <= 0x30fc) return cluster;
  }
  if (INVISIBLE.test(cluster)) return '';
  if (PICTURE.test(cluster) && code > 0xff && cluster !== '〰') return '!?'.includes(cluster.normalize('NFKC')) ? cluster.normalize('NFKC') : picture(code);
  // ① counts things off and is no part of the number behind it.
  if ((code >= 0x2460 && code <= 0x2473) || (code >= 0x2776 && code <= 0x2793)) return `${((code - (code < 0x2776 ? 0x2460 : 0x2776)) % 20) + 1})`;
  const text = cluster.normalize('NFKC');
  return text.length > 6 ? ' ' : text;
}

/** ❗ and ❓ end a sentence, ➡ and ▶ point from the old to the new; every other picture is a gap. */
function picture(code: number): string {
  if (code === 0x2757 || code === 0x2755 || code === 0x203c) return '!';
  if (code === 0x2753 || code === 0x2754 || code === 0x2049) return '?';
  return code === 0x27a1 || code === 0x25b6 ? '→' : ' ';
}

/** A dash between katakana and a word in hiragana or the end is a prolonged-sound mark: 「カラ－お願い」. */
const PROLONGS = /^[ァ-ヴ](?:[ぁ-ん一-鿿]|$)/;
/** What a message of pictures alone says. */
const SIGNS: readonly [RegExp, string][] = [[/[👍👌🙆⭕]/u, 'OK'], [/[👎🙅❌]/u, 'いいえ']];

/** Makes a message even; linear in its length. */
export function normalise(original: string): Normalised {
  const chars: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const put = (text: string, from: number, to: number): void => {
    for (const char of text.length === 1 ? text : text.split('')) {
      chars.push(char);
      starts.push(from);
      ends.push(to);
    }
  };
  for (let at = 0; at < original.length; ) {
    let end = at + (original.codePointAt(at)! > 0xffff ? 2 : 1);
    while (end < original.length && VOICED.includes(original[end]!) && end - at < 4) end++;
    const text = plain(original.slice(at, end));
    // A prolonged-sound mark that prolongs nothing is a dash: 「10時ー12時」「月ー金」.
    if (text === 'ー' && !isKana(chars.at(-1) ?? '')) put('-', at, end);
    else put(text === '-' && PROLONGS.test((chars.at(-1) ?? '') + (original[end] ?? '')) ? 'ー' : text, at, end);
    at = end;
  }
  if (chars.every((char) => char === ' ')) for (const [sign, word] of SIGNS) if (sign.test(original)) return withDigits(original, [...word], [...word].map(() => 0), [...word].map(() => original.length));
  return withDigits(original, chars, starts, ends);
}

function withDigits(original: string, chars: string[], starts: number[], ends: number[]): Normalised {
  const out: string[] = [];
  const outStarts: number[] = [];
  const outEnds: number[] = [];
  for (let i = 0; i < chars.length; ) {
    let j = i;
    while (j < chars.length && isKanjiNumeral(chars[j]!)) j++;
    const digits = j > i && j - i <= 8 ? digitsFor(chars, i, j) : null;
    const end = Math.max(j, i + 1);
    if (digits === null) {
      for (; i < end; i++) {
        out.push(chars[i]!);
        outStarts.push(starts[i]!);
        outEnds.push(ends[i]!);
      }
      continue;
    }
    for (const digit of digits) {
      out.push(digit);
      outStarts.push(starts[i]!);
      outEnds.push(ends[end - 1]!);
    }
    i = end;
  }
  const text = out.join('');
  return { original, text, folded: out.map(foldChar).join(''), starts: outStarts, ends: outEnds };
}

/** The words of the message behind `text[from..to)`, with their offsets in the message. */
export function source(of: Normalised, from: number, to: number): { words: string; from: number; to: number } {
  if (to <= from) {
    const at = of.starts[from] ?? of.original.length;
    return { words: '', from: at, to: at };
  }
  const start = of.starts[from]!;
  const end = of.ends[to - 1]!;
  return { words: of.original.slice(start, end), from: start, to: end };
}
