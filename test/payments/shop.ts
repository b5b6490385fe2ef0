/** A shop that asks for deposits, with everything around it that can go wrong: crashes, lost jobs, a provider that answers and is not heard. */
import type { Answer, Effect } from '../../src/booking/ports.ts';
import type { Job, News } from '../../src/booking/news.ts';
import { letGo, markPaid, markReturned } from '../../src/booking/deposit.ts';
import { perform } from '../../src/booking/perform.ts';
import { change } from '../../src/jobs/change.ts';
import type { ChangeHouse } from '../../src/jobs/change.ts';
import { holds } from '../../src/jobs/holds.ts';
import type { EndedTurn, OutboxRow, TurnTransaction } from '../../src/jobs/ports.ts';
import type { Payment } from '../../src/model/payment.ts';
import type { Customer, Reservation } from '../../src/model/reservation.ts';
import type { Store } from '../../src/model/store.ts';
import { HOUR, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryProvider } from '../../src/payments/memory.ts';
import { noProvider } from '../../src/payments/none.ts';
import { ProviderAway } from '../../src/payments/ports.ts';
import type { Checkout, PaymentEvent, PaymentProvider } from '../../src/payments/ports.ts';
import { PAYMENT_LANE, keptPayment, takePayment } from '../../src/payments/receive.ts';
import { tending } from '../../src/payments/tend.ts';
import type { PaymentHouse } from '../../src/payments/tend.ts';
import type { PlayHouse } from '../../src/play/around.ts';
import { scriptLink } from '../../src/play/paying.ts';
import { World } from '../../src/play/world.ts';

export const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };
export const NOW = fromLocal('2026-11-24T10:00');
/** Three starts of one person; the second overlaps both others. */
export const STARTS = ['2026-11-28T15:00', '2026-11-28T15:30', '2026-11-28T16:30'].map(fromLocal);

/** What goes wrong with the next call to the provider: it is not asked, it is and its answer is lost, or a link is made and a 500 is remembered as the answer. */
export const TROUBLES = ['away', 'unheard', 'spent'] as const;
export type Trouble = (typeof TROUBLES)[number];
class Crash extends Error {}

export class DepositShop {
  readonly provider: MemoryProvider;
  readonly told: News[] = [];
  readonly reservations: string[] = [];
  readonly payments = new Set<string>();
  /** Words of the provider on their way; any of them may come, in any order, as often as it likes. */
  readonly wire: PaymentEvent[] = [];
  /** Kept by the customer's own late cancelling. */
  readonly forfeited = new Set<string>();
  trouble: Trouble | null = null;
  /** The next change crashes: before its commit, or after it and before anything left. */
  crash: 'before' | 'after' | null = null;
  readonly #house: PlayHouse;
  readonly #payments: ReturnType<typeof tending>;
  readonly #paymentHouse: PaymentHouse;
  readonly #holds: ReturnType<typeof holds>;
  #store!: Store;
  #customers: Customer[] = [];
  #jobs: Job[] = [];
  #events = 0;
  #kept: string | null = null;

