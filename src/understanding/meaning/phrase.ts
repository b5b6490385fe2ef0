import { changesTo } from './changes.ts';
import type { Item } from '../reading/item.ts';
import type { Normalised } from '../normalise.ts';
import { source } from '../normalise.ts';

/** The stretch a day and its time are said in: the first row of phrases with nothing else between, one with a day first, what is changed to before all. */
export function phraseOf(items: readonly Item[], text: Normalised): string | null {
  const rows: Item[][] = [];
  for (const item of [...items].sort((a, b) => a.from - b.from)) {
    const row = rows.at(-1);
    if (row && (item.link === 'join' || item.link === 'or' || item.link === 'comma') && item.from - row.at(-1)!.to <= 6) row.push(item);
    else rows.push([item]);
  }
  const row = rows.find((r) => changesTo(text.folded, r.at(-1)!)) ?? rows.find((r) => r.some((item) => item.is === 'date')) ?? rows[0];
  if (row === undefined) return null;
  const { words } = source(text, row[0]!.from, row.at(-1)!.to);
  return words.replace(/((?<!今|いま|これ)から|より|[〜～~ー-]|スタート|には?(終わ|帰|出[なた]|上が)|[\s、。])+$/u, '') || null;
}
