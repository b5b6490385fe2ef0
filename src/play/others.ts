/** What other customers do while a script's customer does nothing: through the same use cases, with all that follows. */
import { approve, decline } from '../booking/approval.ts';
import { markPaid } from '../booking/deposit.ts';
import type { Answer, Busy, Effect } from '../booking/ports.ts';
import { perform } from '../booking/perform.ts';
import { dayOf, MINUTE } from '../model/time.ts';
import type { Around, PlayHouse } from './around.ts';
import { PAYS } from './paying.ts';
import { ScriptError } from './script-error.ts';
import { World } from './world.ts';

const VERBS = ['cancel', 'join', 'takes', 'passes', 'approve', 'decline', 'pay', 'received'] as const;

export class Others {
  readonly #house: PlayHouse;
  readonly #world: World;
  readonly #around: Around;

  constructor(house: PlayHouse, world: World, around: Around) {
    this.#house = house;
    this.#world = world;
    this.#around = around;
  }

  /** `cancel 佐藤 11/28 15:00`, `approve …` and `decline …` of the shop's people likewise, `join カット 佐藤 11/28 15:00`, `takes` and `passes` what was offered; `pay heard` (the customer, by the link he was sent), `received 佐藤 11/28 15:00` (the shop has the deposit); a bare `佐藤 11/28 15:00-16:00` takes that time. */
  async act(line: string): Promise<void> {
    const verb = VERBS.find((v) => line.startsWith(`${v} `));
    const rest = line.slice(`${verb} `.length);
    switch (verb) {
      case 'cancel': return this.#cancel(line, rest);
      case 'approve': case 'decline': return this.#answer(verb, line, rest);
      case 'join': return this.#join(line, rest);
      case 'pay': return this.#pay(line, rest);
      case 'received': return this.#received(line, rest);
      case 'takes': case 'passes': return this.#replies(verb, line, rest);
      case undefined: return this.#world.take(line);
    }
  }

  async #visit(line: string, what: string): Promise<Busy> {
    const { store, staffId, start } = await this.#world.moment(what);
    const busy = await this.#house.booking.busy(store.id, { start, end: start + MINUTE }, this.#house.clock.at);
    const visit = busy.find((b) => b.staffId === staffId && b.start === start);
    if (!visit) throw new ScriptError(`“${line}”: nobody has a visit that begins then`);
    return visit;
  }

  async #answer(verb: 'approve' | 'decline', line: string, what: string): Promise<void> {
    const { reservationId } = await this.#visit(line, what);
    const done = await this.#around.change((writer, now, stores) => (verb === 'approve' ? approve : decline)(reservationId, { writer, now, stores, newId: this.#house.newId, payLink: this.#house.payLink }));
    if (!done) throw new ScriptError(`“${line}”: it does not wait for an answer`);
  }

  async #pay(line: string, what: string): Promise<void> {
    const how = PAYS.find((one) => one === what);
    if (!how) throw new ScriptError(`“${line}”: expected one of ${PAYS.map((one) => `pay ${one}`).join(', ')}`);
    await this.#around.pay(how);
  }

  async #received(line: string, what: string): Promise<void> {
    const { reservationId } = await this.#visit(line, what);
    const { answer } = await this.#around.change((writer, now) => markPaid(reservationId, { writer, now, newId: this.#house.newId }));
    if (answer !== 'paid') throw new ScriptError(`“${line}”: no deposit is open for it (${answer})`);
  }

  async #cancel(line: string, what: string): Promise<void> {
    const visit = await this.#visit(line, what);
    const answer = await this.#perform(visit.userId, { do: 'cancel', reservationId: visit.reservationId });
    if (!('done' in answer) || answer.done === null) throw new ScriptError(`“${line}”: cannot be cancelled any more`);
  }

  async #join(line: string, what: string): Promise<void> {
    const { store, menuIds, staffId, day, time } = await this.#world.read(what);
    const wanted = World.wanted(day, time);
    const answer = await this.#perform((await this.#world.stranger()).id, { do: 'wait', visit: { storeId: store.id, menuIds, staffId }, ...wanted });
    if (!('entry' in answer)) throw new ScriptError(`“${line}”: there is nothing to wait for on ${dayOf(wanted.from)}`);
  }

  async #replies(verb: 'takes' | 'passes', line: string, what: string): Promise<void> {
    const { store, staffId, start } = await this.#world.moment(what);
    const offer = (await this.#house.booking.offersOf(store.id)).find((o) => o.staffId === staffId && o.start === start && o.userId !== this.#world.me);
    if (!offer) throw new ScriptError(`“${line}”: nobody else was offered that`);
    await this.#perform(offer.userId, { do: verb === 'takes' ? 'accept' : 'decline', offerId: offer.id });
  }

  #perform(userId: string, effect: Effect): Promise<Answer> {
    const { slots, newId, payLink } = this.#house;
    return this.#around.change(async (booking, now, stores) => {
      const { answer, ...rest } = await perform(effect, { now, userId, stores, reader: booking, writer: booking, slots, newId, payLink });
      return { result: answer, ...rest };
    });
  }
}
