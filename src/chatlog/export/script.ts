/** A conversation of the log as a script (docs/conversations.md): the same turns, by people nobody knows. */
import { Document, visit } from 'yaml';
import { freshTalk } from '../../dialogue/talk.ts';
import type { Talk } from '../../dialogue/talk.ts';
import { readTap } from '../../dialogue/tap.ts';
import type { Shop } from '../../model/shop-file.ts';
import type { Store } from '../../model/store.ts';
import { HOUR, MINUTE } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import type { Heard } from '../../understanding/heard.ts';
import { buttonsOf } from '../buttons.ts';
import { readableAll } from '../readable.ts';
import type { GivenTurn } from '../replay/given.ts';
import { stable } from '../replay/stable.ts';
import { DOES } from '../script.ts';
import { heardView, readable } from '../view.ts';
import { visitView } from '../check.ts';
import { Masks } from './masks.ts';
import { momentText, Writer } from './tokens.ts';

/** A turn of the log with its build, or why it cannot be played again. */
export type Exported = { given: GivenTurn; build: string } | { cannot: string; at: Instant };
/** `shop`: the name of a file of prisma/shops that has just these stores. `skip`: another choice of names. */
export type ExportOptions = { stores: readonly Store[]; shop: string | null; skip?: number };

/**
 * The turns since the shops are as they were at the end, and how many came before: a script plays in one shop, which
 * does not change.
 */
export function sinceShopsChanged(turns: readonly Exported[]): { turns: Exported[]; before: number } {
  const keys = turns.map((turn) => ('given' in turn ? turn.given.shops : null));
  const last = keys.findLast((key) => key !== null);
  const from = keys.findLastIndex((key) => key !== null && key !== last) + 1;
  return { turns: turns.slice(from), before: from };
}

/** The text of the file. Throws when there is no turn that can be played. */
export function exportScript(turns: readonly Exported[], { stores, shop, skip = 0 }: ExportOptions): string {
  const played = turns.flatMap((turn) => ('given' in turn ? [turn] : []));
  const [first] = played;
  if (!first) throw new Error('no turn to export');
  const masks = masksOf(played.map(({ given }) => given), stores, skip);
  const writer = new Writer(stores, first.given.customer.id);
  const written = (value: unknown): unknown => writer.write(masks.value(value));
  const { customer, before, at } = first.given;
  const clock = new Clock(at);
  const way = { shown: [] as unknown[], talk: null as Talk | null };
  const notes = new Map<number, string[]>();
  const items: Record<string, unknown>[] = [];
  let left: string[] = [];
  for (const turn of turns) {
    if ('cannot' in turn) {
      left.push(turn.cannot);
      way.talk = null;
      continue;
    }
    const action = actionOf(turn.given, way.shown, masks, writer);
    if (typeof action === 'string') {
      left.push(action);
      continue;
    }
    if (left.length > 0) notes.set(items.length, left);
    left = [];
    const { given } = turn;
    const elsewhere = items.length > 0 && (way.talk === null || stable(way.talk) !== stable(given.before));
    items.push({ ...action, ...clock.upTo(given.at), ...(elsewhere ? { talk: written(given.before) } : {}), ...outcomeOf(given, stores, masks), recorded: recordedOf(turn, written) });
    way.shown.push(...given.then.messages);
    way.talk = given.then.talk;
  }
  if (items.length === 0) throw new Error('no turn to export');
  const world = {
    ...(shop === null ? { stores: stores.map((store) => shopFileOf(store)) } : shop === 'salon' ? {} : { shop }),
    ...(customer.name ? { name: masks.value(customer.name, 'name') } : {}), ...(customer.phone ? { phone: masks.value(customer.phone, 'phone') } : {}),
  };
  const document = new Document({
    title: titleOf(items.find((item) => item['user'] !== undefined) ?? items[0]!, at), now: `${momentText(clock.begin).slice(0, 16)}:${String(new Date(clock.begin).getUTCSeconds()).padStart(2, '0')}+09:00`,
    ...(Object.keys(world).length > 0 ? { world } : {}),
    ...(isFresh(before) ? {} : { start: written(before) }),
    turns: items, ends: { goal: way.talk?.goal ?? 'idle' },
  }, { version: '1.2', aliasDuplicateObjects: false });
  document.commentBefore = ' 記録から書き出した会話。お名前・電話番号・ID は別のものに置き換えてあります。要らない行は消してかまいません。';
  laidOut(document, notes);
  return document.toString({ lineWidth: 0 });
}

