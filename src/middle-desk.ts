/** The middle of a turn at the desk: as for a customer, with the words of the shop's people. */
import type { DeskPerformed, Member } from './booking/desk/deps.ts';
import type { DeskAnswer, DeskEffect } from './booking/desk/ports.ts';
import type { Job, News } from './booking/news.ts';
import type { Changed } from './booking/ports.ts';
import { deskHearing } from './desk/asked.ts';
import type { DeskContext, DeskEvent } from './desk/hop.ts';
import type { DeskAct } from './desk/says.ts';
import { isFresh, stepAtDesk } from './desk/step.ts';
import { isDeskTap, readDeskTap, writeDeskTap } from './desk/tap.ts';
import type { DeskTalk } from './desk/talk.ts';
import { lexiconOf } from './dialogue/asked.ts';
import { MAX_HOPS } from './dialogue/hop.ts';
import { isForUs } from './middle.ts';
import type { IncomingEvent } from './model/incoming.ts';
import { activeStaff } from './model/store.ts';
import type { Store } from './model/store.ts';
import type { Instant } from './model/time.ts';
import { renderDesk } from './replies/desk.ts';
import type { Order } from './understanding/order.ts';
import { isLink, readOrder } from './understanding/orders.ts';

/** Whose account of the shop's people it is; null = a customer's. */
export function memberOf(stores: readonly Store[], lineId: string): Member | null {
  for (const store of stores) {
    const staff = activeStaff(store).find((person) => person.lineId === lineId);
    if (staff) return { staff, store };
  }
  return null;
}

/**
 * Whether an event is for the desk: what a person of the shop writes and taps there, and a code by which anybody says that he
 * is one. He too can be a customer, by that customer's buttons or when he says so.
 */
export function isForDesk({ what }: IncomingEvent, me: Member | null, desk: DeskTalk, now: Instant): boolean {
  if (what.kind === 'text' && isLink(what.text)) return true;
  if (!me || what.kind === 'unfollow') return false;
  if (what.kind === 'postback') return isDeskTap(what.data);
  if (!desk.asCustomer || !isFresh(desk, now)) return true;
  return what.kind === 'text' && LEAVES.test(what.text.normalize('NFKC'));
}
const LEAVES = /^\s*スタッフ(?:モード|に戻)/;

/** What a turn came to; as `Thought`, with the desk's own words for it. */
export type DeskThought = {
  talk: DeskTalk;
  says: DeskAct[];
  effects: { effect: DeskEffect; answer: DeskAnswer }[];
  changed: Changed[];
  news: News[];
  jobs: Job[];
  heard: Order | null;
  messages: unknown[];
  ms: { understand: number; decide: number; render: number };
  unanswered?: DeskEffect;
  /** As in DeskPerformed. */
  secret?: string;
};

export type DeskGiven = { incoming: IncomingEvent; before: DeskTalk; ctx: DeskContext; now: Instant };

/** `act` performs an effect, null = there is no answer, only in a replay; `ticks` as for a customer's turn. */
export async function thinkAtDesk({ incoming, before, ctx, now }: DeskGiven, act: (effect: DeskEffect) => Promise<DeskPerformed | null>, ticks: () => number): Promise<DeskThought> {
  const began = ticks();
  const { what } = incoming;
  const tap = what.kind === 'postback' ? readDeskTap(what.data) : null;
  const text = what.kind === 'text' ? what.text : tap?.verb === 'order' ? tap.value : null;
  const words = lexiconOf(ctx.stores, ctx.me?.store ?? ctx.stores[0] ?? null);
  const heard = isForUs(incoming) && text !== null ? readOrder(text, deskHearing(before, ctx, now, words)) : null;
  const understood = ticks();
  const thought: Omit<DeskThought, 'messages' | 'ms'> = { talk: before, says: [], effects: [], changed: [], news: [], jobs: [], heard };
  let event = isForUs(incoming) ? asDeskEvent(incoming, heard) : null;
  for (let n = 0; event !== null; n++) {
    if (n === MAX_HOPS) throw new Error(`a turn of more than ${MAX_HOPS} hops`);
    const { talk, says, effect } = stepAtDesk(thought.talk, event, ctx);
    thought.talk = talk;
    thought.says.push(...says);
    event = null;
    if (!effect) break;
    const performed = await act(effect);
    if (!performed) {
      thought.unanswered = effect;
      break;
    }
    thought.effects.push({ effect, answer: performed.result });
    if (performed.secret !== undefined) thought.secret = performed.secret;
    for (const part of ['changed', 'news', 'jobs'] as const) (thought[part] as unknown[]).push(...performed[part]);
    event = { type: 'answered', effect, answer: performed.result };
  }
  const decided = ticks();
  const messages = what.kind === 'unsend' ? [] : renderDesk(thought.says, { now, stores: ctx.stores, tap: (verb, value) => writeDeskTap(thought.talk, verb, value) });
  return { ...thought, messages, ms: { understand: understood - began, decide: decided - understood, render: ticks() - decided } };
}

/** What the desk is told; null = nothing. */
function asDeskEvent({ what }: IncomingEvent, order: Order | null): DeskEvent | null {
  switch (what.kind) {
    case 'text': return order && { type: 'ordered', order };
    case 'postback': return order ? { type: 'ordered', order } : { type: 'tapped', tap: readDeskTap(what.data) };
    case 'follow': return { type: 'followed' };
    case 'unsend': return { type: 'unsent' };
    case 'unfollow': case 'other': return null;
    default: return { type: 'sent' };
  }
}
