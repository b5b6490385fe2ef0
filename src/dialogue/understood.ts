/** A message that was understood: the rules in their order of precedence. The first that applies answers. */
import { menusOf } from '../model/store.ts';
import type { Heard, Intent } from '../understanding/heard.ts';
import { consents, needsConsent, no, noted, yes } from './agree.ts';
import { changeSlots } from './change.ts';
import { amongOffered, chosen } from './choice.ts';
import { proceed } from './derive.ts';
import { ahead } from './done.ts';
import { noteIn } from './first-visit.ts';
import type { StepContext, Stepped } from './hop.ts';
import { answers, asksInfo } from './info.ts';
import { offerAnswered } from './offers.ts';
import { afterReminder } from './reminder.ts';
import { resume } from './resume.ts';
import type { Act } from './says.ts';
import { leftToLast } from './repeat.ts';
import { askShop, shopNamed } from './shops.ts';
import { readAll, toShop } from './slots.ts';
import { arranging, first, mine, rest, resting, say, shopIdOf, shopOf, unasked } from './stepped.ts';
import { baseOf, hasValues, takeAll, takeOffered } from './take.ts';
import { storeOnly } from './talk.ts';
import type { Talk } from './talk.ts';
import { pointsAtVisit } from './visits.ts';

type Rule = (talk: Talk, heard: Heard, ctx: StepContext) => Stepped | null;

/** Takes one wish. Says something for every message. */
export function understood(talk: Talk, message: Heard, ctx: StepContext): Stepped {
  const heard = amongOffered(talk, message);
  for (const rule of RULES) {
    const stepped = rule(talk, heard, ctx);
    if (stepped) return rule === missed ? stepped : { ...stepped, talk: { ...stepped.talk, misses: 0 } };
  }
  return missed(talk, heard, ctx)!;
}

/** The last visit and `known` of a talk that turns to something else. */
const apart = (talk: Talk): Talk => ({ ...unasked(talk), known: storeOnly(talk.known) });

// ---- someone else, or another beginning --------------------------------------------------------------------------

const humanWanted: Rule = (talk, heard) => (heard.intent === 'talk_to_human' ? toHuman(talk, 'asked') : null);

export function toHuman(talk: Talk, reason: 'asked' | 'misses'): Stepped {
  const { later, ...left } = rest(talk);
  void later;
  return { ...say({ ...left, goal: 'human', misses: 0 }, { say: 'handover', reason }), handover: { why: reason } };
}

/** The bot's own offer is answered before anything else is read into a short answer. */
const offered: Rule = (talk, heard, ctx) => offerAnswered(talk, heard, ctx);

const startOver: Rule = (talk, heard) => (heard.intent === 'start_over' ? say(rest(talk), { say: 'started_over' }) : null);

const givenUp: Rule = (talk, heard, ctx) =>
  heard.stop && !standsWaiting(talk) && (heard.intent === 'deny' || heard.intent === 'thanks' || heard.intent === 'out_of_scope') ? no(talk, ctx, true) : null;

/** In a channel with several shops: whatever is about a shop waits until it is known which. */
const whichShop: Rule = (talk, heard, ctx) => {
  const waiting = talk.pending?.about === 'store' ? talk.pending.heard : undefined;
  const named = readAll(heard, talk.known, ctx).known.storeId;
  const picked = talk.pending?.about === 'store' ? chosen(talk, heard, ctx) : null;
  const id = named ?? (picked?.kind === 'store' ? picked.id : undefined);
  // By its number, or 「どちらでも」: then it is said which.
  const echo: Act[] = named || !id ? [] : [{ say: 'noted', slots: ['store'], changed: [], known: { storeId: id } }];
  if (waiting && id) return first(echo, inShop(talk, id, waiting, ctx));
  if (shopOf({ ...talk, known: { ...talk.known, ...(id ? { storeId: id } : {}) } }, ctx) || !(aboutShop(heard) || hasValues(heard))) return null;
  // 「いつもの」 is wherever the last visit was.
  if (heard.intent === 'repeat_last' || (heard.topics.length === 0 && leftToLast(heard, false))) return null;
  return askShop(talk, ctx, heard);
};

