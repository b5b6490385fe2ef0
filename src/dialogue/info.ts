/** Questions about the shop: which topics a message asks, and about what. */
import { activeMenus } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { weekdayOf } from '../model/time.ts';
import type { Day } from '../model/time.ts';
import type { Heard, Intent, Topic } from '../understanding/heard.ts';
import type { StepContext } from './hop.ts';
import type { Act } from './says.ts';
import { shopNamed } from './shops.ts';
import { shopOf } from './stepped.ts';
import type { Talk } from './talk.ts';

/** What an intent asks about where the message names no finer topic. */
const TOPIC: Partial<Record<Intent, Topic>> = {
  hours_info: 'hours', address_info: 'address', phone_info: 'phone', menu_info: 'menus', price_info: 'price', staff_info: 'staff', payment_info: 'payment',
};

export const asksInfo = (heard: Heard): boolean => TOPIC[heard.intent] !== undefined;

/** The answers to everything a message asks about the shop; empty when it asks nothing. */
export function answers(talk: Talk, heard: Heard, ctx: StepContext): Act[] {
  const store = shopNamed(heard, shopOf(talk, ctx), ctx) ?? shopOf(talk, ctx);
  const fallback = TOPIC[heard.intent];
  const topics = heard.topics.length > 0 ? heard.topics : fallback ? [fallback] : [];
  if (!store) return [];
  // 「指名料」「キャンセル料」 ask for that fee, not for the price list.
  const fee = topics.includes('nomination') || topics.includes('cancel_policy');
  return [...new Set(topics)].filter((topic) => topic !== 'price' || !fee).map((topic) => ({
    say: 'info', topic, storeId: store.id, menuIds: menusSpokenOf(talk, heard, store), staffId: staffSpokenOf(talk, heard, store, topic),
    days: daysSpokenOf(talk, heard),
  }));
}

function menusSpokenOf(talk: Talk, heard: Heard, store: Store): string[] {
  const named = [...(heard.menus?.set ?? []), ...(heard.menus?.add ?? [])];
  if (named.length === 0) return talk.known.menuIds ?? [];
  return activeMenus(store).filter((m) => named.includes(m.name)).map((m) => m.id);
}

function staffSpokenOf(talk: Talk, heard: Heard, store: Store, topic: Topic): string | null {
  const said = heard.staff && 'name' in heard.staff ? heard.staff.name : null;
  if (said !== null) return store.staff.find((s) => s.name === said && s.active)?.id ?? null;
  return topic === 'nomination' && talk.known.staff && talk.known.staff !== 'anyone' ? talk.known.staff : null;
}

/** The days a question is about, at most a week of them. A bare weekday is that of the visit under way. */
function daysSpokenOf(talk: Talk, heard: Heard): Day[] {
  const days = heard.when.flatMap((w) => (Array.isArray(w.dates) ? w.dates : [])).slice(0, 7);
  const wished = Array.isArray(talk.known.dates) ? talk.known.dates : [];
  const bare = days.length === 1 && heard.assumed.some((a) => a.part === 'date' && (a.why === 'nearest_weekday' || a.why === 'next_weekday'));
  const meant = bare ? wished.filter((d) => weekdayOf(d) === weekdayOf(days[0]!)) : [];
  return meant.length > 0 ? meant : days;
}
