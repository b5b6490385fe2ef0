import type { Lexicon } from './context.ts';
import { cue } from './cue.ts';
import { MENU_FAMILIES } from './words/menu-words.ts';
import { SURNAMES } from './words/surnames.ts';
import { foldWord } from './said.ts';

/** A spelling of something in the shop, and the shop's own name for it. */
export type ShopWord = { spelling: string; name: string };
/** The words of a shop, ready to be found: longest spelling first. */
export type ShopWords = {
  stores: ShopWord[];
  menus: ShopWord[];
  /** General expressions that can mean only one of its menus (切りたい). */
  menuPatterns: { pattern: RegExp; name: string }[];
  /** Without さん, 先生 …; `kana` spellings need one after them. */
  staff: (ShopWord & { kana: boolean })[];
};

const byLength = (a: ShopWord, b: ShopWord): number => b.spelling.length - a.spelling.length;
const distinct = <Word extends ShopWord>(words: Word[]): Word[] =>
  words.filter((w, i) => w.spelling.length > 0 && words.findIndex((o) => o.spelling === w.spelling) === i).sort(byLength);

/** A spelling two of them share names neither. */
const unshared = <Word extends ShopWord>(words: readonly Word[]): Word[] => words.filter((w) => words.every((o) => o.name === w.name || o.spelling !== w.spelling));

const TITLE = /(?:さん|さま|様|先生|せんせい|ちゃん|くん|君|氏|院長|店長|医師|ドクター|Dr\.?)$/;
/** 店長 by itself is what the person is called. */
const withoutTitle = (name: string): string => name.trim().replace(TITLE, '').trim() || name.trim();

/** A person is known by the full name, the surname, and how either is read. */
function staffSpellings(name: string, aliases: readonly string[]): string[] {
  const spellings = new Set<string>();
  for (const spelled of [name, ...aliases].map(withoutTitle)) {
    spellings.add(spelled);
    const surname = spelled.split(/[\s・]/)[0]!;
    const known = SURNAMES.has(surname) ? surname : [4, 3, 2].map((n) => surname.slice(0, n)).find((s) => surname.length > s.length && SURNAMES.has(s));
    for (const part of [surname, ...(known ? [known, SURNAMES.get(known)!] : [])]) if (part.length >= 2) spellings.add(part);
  }
  return [...spellings];
}

/** The menu a family of expressions means in this shop, when it can mean only one. */
function menuOfFamily(nouns: readonly string[], menus: readonly (ShopWord & { all: string[] })[]): string | null {
  const folded = nouns.map(foldWord);
  const candidates = menus.filter((m) => m.all.some((s) => folded.some((noun) => s.includes(noun))));
  const exact = candidates.filter((m) => m.all.some((s) => folded.includes(s)));
  for (const names of [exact, candidates].map((list) => [...new Set(list.map((m) => m.name))])) if (names.length === 1) return names[0]!;
  return null;
}

function prepare(lexicon: Lexicon): ShopWords {
  const menus = lexicon.menus.map((m) => {
    const plain = m.name.replace(/[（(【[].*?[)）】\]]/g, '');
    return { name: m.name, spelling: foldWord(m.name), all: [m.name, plain, ...m.aliases].map(foldWord) };
  });
  const staff = lexicon.staff.flatMap((s) =>
    staffSpellings(s.name, s.aliases).map((spelled) => ({ spelling: foldWord(spelled), name: s.name, kana: /^[ぁ-ゖァ-ヶー]+$/.test(spelled) })),
  );
  return {
    stores: distinct(unshared(lexicon.stores.flatMap((s) => [s.name, ...s.name.split(/[\s　]+/), ...s.aliases].map((spelled) => ({ spelling: foldWord(spelled), name: s.name }))))).filter((w) => w.spelling.length >= 2),
    menus: distinct(menus.flatMap((m) => m.all.map((spelling) => ({ spelling, name: m.name })))),
    menuPatterns: MENU_FAMILIES.flatMap((family) => {
      const name = menuOfFamily(family.nouns, menus);
      const said = [...family.nouns, ...family.said];
      return name === null ? [] : [{ pattern: cue(said.join('|'), 'g'), name }];
    }),
    staff: distinct(unshared(staff)),
  };
}

const prepared = new WeakMap<Lexicon, ShopWords>();

/** Prepared once for each lexicon object. */
export function wordsOfShop(lexicon: Lexicon): ShopWords {
  const words = prepared.get(lexicon) ?? prepare(lexicon);
  prepared.set(lexicon, words);
  return words;
}
