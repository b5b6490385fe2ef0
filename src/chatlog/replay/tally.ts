/** Adds up a replay, turn by turn, in bounded memory: numbers of everything, and the worst turns themselves. */
import { heardView } from '../view.ts';
import { FAILING, VERDICTS } from './turn.ts';
import type { ReplayedTurn, Side, Verdict } from './turn.ts';

/** Then and now. */
export type Pair = { then: number; now: number };
/** Customer's turns until a visit was booked. */
export type Turns = { bookings: number; median: number; p90: number } | null;

export type Report = {
  builds: { then: string[]; now: string };
  conversations: number;
  turns: number;
  verdicts: Record<Verdict, number>;
  /** A turn that was not understood and is now, and the other way round. */
  better: { count: number; turns: ReplayedTurn[] };
  worse: { count: number; turns: ReplayedTurn[] };
  /** Details heard now that were not, and that are not any more. */
  slots: { won: Record<string, number>; lost: Record<string, number> };
  misses: Pair;
  handoffs: Pair;
  corrections: Pair;
  toBooking: { then: Turns; now: Turns };
  /** The first turn of each conversation that went another way. */
  diverged: { count: number; turns: ReplayedTurn[] };
  /** What customers said, by how often it came out differently. */
  changed: { said: string; times: number }[];
  /** Why turns could not be replayed. */
  reasons: Record<string, number>;
  /** Turns replayed with today's shops for want of those there were. */
  todays: number;
  /** The worst turns first, as they came. */
  worst: ReplayedTurn[];
  /** Nothing is worse than other words, and something was replayed. */
  passed: boolean;
};

/** Turns kept of a kind, ways of saying kept at most. */
const KEPT = 100;
const SAYINGS = 5_000;
const LONGEST = 200;
const SHOWN_SAYINGS = 20;

export class Tally {
  readonly #now: string;
  readonly #builds = new Set<string>();
  readonly #verdicts = Object.fromEntries(VERDICTS.map((v) => [v, 0])) as Record<Verdict, number>;
  readonly #worst = new Map<Verdict, ReplayedTurn[]>(VERDICTS.map((v) => [v, []]));
  readonly #better = kept();
  readonly #worse = kept();
  readonly #diverged = kept();
  readonly #slots = { won: {} as Record<string, number>, lost: {} as Record<string, number> };
  readonly #misses: Pair = { then: 0, now: 0 };
  readonly #handoffs: Pair = { then: 0, now: 0 };
  readonly #corrections: Pair = { then: 0, now: 0 };
  readonly #steps = { then: new Steps(), now: new Steps() };
  readonly #sayings = new Map<string, number>();
  readonly #reasons: Record<string, number> = {};
  #conversation = '';
  #conversations = 0;
  #turns = 0;
  #todays = 0;
  #astray = false;

  /** `build` = this one. */
  constructor(build: string) {
    this.#now = build;
  }

