/** Who it was is nobody's business: names and phone numbers, wherever they stand, become others; the same one always the same. */
import type { Store } from '../../model/store.ts';
import type { Heard } from '../../understanding/heard.ts';
import { SURNAMES } from '../../understanding/words/surnames.ts';

const GIVEN = { kanji: ['春子', '夏希', '秋男', '冬美', '愛', '千代子'], kana: ['はるこ', 'なつき', 'あきお', 'ふゆみ'], latin: ['Haru', 'Natsu', 'Aki', 'Fuyu'] };
const LATIN = ['Green', 'Brown', 'White', 'Gray', 'Black'];
const SCRIPT = { kanji: /^[\p{Script=Han}々ヶ]+$/u, hiragana: /^[ぁ-んー]+$/u, katakana: /^[ァ-ヶー]+$/u, latin: /^[A-Za-z'.-]+$/ } as const;
const PHONE = /(?<![\d０-９])(?:[+＋](?:81|８１)|[0０])(?:[-ー－‐―・.()（）\s]{0,2}[\d０-９]){8,10}(?![\d０-９])/g;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const LINE_ID = /\bU[\da-f]{32}\b/g;
const POSTCODE = /(?<![\dー－-])〒?\s*\d{3}[-ー－]\d{4}(?!\d|[-ー－]\d)/g;
/** 「新宿区西新宿2-8-1」, with what stands before it. */
const ADDRESS = /(?:(?:東京都|北海道|(?:京都|大阪)府|[\p{Script=Han}]{2,3}県)?[\p{Script=Han}ァ-ヶー]{1,6}[市区町村郡])[\p{Script=Han}ぁ-んァ-ヶー]{0,10}[\d０-９一二三四五六七八九十]+(?:丁目|番地?|号|[-ー－の])[\d０-９丁目番地号ー－-]*/gu;

export class Masks {
  readonly #shopWords: string[];
  readonly #shopPhones: Set<string>;
  readonly #names = new Map<string, string>();
  readonly #phones = new Map<string, string>();
  /** Surnames and given names that may be written alone. */
  readonly #parts = new Map<string, string>();
  /** Numbers as they were written. */
  readonly #written = new Map<string, string>();
  readonly #surnames = new Map<string, string>();
  readonly #taken: string;
  readonly #skip: number;

  /** `all` = everything that was said: no name that is given stands in it already. `skip`: another choice of names. */
  constructor(stores: readonly Store[], all: string, skip = 0) {
    this.#shopWords = stores.flatMap((store) => [store, ...store.menus, ...store.staff].flatMap((one) => [one.name, ...('aliases' in one ? one.aliases : [])]));
    this.#shopPhones = new Set(stores.map(({ phone }) => digits(phone)));
    this.#taken = all;
    this.#skip = skip;
  }

  /** A name the customer goes by. */
  name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const masked = name.split(/([\s　・]+)/).map((part, nth): [string, string] => [part, nth % 2 === 1 ? part : this.#part(part, nth > 0)]);
    for (const [part, mask] of masked) if (part.length >= 2 && part !== mask) this.#parts.set(part, mask);
    const mask = masked.map(([, part]) => part).join('');
    this.#names.set(name, mask);
    return mask;
  }

  /** A number by its digits, as long as it was. */
  phone(number: string): string {
    const known = this.#shopPhones.has(number) ? number : this.#phones.get(number);
    if (known !== undefined) return known;
    const mask = `${number.slice(0, number.length > 10 ? 3 : 2)}${String(this.#phones.size + 1).padStart(number.length - (number.length > 10 ? 3 : 2), '0')}`;
    this.#phones.set(number, mask);
    return mask;
  }

  /** Takes note of who is meant in a message and of numbers in it, in whatever form they are written. */
  note(text: string, heard: Heard | null): void {
    for (const { part, words } of heard?.evidence ?? []) {
      if (part === 'name') this.name(words);
      if (part === 'phone' && !this.#shopPhones.has(heard!.phone ?? '')) this.#written.set(words, this.#digits(words, heard!.phone));
    }
    for (const [number] of text.matchAll(PHONE)) if (!this.#written.has(number) && !this.#shopPhones.has(digits(number))) this.#written.set(number, this.#digits(number));
  }

  /** What the customer wrote, with the part understanding took for a name, whatever else it may mean. */
  words(text: string, heard: Heard | null): string {
    const [name] = heard?.evidence.filter(({ part, words, from, to }) => part === 'name' && text.slice(from, to) === words) ?? [];
    if (!name) return this.#own(text);
    return this.#own(text.slice(0, name.from)) + this.name(name.words) + this.#own(text.slice(name.to));
  }

  /** Any other text: names that mean nothing else wherever they stand, those that do only as a person's. */
  text(text: string): string {
    let masked = text;
    for (const [name, mask] of [...this.#names].toSorted(([a], [b]) => b.length - a.length)) {
      masked = this.#isSafe(name) ? masked.replaceAll(name, mask) : masked.replaceAll(`${name}様`, `${mask}様`);
    }
    for (const [number, mask] of this.#written) masked = masked.replaceAll(number, mask);
    for (const [number, mask] of this.#phones) masked = masked.replaceAll(number, mask);
    return masked.replaceAll(EMAIL, 'someone@example.com').replaceAll(LINE_ID, `U${'0'.repeat(32)}`);
  }

  /** Everything in a value; what stands under `name` and `phone` is one. */
  value(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return key === 'name' && this.#names.has(value) ? this.name(value) : key === 'phone' && /^\d{9,}$/.test(value) && !this.#shopPhones.has(value) ? this.phone(value) : this.text(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, this.value(one, k)]));
  }

  /** In a customer's own words a part of a name is his, and an address where he lives. */
  #own(text: string): string {
    const parts = [...this.#parts].filter(([part]) => this.#isSafe(part)).toSorted(([a], [b]) => b.length - a.length);
    return parts.reduce((masked, [part, mask]) => masked.replaceAll(part, mask), this.text(text)).replaceAll(POSTCODE, (code) => code.replace(/\d{3}(.)\d{4}/, '100$10000')).replaceAll(ADDRESS, '架空区さくら町1-2-3');
  }

  /** The digits one by one, so that the number is written as it was. */
  #digits(written: string, number: string | null = null): string {
    const own = digits(written);
    const mask = this.phone(number ?? own);
    if (!own || own.length !== mask.length) return mask;
    let nth = 0;
    return written.replaceAll(/^[+＋](?:81|８１)/g, '\uE000').replaceAll(/[\d０-９]/g, (digit) => {
      const other = mask[written.startsWith('+') || written.startsWith('＋') ? ++nth : nth++] ?? '0';
      return /\d/.test(digit) ? other : String.fromCharCode(other.charCodeAt(0) + 0xfee0);
    }).replaceAll('\uE000', '+81');
  }

  /** Long enough, and not a word of the shop or a part of one. */
  #isSafe(name: string): boolean {
    return name.length >= 2 && !this.#shopWords.some((word) => word.includes(name) || name.includes(word));
  }

  /** A surname, or behind one or a blank a given name. */
  #part(part: string, given: boolean): string {
    if (part === '') return '';
    const script = (Object.keys(SCRIPT) as (keyof typeof SCRIPT)[]).find((one) => SCRIPT[one].test(part));
    if (!script) return this.#mixed(part);
    if (given) return this.#given(part, script);
    if (script === 'latin') return this.#choice(LATIN);
    if (script === 'kanji') {
      const surname = [...SURNAMES.keys()].filter((one) => part.startsWith(one)).toSorted((a, b) => b.length - a.length)[0] ?? part.slice(0, 2);
      const rest = part.slice(surname.length);
      const [family, own] = [this.#surname(surname), rest === '' ? '' : this.#given(rest, 'kanji')];
      if (surname.length >= 2) this.#parts.set(surname, family);
      if (rest.length >= 2) this.#parts.set(rest, own);
      return family + own;
    }
    const kana = script === 'katakana' ? hiragana(part) : part;
    const heard = [...this.#surnames.keys()].find((kanji) => SURNAMES.get(kanji) === kana) ?? [...SURNAMES].find(([, reading]) => reading === kana)?.[0] ?? kana;
    const reading = SURNAMES.get(this.#surname(heard))!;
    return script === 'katakana' ? katakana(reading) : reading;
  }

  /** 「山田はなこ」: the parts by their script. */
  #mixed(part: string): string {
    const parts = part.match(/[\p{Script=Han}々ヶ]+|[ぁ-んー]+|[ァ-ヶー]+|[A-Za-z'.-]+/gu) ?? [];
    return parts.length === 0 ? 'お客様' : parts.map((one, nth) => this.#part(one, nth > 0)).join('');
  }

  #surname(surname: string): string {
    const known = this.#surnames.get(surname);
    if (known !== undefined) return known;
    const length = surname.length;
    const all = [...SURNAMES.keys()].filter((one) => one.length === (length === 1 || length === 3 ? length : 2));
    const mask = this.#choice(all);
    this.#surnames.set(surname, mask);
    return mask;
  }

  #given(part: string, script: keyof typeof SCRIPT): string {
    const nth = this.#skip % 4;
    if (script === 'kanji') return GIVEN.kanji.slice(nth).find((one) => one.length === part.length) ?? GIVEN.kanji[nth]!;
    if (script === 'latin') return GIVEN.latin[nth]!;
    return script === 'katakana' ? katakana(GIVEN.kana[nth]!) : GIVEN.kana[nth]!;
  }

  /** One that nobody here goes by, and that was not said. */
  #choice(among: readonly string[]): string {
    const used = new Set(this.#surnames.values());
    const free = (among.length > 40 ? among.slice(20) : among).filter((one) => !used.has(one) && !this.#taken.includes(one) && !this.#shopWords.some((word) => word.includes(one) || one.includes(word)));
    return (free.length > 0 ? free : among)[this.#skip % Math.max(1, free.length)]!;
  }
}

/** `+81 90-1234-5678` and ０９０… as `09012345678`. */
const digits = (text: string): string => text.normalize('NFKC').replace(/^\+81/, '0').replaceAll(/\D/g, '').replace(/^00/, '0');
const shift = (text: string, by: number, range: RegExp): string => text.replaceAll(range, (char) => String.fromCharCode(char.charCodeAt(0) + by));
const hiragana = (text: string): string => shift(text, -0x60, /[ァ-ヶ]/g);
const katakana = (text: string): string => shift(text, 0x60, /[ぁ-ゖ]/g);
