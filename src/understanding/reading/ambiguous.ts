import type { DateAtom } from '../dates/atoms.ts';
import type { Item } from './item.ts';
import type { Link } from './suffixes.ts';

/** 「明日は1日空いてます」: all day, not the first of the month. */
export function isAllDay(atom: Extract<DateAtom, { kind: 'calendar' }>, before: Item | undefined, text: string, from: number): boolean {
  if (atom.day !== 1 || atom.month !== undefined || before?.is !== 'date') return false;
  return (before.found.grain === 'day' || before.found.grain === 'weekday') && /^(は|なら|も|でしたら|だと)$/.test(text.slice(before.to, from));
}

/** 「3日か4日後」: the first of them counts days, too. The counts of both, or null where the first is a day of the month. */
export function countBefore(atom: Extract<DateAtom, { kind: 'offset' }>, before: Item, link: Link): number[] | null {
  const only = before.is === 'date' && before.atoms.length === 1 ? before.atoms[0]! : null;
  if (only?.kind !== 'calendar' || only.month !== undefined || only.day === undefined || only.day >= atom.counts[0]!) return null;
  return atom.unit === 'day' && (link === 'or' || (before.open && link === 'join')) ? [only.day, ...atom.counts] : null;
}
