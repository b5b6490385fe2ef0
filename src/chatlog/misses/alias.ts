/** An alias of the shop file, tried before it is written there. */
import { hear } from '../../middle.ts';
import type { Store } from '../../model/store.ts';
import type { Heard } from '../../understanding/heard.ts';
import type { Group } from './groups.ts';
import type { Missed } from './missed.ts';

/** One more word for a menu, a person or a shop of that name. */
export type Alias = { word: string; name: string };
/** `caught` of the missed messages would be heard with it; `chosen` = so many customers chose it afterwards. */
export type Suggestion = { alias: Alias; what: 'menu' | 'staff'; caught: number; chosen: number };

/** `alias: 縮毛 = 縮毛矯正`; the word `alias` may be left out. Null = it is not one. */
export function readAlias(text: string): Alias | null {
  const [, word = '', name = ''] = /^\s*(?:alias(?:es)?\s*[:：])?\s*([^=＝]+?)\s*[=＝]\s*([^=＝]+?)\s*$/u.exec(text) ?? [];
  return word.trim() && name.trim() ? { word, name } : null;
}

/** The shops with it; what nobody is called by is left as it is. The same list for the same shops, for they are prepared once. */
export function withAlias({ word, name }: Alias): (stores: readonly Store[]) => readonly Store[] {
  const made = new WeakMap<readonly Store[], readonly Store[]>();
  const more = <T extends { name: string; aliases: string[] }>(all: T[]): T[] => all.map((it) => (it.name === name ? { ...it, aliases: [...it.aliases, word] } : it));
  return (stores) => {
    const known = made.get(stores) ?? stores.map((store) => ({ ...store, menus: more(store.menus), staff: more(store.staff) }));
    made.set(stores, known);
    return known;
  };
}

/** The menu or person that goes by this, by the own name or another word for it; null = none. */
export function nameMeant(stores: readonly Store[], called: string): string | null {
  const all = stores.flatMap((store) => [...store.menus, ...store.staff]);
  const found = all.find((it) => it.name === called) ?? all.find((it) => [it.name, ...it.aliases].some((word) => inKana(word) === inKana(called)));
  return found?.name ?? null;
}

/** Words of a group worth trying, and what each may mean, at most so many. */
const WORDS = 6;
const MEANINGS = 3;

/**
 * The one line of the shop file that would let most of these be heard, judged by hearing all that was missed again;
 * null where none would. `stores` as they are today, of the shop the group is about.
 */
export function suggestionFor(group: Group, missed: readonly Missed[], stores: readonly Store[]): Suggestion | null {
  let best: Suggestion | null = null;
  for (const word of wordsOf(group)) {
    const about = missed.filter(({ said }) => plain(said).includes(word));
    for (const { name, what, chosen } of meanings(word, group, stores)) {
      const alias = { word, name };
      const more = withAlias(alias)(stores);
      const caught = about.filter((it) => names(heardAgain(it, more), what, name) && !names(heardAgain(it, stores), what, name)).length;
      if (caught > 0 && (!best || caught > best.caught || (caught === best.caught && chosen > best.chosen))) best = { alias, what, caught, chosen };
    }
  }
  return best;
}

/** Kana of either kind are the same. */
const inKana = (text: string): string => plain(text).replaceAll(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

function heardAgain({ given, said }: Missed, stores: readonly Store[]): Heard | null {
  if (!given) return null;
  return hear(said, given.before, { now: given.at, stores, customer: given.customer, offers: given.offers, ...(given.reminded ? { reminded: given.reminded } : {}) }, given.now);
}

const names = (heard: Heard | null, what: 'menu' | 'staff', name: string): boolean =>
  heard !== null && (what === 'menu' ? [...(heard.menus?.set ?? []), ...(heard.menus?.add ?? [])].includes(name) : heard.staff !== null && 'name' in heard.staff && heard.staff.name === name);

/** The pieces that come most often. */
function wordsOf({ missed }: Group): string[] {
  const times = new Map<string, number>();
  for (const { core } of missed) for (const word of new Set(core.split(' ').filter(Boolean))) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].toSorted(([a, n], [b, m]) => m - n || a.length - b.length).map(([word]) => word).slice(0, WORDS);
}

type Meaning = { name: string; what: 'menu' | 'staff'; chosen: number; like: number };

/** What customers chose after saying it, and what is written alike. */
function meanings(word: string, { missed }: Group, stores: readonly Store[]): Meaning[] {
  const about = missed.filter(({ core }) => core.split(' ').includes(word));
  const of = (what: Meaning['what'], it: { id: string; name: string; aliases: string[] }): Meaning => ({
    name: it.name, what, like: Math.max(...[it.name, ...it.aliases].map((spelling) => alike(word, spelling))),
    chosen: new Set(about.filter(({ chose }) => (what === 'menu' ? chose.menuIds?.length === 1 && chose.menuIds[0] === it.id : chose.staff === it.id)).map(({ userId }) => userId)).size,
  });
  return stores.flatMap((store) => [...store.menus.filter((it) => it.active).map((it) => of('menu', it)), ...store.staff.filter((it) => it.active).map((it) => of('staff', it))])
    .filter(({ chosen, like }) => chosen > 0 || like >= 0.5).toSorted((a, b) => b.chosen - a.chosen || b.like - a.like).slice(0, MEANINGS);
}

/** Of the longer of two words so many characters are in both, in order. */
function alike(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => Array.from(inKana(text)));
  const lengths = Array.from({ length: other!.length + 1 }, () => 0);
  for (const char of one!) {
    let before = 0;
    other!.forEach((it, i) => {
      const kept = lengths[i + 1]!;
      lengths[i + 1] = it === char ? before + 1 : Math.max(kept, lengths[i]!);
      before = kept;
    });
  }
  return lengths.at(-1)! / Math.max(one!.length, other!.length);
}
