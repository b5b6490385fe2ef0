/**
 * Plays the turns of a log on this build. It cannot send or write: questions to the calendar are answered from the log,
 * or by a salon in memory.
 */
import { readTap, writeTap } from '../../dialogue/tap.ts';
import type { Talk } from '../../dialogue/talk.ts';
import { think } from '../../middle.ts';
import type { Do } from '../../middle.ts';
import type { IncomingEvent } from '../../model/incoming.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { MemorySalon, recordedAnswers } from './answers.ts';
import { readTurn } from './given.ts';
import type { GivenTurn } from './given.ts';
import { judge } from './judge.ts';
import type { LoggedTurn } from './logged.ts';
import type { ReplayedTurn, Side } from './turn.ts';
import { stable } from './stable.ts';

/** The shops a turn is replayed with; `todays`: not those there were then. Null = there is none any more. */
export type ShopSource = (of: { shops: string | null; account: string | null }) => Promise<{ stores: readonly Store[]; todays: boolean } | null>;

export type ReplayOptions = {
  shops: ShopSource;
  /** Each turn from the talk that was recorded, or all from the one before: a free run stops at the first other decision. */
  run: 'turn by turn' | 'free';
  /** What answers the effects: the log, or a salon in memory, empty but for what the customer has. */
  world: 'log' | 'memory';
  /** As if the conversation began at this moment. */
  asOf?: Instant;
  ticks: () => number;
};

/** Every turn of one customer's conversation, replayed as it is read. */
export async function* replayConversation(conversation: string, turns: AsyncIterable<LoggedTurn>, options: ReplayOptions): AsyncGenerator<ReplayedTurn> {
  const way = new Way(options);
  let nth = 0;
  for await (const turn of turns) {
    const { heard } = turn;
    const about = { conversation, nth: ++nth, turnId: heard.turnId, at: heard.timestamp, said: heard.message, build: heard.turn?.build ?? null };
    const read = readTurn(turn);
    if ('cannot' in read) {
      way.lost();
      yield { ...about, ...NOTHING, verdict: 'cannot replay', because: [read.cannot] };
    } else yield { ...about, ...(await way.take(read.given)) };
  }
}

const NOTHING = { stores: [], todays: false, before: null, then: null, now: null } as const;
type Taken = Omit<ReplayedTurn, 'conversation' | 'nth' | 'turnId' | 'at' | 'said' | 'build'>;

/** A replay on its way through a conversation. */
class Way {
  readonly #options: ReplayOptions;
  #salon: { stores: readonly Store[]; salon: MemorySalon } | null = null;
  /** What a free run carries on: its own talk and name, beside the talk that was recorded. */
  #own: { talk: Talk; recorded: Talk } | null = null;
  #astray = false;
  /** What was made in the log by the name it was made here. */
  readonly #made = new Map<string, string>();
  /** Milliseconds from the log's clock to this one's. */
  #shift: number | null = null;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  /** A turn could not be replayed: the next one begins from what was recorded. */
  lost(): void {
    this.#own = null;
  }

  async take(given: GivenTurn): Promise<Taken> {
    const { run, shops } = this.#options;
    const found = await shops(given);
    if (!found) return { ...NOTHING, then: given.then, before: given.before, verdict: 'cannot replay', because: ['当時のお店の記録がなく、今このアカウントのお店もありません'] };
    const both = { ...found, then: given.then };
    if (this.#astray) return { ...both, before: given.before, now: null, verdict: 'off script', because: ['前の発話から会話が分かれました'] };
    const { before, now } = await this.#play(given, found.stores);
    if ('broke' in now) return { ...both, before, now: null, verdict: 'decided differently', because: [`この版では処理に失敗します: ${now.broke}`] };
    const judged = judge(given.then, now, { apart: this.#options.world === 'memory' || this.#options.asOf !== undefined });
    this.#pair(given.then, now);
    this.#own = { talk: now.talk, recorded: given.then.talk };
    this.#astray = run === 'free' && (judged.verdict === 'booked differently' || judged.verdict === 'decided differently');
    return { ...both, before, now, ...judged };
  }

  async #play(given: GivenTurn, stores: readonly Store[]): Promise<{ before: Talk; now: Side | { broke: string } }> {
    const { run, asOf, ticks } = this.#options;
    this.#shift ??= asOf === undefined ? 0 : asOf - given.at;
    // Where the recorded talk was changed since by somebody else, that is where it goes on.
    const own = run === 'free' && this.#own && stable(this.#own.recorded) === stable(given.before) ? this.#own.talk : null;
    const before = own ?? { ...given.before, touched: given.before.touched + this.#shift };
    const incoming = tappedAgain(given, before, this.#made);
    const ctx = { now: given.at + this.#shift, stores, customer: given.customer, offers: given.offers, ...(given.reminded ? { reminded: given.reminded } : {}), ...(given.handedBack ? { handedBack: given.handedBack } : {}) };
    try {
      const { talk, says, effects, heard, messages, ms, unanswered } = await think({ incoming, before, ctx, now: given.now + this.#shift }, this.#answers(given, stores), ticks);
      return { before, now: { talk, acts: says, effects, heard, messages, ms: ms.understand + ms.decide + ms.render, ...(unanswered ? { unanswered } : {}) } };
    } catch (error) {
      return { before, now: { broke: error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error) } };
    }
  }

  /** A visit that was booked then and is booked now is the same one, whatever its id. */
  #pair(then: Side, now: Side): void {
    const [recorded, own] = [made(then), made(now)];
    for (const [does, id] of recorded) if (own.has(does)) this.#made.set(id, own.get(does)!);
  }

  #answers(given: GivenTurn, stores: readonly Store[]): Do {
    if (this.#options.world === 'log') return recordedAnswers(given.effects);
    if (this.#salon?.stores !== stores) this.#salon = { stores, salon: new MemorySalon(stores, given.customer.id) };
    return this.#salon.salon.answers(given.now + this.#shift!, { before: given.before, effects: given.effects });
  }
}

/** Ids of what a turn made, by what it did. */
const made = ({ effects }: Side): Map<string, string> => new Map(effects.flatMap(({ effect, answer }): [string, string][] => {
  const thing = 'entry' in answer ? answer.entry : 'done' in answer ? answer.done : null;
  return thing ? [[effect.do, thing.id]] : [];
}));

/** A button of the newest question then is one of the newest question now, and one of a visit means it under its own id. */
function tappedAgain({ incoming, before, customer }: GivenTurn, own: Talk, ids: ReadonlyMap<string, string>): IncomingEvent {
  const { what } = incoming;
  if (what.kind !== 'postback') return incoming;
  const tap = readTap(what.data, customer.id);
  if ('bad' in tap) return incoming;
  const seq = tap.seq === before.seq ? own.seq : tap.seq;
  return { ...incoming, what: { ...what, data: writeTap({ seq }, customer.id, tap.verb, ids.get(tap.value) ?? tap.value) } };
}
