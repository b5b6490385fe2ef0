import { entriesIn, conversationsIn } from '../../chatlog/conversations.ts';
import { nameMeant, readAlias, suggestionFor } from '../../chatlog/misses/alias.ts';
import type { Alias, Suggestion } from '../../chatlog/misses/alias.ts';
import { groupsOf } from '../../chatlog/misses/groups.ts';
import type { Group } from '../../chatlog/misses/groups.ts';
import { MISS_KINDS, missedIn } from '../../chatlog/misses/missed.ts';
import type { Missed, MissKind } from '../../chatlog/misses/missed.ts';
import type { ConversationQuery } from '../../chatlog/record.ts';
import { turnsIn } from '../../chatlog/replay/logged.ts';
import type { LoggedTurn } from '../../chatlog/replay/logged.ts';
import { visibleJson } from '../../chatlog/words/visible.ts';
import { realNow } from '../../main.ts';
import { conversationDay, conversationSpan } from '../../model/conversation-day.ts';
import type { Store } from '../../model/store.ts';
import { DAY, HOUR } from '../../model/time.ts';
import { nearest } from '../../nearest.ts';
import { PlainError } from '../../plain-error.ts';
import { paintFor } from '../logs/paint.ts';
import { shopsMeant, withRecord } from '../logs/record.ts';
import type { Record } from '../logs/record.ts';
import { groupLines, headLine } from './print.ts';
import type { Look } from './print.ts';
import { tryReport } from './try.ts';

export type MissesOptions = { days: number; shop?: string; limit: number; try?: string[]; json?: boolean };

/** What is not understood by a command. */
const INPUT = 2;
/** Answers that came after the day was over still belong to it. */
const LATE = HOUR;
/** In a pipe. */
const WIDTH = 110;

export type Suggested = Group & { suggestion: Suggestion | null; shop: Store | null };

export async function runMisses(options: MissesOptions): Promise<void> {
  const look = { width: process.stdout.columns ?? WIDTH, paint: paintFor(process.stdout), now: realNow() };
  // What is wrong with the words of the command is said before anything is opened.
  for (const text of options.try ?? []) aliasOf(text);
  for (const line of await withRecord((record) => missesReport(record, options, look))) console.log(line);
}

/** The report, line by line. */
export async function missesReport(record: Record, options: MissesOptions, look: Look): Promise<string[]> {
  const shops = options.shop === undefined ? null : shopsMeant(record.stores, options.shop);
  const query = { from: conversationDay(look.now - (options.days - 1) * DAY), ...(shops ? { storeIds: shops.map((it) => it.id) } : {}) };
  if (options.try) {
    const aliases = options.try.map((text) => known(aliasOf(text), shops ?? record.stores));
    return await tryReport(aliases, turnsOfLog(record, query), record, { ...look, json: options.json === true, days: options.days });
  }
  const { turns, missed } = await found(record, query);
  const groups = groupsOf(missed).slice(0, options.limit).map((group) => suggested(group, missed, record.stores));
  if (options.json) return [visibleJson({ days: options.days, turns, missed: countsOf(missed), groups: groups.map(asJson) }, 2)];
  return [headLine(options.days, turns, missed, look), ...groups.flatMap((group) => ['', ...groupLines(group, { ...look, manyShops: record.stores.length > 1 })])];
}

function aliasOf(text: string): Alias {
  const alias = readAlias(text);
  if (!alias) throw new PlainError(`--try ${text}: expected 'alias: WORD = NAME', such as 'alias: ヘアー切り = カット'.`, INPUT);
  return alias;
}

/** Throws a PlainError where nothing is called so. */
function known(alias: Alias, stores: readonly Store[]): Alias {
  const name = nameMeant(stores, alias.name);
  if (name !== null) return { ...alias, name };
  const all = [...new Set(stores.flatMap((store) => [...store.menus, ...store.staff].map((it) => it.name)))];
  const meant = nearest(alias.name, all);
  throw new PlainError(`--try: no menu and nobody is called “${alias.name}”.${meant ? ` Did you mean “${meant}”?` : ` There are: ${all.slice(0, 12).join(', ')}${all.length > 12 ? ' …' : ''}.`}`);
}

/** The turns of each conversation that was at one of the shops, a conversation at a time. */
async function* turnsOfLog({ log, search }: Record, query: Omit<ConversationQuery, 'limit' | 'after'>): AsyncGenerator<{ userId: string; turns: AsyncGenerator<LoggedTurn> }> {
  for await (const { userId, day } of conversationsIn(search, query)) {
    const { start, end } = conversationSpan(day);
    yield { userId, turns: turnsIn(userId, entriesIn(log, userId, { from: start, to: end + LATE }), end) };
  }
}

async function found(record: Record, query: Omit<ConversationQuery, 'limit' | 'after'>): Promise<{ turns: number; missed: Missed[] }> {
  const missed: Missed[] = [];
  let turns = 0;
  for await (const conversation of turnsOfLog(record, query)) {
    for await (const it of missedIn(conversation.turns)) {
      turns++;
      if (it && (!query.storeIds || it.storeId === null || query.storeIds.includes(it.storeId))) missed.push(it);
    }
  }
  return { turns, missed };
}

/** An alias stands in one shop's file: it is looked for in the one the group is about. */
function suggested(group: Group, missed: readonly Missed[], stores: readonly Store[]): Suggested {
  const shop = stores.find((store) => store.id === group.missed[0]!.storeId) ?? null;
  const about = shop ? [shop] : stores;
  return { ...group, shop, suggestion: suggestionFor(group, missed.filter((it) => it.storeId === group.missed[0]!.storeId), about) };
}

const countsOf = (missed: readonly Missed[]): { [kind in MissKind]: number } =>
  Object.fromEntries(MISS_KINDS.map((kind) => [kind, missed.filter((it) => it.kind === kind).length])) as { [kind in MissKind]: number };

function asJson({ name, missed, shop, suggestion }: Suggested): unknown {
  return {
    name, shop: shop?.name ?? null, count: missed.length, ...countsOf(missed), customers: new Set(missed.map((it) => it.userId)).size,
    about: [...new Set(missed.map((it) => it.about))], examples: missed.slice(0, 20).map((it) => ({ said: it.said, at: new Date(it.at).toISOString(), userId: it.userId, kind: it.kind, about: it.about })), suggestion,
  };
}
