import type { HouseDeps } from '../deps.ts';
import { agenda, find, next } from './agenda.ts';
import type { DeskDeps, DeskPerformed, DeskWritingDeps } from './deps.ts';
import { link, unlink } from './link.ts';
import type { DeskEffect, DeskWriter } from './ports.ts';

/** What a desk effect may write with; null = nothing was written in this turn, and nothing shall be. */
export type DeskWriters = (Pick<HouseDeps, 'writer'> & { desk: DeskWriter }) | null;

/** Effects that only read. */
export const DESK_READS: ReadonlySet<DeskEffect['do']> = new Set(['agenda', 'next', 'find']);

/** Does what the desk asks and gives the answer. Everything that changes something needs `writers`. */
export async function performAtDesk(effect: DeskEffect, deps: DeskDeps, writers: DeskWriters): Promise<DeskPerformed> {
  const own = writers ? { ...deps, ...writers, reader: writers.writer } : deps;
  switch (effect.do) {
    case 'agenda': return agenda(effect, own);
    case 'next': return next(effect, own);
    case 'find': return find(effect, own);
    case 'link': return link(effect, writing(deps, writers));
    case 'unlink': return unlink(writing(deps, writers));
  }
}

/** Inside a transaction everything is read through it. */
function writing(deps: DeskDeps, writers: DeskWriters): DeskWritingDeps {
  if (!writers) throw new Error('a change was asked for outside of a transaction');
  return { ...deps, ...writers, reader: writers.writer };
}
