import type { Calendar } from '../dates/atoms.ts';
import { narrow } from '../dates/narrow.ts';
import type { DateItem, Item } from '../reading/item.ts';

/** Stretches from which a kind of days can be picked. */
const STRETCHES = ['week', 'month', 'part', 'season'];

/**
 * 「平日の17時以降しか行けないんですが、来週で」: a kind of days and, in another clause, the stretch they are wanted of are one
 * wish. Two things said side by side (平日か来週) stay two.
 */
export function gathered(items: readonly Item[], calendar: Calendar): Item[] {
  const out = [...items];
  for (let i = 0; i < out.length; i++) {
    const kind = out[i]!;
    if (kind.is !== 'date' || kind.except || kind.atoms.length !== 1 || kind.atoms[0]!.kind !== 'class') continue;
    const at = out.findIndex((item, k) => k > i && item.is === 'date');
    const stretch = out[at] as DateItem | undefined;
    if (stretch === undefined || stretch.except || stretch.link === 'or' || stretch.link === 'join' || !STRETCHES.includes(stretch.found.grain)) continue;
    const found = narrow(stretch.found, kind.atoms[0]!, calendar);
    if (found === null) continue;
    out[i] = { ...kind, found, atoms: [...stretch.atoms, ...kind.atoms] };
    out.splice(at, 1);
  }
  return out;
}
