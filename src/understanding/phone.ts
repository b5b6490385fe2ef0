import type { AskedContext } from './heard.ts';
import { source } from './normalise.ts';
import type { Normalised } from './normalise.ts';

const NUMBER = /(?:\+81[-\s]?\(?0?\)?|\(?0)\d(?:[-ー・.()\sの]{0,2}\d){7,9}(?!\d)/;
const ANY = /\d(?:[-ー・.()\sの]{0,2}\d){9,10}(?!\d)/;
const KANJI: Record<string, string> = { 〇: '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' };

/** A telephone number in the message as digits only, `+81` as 0; ten or eleven of them. */
export function readPhone(of: Normalised, asked: AskedContext | null): { phone: string; words: string; from: number; to: number } | null {
  const text = asked === 'asked_phone' ? of.text.replace(/[〇零一二三四五六七八九]/g, (char) => KANJI[char]!) : of.text;
  const match = NUMBER.exec(text) ?? (asked === 'asked_phone' ? ANY.exec(text) : null);
  if (!match || /\d$/.test(text.slice(0, match.index))) return null;
  const digits = match[0].replace(/\D/g, '').replace(/^810?/, '0');
  if (digits.length < 10 || digits.length > 11) return null;
  return { phone: digits, ...source(of, match.index, match.index + match[0].length) };
}
