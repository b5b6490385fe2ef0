/** Asks again what was asked before, from today's truth. */
import { isReturned } from '../model/payment.ts';
import type { Reservation } from '../model/reservation.ts';
import { proceed } from './derive.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act } from './says.ts';
import { ask, mine, resting, unasked } from './stepped.ts';
import type { Talk } from './talk.ts';

export function resume(talk: Talk, ctx: StepContext): Stepped {
  const { pending } = talk;
  switch (pending?.about) {
    case 'cancel': if (talk.visit) return ask(talk, pending, confirmCancel(talk.visit, ctx)); break;
    case 'change': return askChange(talk);
    case 'leave': return mine(talk, ctx, { for: 'leave' });
    case 'which': {
      const waits = pending.offered?.[0]?.kind === 'wait';
      return mine(talk, ctx, { for: waits ? 'leave' : talk.goal === 'move' ? 'move' : 'cancel', ...(pending.heard ? { heard: pending.heard } : {}) });
    }
    case 'start_look': if (talk.goal === 'idle') return ask(talk, pending, { say: 'go_on', known: talk.known }); break;
    case 'store': return ask(talk, pending, { say: 'ask_store', storeIds: ctx.stores.map((s) => s.id) });
    case 'name': return ask(talk, pending, { say: 'ask_name' });
    case 'phone': return ask(talk, pending, { say: 'ask_phone' });
    case 'notes': return ask(talk, pending, { say: 'ask_notes' });
    default:
  }
  if (talk.goal === 'human' || talk.goal === 'cancel') return { talk, says: [] };
  // With nothing else to ask, what was offered is asked again.
  const offer = ctx.offers.find((o) => o.state === 'open' && o.toldAt <= ctx.now);
  if (resting(unasked(talk))) return offer ? ask(talk, { about: 'offer' }, { say: 'offer_again', offer }) : { talk: pending?.about === 'offer' ? unasked(talk) : talk, says: [] };
  return proceed(talk, ctx);
}

/** Asks which detail to change, with a button for each. */
export function askChange(talk: Talk): Stepped {
  const moving = talk.goal === 'move';
  return ask(talk, { about: 'change' }, { say: 'ask_change', slots: ['day', 'time', 'menu', 'staff'], goal: moving ? 'move' : 'book', visit: moving ? talk.visit ?? null : null });
}

/** The question before a visit is cancelled, with what becomes of its deposit. */
export function confirmCancel(visit: Reservation, ctx: StepContext): Act {
  const { deposit } = visit;
  if (deposit?.state !== 'paid') return { say: 'confirm_cancel', visit };
  const rules = ctx.stores.find((s) => s.id === visit.storeId)?.policy.deposit ?? null;
  return { say: 'confirm_cancel', visit, deposit: { yen: deposit.yen, by: deposit.by, fate: isReturned(rules, visit.start, ctx.now) ? 'returned' : 'kept' } };
}
