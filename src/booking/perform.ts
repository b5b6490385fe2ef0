import { book } from './book.ts';
import { cancel } from './cancel.ts';
import { joinedFollowed } from './deps.ts';
import type { BookingDeps, Performed, WritingDeps } from './deps.ts';
import { late } from './late.ts';
import { leave } from './leave.ts';
import { look, soonest } from './look.ts';
import { mine } from './mine.ts';
import { move } from './move.ts';
import type { Effect } from './ports.ts';
import { wait } from './wait.ts';
import { accept, decline } from './waiting/answers.ts';
import { offersAside } from './waiting/aside.ts';
import { offerFreed } from './waiting/freed.ts';
import { satisfied } from './waiting/satisfied.ts';

/** Effects that change nothing. */
export const READS: ReadonlySet<Effect['do']> = new Set(['look', 'soonest', 'mine', 'late']);

/**
 * Does what dialogue asks and gives the answer. Everything that changes something needs `deps.writer`; without one it
 * throws, which is a mistake of the caller.
 */
export async function perform(effect: Effect, deps: BookingDeps): Promise<Performed> {
  switch (effect.do) {
    case 'look': return look(effect, deps);
    case 'soonest': return soonest(effect, deps);
    case 'mine': return mine(effect, deps);
    case 'late': return late(effect, deps);
    case 'book': case 'move': {
      const inside = writing(deps);
      return followed(await offersAside(effect, inside, () => (effect.do === 'book' ? book(effect, inside) : move(effect, inside))), inside);
    }
    case 'cancel': return followed(await cancel(effect, writing(deps)), writing(deps));
    case 'wait': return wait(effect, writing(deps));
    case 'leave': return leave(effect, writing(deps));
    case 'accept': return accept({ ...effect, do: 'accept' }, writing(deps));
    case 'decline': return decline({ ...effect, do: 'decline' }, writing(deps));
  }
}

/** Inside a transaction everything is read through it. */
function writing(deps: BookingDeps): WritingDeps {
  if (!deps.writer) throw new Error('a change was asked for outside of a transaction');
  return { ...deps, reader: deps.writer, writer: deps.writer };
}

/** What a change means for those who wait: what it gave back is offered to them (and so is nobody else's to give), and who got what he waited for waits no more. */
async function followed({ answer, freed, ...own }: Performed, deps: WritingDeps): Promise<Performed> {
  const got = (answer.to === 'book' || answer.to === 'move') && 'done' in answer ? await satisfied(answer.done, deps) : null;
  const offered = await offerFreed(freed, deps);
  const told = got && got.waited.length > 0 ? { ...answer, waited: got.waited } : answer;
  return { answer: told, freed: [], ...joinedFollowed([own, ...(got ? [got] : []), offered]) };
}