  /** The turns of a conversation come together and in order. */
  add(turn: ReplayedTurn): void {
    if (turn.conversation !== this.#conversation) this.#begin(turn.conversation);
    this.#turns++;
    this.#verdicts[turn.verdict]++;
    if (turn.build !== null) this.#builds.add(turn.build);
    if (turn.todays) this.#todays++;
    if (turn.verdict !== 'same') keep(this.#worst.get(turn.verdict)!, turn);
    if (turn.verdict === 'cannot replay') for (const why of turn.because) this.#reasons[why] = (this.#reasons[why] ?? 0) + 1;
    if (FAILING.includes(turn.verdict)) this.#differs(turn);
    const { then, now } = turn;
    if (then && (now || turn.verdict !== 'off script')) this.#count(turn, then, now);
  }

  report(): Report {
    const replayed = this.#turns - this.#verdicts['off script'] - this.#verdicts['cannot replay'];
    return {
      builds: { then: [...this.#builds].toSorted(), now: this.#now },
      conversations: this.#conversations, turns: this.#turns, verdicts: { ...this.#verdicts },
      better: this.#better, worse: this.#worse, slots: this.#slots,
      misses: this.#misses, handoffs: this.#handoffs, corrections: this.#corrections,
      toBooking: { then: this.#steps.then.summary(), now: this.#steps.now.summary() },
      diverged: this.#diverged,
      changed: [...this.#sayings].map(([said, times]) => ({ said, times })).toSorted((a, b) => b.times - a.times).slice(0, SHOWN_SAYINGS),
      reasons: this.#reasons, todays: this.#todays,
      worst: VERDICTS.flatMap((v) => this.#worst.get(v)!),
      passed: replayed > 0 && FAILING.every((v) => this.#verdicts[v] === 0),
    };
  }

  #begin(conversation: string): void {
    this.#conversation = conversation;
    this.#conversations++;
    this.#astray = false;
    this.#steps.then.begin();
    this.#steps.now.begin();
  }

  #differs(turn: ReplayedTurn): void {
    if (!this.#astray) add(this.#diverged, turn);
    this.#astray = true;
    const said = turn.said.slice(0, LONGEST);
    this.#sayings.set(said, (this.#sayings.get(said) ?? 0) + 1);
    if (this.#sayings.size <= SAYINGS) return;
    // What was said only once so far makes room; what is frequent is said again.
    for (const [said, times] of this.#sayings) if (times === 1) this.#sayings.delete(said);
  }

  #count(turn: ReplayedTurn, then: Side, now: Side | null): void {
    for (const [at, side] of [['then', then], ['now', now]] as const) {
      if (!side) continue;
      if (missed(side)) this.#misses[at]++;
      if (says(side, 'handover')) this.#handoffs[at]++;
      if (side.acts.some(corrects)) this.#corrections[at]++;
      this.#steps[at].turn(side);
    }
    if (!now) return;
    if (missed(then) && !missed(now)) add(this.#better, turn);
    if (!missed(then) && missed(now)) add(this.#worse, turn);
    const [before, after] = [detailsOf(then), detailsOf(now)];
    for (const slot of after) if (!before.has(slot)) this.#slots.won[slot] = (this.#slots.won[slot] ?? 0) + 1;
    for (const slot of before) if (!after.has(slot)) this.#slots.lost[slot] = (this.#slots.lost[slot] ?? 0) + 1;
  }
}

type Kept = { count: number; turns: ReplayedTurn[] };
const kept = (): Kept => ({ count: 0, turns: [] });
const keep = (turns: ReplayedTurn[], turn: ReplayedTurn): void => void (turns.length < KEPT && turns.push(turn));
const add = (of: Kept, turn: ReplayedTurn): void => {
  of.count++;
  keep(of.turns, turn);
};

const says = ({ acts }: Side, ...names: Said['say'][]): boolean => acts.some(({ say }) => names.includes(say));
/** Not understood, or given up on by us. */
const missed = (side: Side): boolean => says(side, 'miss', 'trouble');
type Said = Side['acts'][number];
const corrects = (act: Said): boolean => 'changed' in act && act.changed.length > 0;

/** The details of a visit a message told. */
function detailsOf({ heard }: Side): Set<string> {
  if (!heard) return new Set();
  const { menu, add: added, remove, staff, store, people, name, phone } = heardView(heard);
  const [day, time] = (['dates', 'time'] as const).map((part) => (heard.when.some((one) => one[part]) ? true : undefined));
  return new Set(Object.entries({ store, menu: menu ?? added ?? remove, staff, day, time, name, phone, people }).filter(([, told]) => told !== undefined).map(([slot]) => slot));
}

/** How many turns lead to a booking. */
class Steps {
  readonly #lengths = new Map<number, number>();
  #since = 0;

  begin(): void {
    this.#since = 0;
  }

  turn(side: Side): void {
    this.#since++;
    if (!says(side, 'booked')) return;
    this.#lengths.set(this.#since, (this.#lengths.get(this.#since) ?? 0) + 1);
    this.#since = 0;
  }

  summary(): Turns {
    const bookings = [...this.#lengths.values()].reduce((sum, n) => sum + n, 0);
    return bookings === 0 ? null : { bookings, median: this.#within(bookings * 0.5), p90: this.#within(bookings * 0.9) };
  }

  /** The fewest turns within which so many bookings were made. */
  #within(count: number): number {
    let sum = 0;
    for (const [length, times] of [...this.#lengths].toSorted(([a], [b]) => a - b)) {
      sum += times;
      if (sum >= count) return length;
    }
    return 0;
  }
}
