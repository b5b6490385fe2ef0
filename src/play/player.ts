/**
 * Plays a scripted conversation as the customer: the same turns as in the shop, through the inbox and the transaction,
 * with the script's clock. Used by the conversation tests (real stores) and by `npm run talk` (memory).
 */
import type { Answer, BookingWriter, Effect } from '../booking/ports.ts';
import { planOf } from '../booking/plan.ts';
import type { ScriptTurn, Script } from '../chatlog/script.ts';
import type { Act } from '../dialogue/says.ts';
import type { Talk } from '../dialogue/talk.ts';
import { messagesOf } from '../jobs/ports.ts';
import type { Inbox, KeptEvent, Lane } from '../jobs/ports.ts';
import { addDays, at, DAY, dayOf, HOUR, isDay, MINUTE, toMinute } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';
import type { Customer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import type { Heard } from '../understanding/heard.ts';
import { takeTurn } from '../turn.ts';
import type { TurnHouse } from '../turn.ts';

export type PlayHouse = Omit<TurnHouse, 'inbox' | 'now'> & { inbox: Inbox };
/** What a turn of the script brought about. `said` are LINE message objects. */
export type Played = { heard: Heard[]; acts: Act[]; effects: { effect: Effect; answer: Answer }[]; said: unknown[]; talk: Talk };
/** A button a chat shows. */
export type Button = { type: string; label: string; data?: string; text?: string; mode?: string };

/** The script asks for something that cannot be: a button that is not there, a menu the shop does not have. */
export class ScriptError extends Error {
  override name = 'ScriptError';
  /** The turn that asked for it; 1, the file as a whole, where its world did. */
  line = 1;
}

export class Player {
  readonly #house: PlayHouse;
  readonly #lane: Lane;
  readonly #shown: unknown[] = [];
  #now: Instant;
  #events = 0;
  #lastMessageId = '';
  customer: Customer | null = null;

  constructor(house: PlayHouse, lane: Lane, now: Instant) {
    this.#house = house;
    this.#lane = lane;
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
  async prepare(script: Script): Promise<void> {
    const { taken = [], mine = [], waiting = [], name } = script.world ?? {};
    await this.take(taken);
    const me = await this.#meet(this.#lane, name || undefined);
    for (const line of mine) await this.#insert(me, line);
    for (const line of waiting) await this.#insert(me, line, true);
    if (script.start) await this.#meet(this.#lane, undefined, script.start);
  }

  /** Other customers take times: `佐藤 11/28 15:00-16:00`, `* 11/28` (everybody, all day). */
  async take(lines: readonly string[]): Promise<void> {
    const store = await this.#store();
    for (const line of lines) {
      const [, who, date, from, to] = /^(\S+) (\S+?)(?: (\d{1,2}:\d{2})-(\d{1,2}:\d{2}))?$/.exec(line) ?? [];
      if (!who || !date) throw new ScriptError(`“${line}”: expected “佐藤 11/28 15:00-16:00” or “* 11/28”`);
      const people = who === '*' ? store.staff.filter((s) => s.active) : store.staff.filter((s) => s.name === who);
      if (people.length === 0) throw new ScriptError(`“${line}”: the shop has nobody called ${who}`);
      const day = this.#day(date);
      for (const [n, person] of people.entries()) {
        const other = await this.#meet({ ...this.#lane, lineId: `Uffff${String(n).padStart(4, '0')}${String(++this.#events).padStart(24, '0')}` });
        const [start, end] = [at(day, toMinute(from ?? '00:00')), at(day, toMinute(to ?? '24:00'))];
        const done = await this.#write(other, (booking) => booking.insertReservation({
          id: this.#house.newId(), userId: other.customer.id, storeId: store.id, staffId: person.id, menuIds: [person.menuIds[0]!],
          start, end, blockedUntil: end, nominated: false, notes: null,
        }));
        if (done !== 'ok') throw new ScriptError(`“${line}”: cannot be taken (${done})`);
      }
    }
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
    if (turn.meanwhile) await this.take(turn.meanwhile);
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

  async #store(): Promise<Store> {
    return (await this.#house.stores(this.#lane.channel))[0]!;
  }

  /** `11/28` is the next one from now on; a full day is itself; `+3` is in three days. */
  #day(text: string): Day {
    const today = dayOf(this.#now);
    const plus = /^\+(\d+)$/.exec(text);
    if (plus) return addDays(today, Number(plus[1]));
    if (isDay(text)) return text;
    const [, m, d] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
    if (!m || !d) throw new ScriptError(`“${text}” is no day; expected 11/28, 2026-11-28 or +3`);
    const inYear = (year: number) => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    const year = Number(today.slice(0, 4));
    return inYear(year) >= today ? inYear(year) : inYear(year + 1);
  }

  /** `カット+カラー 佐藤 11/28 15:00`; for a wait the time may be missing (any time that day) and the person `誰でも`. */
  async #insert(me: Met, line: string, waits = false): Promise<void> {
    const store = await this.#store();
    const [, menus, who, date, time] = /^(\S+) (\S+) (\S+?)(?: (\d{1,2}:\d{2}))?$/.exec(line) ?? [];
    const menuIds = (menus ?? '').split('+').map((name) => store.menus.find((m) => m.name === name)?.id ?? '');
    const staffId = store.staff.find((s) => s.name === who)?.id ?? null;
    if (!date || menuIds.includes('') || (!staffId && who !== '誰でも') || (!waits && (!time || !staffId))) {
      throw new ScriptError(`“${line}”: expected “カット 佐藤 11/28 15:00” with names the shop has`);
    }
    const day = this.#day(date);
    const start = at(day, toMinute(time ?? '00:00'));
    if (waits) {
      const until = time ? start + MINUTE : at(day, 24 * 60);
      await this.#write(me, (booking) => booking.insertWaiting({ id: this.#house.newId(), userId: me.customer.id, storeId: store.id, staffId, menuIds, from: start, until, status: 'waiting' }, this.#now));
      return;
    }
    const plan = planOf(store, { storeId: store.id, menuIds, staffId });
    if (typeof plan === 'string') throw new ScriptError(`“${line}”: ${plan}`);
    const end = start + store.menus.filter((m) => menuIds.includes(m.id)).reduce((sum, m) => sum + m.duration, 0) * MINUTE;
    const done = await this.#write(me, (booking) => booking.insertReservation({
      id: this.#house.newId(), userId: me.customer.id, storeId: store.id, staffId: staffId!, menuIds, start, end, blockedUntil: end, nominated: true, notes: null,
    }));
    if (done !== 'ok') throw new ScriptError(`“${line}”: cannot be booked (${done})`);
  }

  /** Makes somebody known to the house without a word: an event that no turn answers. */
  async #meet(lane: Lane, name?: string, talk?: unknown): Promise<Met> {
    const id = `met-${lane.lineId}-${++this.#events}`;
    await this.#house.inbox.keep([{ ...lane, id, time: this.#now, receivedAt: this.#now, payload: { type: 'met' } }]);
    const [claim] = await this.#house.inbox.claim([lane]);
    const customer = { ...claim!.customer, ...(name ? { name } : {}) };
    const met: Met = { lane, customer, row: claim!.events[0]!.row, talk: talk ? { v: 1, seq: 0, goal: 'idle', known: {}, misses: 0, touched: this.#now, ...(talk as object) } : claim!.talk };
    await this.#house.inbox.finish(this.#ended(met, name));
    this.#house.inbox.release(lane);
    return met;
  }

  async #write<T>(met: Met, write: (booking: BookingWriter) => Promise<T>): Promise<T> {
    const again = await this.#claimed(met);
    const tx = await this.#house.inbox.begin();
    const done = await write(tx.booking);
    const store = await this.#store();
    await tx.booking.bumpSlots(store.id);
    await tx.commit(this.#ended(again));
    this.#house.inbox.release(met.lane);
    return done;
  }

  async #claimed(met: Met): Promise<Met> {
    await this.#house.inbox.keep([{ ...met.lane, id: `met-${met.lane.lineId}-${++this.#events}`, time: this.#now, receivedAt: this.#now, payload: { type: 'met' } }]);
    const [claim] = await this.#house.inbox.claim([met.lane]);
    return { ...met, row: claim!.events[0]!.row };
  }

  #ended(met: Met, name?: string) {
    return { lane: met.lane, customer: met.customer, rows: [met.row], talk: met.talk, at: this.#now, outbox: [], ...(name ? { patch: { name } } : {}) };
  }
}

type Met = { lane: Lane; customer: Customer; row: string; talk: unknown };

/** The tappable things of one LINE message, wherever they stand in it. */
function buttonsOf(message: unknown, last: boolean): Button[] {
  const found: Button[] = [];
  const seek = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null || (key === 'quickReply' && !last)) return;
    const it = value as Button;
    if (['postback', 'message', 'datetimepicker'].includes(it.type) && typeof it.label === 'string') found.push(it);
    for (const [k, inner] of Object.entries(value)) seek(inner, k);
  };
  seek(message, '');
  return found;
}
