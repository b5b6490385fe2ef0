/**
 * Plays a scripted conversation as the customer: the same turns as in the shop, through the inbox and the transaction,
 * with the script's clock. Used by the conversation tests (real stores) and by `npm run talk` (memory).
 */
import type { StaffNews } from '../booking/news.ts';
import type { Effect } from '../booking/ports.ts';
import { buttonsOf } from '../chatlog/buttons.ts';
import type { Button } from '../chatlog/buttons.ts';
import type { ScriptTurn, Script } from '../chatlog/script.ts';
import type { Talk } from '../dialogue/talk.ts';
import { messagesOf } from '../jobs/ports.ts';
import type { KeptEvent, Lane } from '../jobs/ports.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Customer } from '../model/reservation.ts';
import type { Heard } from '../understanding/heard.ts';
import { takeTurn } from '../turn.ts';
import type { TurnOutcome } from '../turn.ts';
import { Around } from './around.ts';
import type { PlayHouse, Reached } from './around.ts';
import { Others } from './others.ts';
import { recordedIn } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import { ScriptError } from './script-error.ts';
import { World } from './world.ts';

/**
 * What a turn of the script brought about. `said` are the LINE message objects that came, pushed ones first; `told` the
 * acts of those pushed, `notices` what the shop's people hear. `talk` null: the customer has not said a word yet.
 */
export type Played = { heard: Heard[]; acts: TurnOutcome['acts']; effects: TurnOutcome['effects']; unanswered?: Effect; said: unknown[]; told: unknown[]; notices: StaffNews[]; talk: Talk | null };

/** A customer who does what a script says, one turn after another. */
export class Player {
  readonly #house: PlayHouse;
  readonly #lane: Lane;
  readonly #world: World;
  readonly #around: Around;
  readonly #others: Others;
  /** What each chat shows, by whose it is. */
  readonly #shown = new Map<string, unknown[]>();
  #events = 0;
  #lastMessageId = '';
  #talk: Talk | null = null;
  customer: Customer | null = null;

  constructor(house: PlayHouse, lane: Lane, now: Instant) {
    this.#house = house;
    this.#lane = lane;
    this.#world = new World(house, lane);
    this.#around = new Around(house, lane);
    this.#others = new Others(house, this.#world, this.#around);
    house.clock.at = now;
  }

  get now(): Instant {
    return this.#house.clock.at;
  }

  /** Runs the script's clock forward to `now`. */
  async moveTo(now: Instant): Promise<void> {
    await this.#around.pass(Math.max(now, this.now));
  }

  /** Brings about the world a script starts from. */
  async prepare(script: Script): Promise<void> {
    this.customer = await this.#world.prepare(script);
  }

  /** One turn of the script. */
  async play(turn: ScriptTurn): Promise<Played> {
    try {
      return await this.#play(turn);
    } catch (error) {
      if (error instanceof ScriptError) error.line = turn.line;
      throw error;
    }
  }

  async #play(turn: ScriptTurn): Promise<Played> {
    await this.#around.pass(this.now + lengthOf(turn.after) + 1000);
    for (const line of turn.meanwhile ?? []) await this.#others.act(line);
    if (turn.pause) await this.#around.pass(this.now + lengthOf(turn.pause));
    if (turn.talk) await this.#world.remember(turn.talk);
    const recorded = recordedIn(turn, await this.#house.stores(this.#lane.channel), this.customer?.id ?? '');
    const before = this.#around.reached();
    this.#showAll(before);

    const played: Played = { heard: [], acts: [], effects: [], said: [], told: [], notices: [], talk: this.#talk };
    if (turn.pause === undefined) {
      const lane = turn.staff ? await this.#staffLane(turn.staff.who) : this.#lane;
      const event = this.#event({ ...turn, ...(recorded.postback === undefined ? {} : { postback: recorded.postback }) }, lane);
      for (const again of turn.send === 'twice' ? [false, true] : [false]) {
        await this.#house.inbox.keep([{ ...event, payload: { ...(event.payload as object), deliveryContext: { isRedelivery: again } } }]);
        await this.#work(lane, played, recorded);
      }
      this.#show(lane, played.said);
    }
    const after = this.#around.reached();
    this.#showAll(after);
    return {
      ...played, said: [...before.said, ...played.said, ...after.said], told: [...before.acts, ...after.acts], notices: [...before.notices, ...after.notices],
    };
  }

  #show({ lineId }: Lane, said: readonly unknown[]): void {
    this.#shown.set(lineId, [...(this.#shown.get(lineId) ?? []), ...said]);
  }

