import { joinedFollowed } from '../deps.ts';
import type { HouseDeps } from '../deps.ts';
import { offerFreed } from '../waiting/freed.ts';
import { satisfied } from '../waiting/satisfied.ts';
import { agenda, find, next } from './agenda.ts';
import type { DeskDeps, DeskPerformed, DeskWritingDeps } from './deps.ts';
import { block, unblock } from './blocks.ts';
import { link, unlink } from './link.ts';
import { dropCalendar, newCalendar, ownCalendar } from './calendar.ts';
import { handBack, handoffs } from './handoffs.ts';
import { beforeOff, off, on } from './off.ts';
import type { DeskEffect, DeskWriter } from './ports.ts';
import { bookVisit } from './phone.ts';
import { answerVisit, cancelVisit, markVisit, moveVisit, takePaid } from './visits.ts';

/** What a desk effect may write with; null = nothing was written in this turn, and nothing shall be. */
export type DeskWriters = (Pick<HouseDeps, 'writer' | 'newId' | 'payLink'> & { desk: DeskWriter; newSecret: () => string }) | null;

/** Effects that only read. */
export const DESK_READS: ReadonlySet<DeskEffect['do']> = new Set(['agenda', 'next', 'find', 'before_off', 'handoffs', 'calendar']);

/** Does what the desk asks and gives the answer. Everything that changes something needs `writers`. */
export async function performAtDesk(effect: DeskEffect, deps: DeskDeps, writers: DeskWriters): Promise<DeskPerformed> {
  const performed = await does(effect, deps, writers);
  return writers ? followed(performed, writing(deps, writers)) : performed;
}

/** What it means for those who wait, as of a customer's change: what was given back is offered to them, and who has what he waited for waits no more. */
async function followed({ result, freed, secret, ...own }: DeskPerformed, deps: DeskWritingDeps): Promise<DeskPerformed> {
  const got = result.to === 'move_visit' && 'done' in result ? await satisfied(result.done, deps) : null;
  return { result, freed: [], ...(secret === undefined ? {} : { secret }), ...joinedFollowed([own, ...(got ? [got] : []), await offerFreed(freed, deps)]) };
}

async function does(effect: DeskEffect, deps: DeskDeps, writers: DeskWriters): Promise<DeskPerformed> {
  const own = writers ? { ...deps, ...writers, reader: writers.writer } : deps;
  switch (effect.do) {
    case 'agenda': return agenda(effect, own);
    case 'next': return next(effect, own);
    case 'find': return find(effect, own);
    case 'link': return link(effect, writing(deps, writers));
    case 'unlink': return unlink(writing(deps, writers));
    case 'cancel_visit': return cancelVisit(effect, writing(deps, writers));
    case 'move_visit': return moveVisit(effect, writing(deps, writers));
    case 'book_visit': return bookVisit(effect, writing(deps, writers));
    case 'approve': case 'decline': return answerVisit({ ...effect, do: effect.do }, writing(deps, writers));
    case 'calendar': return ownCalendar(own);
    case 'new_calendar': return newCalendar(writing(deps, writers));
    case 'drop_calendar': return dropCalendar(writing(deps, writers));
    case 'handoffs': return handoffs(effect, own);
    case 'hand_back': return handBack(effect, writing(deps, writers));
    case 'paid': return takePaid(effect, writing(deps, writers));
    case 'mark': return markVisit(effect, writing(deps, writers));
    case 'before_off': return beforeOff(effect, own);
    case 'off': return off(effect, writing(deps, writers));
    case 'on': return on(effect, writing(deps, writers));
    case 'block': return block(effect, writing(deps, writers));
    case 'unblock': return unblock(effect, writing(deps, writers));
  }
}

/** Inside a transaction everything is read through it. */
function writing(deps: DeskDeps, writers: DeskWriters): DeskWritingDeps {
  if (!writers) throw new Error('a change was asked for outside of a transaction');
  return { ...deps, ...writers, reader: writers.writer };
}
