/**
 * One pure step of the dialogue: talk and event in; talk, acts and at most one effect out. The turn performs the
 * effect and steps again with its answer, until only words are left.
 */
import { isDeepStrictEqual } from 'node:util';
import { MINUTE, dayOf } from '../model/time.ts';
import { answeredLook, answeredSoonest } from './calendar.ts';
import { answeredBooking, answeredCancel, answeredLate, answeredLeave, answeredWait } from './done.ts';
import type { StepContext, StepEvent, Stepped } from './hop.ts';
import { acceptOffer, answeredOffer, declineOffer, offerAnswered } from './offers.ts';
import { remindedOf } from './reminder.ts';
import { resume } from './resume.ts';
import type { Act } from './says.ts';
import { reminded } from './shops.ts';
import { without } from './slots.ts';
import { IDLE, first, rest, resting, say, shopOf, unasked } from './stepped.ts';
import type { Talk } from './talk.ts';
import { tapped } from './tapped.ts';
import { understood } from './understood.ts';
import { answeredMine } from './visits.ts';


/** Takes one hop. Never throws; says something for every event, except an unsend, and while a human has the conversation. */
export function step(before: Talk, event: StepEvent, ctx: StepContext): Stepped {
  const { talk, back } = isAside(before, event) ? { talk: before, back: [] } : settled(before, ctx);
  const routed = route(talk, event, ctx);
  const toOffer = routed.effect?.do === 'accept' || routed.effect?.do === 'decline';
  const goesOn = back.length > 0 && routed.talk.goal === talk.goal && !toOffer;
  const sameShop = routed.talk.known.storeId === before.known.storeId;
  const isBack = ANSWERED.has(event.type) && before.goal === 'human' && talk.goal !== 'human';
  const opened = isBack ? botBack(routed, ctx) : goesOn ? first(back, routed) : sameShop && paused(before, event, ctx) ? reminded(routed, ctx) : routed;
  const stepped = carryOn(opened, ctx);
  return { ...stepped, talk: inHand(closed(before, stepped, ctx), event, ctx) };
}

/** No word after a pause: what booking says within the turn, and a message taken back from a person who has the chat. */
const isAside = (before: Talk, event: StepEvent): boolean => event.type === 'answered' || (event.type === 'unsent' && before.goal === 'human');

/** What is answered; the others happen. */
const ANSWERED: ReadonlySet<StepEvent['type']> = new Set(['heard', 'tapped', 'sent']);
/** As much of a message as its reader needs to know what it is about. */
const MOST_WORDS = 100;

/** The first answer after a person had the chat says who answers; not where he is wanted again, or the bot was asked for. */
function botBack(routed: Stepped, ctx: StepContext): Stepped {
  const said = routed.talk.goal === 'human' || routed.says.some(({ say: act }) => act === 'bot_again');
  return said ? routed : first([{ say: 'bot_back', why: ctx.handedBack ? 'given' : 'quiet', storeId: shopOf(routed.talk, ctx)?.id ?? null }], routed);
}

/** Since when a person has the chat, and what he is to answer. */
function inHand({ human, ...talk }: Talk, event: StepEvent, ctx: StepContext): Talk {
  if (talk.goal !== 'human') return talk;
  const last = event.type === 'heard' ? event.heard.text.slice(0, MOST_WORDS) : event.type === 'unsent' ? null : (human?.last ?? null);
  return { ...talk, human: { since: human?.since ?? ctx.now, last } };
}

/** Whether this is the first word after a pause. */
const paused = (before: Talk, event: StepEvent, ctx: StepContext): boolean => event.type !== 'answered' && ctx.now - before.touched > IDLE;

function route(talk: Talk, event: StepEvent, ctx: StepContext): Stepped {
  if (event.type === 'answered') return answered(talk, event, ctx);
  if (event.type === 'unsent') return { talk: dropped(talk), says: [] };
  if (event.type === 'followed') return say(rest(talk), { say: 'welcome', again: event.again });
  if (talk.goal === 'human') return withHuman(talk, event, ctx);
  if (event.type === 'sent') return first([{ say: 'received', what: event.what }], resume(talk, ctx));
  if (event.type === 'tapped') return tapped(talk, event.tap, event.picked, ctx);
  const { then, ...heard } = event.heard;
  const later = talk.later ?? [];
  return understood(then.length > 0 ? { ...talk, later: [...then, ...later].slice(0, 5) } : talk, { ...heard, then: [] }, ctx);
}

