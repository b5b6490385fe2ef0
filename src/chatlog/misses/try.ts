/** The log replayed twice, as it is and with more aliases: what would be answered otherwise, for better and for worse. */
import type { Store } from '../../model/store.ts';
import { judge } from '../replay/judge.ts';
import type { LoggedTurn } from '../replay/logged.ts';
import { replayConversation } from '../replay/replay.ts';
import type { ReplayOptions, ShopSource } from '../replay/replay.ts';
import type { ReplayedTurn, Side } from '../replay/turn.ts';
import { withAlias } from './alias.ts';
import type { Alias } from './alias.ts';
import { missKind, talked } from './missed.ts';

/** A turn with and without the aliases; `same` also where it cannot be replayed (`unread`). */
export type Tried = { turn: ReplayedTurn; how: 'same' | 'unread' } | { turn: ReplayedTurn; without: Side; with: Side; how: 'better' | 'worse' | 'other' };

/** Turns of a conversation that are replayed together. */
const TOGETHER = 500;

/** Each turn by itself, from the talk that was recorded and the calendar as it answered then. `shops`: without and with the aliases. */
export async function* tryAliases(userId: string, turns: AsyncIterable<LoggedTurn>, shops: readonly [ShopSource, ShopSource], ticks: () => number): AsyncGenerator<Tried> {
  for await (const some of together(turns)) {
    const [without, more] = await Promise.all(shops.map((source) => replayed(userId, some, { shops: source, run: 'turn by turn', world: 'log', ticks })));
    for (const [i, turn] of without!.entries()) yield compared(turn, more![i]?.now ?? null);
  }
}

/** The same shops with more aliases; to be made once, for it remembers them. */
export function shopsWith(aliases: readonly Alias[], then: ShopSource): ShopSource {
  const adding = aliases.map(withAlias);
  return async (of) => {
    const found = await then(of);
    return found && { ...found, stores: adding.reduce<readonly Store[]>((stores, add) => add(stores), found.stores) };
  };
}

async function replayed(userId: string, turns: readonly LoggedTurn[], options: ReplayOptions): Promise<ReplayedTurn[]> {
  const all: ReplayedTurn[] = [];
  for await (const turn of replayConversation(userId, given(turns), options)) all.push(turn);
  return all;
}

async function* given<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

async function* together(turns: AsyncIterable<LoggedTurn>): AsyncGenerator<LoggedTurn[]> {
  let some: LoggedTurn[] = [];
  for await (const turn of turns) {
    some.push(turn);
    if (some.length < TOGETHER) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function compared(turn: ReplayedTurn, more: Side | null): Tried {
  const without = turn.now;
  if (!without || !more) return { turn, how: 'unread' };
  if (judge(without, more).verdict === 'same') return { turn, how: 'same' };
  const missed = ({ acts, talk }: Side): boolean => missKind(acts, talked(turn.before), talked(talk)) !== null;
  const how = missed(without) === missed(more) ? (detailsIn(more) > detailsIn(without) ? 'better' : 'other') : missed(without) ? 'better' : 'worse';
  return { turn, without, with: more, how };
}

/** A menu or a person that was not heard before is better heard. */
const detailsIn = ({ heard }: Side): number => (heard?.menus ? 1 : 0) + (heard?.staff ? 1 : 0);