/** Everything a customer goes by, before anything is masked: a name said late stands in what was said before, too. */
function masksOf(turns: readonly GivenTurn[], stores: readonly Store[], skip: number): Masks {
  const masks = new Masks(stores, JSON.stringify(turns.map(({ incoming, then }) => [incoming.raw, then.messages])), skip);
  for (const { customer, before, incoming, then } of turns) {
    for (const heard of [then.heard, before.pending?.heard, ...(before.later ?? [])].flatMap(allOf)) masks.note(heard.text, heard);
    if (incoming.what.kind === 'text') masks.note(incoming.what.text, then.heard);
    for (const name of [customer.name, before.known.name, then.talk.known?.name]) if (name) masks.name(name);
    for (const phone of [customer.phone, before.known.phone, then.talk.known?.phone]) if (phone) masks.phone(phone);
  }
  return masks;
}

const allOf = (heard: Heard | null | undefined): Heard[] => (heard ? [heard, ...heard.then.flatMap(allOf)] : []);

/** What the customer did; a sentence where a script has no word for it. */
function actionOf({ incoming, then, customer }: GivenTurn, shown: readonly unknown[], masks: Masks, writer: Writer): Record<string, unknown> | string {
  const { what, mode, source } = incoming;
  if (mode !== 'active' || source !== 'user') return '担当者の対応中、またはグループでの発話は省きました';
  switch (what.kind) {
    case 'text': return { user: masks.words(what.text, then.heard) };
    case 'sticker': case 'image': case 'video': case 'audio': case 'file': case 'location': return { sends: what.kind };
    case 'follow': case 'unfollow': case 'unsend': return { event: what.kind };
    case 'other': return 'このボットが読まない種類のイベントは省きました';
    case 'postback': return tapOf(what, customer.id, shown, writer);
  }
}

/** A button by its label, where that is the one the script's customer would find; else by what it carries. */
function tapOf({ data, params }: { data: string; params: Record<string, string> }, customerId: string, shown: readonly unknown[], writer: Writer): Record<string, unknown> {
  const last = shown.at(-1);
  const buttons = shown.toReversed().flatMap((message) => buttonsOf(message, message === last));
  const picked = params['date'] ?? params['time'] ?? params['datetime'];
  if (picked !== undefined && buttons.find(({ type }) => type === 'datetimepicker')?.data === data) return { pick: picked };
  const label = buttons.find((button) => button.data === data)?.label;
  if (label !== undefined && buttons.find((button) => button.label === label)?.data === data) return { tap: label };
  const tap = readTap(data, customerId);
  return { postback: 'bad' in tap ? writer.text(data) : `1.${tap.seq}.me.${tap.verb}.${writer.text(tap.value)}` };
}

/** What came of it, as a script asserts it. */
function outcomeOf({ then }: GivenTurn, stores: readonly Store[], masks: Masks): Record<string, unknown> {
  const done = then.effects.flatMap(({ effect, answer }): [string, unknown][] => {
    const thing = 'entry' in answer ? answer.entry : 'done' in answer ? answer.done : null;
    return thing && DOES.some((does) => does === effect.do) ? [[effect.do, thing]] : [];
  });
  const seen = done.map(([does, thing]) => {
    const { menu, staff, when } = visitView(thing, stores);
    return [does, { menu, staff, when }] as const;
  });
  return { ...(then.heard ? { heard: masks.value(heardView(then.heard)) } : {}), say: then.acts.map((act) => said(act, stores, masks)), ...Object.fromEntries(seen) };
}

/** Facts of an act that are short enough to read; ids, and links that have one, are those of one day and one house. */
function said(act: { say: string }, stores: readonly Store[], masks: Masks): unknown {
  const { say, ...facts } = masks.value(readable(act, stores)) as { say: string };
  const told = Object.entries(facts).flatMap(([key, fact]) => {
    const plain = withoutIds(fact);
    return JSON.stringify(plain).length <= SHORT_ENOUGH ? [[key, plain] as const] : [];
  });
  return told.length === 0 ? say : { [say]: Object.fromEntries(told) };
}
const SHORT_ENOUGH = 160;

