/** A channel with several shops: which one a message is about, how the other is asked for, and which was remembered. */
import { activeMenus, activeStaff } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import type { Heard, Intent, Topic } from '../understanding/heard.ts';
import type { StepContext, Stepped } from './hop.ts';
import { ask, first, rest, say } from './stepped.ts';
import type { Known, Talk } from './talk.ts';

const namesIn = ({ menus, staff }: Heard): string[] => [
  ...(menus?.set ?? []), ...(menus?.add ?? []), ...(staff && 'name' in staff && staff.name !== null ? [staff.name] : []),
];
const hasAll = (store: Store, names: readonly string[]): boolean => names.every((name) => [...activeMenus(store), ...activeStaff(store)].some((x) => x.name === name));

/** The shop a message names: itself, or by a menu or person that only one of the shops has. Null = none, or the one it is about (`store`) anyway. */
export function shopNamed(heard: Heard, store: Store | null, ctx: StepContext): Store | null {
  if (heard.store !== null) return ctx.stores.find((s) => s.name === heard.store) ?? null;
  const names = namesIn(heard);
  if (names.length === 0 || (store && hasAll(store, names))) return null;
  const fits = ctx.stores.filter((s) => hasAll(s, names));
  return fits.length === 1 ? fits[0]! : null;
}

/** Going to a shop: the menus that are known go along where it has them by the same names, as the shops of a chain do. */
export function goingTo(store: Store, { menuIds }: Known, ctx: StepContext): Pick<Known, 'storeId' | 'menuIds'> {
  const names = (menuIds ?? []).flatMap((id) => ctx.stores.flatMap((s) => s.menus).find((m) => m.id === id)?.name ?? []);
  const there = names.flatMap((name) => activeMenus(store).find((m) => m.name === name)?.id ?? []);
  return { storeId: store.id, ...(there.length > 0 && there.length === names.length ? { menuIds: there } : {}) };
}

/** Asks which shop; `heard` waits for the answer. An account that answers for no shop can only have somebody write back. */
export const askShop = (talk: Talk, ctx: StepContext, heard?: Heard): Stepped =>
  ctx.stores.length === 0 ? say(rest(talk), { say: 'info_unknown', storeId: null }) : ask(talk, { about: 'store', offered: ctx.stores.map((s) => ({ kind: 'store', id: s.id })), ...(heard ? { heard: { ...heard, then: [] } } : {}) }, { say: 'ask_store', storeIds: ctx.stores.map((s) => s.id) });

/** A button that asks the shop something, as the sentence it stands for: it can wait for the shop like one. */
export const questionAbout = (intent: Intent, topic: Topic): Heard => ({
  text: '', intent, topics: [topic], question: true, when: [], exclude: null, refuse: null, prefer: null, shift: null, menus: null, staff: null, store: null,
  people: null, name: null, phone: null, choice: null, answer: null, datePhrase: null, assumed: [], evidence: [], then: [],
});

/** After a pause what is answered by the shop remembered from before says so, with a way to another. */
export function reminded(stepped: Stepped, ctx: StepContext): Stepped {
  const { storeId } = stepped.talk.known;
  if (ctx.stores.length < 2 || !storeId || !isOf(stepped, storeId)) return stepped;
  return first([{ say: 'at_store', storeId }], stepped);
}

const isOf = ({ effect, says }: Stepped, storeId: string): boolean =>
  (effect?.do === 'look' || effect?.do === 'soonest' ? effect.visit.storeId === storeId : effect?.do === 'wait' && effect.visit.storeId === storeId) ||
  says.some((act) => (act.say === 'ask_menu' || act.say === 'ask_staff' || act.say === 'ask_day' || act.say === 'info' || act.say === 'cannot') && act.storeId === storeId);