function answered(waiting: Talk, { effect, answer }: Extract<StepEvent, { type: 'answered' }>, ctx: StepContext): Stepped {
  const { during = { for: 'look' as const }, ...talk } = waiting;
  const store = shopOf(talk, ctx);
  if (answer.to === 'mine') return answeredMine(talk, during, answer, ctx);
  if (answer.to === 'cancel') return answeredCancel(talk, answer);
  if (answer.to === 'late' && effect.do === 'late') return answeredLate(talk, effect, answer);
  if (answer.to === 'leave') return answeredLeave(talk, answer);
  if (answer.to === 'accept' || answer.to === 'decline') return answeredOffer(talk, answer, ctx);
  if (!store) return resume(unasked(talk), ctx);
  if (answer.to === 'look' && effect.do === 'look') return answeredLook(talk, during, effect, answer, store, ctx);
  if (answer.to === 'soonest') return answeredSoonest(talk, during, answer, store, ctx);
  if (answer.to === 'wait') return answeredWait(talk, answer, store, ctx);
  if ((answer.to === 'book' || answer.to === 'move') && (effect.do === 'book' || effect.do === 'move')) return answeredBooking(talk, effect, answer, store, ctx);
  return resume(unasked(talk), ctx);
}

/** While a human has it the bot is silent, unless it is asked for by its button, a human is asked for once more, or the bot's own offer is answered. */
function withHuman(talk: Talk, event: StepEvent, ctx: StepContext): Stepped {
  if (event.type === 'tapped' && !('bad' in event.tap) && event.tap.verb === 'bot') return say(rest(talk), { say: 'bot_again' });
  if (event.type === 'tapped' && !('bad' in event.tap) && event.tap.verb === 'accept') return acceptOffer(talk, event.tap.value);
  if (event.type === 'tapped' && !('bad' in event.tap) && event.tap.verb === 'decline') return declineOffer(talk, event.tap.value);
  const answered = event.type === 'heard' ? offerAnswered(talk, event.heard, ctx) : null;
  if (answered) return answered;
  const store = shopOf(talk, ctx);
  const again = event.type === 'heard' && event.heard.intent === 'talk_to_human';
  // Whoever has the chat hears of what else was written.
  const told = event.type === 'heard' || event.type === 'sent' ? { handover: { why: 'waiting' as const } } : {};
  return { talk, says: again ? [{ say: 'still_human', storeId: store?.id ?? null }] : [], ...told };
}

/** How long a person has a chat nobody writes in, as the shop has it. */
const handoffFor = (talk: Talk, ctx: StepContext): number =>
  (shopOf(talk, ctx)?.policy.handoffMinutes ?? Math.max(...ctx.stores.map(({ policy }) => policy.handoffMinutes))) * MINUTE;

/** What a pause does: the question is dropped, what is known is kept and said in a line; days gone by are forgotten. */
function settled(stored: Talk, ctx: StepContext): { talk: Talk; back: Act[] } {
  const { during, ...talk } = stored;
  void during;
  const quiet = ctx.now - talk.touched;
  if (talk.goal === 'human') return { talk: ctx.handedBack || quiet > handoffFor(talk, ctx) ? rest(talk) : talk, back: [] };
  if (quiet <= IDLE) return { talk, back: [] };
  // What was under way before a reminder is let go of: what is said now is about the visit.
  if (remindedOf(talk, ctx)) return { talk: rest(talk), back: [] };
  const { later, ...left } = unasked(talk);
  void later;
  const days = talk.known.dates;
  const over = Array.isArray(days) ? days.every((d) => d < dayOf(ctx.now)) : days?.to ? days.to < dayOf(ctx.now) : false;
  const known = over ? without(talk.known, 'day', 'time') : talk.known;
  if (talk.goal === 'cancel' && talk.visit) return { talk: left, back: [] };
  if (talk.goal === 'idle' || talk.goal === 'cancel' || (talk.goal === 'move' && !talk.visit) || resting(talk)) return { talk: rest(left), back: [] };
  const said = Boolean(known.menuIds?.length || known.staff || known.dates || known.time);
  return { talk: { ...left, known }, back: said ? [{ say: 'recap', known, goal: talk.goal }] : [] };
}

/** The step that was built on a message taken back. */
const dropped = (talk: Talk): Talk => {
  const { later, ...left } = talk;
  void later;
  return talk.goal === 'human' ? left : rest(left);
};

/** Goes on with the further wishes of a message once the first has come to rest. */
function carryOn(stepped: Stepped, ctx: StepContext): Stepped {
  const [next, ...later] = stepped.talk.later ?? [];
  if (!next || stepped.effect || stepped.talk.pending || !resting(stepped.talk)) return stepped;
  const { later: _, ...talk } = stepped.talk;
  void _;
  const more = later.length > 0 ? { ...talk, later } : talk;
  return carryOn(first(stepped.says, understood(more, { ...next, then: [] }, ctx)), ctx);
}

/** What a yes would be to: a button under an older summary must not stand for the newer one. */
const shown = ({ pending, known, visit }: Talk) => pending && { known, visit: visit?.id };

/** What is stored: nothing of the hop itself, the time, and a new number where the question is another. */
function closed(before: Talk, { talk, effect }: Stepped, ctx: StepContext): Talk {
  const { during, ...rest_ } = talk;
  const left: Talk = effect && during ? { ...rest_, during } : rest_;
  const same = talk.goal === before.goal && isDeepStrictEqual(talk.pending, before.pending) && isDeepStrictEqual(shown(talk), shown(before));
  const another = !effect && !same;
  return { ...left, seq: another ? talk.seq + 1 : talk.seq, touched: ctx.now };
}

