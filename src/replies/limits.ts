/** LINE's limits, kept by shortening or splitting: what leaves this room is never answered with 400. */

/** Text message, UTF-16 units. */
export const TEXT = 5000;
export const ALT_TEXT = 1500;
/** Labels, in what a reader sees as characters. */
export const QUICK_LABEL = 20;
export const FLEX_LABEL = 40;
export const DISPLAY_TEXT = 300;
export const QUICK_REPLIES = 13;
export const MESSAGES = 5;
/** Bytes of JSON of one bubble, with room to spare below LINE's 30 KB. */
export const BUBBLE_BYTES = 28_000;

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** At most `most` graphemes; what is cut ends in 「…」. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const graphemes: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (graphemes.length === most) return `${graphemes.slice(0, most - 1).join('')}…`;
    graphemes.push(segment);
  }
  return text;
}

/** At most `most` UTF-16 units, no character cut in two. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 2) >> 10 === 0x36 ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}

/** A long text as several of at most `most` units each, broken at lines where there are any. */
export function split(text: string, most = TEXT): string[] {
  const out: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const line = rest.lastIndexOf('\n', most);
    const cut = line > 0 ? line : rest.charCodeAt(most - 1) >> 10 === 0x36 ? most - 1 : most;
    out.push(rest.slice(0, cut));
    rest = rest.slice(line > 0 ? cut + 1 : cut);
  }
  return rest.length > 0 ? [...out, rest] : out;
}

/** A name of a shop, menu or person inside a sentence: nobody's name may fill a screen. */
export const nameWords = (name: string): string => shortened(name.replaceAll(/\s+/g, ' ').trim() || '（名称なし）', 60);
