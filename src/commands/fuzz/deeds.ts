/** What customers, jobs and time do to the waiting list, at random; each through the use cases of the shop, in a transaction of its own. */
import type { BookingReader, BookingWriter, Effect } from '../../booking/ports.ts';
import { perform } from '../../booking/perform.ts';
import type { SlotSource } from '../../booking/slots.ts';
import { change } from '../../jobs/change.ts';
import type { ChangeHouse } from '../../jobs/change.ts';
import { waitingDue } from '../../jobs/waiting.ts';
import type { SlotOffer } from '../../model/reservation.ts';
import { activeMenus, staffWhoDo } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import { DAY, HOUR, MINUTE, addDays, at, dayOf } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';

export type FuzzHouse = ChangeHouse & { booking: BookingReader; random: () => number; customers: readonly string[]; around: (writer: BookingWriter, now: Instant, store: Store) => BookingWriter };

const NO_CACHE: SlotSource = { starts: async () => [] };

export class Deeds {
  readonly #house: FuzzHouse;
  readonly #due: ReturnType<typeof waitingDue>;
  /** Offers seen, open or not: answers come late, twice and from others. */
  readonly #seen: SlotOffer[] = [];

  constructor(house: FuzzHouse) {
    this.#house = house;
    this.#due = waitingDue(house);
  }

  /** Does one thing; gives its name. */
  async one(): Promise<string> {
    const [store] = await this.#house.stores();
    const deed = this.#pick(DEEDS);
    await this[deed](store!);
    return deed;
  }

  /** Everything a sweep would mend, once. Gives how much it was. */
  async sweep(): Promise<number> {
    let mended = 0;
    for (const { mend } of this.#due.mends) mended += await mend();
    return mended;
  }

  async join(store: Store): Promise<void> {
    const { menuIds, staffId } = this.#visit(store);
    const day = this.#day();
    const from = at(day, this.#pick([600, 660, 720, 780, 840, 900]));
    const wish = this.#pick([
      { from, until: from + MINUTE }, { from, until: from + MINUTE }, { from, until: from + 3 * HOUR }, { from: at(day, 0), until: at(day, 1440) }, { from: at(day, 0), until: at(day, 0) + 2 * DAY },
    ]);
    await this.#perform(this.#customer(), { do: 'wait', visit: { storeId: store.id, menuIds, staffId }, ...wish });
  }

  async book(store: Store): Promise<void> {
    const visit = { storeId: store.id, ...this.#visit(store) };
    const start = await this.#free(visit);
    if (start !== null) await this.#perform(this.#customer(), { do: 'book', visit, start, notes: null });
  }

  async move(store: Store): Promise<void> {
    const own = await this.#own();
    const visit = { storeId: store.id, ...this.#visit(store) };
    const start = own && (await this.#free(visit));
    if (own && start !== null) await this.#perform(own.userId, { do: 'move', reservationId: own.id, visit, start });
  }

  async cancel(): Promise<void> {
    const own = await this.#own();
    if (own) await this.#perform(this.#house.random() < 0.95 ? own.userId : this.#customer(), { do: 'cancel', reservationId: own.id });
  }

  async leave(): Promise<void> {
    const userId = this.#customer();
    const waits = await this.#house.booking.waiting(userId, this.#house.now());
    if (waits.length > 0) await this.#perform(userId, { do: 'leave', entryId: this.#pick(waits).id });
  }

  async accept(store: Store): Promise<void> {
    await this.#answer('accept', store);
  }

  async decline(store: Store): Promise<void> {
    await this.#answer('decline', store);
  }

  /** The same yes twice, or a yes beside a no. */
  async both(store: Store): Promise<void> {
    const offer = await this.#offer(store);
    if (!offer) return;
    const answers = [this.#perform(offer.userId, { do: 'accept', offerId: offer.id }), this.#perform(offer.userId, { do: this.#pick(['accept', 'decline'] as const), offerId: offer.id })];
    const failed = (await Promise.allSettled(answers)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async mend(): Promise<void> {
    await this.#pick(this.#due.mends).mend();
  }

  async job(store: Store): Promise<void> {
    const offer = await this.#offer(store);
    if (offer) await this.#due.handlers[this.#pick(['expire_offer', 'tell_offer'] as const)]({ offerId: offer.id });
    else await this.#due.handlers.review_waiting({ storeId: store.id });
  }

  async #answer(doing: 'accept' | 'decline', store: Store): Promise<void> {
    const offer = await this.#offer(store);
    if (offer) await this.#perform(this.#house.random() < 0.9 ? offer.userId : this.#customer(), { do: doing, offerId: offer.id });
  }

  async #offer(store: Store): Promise<SlotOffer | null> {
    const open = await this.#house.booking.offersOf(store.id);
    this.#seen.push(...open.slice(0, 3));
    if (this.#seen.length > 200) this.#seen.splice(0, 100);
    const some = this.#house.random() < 0.4 && open.length > 0 ? open : this.#seen;
    return some.length > 0 ? this.#pick(some) : null;
  }

  #perform(userId: string, effect: Effect) {
    const { newId, around } = this.#house;
    return change(this.#house, async (booking, now, stores) => {
      const writer = around(booking, now, stores[0]!);
      const { answer, ...rest } = await perform(effect, { now, userId, stores, reader: writer, writer, slots: NO_CACHE, newId });
      return { result: answer, ...rest };
    });
  }

  /** A start that looks free; by the time it is booked it may not be. */
  async #free(visit: Extract<Effect, { do: 'look' }>['visit']): Promise<Instant | null> {
    const { booking, now, stores, newId } = this.#house;
    const deps = { now: now(), userId: '', stores: await stores(), reader: booking, writer: null, slots: NO_CACHE, newId };
    const { answer } = await perform({ do: 'look', visit, days: [this.#day()], from: null, until: null }, deps);
    const free = answer.to === 'look' ? answer.days.flatMap((day) => day.free) : [];
    return free.length > 0 ? this.#pick(free).start : null;
  }

  async #own() {
    const visits = await this.#house.booking.upcoming(this.#customer(), this.#house.now());
    return visits.length > 0 ? this.#pick(visits) : null;
  }

  #visit(store: Store): { menuIds: string[]; staffId: string | null } {
    const menus = activeMenus(store);
    const menuIds = this.#house.random() < 0.2 ? [menus[0]!.id, menus[2]!.id] : [this.#pick(menus).id];
    return { menuIds, staffId: this.#house.random() < 0.5 ? null : this.#pick(staffWhoDo(store, menuIds)).id };
  }

  #day = () => addDays(dayOf(this.#house.now()), this.#pick([0, 0, 1, 1, 2]));
  #customer = () => this.#pick(this.#house.customers);
  #pick<T>(things: readonly T[]): T {
    return things[Math.floor(this.#house.random() * things.length)]!;
  }
}

const DEEDS = ['join', 'join', 'join', 'join', 'book', 'book', 'book', 'book', 'book', 'move', 'cancel', 'cancel', 'leave', 'accept', 'decline', 'both', 'mend', 'job', 'job'] as const;
