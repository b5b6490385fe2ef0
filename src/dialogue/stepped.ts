/** The few ways a hop can end. */
import type { Effect } from '../booking/ports.ts';
import type { StepContext, Stepped } from './hop.ts';
import type { Act } from './says.ts';
import { storeOnly } from './talk.ts';
import type { During, Goal, Pending, Talk } from './talk.ts';
import type { Store } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';

/** The shop the talk is about; null in a channel with several while none is chosen. */
export const shopOf = (talk: Talk, ctx: StepContext): Store | null =>
  ctx.stores.find((s) => s.id === talk.known.storeId) ?? (ctx.stores.length === 1 ? ctx.stores[0]! : null);


export const shopIdOf = (talk: Talk, ctx: StepContext): string | null => shopOf(talk, ctx)?.id ?? null;

/** The talk without its question and without what a hop was for. */
export function unasked(talk: Talk): Talk {
  const { pending, during, ...rest } = talk;
  void pending;
  void during;
  return rest;
}

/** After this long a question is no longer open; what is known stays. */
export const IDLE = 30 * MINUTE;

/** When anything was said last; in a talk in which nothing was yet, whatever came was the first word. */
export const spokenAt = (talk: Talk): Instant => (talk.seq === 0 && resting(talk) && !talk.visit && Object.keys(talk.known).length === 0 ? -Infinity : talk.touched);

/** Nothing under way: idle, or a wait that stands. */
export const resting = (talk: Talk): boolean => talk.goal === 'idle' || (talk.goal === 'wait' && !talk.pending && !talk.during);

/** A booking is being arranged, or was interrupted and can be gone on with. */
export const arranging = (talk: Talk): boolean => talk.goal === 'book' || (talk.goal === 'idle' && talk.pending?.about === 'start_look');

/** Back to idle. Only the shop, who is asking, and the last visit stay. */
export function rest(talk: Talk): Talk {
  const { assumed: _assumed, spoken: _spoken, human: _human, ...left } = unasked(talk);
  return { ...left, goal: 'idle', known: storeOnly(talk.known) };
}

/** Ends the turn with words and no question. */
export const say = (talk: Talk, ...says: Act[]): Stepped => ({ talk: unasked(talk), says });

/** Ends the turn with a question. */
export const ask = (talk: Talk, pending: Pending, ...says: Act[]): Stepped => ({ talk: { ...unasked(talk), pending }, says });

/** Asks booking for something; the answer comes back to what `during` names. */
export const want = (talk: Talk, effect: Effect, during: During, ...says: Act[]): Stepped => ({
  talk: { ...unasked(talk), ...(talk.pending ? { pending: talk.pending } : {}), during },
  says,
  effect,
});

/** Asks for the customer's own visits and waits, at whichever shop of the channel; what he had last is asked of one. */
export const mine = (talk: Talk, ctx: StepContext, during: During): Stepped =>
  want(talk, during.for === 'same' || during.for === 'usual' || during.for === 'repeat' ? { do: 'mine', storeId: shopIdOf(talk, ctx), last: true } : { do: 'mine', storeId: null }, during);

/** The same hop with words before its own. */
export const first = (says: readonly Act[], then: Stepped): Stepped => ({ ...then, says: [...says, ...then.says] });

export const withGoal = (talk: Talk, goal: Goal): Talk => ({ ...talk, goal });
