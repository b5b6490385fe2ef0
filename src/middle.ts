/**
 * The middle of a turn: an event is understood, stepped until only words are left, and put into words. It reaches
 * outside only by `act`, so that a turn in the shop and its replay are the same.
 */
import type { HandoverReason, Job, News } from './booking/news.ts';
import type { Answer, Changed, Effect } from './booking/ports.ts';
import type { Performed } from './booking/deps.ts';
import { hearingContext } from './dialogue/asked.ts';
import { MAX_HOPS } from './dialogue/hop.ts';
import type { StepContext, StepEvent, Stepped } from './dialogue/hop.ts';
import type { Act } from './dialogue/says.ts';
import { answerTo, offerAsked } from './dialogue/offers.ts';
import { step } from './dialogue/step.ts';
import { shopOf } from './dialogue/stepped.ts';
import type { Talk } from './dialogue/talk.ts';
import { readTap, writeTap } from './dialogue/tap.ts';
import type { IncomingEvent } from './model/incoming.ts';
import type { Instant } from './model/time.ts';
import { render } from './replies/render.ts';
import type { Heard } from './understanding/heard.ts';
import { understand } from './understanding/pipeline.ts';

/** Kinds of events that are answered; the others are kept in the log and passed over. */
const ANSWERED: ReadonlySet<IncomingEvent['what']['kind']> = new Set([
  'text', 'sticker', 'image', 'video', 'audio', 'file', 'location', 'postback', 'follow', 'unsend',
]);

/** Whether the bot may answer: nobody else has the chat (standby), and it is a chat of two. */
export const isForUs = ({ mode, source, what }: IncomingEvent): boolean => mode === 'active' && source === 'user' && ANSWERED.has(what.kind);

/** What the dialogue is told; null = nothing. */
function asStepEvent({ what }: IncomingEvent, heard: Heard | null, customerId: string): StepEvent | null {
  switch (what.kind) {
    case 'text': return heard && { type: 'heard', heard };
    case 'postback': return { type: 'tapped', tap: readTap(what.data, customerId), picked: what.params };
    case 'follow': return { type: 'followed', again: what.isUnblocked };
    case 'unsend': return { type: 'unsent' };
    case 'unfollow': case 'other': return null;
    default: return { type: 'sent', what: what.kind };
  }
}

/** What a turn starts from. `now` = by when the past is judged: later than the event where it had to wait. */
export type Given = { incoming: IncomingEvent; before: Talk; ctx: StepContext; now: Instant };
/** Performs an effect. Null: there is no answer, and the turn ends there; only in a replay. */
export type Do = (effect: Effect) => Promise<Performed | null>;
/** What a turn came to. `messages` are LINE message objects, `ms` the milliseconds of its parts. */
export type Thought = Hops & { heard: Heard | null; messages: unknown[]; ms: { understand: number; decide: number; render: number } };

/** `ticks` gives milliseconds of a clock that only runs forward. */
export async function think({ incoming, before, ctx, now }: Given, act: Do, ticks: () => number): Promise<Thought> {
  const { customer, stores } = ctx;
  const began = ticks();
  const forUs = isForUs(incoming);
  const heard = forUs && incoming.what.kind === 'text' ? hear(incoming.what.text, before, ctx, now) : null;
  const understood = ticks();
  const hops = await hop(before, forUs ? asStepEvent(incoming, heard, customer.id) : null, incoming, ctx, act);
  const decided = ticks();
  // A taken-back message is not spoken about, and has no token to reply with.
  const messages = incoming.what.kind === 'unsend' ? [] : render(hops.says, { now, stores, customerName: customer.name, tap: (verb, value) => writeTap(hops.talk, customer.id, verb, value) });
  return { ...hops, heard, messages, ms: { understand: understood - began, decide: decided - understood, render: ticks() - decided } };
}

/**
 * A message in the words of the shop the talk is about. What is no menu or person of that one may be one of another shop of
 * the channel: 「ホワイトニングも」 to a chain of which only the clinic does it.
 */
export function hear(text: string, talk: Talk, ctx: StepContext, now: Instant): Heard {
  // A yes or no after a push is to the push; anything else answers what had been asked before it.
  const offer = talk.pending ? offerAsked(talk, ctx) : null;
  const toOffer = offer && understand(text, { ...hearingContext(talk, ctx, now), asked: 'offered_freed_slot' });
  if (toOffer && answerTo(offer, toOffer, talk, ctx)) return toOffer;
  const heard = understand(text, hearingContext(talk, ctx, now));
  if (ctx.stores.length < 2 || (heard.menus && heard.staff) || heard.name) return heard;
  const anywhere = understand(text, hearingContext(talk, ctx, now, 'anywhere'));
  const menu = !heard.menus && (anywhere.menus?.set ?? anywhere.menus?.add);
  return menu || (!heard.staff && anywhere.staff && 'name' in anywhere.staff) ? anywhere : heard;
}

type Hops = { talk: Talk; says: Act[]; effects: { effect: Effect; answer: Answer }[]; changed: Changed[]; news: News[]; jobs: Job[]; unanswered?: Effect };

/** Steps from an event until only words are left. */
async function hop(talk: Talk, first: StepEvent | null, incoming: IncomingEvent, ctx: StepContext, act: Do): Promise<Hops> {
  const hops: Hops = { talk, says: [], effects: [], changed: [], news: [], jobs: [] };
  let event = first;
  for (let n = 0; event !== null && n < MAX_HOPS; n++) {
    const stepped: Stepped = step(hops.talk, event, ctx);
    hops.talk = stepped.talk;
    hops.says.push(...stepped.says);
    if (stepped.handover) hops.news.push(...handedOver(stepped.handover.why, incoming, hops.talk, ctx));
    if (!stepped.effect) return hops;
    const performed = await act(stepped.effect);
    if (!performed) return { ...hops, unanswered: stepped.effect };
    const { answer, changed, news, jobs } = performed;
    hops.effects.push({ effect: stepped.effect, answer });
    hops.changed.push(...changed);
    hops.news.push(...news);
    hops.jobs.push(...jobs);
    event = { type: 'answered', effect: stepped.effect, answer };
  }
  if (event !== null) throw new Error(`a turn of more than ${MAX_HOPS} hops`);
  return hops;
}

/** As much of a message as its reader needs to know what it is about. */
const MOST_WORDS = 500;

/** A customer is left to the people of his shop; where none is chosen yet, to those of each. */
function handedOver(why: HandoverReason, { what }: IncomingEvent, talk: Talk, ctx: StepContext): News[] {
  const store = shopOf(talk, ctx);
  const words = what.kind === 'text' ? what.text.slice(0, MOST_WORDS) : null;
  const messageId = 'messageId' in what ? what.messageId : null;
  return (store ? [store] : ctx.stores).map(({ id }) => ({ to: 'staff', storeId: id, staffId: null, news: { kind: 'handover', userId: ctx.customer.id, why, words, messageId } }));
}
