/** What understanding is told about the talk, so that short answers and shifts can be read. */
import { activeMenus, activeStaff } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { MINUTE, dayOf, minuteOf, toClock } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { HearingContext, Lexicon } from '../understanding/context.ts';
import type { AskedContext } from '../understanding/heard.ts';
import type { StepContext } from './hop.ts';
import { offerAsked } from './offers.ts';
import { remindedOf } from './reminder.ts';
import { shopOf } from './stepped.ts';
import type { Pending, Talk } from './talk.ts';

const ASKED: Record<Pending['about'], AskedContext> = {
  store: 'asked_store', menu: 'asked_menu', staff: 'asked_staff', day: 'asked_date', time: 'offered_times', name: 'asked_name', phone: 'asked_phone', notes: 'asked_notes',
  confirm: 'confirming', move: 'confirming', cancel: 'confirming_cancel', waitlist: 'offered_waitlist', leave: 'confirming_cancel',
  which: 'asked_which_reservation', change: 'asked_change', start_look: 'confirming', offer: 'offered_freed_slot',
};

/** `judgedAt` = by when the past is judged: later than the event where it had to wait. `words`: of the shop the talk is about, or of all. */
export function hearingContext(talk: Talk, ctx: StepContext, judgedAt: Instant, words: 'here' | 'anywhere' = 'here'): HearingContext {
  const store = shopOf(talk, ctx);
  const { pending, known, visit } = talk;
  const reminded = remindedOf(talk, ctx);
  const about = reminded ?? (talk.goal === 'move' ? visit : undefined);
  const at = about ? { day: dayOf(about.start), time: toClock(minuteOf(about.start)) } : null;
  return {
    now: ctx.now, judgedAt, hours: store?.hours ?? null,
    lexicon: lexiconOf(ctx.stores, words === 'here' ? store : null),
    asked: reminded ? 'confirming' : pending ? ASKED[pending.about] : offerAsked(talk, ctx) ? 'offered_freed_slot' : justDone(talk, ctx),
    known: {
      dates: (reminded ? null : known.dates) ?? (at ? [at.day] : null),
      time: (reminded ? null : known.time) ?? (at ? { from: at.time, to: at.time } : null),
    },
    offered: (pending?.offered ?? []).flatMap((o) => (o.kind === 'time' ? [{ day: o.day, time: o.time }] : [])),
  };
}

/** The words in question, one object for the same stores: understanding prepares each object once. */
const lexicons = new WeakMap<readonly Store[], Map<Store | null, Lexicon>>();
export function lexiconOf(stores: readonly Store[], store: Store | null): Lexicon {
  const kept = lexicons.get(stores) ?? new Map<Store | null, Lexicon>();
  lexicons.set(stores, kept);
  const known = kept.get(store);
  if (known) return known;
  const shops = store ? [store] : stores;
  const words = ({ name, aliases }: { name: string; aliases: string[] }) => ({ name, aliases });
  const lexicon: Lexicon = {
    stores: stores.length > 1 ? stores.map((s) => ({ name: s.name, aliases: calledApart(s, stores.filter((o) => o !== s)) })) : [],
    menus: shops.flatMap(activeMenus).map(words),
    staff: shops.flatMap(activeStaff).map(words),
  };
  kept.set(store, lexicon);
  return lexicon;
}

/** For a few minutes 「登録お願いします」 is still about the wait just noted, 「やっぱり16時で」 about the visit just booked. */
function justDone(talk: Talk, ctx: StepContext): AskedContext | null {
  if (ctx.now - talk.touched > 5 * MINUTE) return null;
  if (talk.goal === 'wait') return 'offered_waitlist';
  return talk.goal === 'idle' && talk.visit ? 'confirming' : null;
}

/** What shops of a kind are called, where only one of the channel's is of that kind. */
const KINDS: Record<string, readonly string[]> = { salon: ['サロン', '美容室', '美容院', 'ヘアサロン'], clinic: ['クリニック', '歯医者', '歯科', '歯医者さん', '病院', '医院'] };

/** What a shop is called to tell it from the others: part of its name, or its kind where no other is of it. */
const calledApart = (store: Store, others: readonly Store[]): string[] => [
  ...partsOf(store.name, others.map((o) => o.name)), ...(others.some((o) => o.kind === store.kind) ? [] : (KINDS[store.kind] ?? [])),
];

/** The parts of a shop's name by which it is told from the others: 「渋谷店」 and 「渋谷」 of 「みなも 渋谷店」. */
function partsOf(name: string, others: readonly string[]): string[] {
  const parts = name.split(/[\s・]+/).flatMap((part) => [part, part.replace(/(?:本店|支店|店|院)$/, '')]);
  return [...new Set(parts)].filter((part) => part.length >= 2 && part !== name && !others.some((other) => other.includes(part)));
}