/** The shop is known now: what waited for it goes on. */
export const inShop = (talk: Talk, storeId: string, waiting: Heard | undefined, ctx: StepContext): Stepped => {
  const reading = toShop(talk.known, storeId, ctx);
  const there: Talk = { ...unasked(talk), known: reading.known };
  return waiting ? understood(there, waiting, ctx) : proceed(there.goal === 'idle' ? { ...there, goal: 'book' } : there, ctx, reading);
};

/** 「別の店舗で」 with nothing under way, or with a visit to move: which one. */
const otherShop: Rule = (talk, heard, ctx) =>
  heard.detail?.includes('store') && ctx.stores.length > 1 && !hasValues(heard) && (resting(talk) || talk.goal === 'cancel') ? askShop(apart(talk), ctx) : null;

const SHOP_INTENTS: readonly Intent[] = ['check_availability', 'book', 'join_waitlist', 'earliest', 'repeat_last'];
const aboutShop = (heard: Heard): boolean => SHOP_INTENTS.includes(heard.intent) || asksInfo(heard) || heard.topics.length > 0;

/** What the customer wants the shop to know, when we asked for it. */
const note: Rule = (talk, heard, ctx) => {
  const notes = noteIn(talk, heard);
  return notes === null ? null : noted(talk, notes, ctx);
};

/** One visit is for one person; the rest of the message goes on. */
const forSeveral: Rule = (talk, heard, ctx) =>
  heard.people !== null && heard.people > 1
    ? first([{ say: 'one_each', people: heard.people, storeId: shopOf(talk, ctx)?.id ?? null }], onlyFor(talk, { ...heard, people: null }, ctx)) : null;

const onlyFor = (talk: Talk, heard: Heard, ctx: StepContext): Stepped =>
  hasValues(heard) || heard.intent === 'book' || heard.intent === 'check_availability' ? understood(talk, heard, ctx) : resume(talk, ctx);

// ---- questions about the shop ------------------------------------------------------------------------------------

/** A question is answered and what was asked before is asked again, unchanged. */
const question: Rule = (talk, heard, ctx) => {
  if (talk.pending?.about === 'change' && heard.detail) return null;
  if (heard.topics.includes('waitlist_state')) {
    if (heard.intent !== 'join_waitlist') return mine(talk, ctx, { for: 'list' });
    // 「キャンセル待ち」 by itself: those there are, unless a full day was just spoken of.
    return talk.goal === 'idle' && !talk.spoken?.dates ? mine(talk, ctx, { for: 'waits' }) : null;
  }
  if (!asksInfo(heard)) return null;
  const said = answers(talk, heard, ctx);
  // A day or time that is said while a visit is being arranged is also a wish, question or not.
  const wish = heard.when.length > 0 && !resting(talk) && talk.goal !== 'cancel' && heard.intent !== 'staff_info' && !heard.topics.includes('staff');
  const after = afterQuestion(talk, heard, ctx);
  const onward = wish ? takeAll(after, { ...heard, intent: 'choose', menus: null, staff: null }, ctx) : resume(after, ctx);
  return first(said.length > 0 ? said : [{ say: 'info_unknown', storeId: shopIdOf(talk, ctx) }], onward);
};

/** What a question leaves behind: who asked, and what it was about, should it be wished next. */
function afterQuestion(talk: Talk, heard: Heard, ctx: StepContext): Talk {
  const { storeId, name, phone, menuIds, dates } = readAll(heard, storeOnly(talk.known), ctx).known;
  const spoken = { ...talk.spoken, ...(menuIds ? { menuIds } : {}), ...(Array.isArray(dates) ? { dates } : {}) };
  // Asked about another shop while nothing is under way, that one is meant from now on.
  const there = storeId && resting(talk) ? { storeId } : {};
  return { ...talk, known: { ...talk.known, ...there, ...(name ? { name } : {}), ...(phone ? { phone } : {}) }, ...(Object.keys(spoken).length > 0 ? { spoken } : {}) };
}