function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !/^(?:id|.*Id|link)$/.test(key)).map(([key, one]) => [key, withoutIds(one)]));
}

function recordedOf({ given, build }: { given: GivenTurn; build: string }, written: (value: unknown) => unknown): Record<string, unknown> {
  const effects = given.then.effects.map(({ effect, answer }) => written({ effect, answer }));
  const text = given.then.messages.length === 0 ? '' : String(written(readableAll(given.then.messages)));
  return { build, effects, ...(given.offers.length > 0 ? { offers: written(given.offers) } : {}), ...(given.reminded ? { reminded: written(given.reminded) } : {}), ...(given.handedBack ? { handed_back: true } : {}), ...(text === '' ? {} : { text }) };
}

const isFresh = (talk: Talk): boolean => stable({ ...talk, touched: 0 }) === stable({ ...freshTalk(0), touched: 0 });

const titleOf = (item: Record<string, unknown>, at: Instant): string => {
  const words = String(item['user'] ?? item['tap'] ?? item['event'] ?? item['sends'] ?? item['pick'] ?? 'ボタン').replaceAll(/\s+/g, ' ');
  return `${momentText(at).slice(0, 10)}の記録「${words.length > 30 ? `${words.slice(0, 30)}…` : words}」から`;
};

/** The script's clock: every turn is a second after the one before, or `after` it and that second. */
class Clock {
  readonly begin: Instant;
  #at: Instant;

  constructor(first: Instant) {
    this.#at = this.begin = Math.floor(first / 1000) * 1000 - 1000;
  }

  upTo(at: Instant): { after?: string } {
    const wait = Math.max(0, Math.floor(at / 1000) * 1000 - this.#at - 1000);
    this.#at += wait + 1000;
    if (wait === 0) return {};
    const [length, unit] = wait % HOUR === 0 ? [wait / HOUR, 'h'] : wait % MINUTE === 0 ? [wait / MINUTE, 'm'] : [wait / 1000, 's'];
    return { after: `${length}${unit}` };
  }
}

/** A shop as `world.stores` has it: without the ids of a database, of what is offered now. */
export function shopFileOf({ menus, staff, resources, ...rest }: Store): Shop {
  const offered = menus.filter((menu) => menu.active);
  const doing = <T extends { id: string; active: boolean; menuIds: string[] }>(things: readonly T[]) => things.filter((thing) => thing.active).map((thing) => {
    const { menuIds, ...known } = without(thing, 'id', 'active');
    return { ...known, menus: offered.filter((menu) => menuIds.includes(menu.id)).map((menu) => menu.name) };
  });
  return {
    ...without(rest, 'id', 'version'), channel: 'default', menus: offered.map((menu) => without(menu, 'id', 'active')),
    staff: doing(staff).map((person) => ({ ...person, lineId: null })), resources: doing(resources),
  };
}

/** The same without some of it. */
const without = <T extends object, K extends keyof T>(of: T, ...keys: K[]): Omit<T, K> => Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;

/** One line for what is looked at as one: what was heard, an act, an answer, a day's hours. */
function laidOut(document: Document, notes: ReadonlyMap<number, string[]>): void {
  const flat = new Set(['heard', 'book', 'move', 'cancel', 'wait', 'leave', 'ends', 'aliases', 'weekly', 'info', 'policy', 'exceptions', 'shifts', 'breaks', 'absences', 'daysOff']);
  visit(document, {
    Pair(_, pair) {
      const key = String((pair.key as { value?: unknown } | null)?.value ?? '');
      const value = pair.value as { flow?: boolean; items?: { flow?: boolean; commentBefore?: string; spaceBefore?: boolean }[] } | null;
      if (!value) return;
      if (flat.has(key)) value.flow = true;
      if (['say', 'effects', 'offers', 'menus'].includes(key) && value.items) for (const item of value.items) item.flow = true;
      if (key === 'turns' && value.items) for (const [nth, why] of notes) value.items[nth]!.commentBefore = why.map((reason) => ` ここにあった発話は再現できません: ${reason}`).join('\n');
    },
  });
}
