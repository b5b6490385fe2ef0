import { book } from './book.ts';
import { cancel } from './cancel.ts';
import type { BookingDeps, Performed, WritingDeps } from './deps.ts';
import { late } from './late.ts';
import { leave } from './leave.ts';
import { look, soonest } from './look.ts';
import { mine } from './mine.ts';
import { move } from './move.ts';
import type { Effect } from './ports.ts';
import { wait } from './wait.ts';

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
    case 'book': return book(effect, writing(deps));
    case 'move': return move(effect, writing(deps));
    case 'cancel': return cancel(effect, writing(deps));
    case 'wait': return wait(effect, writing(deps));
    case 'leave': return leave(effect, writing(deps));
  }
}

/** Inside a transaction everything is read through it. */
function writing(deps: BookingDeps): WritingDeps {
  if (!deps.writer) throw new Error('a change was asked for outside of a transaction');
  return { ...deps, reader: deps.writer, writer: deps.writer };
}
