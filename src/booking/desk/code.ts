/** 登録コード: what a person of the shop writes once to say who he is. */
import { HOUR } from '../../model/time.ts';

/** Without letters that look like digits: O is read as 0, I and L as 1. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 5;
/** How many there are. */
export const CODES = ALPHABET.length ** LENGTH;
/** How long one can be used. */
export const CODE_FOR = 24 * HOUR;

/** The code of a number from 0 to before `CODES`: `8H2K4`. */
export const codeOf = (number: number): string =>
  Array.from({ length: LENGTH }, (_, i) => ALPHABET[Math.floor(number / ALPHABET.length ** (LENGTH - 1 - i)) % ALPHABET.length]).join('');
