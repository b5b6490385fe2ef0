/** A button or picker. What it carries is only a wish: it goes through the same doors as words, judged by today's truth. */
import { isDay } from '../model/time.ts';
import { no, yes } from './agree.ts';
import { changeSlots } from './change.ts';
import { proceed } from './derive.ts';
import type { Picked, StepContext, Stepped } from './hop.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { resume } from './resume.ts';
import { askShop, questionAbout } from './shops.ts';
import { without } from './slots.ts';
import { arranging, first, mine, rest, resting, say, shopOf, unasked } from './stepped.ts';
import { takeOffered } from './take.ts';
import { SLOT_NAMES, storeOnly } from './talk.ts';
import type { Offered, SlotName, Talk } from './talk.ts';
import { readAgain, readAt } from './tap.ts';
import type { Tap, Tapped, Verb } from './tap.ts';
import { inShop, toHuman } from './understood.ts';

/** Buttons that mean the same whenever they are tapped; all others belong to the question they were shown with. */
const TIMELESS: ReadonlySet<Verb> = new Set(['book', 'human', 'bot', 'hours', 'menus', 'mine', 'leave', 'earliest', 'cancel', 'move', 'again', 'accept', 'decline']);

export function tapped(talk: Talk, tap: Tapped, picked: Picked | undefined, ctx: StepContext): Stepped {
  if ('bad' in tap) return refused(talk, ctx);
  if (tap.seq !== talk.seq && !TIMELESS.has(tap.verb)) return stale(talk, tap, ctx);
  return obey({ ...talk, misses: 0 }, tap, picked, ctx) ?? refused(talk, ctx);
}

/** Not obeyed, but answered with how things stand: what is under way, else the visits there are. */
const refused = (talk: Talk, ctx: StepContext): Stepped => first([{ say: 'stale' }], resting(talk) ? mine(talk, ctx, { for: 'list' }) : resume(talk, ctx));

/** An old button: not obeyed, but answered with how things stand now. */
function stale(talk: Talk, tap: Tap, ctx: StepContext): Stepped {
  if (!resting(talk)) return refused(talk, ctx);
  if (tap.verb === 'yes' && talk.visit) return mine(talk, ctx, { for: 'already' });
  const day = tap.verb === 'at' ? readAt(tap.value)?.day : tap.verb === 'day' && isDay(tap.value) ? tap.value : undefined;
  if (!day || !shopOf(talk, ctx)) return refused(talk, ctx);
  return first([{ say: 'stale' }], proceed({ ...unasked(talk), goal: 'look', known: { ...storeOnly(talk.known), dates: [day] } }, ctx));
}

/** Null = the value is nothing of this shop's, or the button does not fit the talk. */
function obey(talk: Talk, { verb, value }: Tap, picked: Picked | undefined, ctx: StepContext): Stepped | null {
  const store = shopOf(talk, ctx);
  const info = (topic: 'hours' | 'menus'): Stepped => {
    if (!store) return askShop(talk, ctx, questionAbout(topic === 'hours' ? 'hours_info' : 'menu_info', topic));
    return first([{ say: 'info', topic, storeId: store.id, menuIds: [], staffId: null, days: [] }], resume(talk, ctx));
  };
  switch (verb) {
    case 'yes': return yes(talk, ctx);
    case 'no': return no(talk, ctx, false);
    case 'stop': return no(talk, ctx, true);
    case 'human': return toHuman(talk, 'asked');
    case 'bot': return say(rest(talk), { say: 'hello' });
    case 'hours': case 'menus': return info(verb);
    case 'mine': return mine(talk, ctx, { for: 'list' });
    case 'leave': return mine(talk, ctx, { for: 'leave' });
    case 'book': return proceed({ ...unasked(talk), goal: 'book', known: storeOnly(talk.known) }, ctx);
    case 'earliest': return earliest(talk, ctx);
    case 'wait': return proceed({ ...unasked(talk), goal: 'wait' }, ctx);
    case 'cancel': case 'move':
      return mine({ ...unasked(talk), goal: verb, known: arranging(talk) && verb === 'cancel' ? talk.known : storeOnly(talk.known) }, ctx, { for: verb, id: value });
    case 'again': return again(talk, value, ctx);
    case 'accept': return acceptOffer(talk, value);
    case 'decline': return declineOffer(talk, value);
    case 'change': return change(talk, value, ctx);
    case 'store': return ctx.stores.some((s) => s.id === value) ? inShop(talk, value, talk.pending?.heard, ctx) : null;
    case 'menu': return store?.menus.some((m) => m.id === value && m.active) ? takeOffered(talk, { kind: 'menu', id: value }, ctx) : null;
    case 'staff': return value === 'anyone' || store?.staff.some((s) => s.id === value && s.active) ? takeOffered(talk, { kind: 'staff', id: value }, ctx) : null;
    case 'visit': case 'entry': {
      const offered = talk.pending?.offered?.find((o) => (o.kind === 'reservation' || o.kind === 'wait') && o.id === value);
      return offered ? takeOffered(talk, offered, ctx) : null;
    }
    case 'day': {
      const day = picked?.date ?? picked?.datetime?.slice(0, 10) ?? value;
      return isDay(day) ? takeOffered(talk, { kind: 'day', day }, ctx) : null;
    }
    case 'at': {
      const at = readAt(value);
      const known = at?.staffId ? store?.staff.some((s) => s.id === at.staffId) : true;
      return at && known ? takeOffered(talk, { kind: 'time', day: at.day, time: at.time, ...(at.staffId ? { staffId: at.staffId } : {}) } satisfies Offered, ctx) : null;
    }
  }
}

/** The soonest start for what is known; only told where nothing is being booked. */
function earliest(talk: Talk, ctx: StepContext): Stepped {
  const idle = resting(talk) || talk.goal === 'cancel';
  const known = idle ? storeOnly(talk.known) : without(talk.known, 'day', 'time');
  return proceed({ ...unasked(talk), goal: idle ? 'look' : talk.goal, known: { ...known, prefer: 'earliest' } }, ctx);
}

/** The visit of the button, to be confirmed; what of it is no more is asked for. */
function again(talk: Talk, value: string, ctx: StepContext): Stepped | null {
  const wish = readAgain(value);
  const store = wish && ctx.stores.find((s) => wish.menuIds.every((id) => s.menus.some((m) => m.id === id)));
  if (!wish || !store) return null;
  const known = { ...storeOnly(talk.known), storeId: store.id, menuIds: wish.menuIds, staff: wish.staffId ?? ('anyone' as const), dates: [wish.day], time: { from: wish.time, to: wish.time } };
  return proceed({ ...unasked(talk), goal: 'book', known }, ctx);
}

function change(talk: Talk, value: string, ctx: StepContext): Stepped | null {
  const slot: SlotName | undefined = SLOT_NAMES.find((s) => s === value);
  if (slot === 'store' && resting(talk) && ctx.stores.length > 1) return askShop(talk, ctx);
  return slot && (talk.goal === 'book' || talk.goal === 'move' || talk.goal === 'look') ? changeSlots(talk, [slot], ctx) : null;
}
