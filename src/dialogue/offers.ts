/** A freed slot that was offered by a push: whether a message answers it, and what became of the answer. */
import type { Answer } from '../booking/ports.ts';
import type { SlotOffer } from '../model/reservation.ts';
import { menusOf } from '../model/store.ts';
import { DAY, MINUTE, dayOf, minuteOf } from '../model/time.ts';
import type { Heard } from '../understanding/heard.ts';
import { barredBy } from './barred.ts';
import { within } from './days.ts';
import { standing } from './done.ts';
import type { StepContext, Stepped } from './hop.ts';
import { resume } from './resume.ts';
import type { Act } from './says.ts';
import { ask, first, rest, resting, say, spokenAt, unasked, want } from './stepped.ts';
import { hasValues } from './take.ts';
import type { Talk } from './talk.ts';

/** Our clock and LINE's may differ by so much. */
const SKEW = MINUTE;
/** For so long a short answer is still to what was said last. */
const SOON = 5 * MINUTE;

/** The open offer a customer knows of; there is never more than one. */
export const openOffer = (ctx: StepContext): SlotOffer | null => ctx.offers.find((offer) => offer.state === 'open' && offer.toldAt <= ctx.now + SKEW) ?? null;

/**
 * The offer a bare yes or no is about: it was the last thing said, or the last thing asked, or nothing else is open. Within a
 * day one that has ended meanwhile, too, if nothing was said since: a late yes is to be answered.
 */
export function offerAsked(talk: Talk, ctx: StepContext): SlotOffer | null {
  const open = openOffer(ctx);
  const spoken = spokenAt(talk);
  if (open) return open.toldAt > spoken || talk.pending?.about === 'offer' || (!talk.pending && ctx.now - talk.touched > SOON) ? open : null;
  const last = ctx.offers.filter((offer) => offer.state !== 'open').at(-1);
  return last && last.toldAt > spoken && ctx.now - last.toldAt < DAY ? last : null;
}

/** What a message answers to an offer. A yes is plain, and names nothing but what was offered; whatever else there is, is another matter. */
export function answerTo(offer: SlotOffer, heard: Heard, talk: Talk, ctx: StepContext): 'yes' | 'no' | null {
  if (heard.topics.length > 0) return null;
  if (heard.intent !== 'deny' && heard.answer !== 'no' && !heard.stop) {
    if (heard.detail || heard.shift || heard.refuse || heard.exclude || heard.of || heard.prefer || !namesOnly(offer, heard, ctx)) return null;
    if (heard.consent === 'cancel' && offer.toldAt > spokenAt(talk)) return 'no';
    // To one that is over 「まだ大丈夫でしたら」 is a yes; to one that stands it is asked once more.
    const plain = (heard.consent === 'any' || heard.consent === 'book') && !heard.question && !heard.undecided;
    return plain || (offer.state !== 'open' && agrees(heard)) ? 'yes' : null;
  }
  // 「大丈夫です」 alone may be either.
  if (heard.question || heard.undecided || heard.consent) return null;
  return heard.intent === 'leave_waitlist' || heard.intent === 'talk_to_human' ? null : 'no';
}

/** Not an answer yet, but about nothing else: 「まだ間に合いますか？」「考えさせてください」「大丈夫です」. */
const isAboutIt = (heard: Heard): boolean =>
  !hasValues(heard) && heard.topics.length === 0 && (agrees(heard) || heard.answer === 'no' || heard.undecided === true || heard.intent === 'check_availability' || heard.intent === 'join_waitlist');

const agrees = (heard: Heard): boolean => heard.intent === 'affirm' || heard.answer === 'yes';

function namesOnly(offer: SlotOffer, heard: Heard, ctx: StepContext): boolean {
  const store = ctx.stores.find((s) => s.id === offer.storeId);
  const menus = store ? menusOf(store, offer.menuIds).map((menu) => menu.name) : [];
  const who = store?.staff.find((person) => person.id === offer.staffId)?.name;
  const day = dayOf(offer.start);
  const when = heard.when.every((w) => (w.dates === null || (Array.isArray(w.dates) && w.dates.length === 1 && w.dates[0] === day)) && (w.time === null || within(w.time, minuteOf(offer.start))));
  const menu = [...(heard.menus?.set ?? []), ...(heard.menus?.add ?? [])].every((name) => menus.includes(name)) && !heard.menus?.remove;
  return when && menu && (heard.staff === null || ('name' in heard.staff && heard.staff.name === who)) && (heard.store === null || heard.store === store?.name);
}

export const acceptOffer = (talk: Talk, offerId: string): Stepped => want(talk, { do: 'accept', offerId }, { for: 'look' });
export const declineOffer = (talk: Talk, offerId: string): Stepped => want(talk, { do: 'decline', offerId }, { for: 'look' });

/** The yes or the no of a message to the offer that is asked about; what else it wishes follows. Null = it is about something else. */
export function offerAnswered(talk: Talk, heard: Heard, ctx: StepContext): Stepped | null {
  const offer = offerAsked(talk, ctx);
  const answer = offer && answerTo(offer, heard, talk, ctx);
  if (!offer) return null;
  if (answer === null) return offer.state === 'open' && (!talk.pending || talk.pending.about === 'offer') && isAboutIt(heard) ? ask(talk, { about: 'offer' }, { say: 'offer_again', offer }) : null;
  if (answer === 'yes') return acceptOffer(talk, offer.id);
  // 「いいえ、16時がいいです」 is a wish besides.
  const wish = hasValues(heard) && !namesOnly(offer, heard, ctx) ? [insteadOf(offer, heard, ctx)] : [];
  return declineOffer(wish.length > 0 ? { ...talk, later: [...wish, ...(talk.later ?? [])] } : talk, offer.id);
}

/** What is wished instead of an offer; what is not said is as in it. */
function insteadOf(offer: SlotOffer, heard: Heard, ctx: StepContext): Heard {
  const store = ctx.stores.find((s) => s.id === offer.storeId);
  const menus = heard.menus ?? (store ? { set: menusOf(store, offer.menuIds).map((menu) => menu.name) } : null);
  return { ...heard, intent: 'book', answer: null, menus, when: heard.when.map((wish) => ({ ...wish, dates: wish.dates ?? [dayOf(offer.start)] })) };
}

type Answered = Extract<Answer, { to: 'accept' | 'decline' }>;

/** What was under way besides goes on. */
export function answeredOffer(before: Talk, answer: Answered, ctx: StepContext): Stepped {
  const talk = before.pending?.about === 'offer' ? unasked(before) : before;
  const acts = saysOf(answer);
  if (talk.goal === 'human') return say(talk, ...acts);
  if (!resting(talk) || talk.pending) return first(acts, resume(talk, ctx));
  return say({ ...rest(talk), ...('done' in answer ? { visit: answer.done } : {}) }, ...acts);
}

function saysOf(answer: Answered): Act[] {
  if ('unknown' in answer) return [{ say: 'offer_unknown' }];
  if (answer.to === 'decline') return answer.booked ? [{ say: 'already_booked', visit: answer.booked }] : [{ say: 'offer_declined', offer: answer.offer, entry: answer.entry }];
  if ('done' in answer) return answer.again ? [{ say: 'already_booked', visit: answer.done }] : standing(answer.done, false);
  if ('clash' in answer) return [{ say: 'offer_overlap', offer: answer.offer, clash: answer.clash }];
  if ('barred' in answer) return [barredBy(answer.barred, answer.offer.storeId)];
  return [{ say: 'offer_lost', offer: answer.offer, why: answer.lost, entry: answer.entry }];
}
