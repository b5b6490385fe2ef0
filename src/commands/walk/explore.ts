/** Breadth first over every talk that can be reached, whatever the customer does and booking answers. */
import type { Effect } from '../../booking/ports.ts';
import { MAX_HOPS } from '../../dialogue/hop.ts';
import type { StepEvent } from '../../dialogue/hop.ts';
import { step } from '../../dialogue/step.ts';
import { IDLE } from '../../dialogue/stepped.ts';
import { freshTalk } from '../../dialogue/talk.ts';
import type { Talk } from '../../dialogue/talk.ts';
import { DEEDS } from './events.ts';
import type { Deed } from './events.ts';
import { CONTEXT, NOW, OFFERED, answersTo } from './world.ts';

/** One way a turn can go. */
export type Edge = { from: number; to: number; deed: Deed; said: number; books: boolean; cancels: boolean };
export type Walk = { talks: Talk[]; edges: Edge[]; longestTurn: number };

/** Two talks that differ only in numbers that count, clocks that tick or the order things were said in are one. */
function plain(talk: Talk): Talk {
  const { later, assumed, ...rest } = talk;
  void later;
  void assumed;
  const { storeId, ...known } = talk.known;
  void storeId;
  return { ...rest, known, seq: 0, touched: NOW };
}

/** The same for the same talk, in whatever order it was said. */
const keyOf = ({ goal, known, pending, misses, visit }: Talk): string =>
  JSON.stringify([goal, misses, visit?.id, visit?.start, pending, known.menuIds, known.staff, known.dates, known.time, known.or, known.exclude, known.prefer]);

export function walk(): Walk {
  const talks: Talk[] = [];
  const places = new Map<string, number>();
  const placeOf = (talk: Talk): number => {
    const found = plain(talk);
    const key = keyOf(found);
    let place = places.get(key);
    if (place === undefined) {
      place = talks.push(found) - 1;
      places.set(key, place);
    }
    return place;
  };
  placeOf(freshTalk(NOW));
  const edges: Edge[] = [];
  let longestTurn = 0;
  for (let from = 0; from < talks.length; from++) {
    for (const deed of DEEDS) {
      for (const end of turns(talks[from]!, deed)) {
        longestTurn = Math.max(longestTurn, end.effects.length + 1);
        edges.push({ from, to: placeOf(end.talk), deed, said: end.said, books: end.books, cancels: end.effects.includes('cancel') });
      }
    }
  }
  return { talks, edges, longestTurn };
}

type Ending = { talk: Talk; said: number; books: boolean; effects: Effect['do'][] };

/** Every way a turn can end: booking answers each effect in every way it can. */
function turns(talk: Talk, deed: Deed): Ending[] {
  const endings: Ending[] = [];
  const hop = (at: Talk, event: StepEvent, said: number, effects: Effect['do'][], books: boolean): void => {
    if (effects.length >= MAX_HOPS) throw new Error(`a turn of more than ${MAX_HOPS} hops: ${deed.name} ${effects.join(' ')}`);
    const stepped = step(at, event, deed.offered ? OFFERED : CONTEXT);
    const { effect } = stepped;
    const words = said + stepped.says.length;
    if (!effect) return void endings.push({ talk: stepped.talk, said: words, books, effects });
    for (const { name, answer } of answersTo(effect)) hop(stepped.talk, { type: 'answered', effect, answer }, words, [...effects, effect.do], books || name === 'booked');
  };
  hop(deed.pause ? { ...talk, touched: NOW - 2 * IDLE } : talk, deed.event(talk), 0, [], false);
  return endings;
}

/** What must hold of every talk; each list holds those of which it does not. */
export type Proof = { deadEnds: Talk[]; silent: { talk: Talk; deed: string }[]; notIdle: { talk: Talk; deed: string }[] };

export function prove({ talks, edges }: Walk): Proof {
  const backwards = new Map<number, Set<number>>();
  for (const { from, to } of edges) backwards.set(to, (backwards.get(to) ?? new Set()).add(from));
  const canBook = new Set(edges.filter((e) => e.books).map((e) => e.from));
  for (const place of canBook) for (const before of backwards.get(place) ?? []) canBook.add(before);
  // Who has just joined the waiting list and gives up is asked whether to leave it.
  const asksToLeave = (e: Edge) => ['leave', 'which'].includes(talks[e.to]!.pending?.about ?? '') && talks[e.from]!.goal === 'wait' && !talks[e.from]!.pending;
  const given = (e: Edge) => (e.deed.name === 'give up' && !asksToLeave(e)) || e.cancels;
  return {
    deadEnds: talks.filter((_, place) => !canBook.has(place)),
    silent: edges.filter((e) => e.said === 0 && talks[e.from]!.goal !== 'human').map((e) => ({ talk: talks[e.from]!, deed: e.deed.name })),
    notIdle: edges.filter((e) => given(e) && talks[e.from]!.goal !== 'human' && talks[e.to]!.goal !== 'idle').map((e) => ({ talk: talks[e.from]!, deed: e.deed.name })),
  };
}

/** The longest of the shortest ways from the first talk to each other, in turns. */
export function depth({ talks, edges }: Walk): number {
  const steps = new Map([[0, 0]]);
  const next = new Map<number, number[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const queue = [0];
  for (const place of queue) {
    for (const to of next.get(place) ?? []) {
      if (steps.has(to)) continue;
      steps.set(to, steps.get(place)! + 1);
      queue.push(to);
    }
  }
  return talks.length === 0 ? 0 : Math.max(...steps.values());
}
