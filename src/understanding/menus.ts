import type { MenusHeard } from './heard.ts';
import { findWords, mark } from './marks.ts';
import type { Mention } from './marks.ts';
import type { Said } from './said.ts';
import type { ShopWords } from './shop-words.ts';

/** The menus a message names, by name, alias or general word (切りたい), in the order said. */
export function readMenus(said: Said, shop: ShopWords): Mention[] {
  const places = findWords(said.text, shop.menus);
  for (const { pattern, name } of shop.menuPatterns)
    for (const match of said.text.matchAll(pattern)) {
      const at = match.index;
      const end = at + match[0].length;
      if (places.every((p) => end <= p.at || p.end <= at)) places.push({ at, end, name });
      if (places.length > 60) break;
    }
  return mark(said.text, places.sort((a, b) => a.at - b.at));
}

const names = (mentions: readonly Mention[], ...marks: Mention['mark'][]): string[] =>
  [...new Set(mentions.filter((m) => marks.includes(m.mark)).map((m) => m.name))];

/**
 * What a message does to the menus chosen so far.
 * @param aside the menus only say which reservation or what a question is about: nothing is added or taken away.
 * @param underWay a booking is being made, so that 「〜も」 adds to it and 「AじゃなくてB」 leaves the others.
 */
export function menusHeard(mentions: readonly Mention[], { aside, underWay }: { aside: boolean; underWay: boolean }): MenusHeard | null {
  if (aside) {
    const all = names(mentions, 'wanted', 'added', 'removed');
    return all.length > 0 ? { set: all } : null;
  }
  const wanted = names(mentions, 'wanted', 'added');
  const out = [...names(mentions, 'removed'), ...names(mentions, 'not')].filter((name) => !wanted.includes(name));
  if (wanted.length === 0) return out.length > 0 ? { remove: out } : null;
  const contradicted = mentions.filter((m) => m.mark === 'not').map((m) => m.name);
  const adds = underWay && (mentions.every((m) => m.mark !== 'wanted') || (contradicted.length > 0 && contradicted.every((name) => !wanted.includes(name))));
  return { ...(adds ? { add: wanted } : { set: wanted }), ...(out.length > 0 ? { remove: out } : {}) };
}