/** A wish with a question in it: the answer first, then on with the wish. */
const questionBesides: Rule = (talk, heard, ctx) => {
  if (heard.topics.every((topic) => topic === 'waitlist_state') || (talk.pending?.about === 'change' && heard.detail)) return null;
  const said = answers(talk, heard, ctx);
  // Who agrees and asks in one breath hears the answer before anything is done.
  const asksFirst = needsConsent(talk) && heard.intent === 'affirm';
  if (!hasValues(heard) && (asksFirst || !ACTING.includes(heard.intent))) return first(said, resume(talk, ctx));
  return first(said, understood(talk, { ...heard, topics: [] }, ctx));
};
const ACTING: readonly Intent[] = ['book', 'check_availability', 'cancel', 'reschedule', 'join_waitlist', 'leave_waitlist', 'list_reservations', 'earliest', 'repeat_last', 'affirm', 'deny'];

// ---- what the customer has already -------------------------------------------------------------------------------

/** A menu taken away that is not in the booking under way is one of a booked visit; the only one taken away ends it. */
const takenAway: Rule = (talk, heard, ctx) => {
  const removed = heard.menus?.remove ?? [];
  if (heard.intent !== 'correct' || removed.length === 0 || heard.menus?.set || heard.menus?.add) return null;
  const store = shopOf(talk, ctx);
  const chosenNow = store ? menusOf(store, baseOf(talk).menuIds ?? []).map((m) => m.name) : [];
  if (removed.every((name) => !chosenNow.includes(name))) return cancelled(talk, { ...heard, intent: 'cancel', menus: { set: removed } }, ctx);
  return chosenNow.every((name) => removed.includes(name)) ? no(talk, ctx, true) : null;
};

const cancelled: Rule = (talk, heard, ctx) => {
  if (heard.intent !== 'cancel') return null;
  const about = talk.pending?.about;
  // The question is open already, and this is no yes to it.
  if (about === 'leave' || (about === 'cancel' && !pointsAtVisit(heard))) return null;
  if (about === 'waitlist') return no(talk, ctx, true);
  if ((about === 'confirm' || heard.stop) && talk.goal === 'book' && !pointsAtVisit(heard)) return mine(talk, ctx, { for: 'stop' });
  const named = pointsAtVisit(heard);
  return mine({ ...unasked(arranging(talk) ? talk : apart(talk)), goal: 'cancel' }, ctx, {
    for: 'cancel', heard: { ...heard, then: [] },
    ...(talk.goal === 'book' && !named ? { booking: true as const } : {}), ...(talk.goal === 'move' && talk.visit && !named ? { id: talk.visit.id } : {}),
  });
};

const moved: Rule = (talk, heard, ctx) => {
  const another = (heard.menus?.set ?? heard.menus?.add) !== undefined && heard.when.some((w) => w.dates !== null);
  const justBooked = heard.intent === 'correct' && !another && shopNamed(heard, shopOf(talk, ctx), ctx) === null && resting(talk) && talk.pending === undefined && ahead(talk.visit, ctx);
  if (heard.intent !== 'reschedule' && !justBooked) return null;
  if (talk.goal === 'move' && talk.visit && talk.pending) {
    return hasValues(heard) ? takeAll(talk, heard, ctx) : resume(talk, ctx);
  }
  // Words of change about a summary that is not booked yet correct it.
  if (talk.goal === 'book' && talk.pending?.about === 'confirm' && hasValues(heard) && !heard.of) return takeAll(talk, heard, ctx);
  const id = justBooked || (talk.goal === 'cancel' && talk.pending?.about === 'cancel') ? talk.visit?.id : undefined;
  return mine({ ...unasked(talk), goal: 'move' }, ctx, { for: 'move', heard: { ...heard, then: [] }, ...(id ? { id } : {}), ...(talk.goal === 'book' ? { booking: true as const } : {}) });
};

const listed: Rule = (talk, heard, ctx) =>
  heard.intent === 'list_reservations' ? mine(talk, ctx, { for: 'list' }) : null;

/** A wait was just noted. */
const standsWaiting = (talk: Talk): boolean => talk.goal === 'wait' && !talk.pending;

