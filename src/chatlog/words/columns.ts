/** Text in columns of a terminal: a Japanese character takes two. */

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const NONE = /\p{Mn}|\p{Me}|\p{Default_Ignorable_Code_Point}/u;

const widthOf = (char: string): number => (NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1);

/** Columns a terminal gives to a text. */
export const columns = (text: string): number => Array.from(text).reduce((sum, char) => sum + widthOf(char), 0);

/** Blanks behind it up to a width; longer text stays as it is. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)));

/** At most so wide; what is cut ends in `…`. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const char of Array.from(text)) {
    used += widthOf(char);
    if (used > width - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

/** Lines of at most a width; a line breaks between any two characters, as Japanese does, but not within a Latin word or a `[button]`. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let [current, used] = ['', 0];
    for (const piece of line.match(/\[[^[\]]{1,20}\]|[\x21-\x5a\x5c\x5e-\x7e]+|./gsu) ?? []) {
      for (const part of columns(piece) > width ? Array.from(piece) : [piece]) {
        const own = columns(part);
        if (used + own > width && current !== '') {
          lines.push(current.trimEnd());
          [current, used] = ['', 0];
        }
        if (current === '' && part === ' ' && lines.length > 0) continue;
        current += part;
        used += own;
      }
    }
    return [...lines, current.trimEnd()];
  });
}
