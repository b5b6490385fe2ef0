/** Missed messages by likeness: what is said in nearly the same words is one thing to look at. */
import type { Missed } from './missed.ts';

export type Group = {
  /** What most of them say. */
  name: string;
  missed: Missed[];
};

/** Of the pairs of characters in both, so many are in each. */
const ALIKE = 0.5;

/** The largest group first; within a shop only. Linear in the messages, but for those that share a pair of characters. */
export function groupsOf(all: readonly Missed[]): Group[] {
  const same = new Map<string, Missed[]>();
  for (const missed of all) {
    const key = `${missed.storeId ?? ''}\n${nameOf(missed)}`;
    same.set(key, [...(same.get(key) ?? []), missed]);
  }
  const groups: (Group & { storeId: string | null; pairs: Set<string> })[] = [];
  const byPair = new Map<string, Set<number>>();
  for (const missed of [...same.values()].toSorted((a, b) => b.length - a.length)) {
    const { storeId } = missed[0]!;
    const name = nameOf(missed[0]!);
    const pairs = pairsOf(name);
    const near = new Set([...pairs].flatMap((pair) => [...(byPair.get(pair) ?? [])]));
    const like = [...near].find((i) => groups[i]!.storeId === storeId && likeness(groups[i]!.pairs, pairs) >= ALIKE);
    if (like !== undefined) groups[like]!.missed.push(...missed);
    else {
      for (const pair of pairs) byPair.set(pair, (byPair.get(pair) ?? new Set()).add(groups.length));
      groups.push({ storeId, name, pairs, missed });
    }
  }
  return groups.map(({ name, missed }) => ({ name, missed })).toSorted((a, b) => b.missed.length - a.missed.length);
}

/** The words left over, or all of it where none are. */
const nameOf = ({ core, said }: Missed): string => core || said.normalize('NFKC').toLowerCase().trim();

function pairsOf(text: string): Set<string> {
  const chars = Array.from(text.replaceAll(' ', ''));
  return new Set(chars.length < 2 ? chars : chars.slice(1).map((char, i) => chars[i]! + char));
}

/** A short word in a longer message counts as much as two alike: what is shared, of the smaller. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < 2) return small.size === large.size && [...small].every((pair) => large.has(pair)) ? 1 : 0;
  return [...small].filter((pair) => large.has(pair)).length / Math.max(small.size, large.size / 2);
}
