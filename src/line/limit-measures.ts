/** How LINE counts: text in UTF-16 units, labels and tapped texts as people see them (grapheme clusters). */
import type { Json } from '../model/incoming.ts';

/** A place in a request, as LINE names it (`messages[0].text`), and the rule it breaks. */
export type Violation = { path: string; rule: string };
export type Found = Violation[];

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Whether a text has more than `max` grapheme clusters; cheap for the usual short text. */
export function isLongerThan(text: string, max: number): boolean {
  if (text.length <= max) return false;
  let n = 0;
  for (const _ of segmenter.segment(text)) if (++n > max) return true;
  return false;
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that must be there, not empty, of at most `max` UTF-16 units. */
export function needText(found: Found, path: string, value: unknown, max: number): void {
  if (typeof value !== 'string' || value === '') found.push({ path, rule: 'must not be empty' });
  else if (value.length > max) found.push({ path, rule: `at most ${max} UTF-16 units` });
}

/** A text that may be there, of at most `max` grapheme clusters. */
export function maySay(found: Found, path: string, value: unknown, max: number): void {
  if (value === undefined) return;
  if (typeof value !== 'string') found.push({ path, rule: 'must be a text' });
  else if (isLongerThan(value, max)) found.push({ path, rule: `at most ${max} characters` });
}

/** A list of `min` to `max` things, each handed to `each`. */
export function listOf(found: Found, path: string, value: unknown, min: number, max: number, each: (item: unknown, path: string) => void): void {
  if (!Array.isArray(value) || value.length < min || value.length > max) found.push({ path, rule: `${min} to ${max} items` });
  else for (let i = 0; i < value.length; i++) each(value[i], `${path}[${i}]`);
}

/** An https address of at most 2,000 characters, percent-encoded. */
export function needHttps(found: Found, path: string, value: unknown): void {
  if (typeof value !== 'string' || !/^https:\/\/[\x21-\x7e]+$/.test(value)) found.push({ path, rule: 'must be an https address, percent-encoded' });
  else if (value.length > 2000) found.push({ path, rule: 'at most 2000 characters' });
}
