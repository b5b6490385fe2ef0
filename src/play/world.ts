/** The world a script plays in: who was there first, what the customer has already. Written through the house's own doors. */
import { planOf } from '../booking/plan.ts';
import type { BookingWriter } from '../booking/ports.ts';
import { readerOf } from '../chatlog/export/tokens.ts';
import type { Script } from '../chatlog/script.ts';
import { freshTalk } from '../dialogue/talk.ts';
import { nobodysTurn } from '../jobs/change.ts';
import type { Lane } from '../jobs/ports.ts';
import type { Customer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { addDays, at, dayOf, isDay, MINUTE, toMinute } from '../model/time.ts';
import type { Day, Instant } from '../model/time.ts';
import type { PlayHouse } from './around.ts';
import { ScriptError } from './script-error.ts';

/** Somebody the house knows, with the event by which it met them. */
type Met = { lane: Lane; customer: Customer; row: string; talk: unknown };

export class World {
  readonly #house: PlayHouse;
  readonly #lane: Lane;
  #met = 0;
  #me = '';

  /** `lane` is the customer's. */
  constructor(house: PlayHouse, lane: Lane) {
    this.#house = house;
    this.#lane = lane;
  }

  /** Brings about what a script starts from. Throws `ScriptError` where that cannot be. */
  async prepare({ world = {}, start, turns }: Script): Promise<Customer> {
    for (const who of new Set([...(world.staff ?? []), ...turns.flatMap(({ staff }) => staff?.who ?? [])])) await this.#link(who);
    for (const line of world.taken ?? []) await this.take(line);
    for (const line of world.ahead ?? []) await this.#wait(await this.#other(), line);
    const me = await this.#meet(this.#lane, { ...(world.name ? { name: world.name } : {}), ...(world.phone ? { phone: world.phone } : {}) });
    for (const line of world.mine ?? []) await this.#book(me, line);
    for (const line of world.missed ?? []) await this.#book(me, line, 'no_show');
    for (const line of world.waiting ?? []) await this.#wait(me, line);
    if (start) await this.remember(start);
    this.#me = me.customer.id;
    return me.customer;
  }

  /** One of the shop's people is on LINE. */
  async #link(who: string): Promise<void> {
    const people = (await this.#house.stores(this.#lane.channel)).flatMap((store) => store.staff);
    const person = people.find((p) => p.name === who);
    if (!person) throw new ScriptError(`the shop has nobody called ${who}`);
    const tx = await this.#house.inbox.begin();
    await tx.desk.setAccount(person.id, `Uaaaa${String(people.indexOf(person)).padStart(28, '0')}`);
    await tx.commit(nobodysTurn([], this.#house.clock.at));
  }

  /** The customer of the script, by id. */
  get me(): string {
    return this.#me;
  }

  /** The talk is this now; what is left out is as in a new one. */
  async remember(talk: object): Promise<void> {
    const [store, { customer }] = [await this.#house.stores(this.#lane.channel), await this.#meet(this.#lane)];
    await this.#meet(this.#lane, {}, readerOf(store, customer.id)(talk) as object);
  }

  /** A customer nobody has met yet. */
  async stranger(): Promise<Customer> {
    return (await this.#other()).customer;
  }

  /**
   * Other customers take a time: `佐藤 11/28 15:00-16:00`, with their name behind it or without, `* 11/28` (everybody, all
   * day), `カラー 佐藤 11/28 15:00` (a visit).
   */
  async take(line: string): Promise<void> {
    if (/^\S+ \S+ \S+ \d{1,2}:\d{2}$/.test(line)) return this.#book(await this.#other(), line);
    const [, who, date, from, to, name] = /^(\S+) (\S+?)(?: (\d{1,2}:\d{2})-(\d{1,2}:\d{2})(?: (\S+))?)?$/.exec(line) ?? [];
    if (!who || !date) throw new ScriptError(`“${line}”: expected “佐藤 11/28 15:00-16:00” or “* 11/28”`);
    const store = await this.#storeWith(who);
    const people = who === '*' ? store.staff.filter((s) => s.active) : store.staff.filter((s) => s.name === who);
    if (people.length === 0) throw new ScriptError(`“${line}”: the shop has nobody called ${who}`);
    const day = this.#day(date);
    const [start, end] = [at(day, toMinute(from ?? '00:00')), at(day, toMinute(to ?? '24:00'))];
    for (const person of people) {
      const other = await this.#other(name);
      const done = await this.#write(other, store.id, (booking) => booking.insertReservation({
        id: this.#house.newId(), userId: other.customer.id, storeId: store.id, staffId: person.id, menuIds: [person.menuIds[0]!],
        start, end, blockedUntil: end, nominated: false, notes: null,
      }));
      if (done !== 'ok') throw new ScriptError(`“${line}”: cannot be taken (${done})`);
    }
  }

  /** The shop where somebody of this name works or a menu of this name is done, else the first. */
  async #storeWith(name: string): Promise<Store> {
    const stores = await this.#house.stores(this.#lane.channel);
    return stores.find((store) => [...store.staff, ...store.menus].some((one) => one.name === name)) ?? stores[0]!;
  }

  /** `11/28` is the next one from now on; a full day is itself; `+3` is in three days. */
  #day(text: string): Day {
    const today = dayOf(this.#house.clock.at);
    const plus = /^\+(\d+)$/.exec(text);
    if (plus) return addDays(today, Number(plus[1]));
    if (isDay(text)) return text;
    const [, m, d] = /^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? [];
    if (!m || !d) throw new ScriptError(`“${text}” is no day; expected 11/28, 2026-11-28 or +3`);
    const inYear = (year: number) => `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    const year = Number(today.slice(0, 4));
    return inYear(year) >= today ? inYear(year) : inYear(year + 1);
  }

  /** `カット+カラー 佐藤 11/28 15:00` as the shop knows it; the person `誰でも` is null, a missing time too. */
  async read(line: string): Promise<{ store: Store; menuIds: string[]; staffId: string | null; day: Day; time: string | null }> {
    const [, menus = '', who, date, time] = /^(\S+) (\S+) (\S+?)(?: (\d{1,2}:\d{2}))?$/.exec(line) ?? [];
    const store = await this.#storeWith(menus.split('+')[0]!);
    const menuIds = menus.split('+').map((name) => store.menus.find((m) => m.name === name)?.id ?? '');
    const staffId = store.staff.find((s) => s.name === who)?.id ?? null;
    if (!date || menuIds.includes('') || (!staffId && who !== '誰でも')) throw expected(line);
    return { store, menuIds, staffId, day: this.#day(date), time: time ?? null };
  }

  /** `佐藤 11/28 15:00`: a person at a moment. */
  async moment(line: string): Promise<{ store: Store; staffId: string; start: Instant }> {
    const [, who = '', date, time] = /^(\S+) (\S+) (\d{1,2}:\d{2})$/.exec(line) ?? [];
    const store = await this.#storeWith(who);
    const staffId = store.staff.find((s) => s.name === who)?.id;
    if (!staffId || !date || !time) throw new ScriptError(`“${line}”: expected “佐藤 11/28 15:00” with a name the shop has`);
    return { store, staffId, start: at(this.#day(date), toMinute(time)) };
  }

  async #book(me: Met, line: string, came?: 'no_show'): Promise<void> {
    const { store, menuIds, staffId, day, time } = await this.read(line);
    if (!staffId || !time) throw expected(line);
    const plan = planOf(store, { storeId: store.id, menuIds, staffId });
    if (typeof plan === 'string') throw new ScriptError(`“${line}”: ${plan}`);
    const start = at(day, toMinute(time));
    const end = start + store.menus.filter((m) => menuIds.includes(m.id)).reduce((sum, m) => sum + m.duration, 0) * MINUTE;
    const id = this.#house.newId();
    const done = await this.#write(me, store.id, (booking) => booking.insertReservation({
      id, userId: me.customer.id, storeId: store.id, staffId, menuIds, start, end, blockedUntil: end + plan.doers[0]!.buffer, nominated: true, notes: null,
    }));
    if (done !== 'ok') throw new ScriptError(`“${line}”: cannot be booked (${done})`);
    if (came) await this.#write(me, store.id, (booking) => booking.mark(id, came));
  }

  /** When somebody waits for: a start, or without a time any start that day. */
  static wanted(day: Day, time: string | null): { from: Instant; until: Instant } {
    const from = at(day, toMinute(time ?? '00:00'));
    return { from, until: time ? from + MINUTE : at(day, 24 * 60) };
  }

  async #wait(me: Met, line: string): Promise<void> {
    const { store, menuIds, staffId, day, time } = await this.read(line);
    const { from, until } = World.wanted(day, time);
    const entry = { id: this.#house.newId(), userId: me.customer.id, storeId: store.id, staffId, menuIds, from, until, status: 'waiting' as const };
    await this.#write(me, store.id, (booking) => booking.insertWaiting(entry, this.#house.clock.at));
  }

  #other(name?: string): Promise<Met> {
    return this.#meet({ ...this.#lane, lineId: `Uffff${String(++this.#met).padStart(28, '0')}` }, name ? { name } : {});
  }

  /** Makes somebody known to the house without a word: an event that no turn answers. */
  async #meet(lane: Lane, patch: { name?: string; phone?: string } = {}, talk?: object): Promise<Met> {
    const id = `met-${lane.lineId}-${++this.#met}`;
    await this.#house.inbox.keep([{ ...lane, id, time: this.#house.clock.at, receivedAt: this.#house.clock.at, payload: { type: 'met' } }]);
    const [claim] = await this.#house.inbox.claim([lane]);
    const customer = { ...claim!.customer, ...patch };
    const met: Met = { lane, customer, row: claim!.events[0]!.row, talk: talk ? { ...freshTalk(this.#house.clock.at), ...talk } : claim!.talk };
    await this.#house.inbox.finish(this.#ended(met, patch));
    this.#house.inbox.release(lane);
    return met;
  }

  async #write<T>(met: Met, storeId: string, write: (booking: BookingWriter) => Promise<T>): Promise<T> {
    const again = await this.#claimed(met);
    const tx = await this.#house.inbox.begin();
    const done = await write(tx.booking);
    await tx.booking.bumpSlots(storeId);
    await tx.commit(this.#ended(again));
    this.#house.inbox.release(met.lane);
    return done;
  }

  async #claimed(met: Met): Promise<Met> {
    await this.#house.inbox.keep([{ ...met.lane, id: `met-${met.lane.lineId}-${++this.#met}`, time: this.#house.clock.at, receivedAt: this.#house.clock.at, payload: { type: 'met' } }]);
    const [claim] = await this.#house.inbox.claim([met.lane]);
    return { ...met, row: claim!.events[0]!.row };
  }

  #ended(met: Met, patch: { name?: string; phone?: string } = {}) {
    return { lane: met.lane, customer: met.customer, rows: [met.row], talk: met.talk, at: this.#house.clock.at, outbox: [], patch };
  }
}

const expected = (line: string): ScriptError => new ScriptError(`“${line}”: expected “カット 佐藤 11/28 15:00” with names the shop has`);