const leaves: Rule = (talk, heard, ctx) => {
  if (heard.intent !== 'leave_waitlist' && !(heard.stop && heard.intent === 'deny' && standsWaiting(talk))) return null;
  if (talk.pending?.about === 'leave') return null;
  return talk.pending?.about === 'waitlist' ? no(talk, ctx, true) : mine({ ...apart(talk), goal: 'cancel' }, ctx, { for: 'leave', heard });
};

const repeats: Rule = (talk, heard, ctx) => {
  if (heard.intent !== 'repeat_last') return null;
  const { known, noted: said } = readAll(heard, baseOf(talk), ctx);
  return mine({ ...unasked(talk), goal: talk.goal === 'move' && talk.visit ? 'move' : 'book', known }, ctx, { for: 'repeat', noted: said, heard, ...(heard.usual ? { usual: heard.usual } : {}) });
};

// ---- waiting -----------------------------------------------------------------------------------------------------

const waits: Rule = (talk, heard, ctx) => {
  if (heard.intent !== 'join_waitlist') return null;
  const keeps = talk.goal !== 'idle' && talk.goal !== 'cancel';
  const reading = readAll(heard, keeps ? talk.known : storeOnly(talk.known), ctx);
  const { dates, time } = talk.spoken ?? {};
  const letGo = dates && !reading.known.dates && heard.when.length === 0;
  const known = { ...reading.known, ...(letGo ? { dates, ...(time ? { time } : {}) } : {}) };
  // A day named anew without a time is waited for as a whole.
  if (heard.when.length > 0 && heard.when.every((w) => w.time === null) && heard.when.some((w) => w.dates !== null)) delete known.time;
  if (heard.prefer) for (const key of ['time', 'prefer'] as const) delete known[key];
  return proceed({ ...unasked(talk), goal: 'wait', known }, ctx, reading);
};

// ---- the visit itself --------------------------------------------------------------------------------------------

/** Intents a yes can come with; a yes inside a wish to cancel or change agrees to nothing. */
const AGREEING: readonly Intent[] = ['book', 'choose', 'greet', 'thanks', 'check_availability', 'repeat_last'];
/** Intents a 「それで」 can come with; in a question or another wish it points at something, and agrees to nothing. */
const TAKING: readonly Intent[] = ['affirm', 'book', 'choose', 'out_of_scope'];
const agreed: Rule = (talk, heard, ctx) => {
  if (needsConsent(talk)) return consents(talk, heard, ctx) ? yes(talk, ctx) : null;
  if (heard.detail || heard.shift || heard.refuse || hasValues(heard)) return null;
  const says = heard.intent === 'affirm' || (heard.answer === 'yes' && AGREEING.includes(heard.intent));
  const that = heard.choice !== null && 'by' in heard.choice && heard.choice.by === 'that' && TAKING.includes(heard.intent);
  return says || (talk.pending?.about === 'start_look' && (heard.intent === 'book' || that)) ? yes(talk, ctx) : null;
};

const choice: Rule = (talk, heard, ctx) => {
  const picked = chosen(talk, heard, ctx);
  if (!picked || (picked.kind === 'store' && talk.pending?.heard)) return null;
  // 「どちらでも」 counts as well as it names: what is named is meant.
  if ((picked.kind === 'staff' && heard.staff) || (picked.kind === 'menu' && heard.menus) || (picked.kind === 'day' && heard.when.some((w) => w.dates))) return null;
  // An ordinal with more details in the same breath sets both.
  const rest_: Heard = { ...heard, choice: null, prefer: null, when: picked.kind === 'time' ? [] : heard.when };
  const took = takeOffered(talk, picked, ctx);
  return picked.kind === 'reservation' || picked.kind === 'wait' || !hasValues(rest_) ? took : takeAll({ ...talk, goal: took.talk.goal, known: took.talk.known }, rest_, ctx);
};

