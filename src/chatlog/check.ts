/** Holds what a turn brought about against what its script wants. */
import type { StaffNews } from '../booking/news.ts';
import type { Answer, Effect } from '../booking/ports.ts';
import type { DeskAnswer, DeskEffect } from '../booking/desk/ports.ts';
import type { DeskAct } from '../desk/says.ts';
import type { Act } from '../dialogue/says.ts';
import type { Talk } from '../dialogue/talk.ts';
import type { Store } from '../model/store.ts';
import { toLocal } from '../model/time.ts';
import type { Reservation, WaitlistEntry } from '../model/reservation.ts';
import type { Heard } from '../understanding/heard.ts';
import { readableAll } from './readable.ts';
import { DOES } from './script.ts';
import type { Script, ScriptTurn } from './script.ts';
import { heardView, includes, readable } from './view.ts';

/** Where a script and the product differ. */
export type Difference = { line: number; what: string; wanted: unknown; got: unknown };

/** `file:line`, what was looked at, what the script wants and what came. */
export const inWords = (file: string, { line, what, wanted, got }: Difference): string =>
  `${file}:${line}  ${what}\n    wanted ${plain(wanted)}\n    got    ${plain(got)}`;
const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing');

/** `told` and `notices`: what came to the customer without a word of his, and to the shop's people. `said` holds the messages of both acts and `told`. */
export type TurnSeen = { heard: Heard[]; acts: (Act | DeskAct)[]; effects: { effect: Effect | DeskEffect; answer: Answer | DeskAnswer }[]; unanswered?: Effect; said: unknown[]; told: unknown[]; notices: StaffNews[] };
export type WorldSeen = { talk: Talk | null; visits: Reservation[]; waits: WaitlistEntry[]; name: string | null; blocked: boolean };

/** Heard and acts by subset; acts in order and none besides; effects that must have happened; words where they are the point. */
export function checkTurn(turn: ScriptTurn, seen: TurnSeen, stores: readonly Store[]): Difference[] {
  const differences: Difference[] = [];
  const differ = (what: string, wanted: unknown, got: unknown) => differences.push({ line: turn.line, what, wanted, got });

  if (turn.heard) {
    const got = seen.heard.map(heardView);
    const fits = includes(got[0], turn.heard) && (!turn.exactly || includes(turn.heard, got[0]));
    if (!fits) differ('heard', turn.heard, got.length === 1 ? got[0] : got);
  }
  const inOrder = (what: 'say' | 'told' | 'notices', name: 'say' | 'kind', things: readonly unknown[]) => {
    const got = things.map((thing) => readable(thing, stores));
    const wanted = turn[what]?.map((w) => (typeof w === 'string' ? { [name]: w } : { [name]: Object.keys(w)[0]!, ...(Object.values(w)[0] as object) }));
    if (wanted && (got.length !== wanted.length || !wanted.every((w, i) => includes(got[i], w)))) differ(what, wanted, got.map((g, i) => alike(g, wanted[i] ?? { [name]: '' })));
  };
  if (seen.unanswered) differ('asked of what is recorded', turn.recorded?.effects?.map(({ effect }) => effect), readable(seen.unanswered, stores));
  inOrder('say', 'say', seen.acts);
  inOrder('told', 'say', seen.told);
  inOrder('notices', 'kind', seen.notices);
  for (const does of DOES) {
    const wanted = turn[does];
    const done = seen.effects.filter(({ effect, answer }) => effect.do === does && 'done' in answer && answer.done !== null || effect.do === 'wait' && does === 'wait' && 'entry' in answer);
    if (wanted) {
      const got = done.map(({ answer }) => visitView('entry' in answer ? answer.entry : (answer as { done: unknown }).done, stores));
      if (!got.some((g) => includes(g, wanted))) differ(does, wanted, got.length > 0 ? got : 'nothing of the kind');
    } else if (done.length > 0 && turn.exactly) differ(does, 'nothing', done);
  }
  const text = readableAll(seen.said);
  for (const words of turn.text ?? []) if (!text.includes(words)) differ('text', words, text);
  for (const words of turn.not ?? []) if (text.includes(words)) differ('not in the text', words, text);
  return differences;
}

/** What came, with only the facts the script speaks of: enough to see the difference. */
export function alike(got: unknown, wanted: unknown): unknown {
  if (typeof got !== 'object' || got === null || typeof wanted !== 'object' || wanted === null) return got;
  if (Array.isArray(got)) return Array.isArray(wanted) ? got.map((g, i) => alike(g, wanted[i])) : got;
  return Object.fromEntries(Object.entries(got).filter(([key]) => key in wanted).map(([key, g]) => [key, alike(g, (wanted as Record<string, unknown>)[key])]));
}

/** The world at the end of a script. */
export function checkEnd({ ends, endsLine }: Script, world: WorldSeen, stores: readonly Store[]): Difference[] {
  if (!ends) return [];
  const differences: Difference[] = [];
  const hold = (what: string, wanted: unknown, got: unknown, fits = includes(got, wanted)) => {
    if (wanted !== undefined && !fits) differences.push({ line: endsLine, what: `ends.${what}`, wanted, got });
  };
  const visits = world.visits.map((v) => lineOf(v, stores));
  const waits = world.waits.map((w) => lineOf(w, stores));
  hold('bookings', ends.bookings, typeof ends.bookings === 'number' ? visits.length : visits);
  hold('waiting', ends.waiting, typeof ends.waiting === 'number' ? waits.length : waits);
  hold('goal', ends.goal, world.talk?.goal);
  hold('known', ends.known, readable(world.talk?.known, stores));
  hold('name', ends.name, world.name);
  hold('blocked', ends.blocked, world.blocked);
  return differences;
}

/** `カット+カラー 佐藤 2026-11-28T15:00`, the way a script writes a visit or a wait. */
function lineOf(it: Reservation | WaitlistEntry, stores: readonly Store[]): string {
  const store = stores.find((s) => s.id === it.storeId);
  const menus = it.menuIds.map((id) => store?.menus.find((m) => m.id === id)?.name ?? id).join('+');
  const who = store?.staff.find((s) => s.id === it.staffId)?.name ?? '誰でも';
  return `${menus} ${who} ${toLocal('start' in it ? it.start : it.from)}`;
}

/** A visit or a wait with `when` beside its moments. */
export function visitView(visit: unknown, stores: readonly Store[]): Record<string, unknown> {
  const view = readable(visit, stores) as Record<string, unknown>;
  return { ...view, when: view['start'] ?? view['from'] };
}
