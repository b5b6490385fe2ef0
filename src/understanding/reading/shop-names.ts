import type { Lexicon } from '../context.ts';
import { normalise } from '../normalise.ts';
import type { Placed } from './lexeme.ts';
import { lex } from './lexer.ts';

const traps = new WeakMap<Lexicon, readonly string[]>();

/** The names of a shop's menus, people and shops that hold a word for a day or a time: 「平日カット」「朝比奈」. */
function trapsOf(lexicon: Lexicon): readonly string[] {
  const known = traps.get(lexicon);
  if (known) return known;
  const names = [...lexicon.menus, ...lexicon.staff, ...lexicon.stores].flatMap((n) => [n.name, ...n.aliases]);
  const found = names.map((name) => normalise(name)).filter((name) => {
    const said = lex(name).filter((l) => l.is === 'date' || l.is === 'time');
    // A name that is nothing but such a word (夜) stays that word.
    return said.length > 0 && said.every((l) => l.to - l.from < name.folded.length);
  });
  const folded = [...new Set(found.map((name) => name.folded))];
  traps.set(lexicon, folded);
  return folded;
}

/** The lexemes without those inside a name of the shop. */
export function outsideNames(lexemes: readonly Placed[], text: string, lexicon: Lexicon): readonly Placed[] {
  const names = trapsOf(lexicon);
  const inside: [number, number][] = [];
  for (const name of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) inside.push([at, at + name.length]);
  }
  return inside.length === 0 ? lexemes : lexemes.filter((l) => !inside.some(([from, to]) => l.from >= from && l.to <= to));
}