/** 「水曜の方」 to 「どちらのご予約でしょうか」 where the words fit none or several: look again with them. */
const whichOne: Rule = (talk, heard, ctx) => {
  const { pending } = talk;
  if (pending?.about !== 'which' || talk.goal === 'idle' || !pointsAtVisit(heard) || heard.intent === 'book' || heard.intent === 'check_availability') return null;
  const entries = pending.offered?.[0]?.kind === 'wait';
  const of = heard.of ?? heard.when[0] ?? { dates: null, time: null };
  return mine(talk, ctx, { for: entries ? 'leave' : talk.goal === 'move' ? 'move' : 'cancel', heard: { ...(pending.heard ?? heard), of, then: [] } });
};

const details: Rule = (talk, heard, ctx) => {
  const bookish = (heard.intent === 'book' || heard.intent === 'check_availability' || heard.intent === 'earliest') && !(heard.question && needsConsent(talk));
  // 「今日の天気は？」 wishes no visit.
  if (heard.intent === 'out_of_scope' && heard.question) return null;
  if (!hasValues(heard) && !heard.refuse && !bookish) return null;
  // 「予約する」「空き状況」 by themselves leave a move or a wait alone and begin anew.
  const bare = !hasValues(heard) && !heard.refuse && !heard.detail && heard.intent !== 'earliest';
  const anew = bare && (talk.goal === 'move' || (talk.goal === 'wait' && talk.pending !== undefined) || (talk.goal === 'book' && heard.intent === 'check_availability' && !talk.known.menuIds?.length));
  if (anew) return takeAll({ ...apart(talk), goal: 'idle' }, heard, ctx);
  const heard_ = heard.intent === 'earliest' && heard.prefer === null ? { ...heard, prefer: 'earliest' as const } : heard;
  return takeAll(talk.goal === 'cancel' ? { ...apart(talk), goal: 'idle' } : talk, heard_, ctx);
};

/** 「時間を変えたい」: which detail, not yet what instead. 「別の人で」 is the other one, where there is only one. */
const otherDetail: Rule = (talk, heard, ctx) => {
  const { detail } = heard;
  if (!detail || hasValues(heard) || heard.stop || !(talk.goal === 'book' || talk.goal === 'move' || talk.goal === 'look')) return null;
  const not = shopOf(talk, ctx)?.staff.find((s) => s.id === talk.known.staff)?.name;
  return detail.includes('staff') && not !== undefined ? takeAll(talk, { ...heard, staff: { not } }, ctx) : changeSlots(talk, detail, ctx);
};

const denied: Rule = (talk, heard, ctx) => (heard.intent === 'deny' || heard.answer === 'no' ? no(talk, ctx, heard.stop ?? false) : null);

// ---- the rest ----------------------------------------------------------------------------------------------------

const POLITE: Partial<Record<Intent, Act>> = { greet: { say: 'hello' }, thanks: { say: 'thanked' }, help: { say: 'help' } };
const polite: Rule = (talk, heard, ctx) => {
  const act = POLITE[heard.intent];
  if (!act) return null;
  if (heard.intent === 'thanks' && talk.pending?.about === 'start_look') return say(rest(talk), { say: 'bye' });
  return first([act], resume(talk, ctx));
};

/** 1st: again with an example. 2nd: with buttons. 3rd: a human. */
const missed: Rule = (talk, heard, ctx) => {
  // A question nobody taught us is no nonsense: the shop can answer it.
  if (heard.question) return first([{ say: 'info_unknown', storeId: shopOf(talk, ctx)?.id ?? null }], resume(talk, ctx));
  const misses = talk.misses + 1;
  if (misses >= 3) return toHuman(talk, 'misses');
  const about = talk.pending?.about ?? null;
  const stepped = resume({ ...talk, misses }, ctx);
  return first([{ say: 'miss', nth: misses, about, storeId: shopOf(talk, ctx)?.id ?? null }], stepped);
};

const RULES: readonly Rule[] = [
  note, humanWanted, offered, afterReminder, startOver, givenUp, whichShop, otherShop, forSeveral, question, questionBesides, agreed, choice, otherDetail, takenAway, cancelled, leaves, moved, waits, listed, repeats,
  whichOne, details, denied, polite, missed,
];
