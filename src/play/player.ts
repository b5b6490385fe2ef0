/**
 * Plays a scripted conversation as the customer: the same turns as in the shop, through the inbox and the transaction,
 * with the script's clock. Used by the conversation tests (real stores) and by `npm run talk` (memory).
 */
import type { Answer, Effect } from '../booking/ports.ts';
import type { ScriptTurn, Script } from '../chatlog/script.ts';
import type { Act } from '../dialogue/says.ts';
import type { Talk } from '../dialogue/talk.ts';
import { messagesOf } from '../jobs/ports.ts';
import type { Inbox, KeptEvent, Lane } from '../jobs/ports.ts';
import { DAY, HOUR, MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Customer } from '../model/reservation.ts';
import type { Heard } from '../understanding/heard.ts';
import { takeTurn } from '../turn.ts';
import type { TurnHouse } from '../turn.ts';
import { buttonsOf } from './button.ts';
import type { Button } from './button.ts';
import { ScriptError } from './script-error.ts';
import { World } from './world.ts';

export type PlayHouse = Omit<TurnHouse, 'inbox' | 'now'> & { inbox: Inbox };
/** What a turn of the script brought about. `said` are LINE message objects. */
export type Played = { heard: Heard[]; acts: Act[]; effects: { effect: Effect; answer: Answer }[]; said: unknown[]; talk: Talk };

/** A customer who does what a script says, one turn after another. */
export class Player {
  readonly #house: PlayHouse;
  readonly #lane: Lane;
  readonly #world: World;
  readonly #shown: unknown[] = [];
  #now: Instant;
  #events = 0;
  #lastMessageId = '';
  customer: Customer | null = null;

  constructor(house: PlayHouse, lane: Lane, now: Instant) {
    this.#house = house;
    this.#lane = lane;
    this.#world = new World(house, lane);
    this.#now = now;
  }

  get now(): Instant {
    return this.#now;
  }

  /** Moves the script's clock forward to `now`. */
  moveTo(now: Instant): void {
    this.#now = Math.max(this.#now, now);
  }

  /** Brings about the world a script starts from. */
  prepare(script: Script): Promise<void> {
    return this.#world.prepare(script, this.#now);
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
    const [, n, unit] = /^(\d+)([smhd])$/.exec(turn.after ?? '') ?? [];
    if (n) this.#now += Number(n) * { s: 1000, m: MINUTE, h: HOUR, d: DAY }[unit as 's' | 'm' | 'h' | 'd'];
    this.#now += 1000;
    if (turn.meanwhile) await this.#world.take(turn.meanwhile, this.#now);
    const event = this.#event(turn);
    const played: Played = { heard: [], acts: [], effects: [], said: [], talk: {} as Talk };
    for (const again of turn.send === 'twice' ? [false, true] : [false]) {
      await this.#house.inbox.keep([{ ...event, payload: { ...(event.payload as object), deliveryContext: { isRedelivery: again } } }]);
      await this.#work(played);
    }
    if (played.said.length > 0) this.#shown.push(...played.said);
    return played;
  }

  /** Every button the chat shows now, newest first; quick replies only of the last message. */
  buttons(): Button[] {
    const last = this.#shown.at(-1);
    return this.#shown.toReversed().flatMap((message) => buttonsOf(message, message === last));
  }

  /** Their visits and places in the queue as they stand. */
  async world(): Promise<{ visits: Awaited<ReturnType<PlayHouse['booking']['upcoming']>>; waits: Awaited<ReturnType<PlayHouse['booking']['waiting']>> }> {
    const id = this.customer?.id ?? '';
    return { visits: await this.#house.booking.upcoming(id, this.#now), waits: await this.#house.booking.waiting(id, this.#now) };
  }

  async #work(played: Played): Promise<void> {
    const claims = await this.#house.inbox.claim([this.#lane]);
    for (const claim of claims) {
      let { talk } = claim;
      try {
        for (const event of claim.events) {
          const outcome = await takeTurn(claim, event, talk, { ...this.#house, now: () => this.#now });
          talk = outcome.ended.talk;
          claim.customer = { ...outcome.ended.customer, ...outcome.ended.patch };
          this.customer = claim.customer;
          played.talk = talk as Talk;
          if (outcome.heard) played.heard.push(outcome.heard);
          played.acts.push(...outcome.acts);
          played.effects.push(...outcome.effects);
          for (const row of outcome.ended.outbox) if (row.kind === 'say') played.said.push(...messagesOf(row.payload));
        }
      } finally {
        this.#house.inbox.release(claim.lane);
      }
    }
  }

  #event(turn: ScriptTurn): KeptEvent {
    const id = `script-${this.#lane.lineId}-${++this.#events}`;
    const base = { timestamp: this.#now, mode: 'active', source: { type: 'user', userId: this.#lane.lineId }, webhookEventId: id, replyToken: id };
    const message = (content: object) => ({ ...base, type: 'message', message: { id: (this.#lastMessageId = `m${this.#events}`), ...content } });
    return { ...this.#lane, id, time: this.#now, receivedAt: this.#now, payload: this.#payload(turn, base, message) };
  }

  #payload(turn: ScriptTurn, base: object, message: (content: object) => object): object {
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
    const buttons = this.buttons();
    const button = buttons.find((b) => b.label === turn.tap) ?? buttons.find((b) => b.label.includes(turn.tap!));
    if (!button) throw new ScriptError(`no button “${turn.tap}”; there are: ${buttons.map((b) => b.label).join(' ') || 'none'}`);
    return button.type === 'message' ? message({ type: 'text', text: button.text }) : { ...base, type: 'postback', postback: { data: button.data } };
  }
}
