/**
 * What people wrote, as it may be shown: nothing in it can move the cursor, change colours or turn the direction of
 * reading. What would is shown as its escape: `\u001b`, `\u202e`.
 */

/** Control characters, marks of direction, and what is nothing to see; a joiner within an emoji stays. */
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;
const LONE = /[\ud800-\udfff]/;

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Line breaks stay, tabs become blanks. */
export const visible = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').toWellFormed().replace(UNSEEN, escaped);

/** In one line. */
export const visibleLine = (text: string): string => visible(text).replaceAll(/\s*\n\s*/g, ' ⏎ ');

/** JSON for programs that is as harmless on a terminal: the same value, other escapes. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSEEN, escaped).replaceAll(new RegExp(`${LONE.source}`, 'gu'), escaped);
