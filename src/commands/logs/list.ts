/** Conversations as lines: when, who, at which shop, how long, how it began and what came of it. */
import type { Conversation } from '../../chatlog/record.ts';
import type { Happened } from '../../chatlog/happened.ts';
import type { Speaker } from '../../chatlog/turns.ts';
import type { Person } from '../../chatlog/people.ts';
import { columns, cut, padded } from '../../chatlog/words/columns.ts';
import { visibleLine } from '../../chatlog/words/visible.ts';
import type { Instant } from '../../model/time.ts';
import { momentWords } from '../../replies/when.ts';
import { WHO } from './chat.ts';
import type { Paint } from './paint.ts';

export type Listed = Conversation & {
  person: Person | null;
  shops: string[];
  happened: Happened;
  /** The line that has the words that were looked for, and who said it. */
  hit: { by: Speaker; line: string } | null;
};

const NAME = 18;
const SHOP = 20;
const OPENED = 30;

export const nameOf = ({ person, userId }: { person: Person | null; userId: string }): string => person?.name || `名前なし ${userId.slice(0, 8)}`;

/** Aligned for all of them; the shop only where there are several. */
export function listLines(all: readonly Listed[], { now, manyShops, width, paint }: { now: Instant; manyShops: boolean; width: number; paint: Paint }): string[] {
  const when = all.map((it) => momentWords(it.began, now));
  const names = all.map((it) => cut(visibleLine(nameOf(it)), NAME));
  const shops = all.map((it) => cut(visibleLine(it.shops.join('・') || '—'), SHOP));
  const counts = all.map((it) => `${it.happened.turns}通`);
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columns));
  return all.map(({ happened, hit }, i) => {
    const left = [padded(when[i]!, widest(when)), padded(names[i]!, widest(names)), ...(manyShops ? [padded(shops[i]!, widest(shops))] : []), counts[i]!.padStart(widest(counts) - 1)];
    const said = hit ? hit.line : happened.opened;
    const opened = said === null ? '' : `${hit && hit.by !== 'customer' ? WHO[hit.by] : ''}「${cut(visibleLine(said), OPENED)}」`;
    const outcome = happened.outcome.map(visibleLine).join('、');
    const used = columns(left.join('  ')) + columns(opened) + 7;
    const told = [opened, outcome && paint(happened.trouble ? 'bad' : happened.booked ? 'good' : 'title', cut(outcome, Math.max(40, width - used)))].filter(Boolean).join(' → ');
    return [paint('note', left[0]!), paint('who', left[1]!), ...left.slice(2), told].join('  ').trimEnd();
  });
}