  #showAll({ said, others }: Reached): void {
    this.#show(this.#lane, said);
    for (const other of others) this.#show({ ...this.#lane, lineId: other.lineId }, other.said);
  }

  /** Every button the chat shows now, newest first; quick replies only of the last message. */
  buttons({ lineId }: Lane = this.#lane): Button[] {
    const shown = this.#shown.get(lineId) ?? [];
    return shown.toReversed().flatMap((message) => buttonsOf(message, message === shown.at(-1)));
  }

  /** Their visits and places in the queue as they stand. */
  async world(): Promise<{ visits: Awaited<ReturnType<PlayHouse['booking']['upcoming']>>; waits: Awaited<ReturnType<PlayHouse['booking']['waiting']>> }> {
    const id = this.customer?.id ?? '';
    return { visits: await this.#house.booking.upcoming(id, this.now), waits: await this.#house.booking.waiting(id, this.now) };
  }

  async #staffLane(who: string): Promise<Lane> {
    const person = (await this.#house.stores(this.#lane.channel)).flatMap((store) => store.staff).find((s) => s.name === who);
    if (!person) throw new ScriptError(`the shop has nobody called ${who}`);
    if (person.lineId === null) throw new ScriptError(`${who} is not on LINE, as far as the shop knows`);
    return { channel: this.#lane.channel, lineId: person.lineId };
  }

  async #work(lane: Lane, played: Played, recorded: Recorded): Promise<void> {
    const claims = await this.#house.inbox.claim([lane]);
    for (const claim of claims) {
      let { talk } = claim;
      try {
        for (const event of claim.events) {
          const { reminded: _, ...others } = claim;
          const known = recorded.around ? { ...others, ...recorded.around } : claim;
          const outcome = await takeTurn(known, event, talk, recorded.answers ? { ...this.#house, answers: recorded.answers } : this.#house);
          if (outcome.unanswered) played.unanswered = outcome.unanswered;
          talk = outcome.ended.talk;
          claim.customer = { ...outcome.ended.customer, ...outcome.ended.patch };
          if (lane === this.#lane) {
            this.customer = claim.customer;
            played.talk = this.#talk = talk as Talk;
          }
          if (outcome.heard) played.heard.push(outcome.heard);
          played.acts.push(...outcome.acts);
          played.effects.push(...outcome.effects);
          const answers = outcome.ended.outbox.flatMap((row) => (row.kind === 'say' && row.payload.turnId === event.id ? [row] : []));
          for (const { payload } of answers) played.said.push(...messagesOf(payload));
          await this.#around.deliver(outcome.ended.outbox.filter((row) => !answers.some((answer) => answer.id === row.id)));
        }
      } finally {
        this.#house.inbox.release(claim.lane);
      }
    }
  }

  #event(turn: ScriptTurn, lane: Lane): KeptEvent {
    const id = `script-${lane.lineId}-${++this.#events}`;
    const base = { timestamp: this.now, mode: 'active', source: { type: 'user', userId: lane.lineId }, webhookEventId: id, replyToken: id };
    const message = (content: object) => ({ ...base, type: 'message', message: { id: (this.#lastMessageId = `m${this.#events}`), ...content } });
    return { ...lane, id, time: this.now, receivedAt: this.now, payload: this.#payload(turn, lane, base, message) };
  }

  #payload(turn: ScriptTurn, lane: Lane, base: object, message: (content: object) => object): object {
    if (turn.staff && 'says' in turn.staff) return message({ type: 'text', text: turn.staff.says });
    if (turn.user !== undefined) return message({ type: 'text', text: turn.user });
    if (turn.sends !== undefined) return message({ type: turn.sends });
    if (turn.postback !== undefined) return { ...base, type: 'postback', postback: { data: turn.postback } };
    if (turn.event === 'unsend') return { ...base, replyToken: undefined, type: 'unsend', unsend: { messageId: this.#lastMessageId } };
    if (turn.event === 'follow') return { ...base, type: 'follow', follow: { isUnblocked: this.customer?.blocked ?? false } };
    if (turn.event === 'unfollow') return { ...base, replyToken: undefined, type: 'unfollow' };
    if (turn.pick !== undefined) {
      const picker = this.buttons().find((b) => b.type === 'datetimepicker');
      if (!picker) throw new ScriptError(`no picker is shown to pick ${turn.pick} with`);
      return { ...base, type: 'postback', postback: { data: picker.data, params: { [picker.mode ?? 'date']: turn.pick } } };
    }
    const buttons = this.buttons(lane);
    const label = turn.staff ? turn.staff.taps : turn.tap!;
    const button = buttons.find((b) => b.label === label) ?? buttons.find((b) => b.label.includes(label));
    if (!button) throw new ScriptError(`no button “${label}”; there are: ${buttons.map((b) => b.label).join(' ') || 'none'}`);
    return button.type === 'message' ? message({ type: 'text', text: button.text }) : { ...base, type: 'postback', postback: { data: button.data } };
  }
}

const UNITS = { s: 1000, m: MINUTE, h: HOUR, d: DAY } as const;
/** `40m` in milliseconds; nothing = none. */
const lengthOf = (span = '0s'): number => Number(span.slice(0, -1)) * UNITS[span.at(-1) as keyof typeof UNITS];
