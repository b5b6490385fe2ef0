/**
 * What people wrote, as it may be shown: nothing in it can move the cursor, change colours or turn the direction of
 * reading. What would is shown as its escape: `\u001b`, `\u202e`.
 */

/** Control characters, marks of direction, and what is nothing to see; line breaks and what joins an emoji stay. */
const UNSEEN = /(?!\n|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** Unit by unit, as JSON writes it. */
const escaped = (char: string): string => char.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Line breaks stay, tabs become blanks. */
export const visible = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').toWellFormed().replace(UNSEEN, escaped);

/** In one line. */
export const visibleLine = (text: string): string => visible(text).replaceAll(/\s*\n\s*/g, ' ⏎ ');

/** JSON for programs that is as harmless on a terminal: the same value, other escapes. */
export const visibleJson = (value: unknown, indent?: number): string => JSON.stringify(value, null, indent).replace(UNSEEN, escaped);