  constructor(house: PlayHouse) {
    this.#house = house;
    house.clock.at = NOW;
    this.provider = new MemoryProvider(house.now);
    const quiet = () => undefined;
    this.#paymentHouse = {
      ...this.#changing, payments: house.booking.payments, provider: this.#troubled(), pages: { paid: scriptLink, left: scriptLink }, title: (shop) => shop,
      observe: { payment: quiet }, log: { info: quiet, warn: quiet },
    };
    this.#payments = tending(this.#paymentHouse);
    this.#holds = holds({ booking: house.booking, now: house.now, owners: { approval: async () => undefined, deposit: (visit) => this.#payments.ended(visit) } });
  }

  get now(): Instant {
    return this.#house.clock.at;
  }

  async open(customers: number): Promise<void> {
    this.#store = (await this.#house.stores('default'))[0]!;
    const world = new World(this.#house, LANE);
    for (let n = 0; n < customers; n++) this.#customers.push(await world.stranger());
  }

  pass(ms: number): void {
    this.#house.clock.at += ms;
  }

  async book(who: number, start: number): Promise<void> {
    const staff = this.#store.staff[0]!;
    const menu = this.#store.menus.find((m) => m.name === 'カラー')!;
    await this.#perform(who, { do: 'book', visit: { storeId: this.#store.id, menuIds: [menu.id], staffId: staff.id }, start: STARTS[start]!, notes: null });
  }

  /** Moves the nth visit of all. */
  async move(nth: number, start: number): Promise<void> {
    const visit = await this.#visit(nth);
    if (!visit) return;
    await this.#perform(this.#whose(visit), { do: 'move', reservationId: visit.id, visit: { storeId: visit.storeId, menuIds: visit.menuIds, staffId: visit.staffId }, start: STARTS[start]! });
  }

  async cancel(nth: number): Promise<void> {
    const visit = await this.#visit(nth);
    if (!visit) return;
    await this.#perform(this.#whose(visit), { do: 'cancel', reservationId: visit.id });
  }

  /** The shop itself cancels: money always goes back. */
  async shopCancels(nth: number): Promise<void> {
    const visit = await this.#visit(nth);
    if (!visit) return;
    await this.#do(async (writer, now) => {
      const done = await writer.cancelReservation(visit.id, visit.userId);
      const gone = done && (await letGo(done, true, { writer, now }));
      return { result: undefined, changed: [], news: gone?.news ?? [], jobs: gone?.jobs ?? [] };
    });
  }

  /** The shop has the money in its hands. */
  async received(nth: number): Promise<void> {
    const visit = await this.#visit(nth);
    if (visit) await this.#do((writer, now) => markPaid(visit.id, { writer, now, newId: this.#house.newId }));
  }

  /** A customer pays by the nth link there is. */
  async pay(nth: number): Promise<void> {
    const id = this.#session(nth);
    const event = id === null ? null : await this.provider.pay(id);
    if (event) this.wire.push(event);
  }

  async payFails(nth: number): Promise<void> {
    const id = this.#session(nth);
    const event = id === null ? null : await this.provider.fail(id);
    if (event) this.wire.push(event);
  }

  /** A link's time is over, and the provider says so. */
  async linkEnds(nth: number): Promise<void> {
    const id = this.#session(nth);
    const session = id === null ? null : await this.provider.session(id);
    if (session?.status === 'open') this.wire.push(this.provider.event((await this.provider.expire(session.id))!, 'checkout.session.expired'));
  }

  /** The nth word on the wire comes, once more if it came before; `fresh` = under another id, as the provider never does. */
  async hear(nth: number, fresh: boolean): Promise<void> {
    const event = this.wire[nth % Math.max(1, this.wire.length)];
    if (!event) return;
    await this.#house.inbox.keep([keptPayment(fresh ? { ...event, id: `${event.id}-${++this.#events}` } : event, this.now)]);
    await this.#listen();
  }

  /** Any word of the provider. */
  async hearOf(event: PaymentEvent): Promise<void> {
    await this.#house.inbox.keep([keptPayment(event, this.now)]);
    await this.#listen();
  }

  /** The shop has given back the deposit of the nth payment; false = there was none to give back. */
  async returned(nth: number): Promise<boolean | null> {
    const id = [...this.payments][nth]!;
    return this.#do(async (writer, now) => ({ result: await markReturned(id, { writer, now }), changed: [], news: [], jobs: [] }));
  }

  /** How much the nightly comparison mended. */
  mended(): Promise<number> {
    return this.#payments.reconcile();
  }

  /** When a job of this name is planned; the last one of its key counts. */
  planned(name: Job['name']): Instant | undefined {
    return this.#jobs.findLast((job) => job.name === name)?.at;
  }

  /** The same shop after its keys were taken away. */
  withoutProvider(): { sweep(): Promise<void> } {
    const payments = tending({ ...this.#paymentHouse, provider: noProvider });
    const { mend } = holds({ booking: this.#house.booking, now: this.#house.now, owners: { approval: async () => undefined, deposit: (visit) => payments.ended(visit) } });
    return { sweep: async () => void (await mend.mend(), await payments.tendAll()) };
  }

  /** Takes what waits in the inbox. */
  async #listen(): Promise<void> {
    for (const claim of await this.#house.inbox.claim([PAYMENT_LANE])) {
      try {
        for (const event of claim.events) await this.#crashing(() => takePayment(event, this.#paymentHouse));
      } finally {
        this.#house.inbox.release(claim.lane);
      }
    }
  }

  async runJobs(): Promise<void> {
    const due = this.#jobs.filter((job) => job.at <= this.now);
    this.#jobs = this.#jobs.filter((job) => job.at > this.now);
    for (const job of due) await this.#crashing(() => (job.name === 'expire_hold' ? this.#holds.expire_hold(job.payload) : this.#payments.tend(job.payload['payment']!)));
  }

  loseJobs(): void {
    this.#jobs = [];
  }

  async sweep(): Promise<void> {
    await this.#listen();
    await this.#crashing(() => this.#holds.mend.mend());
    await this.#crashing(() => this.#payments.tendAll());
  }

  async reconcile(): Promise<void> {
    await this.#crashing(() => this.#payments.reconcile());
  }

  /** Until nothing is left to do: every word heard, every hold over. */
  async settle(): Promise<void> {
    this.trouble = this.crash = null;
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < this.wire.length; n++) await this.hear(n, false);
      await this.runJobs();
      await this.sweep();
      await this.reconcile();
      this.pass(HOUR);
    }
  }

  async visits(): Promise<Reservation[]> {
    return (await Promise.all(this.reservations.map((id) => this.#house.booking.reservation(id)))).flatMap((visit) => visit ?? []);
  }

  async rows(): Promise<Payment[]> {
    const rows = await Promise.all([...this.payments].map((id) => this.#house.booking.payments.payment({ id })));
    return rows.flatMap((row) => row?.payment ?? []);
  }

  /** Finds everything there is, whoever knows of it: a booking may have been kept although we crashed. */
  async look(): Promise<void> {
    const { payments } = this.#house.booking;
    for (const id of await payments.since(0)) {
      this.payments.add(id);
      const visit = (await payments.payment({ id }))!.visit.id;
      if (!this.reservations.includes(visit)) this.reservations.push(visit);
    }
    // What the shop took itself is no link.
    for (const visit of await this.visits()) if (visit.deposit) this.payments.add(visit.deposit.id);
  }

  async #visit(nth: number): Promise<Reservation | null> {
    const id = this.reservations[nth % Math.max(1, this.reservations.length)];
    return id === undefined ? null : this.#house.booking.reservation(id);
  }
  #whose = (visit: Reservation): number => this.#customers.findIndex((c) => c.id === visit.userId);
  #session = (nth: number): string | null => [...this.provider.sessions.keys()][nth % Math.max(1, this.provider.sessions.size)] ?? null;

  async #perform(who: number, effect: Effect): Promise<Answer | null> {
    const userId = this.#customers[who % this.#customers.length]!.id;
    return this.#do(async (writer, now, stores) => {
      const { answer, changed, news, jobs } = await perform(effect, { now, userId, stores, reader: writer, writer, slots: this.#house.slots, newId: this.#house.newId, payLink: scriptLink });
      // Known once it is committed, though whoever asked may crash before he hears.
      this.#kept = answer.to === 'cancel' && answer.deposit?.fate === 'kept' && answer.done ? answer.done.id : null;
      return { result: answer, changed, news, jobs };
    });
  }

  /** A change that may crash; null = it did, and nothing of it is known to whoever asked. */
  async #do<T>(doing: Parameters<typeof change<T>>[1]): Promise<T | null> {
    return (await this.#crashing(() => change(this.#changing, doing))) ?? null;
  }

  async #crashing<T>(doing: () => Promise<T>): Promise<T | undefined> {
    try {
      return await doing();
    } catch (error) {
      if (error instanceof Crash || error instanceof ProviderAway) return undefined;
      throw error;
    }
  }

  /** Writes as the shop does; what is told is noted once it is committed, what becomes due is planned unless we crash first. */
  get #changing(): ChangeHouse {
    const house = this.#house;
    const commit = async (tx: TurnTransaction, turn: EndedTurn): Promise<void> => {
      const { crash } = this;
      const kept = this.#kept;
      this.crash = this.#kept = null;
      if (crash === 'before') throw new Crash('before the commit');
      await tx.commit(turn);
      if (kept !== null) this.forfeited.add(kept);
      this.#note(turn.outbox);
      if (crash === 'after') throw new Crash('after the commit');
    };
    return {
      now: house.now, newId: house.newId, payLink: scriptLink, stores: () => house.stores('default'),
      inbox: {
        begin: async () => {
          const tx = await house.inbox.begin();
          return { ...tx, commit: (turn) => commit(tx, turn) };
        },
      },
      deliver: (rows) => void this.#jobs.push(...rows.flatMap((row) => (row.kind === 'job' ? [row.payload] : []))),
    };
  }

  #note(rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      if (row.kind === 'staff') this.told.push(row.payload);
      if (row.kind !== 'say') continue;
      for (const { entry } of row.payload.log) for (const act of entry.acts ?? []) this.told.push({ to: 'customer', userId: row.payload.userId, storeId: '', act: act as never });
    }
  }

  /** The provider behind a bad line. */
  #troubled(): PaymentProvider {
    const { provider } = this;
    const through = async <T>(call: () => Promise<T>): Promise<T> => {
      const { trouble } = this;
      this.trouble = null;
      if (trouble === 'away') throw new ProviderAway('nobody answers');
      const answer = await call();
      if (trouble === 'unheard') throw new ProviderAway('the answer was lost');
      return answer;
    };
    return {
      createCheckout: (checkout: Checkout) => {
        const spent = this.trouble === 'spent';
        return through(async () => {
          const made = await provider.createCheckout(checkout);
          return spent ? { refused: 'a 500, remembered' } : made;
        });
      },
      session: (id) => through(() => provider.session(id)),
      expire: (id) => through(() => provider.expire(id)),
      refund: (refund) => through(() => provider.refund(refund)),
      readEvent: (body, signature) => provider.readEvent(body, signature),
    };
  }
}
