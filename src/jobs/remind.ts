/** Reminds customers of their visits: what is due, a batch a transaction, and no faster than LINE takes it. */
import { lookAt, reminding } from '../booking/reminders.ts';
import type { News } from '../booking/news.ts';
import type { BookingReader } from '../booking/ports.ts';
import type { Customer, Reservation } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { nobodysTurn } from './change.ts';
import type { ChangeHouse } from './change.ts';
import type { JobQueue, OutboxRow, SayPayload, TurnTransaction } from './ports.ts';
import type { Noted } from './reminders.ts';
import type { Mend } from './sweep.ts';
import { owedToOthers, pushTo } from './tell.ts';

/** So many in one transaction, and at LINE at once: whoever writes meanwhile is answered between. */
const BATCH = 50;
/** Milliseconds until more is said after LINE put some of a batch off, the first time and at most. */
const PUT_OFF = [1_000, 30_000] as const;

export type RemindHouse = Omit<ChangeHouse, 'deliver'> & {
  /** True once all of it was delivered or given up, false where some was put off. */
  deliver: (rows: OutboxRow[]) => Promise<boolean>;
  jobs: JobQueue;
  /** How many reminders a channel may still push this month. */
  allowance: (channel: string) => Promise<number>;
  pause: (ms: number) => Promise<void>;
};

type Reached = Customer & { channel: string };

/** Several processes share the work: a visit one of them has in hand is left out by the others. */
export class Reminding {
  readonly #house: RemindHouse;
  #running: Promise<number> | null = null;
  #again = false;
  #stopped = false;

  constructor(house: RemindHouse) {
    this.#house = house;
  }

  /** Says what is due, as the job of a visit asks. One round serves all who ask; who asks during it waits for nothing. */
  async due(): Promise<void> {
    this.#again = true;
    if (this.#running === null) await this.#run(0);
  }

  /** Finds what no job came for. */
  readonly mend: Mend = { what: 'reminders', mend: async () => (this.#running === null ? this.#run(MINUTE) : 0) };

  /** Takes no batch more; resolves when the one in hand is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.catch(() => undefined);
  }

  /** LINE would not have a reminder, or it was kept back for what cannot wait. */
  async unsent({ turnId }: Pick<SayPayload, 'turnId'>, outcome: 'refused' | 'quota'): Promise<void> {
    await this.#transaction(async (tx, now, stores) => {
      const visit = await tx.reminders.unsent(turnId, outcome);
      const news = visit && outcome === 'refused' ? [unreachable(visit, 'refused')] : [];
      return { rows: await this.#owed(news, now, stores, tx), result: undefined };
    });
  }

  /** `late` = milliseconds something must have been due for. Gives how many were said. */
  #run(late: number): Promise<number> {
    const rounds = async (): Promise<number> => {
      let said = 0;
      let wait: number = PUT_OFF[0];
      // LINE is asked only about channels that have something due, and not while visits are held.
      const left = new Map<string, number>();
      do {
        this.#again = false;
        for (let more = true; more && !this.#stopped; ) {
          for (const channel of left.keys()) left.set(channel, await this.#house.allowance(channel));
          const batch = await this.#batch(late, left);
          said += batch.said;
          more = batch.more;
          if (await batch.delivered) wait = PUT_OFF[0];
          else if (more) {
            await this.#house.pause(wait);
            wait = Math.min(wait * 2, PUT_OFF[1]);
          }
        }
      } while (this.#again && !this.#stopped);
      return said;
    };
    this.#running = rounds().finally(() => (this.#running = null));
    return this.#running;
  }

  /** `left` = how many each channel may still push; visits of a channel that is not in it are left for the next batch, which has asked. */
  async #batch(late: number, left: Map<string, number>): Promise<{ more: boolean; said: number; delivered: Promise<boolean> }> {
    const batch = await this.#transaction(async (tx, now, stores) => {
      const visits = await tx.reminders.due(now - late, BATCH);
      const asked = new Set(left.keys());
      const rows: OutboxRow[] = [];
      const noted: Noted[] = [];
      const news: News[] = [];
      const again: { reservationId: string; at: Instant | null }[] = [];
      const looks = visits.map((looked) => {
        const store = stores.find((s) => s.id === looked.visit.storeId);
        return { ...looked, store, look: store ? lookAt(looked.visit, looked.agreed, looked.noted.map((n) => n.kind), store.policy, now) : { say: null, again: null } };
      });
      const customers = await known(looks.flatMap(({ visit, store, look }) => (store && look.say && asked.has(store.channel) ? [{ visit, store }] : [])), tx.booking);
      for (const { visit, store, look, noted: before } of looks) {
        if (store && look.say && !asked.has(store.channel)) {
          left.set(store.channel, 0);
          continue;
        }
        again.push({ reservationId: visit.id, at: look.again });
        if (!store || !look.say) continue;
        const note = this.#remind({ visit, kind: look.say }, store, left, { now, stores, customer: customers(visit, store) });
        if (note.row) rows.push(note.row);
        noted.push(note);
        if (note.outcome === 'blocked' && !before.some((n) => n.outcome === 'blocked')) news.push(unreachable(visit, 'blocked'));
      }
      await tx.reminders.note(noted, again, now);
      const jobs = again.flatMap(({ reservationId, at }) => reminding(reservationId, at));
      return { rows: [...rows, ...(await this.#owed(news, now, stores, tx))], result: { more: visits.length === BATCH || left.size > asked.size, said: rows.length, jobs } };
    });
    // One that is lost is made up for by the sweep.
    await Promise.all(batch.jobs.map((job) => this.#house.jobs.add(job)));
    return batch;
  }

  /** A reminder as a push, or why there is none. */
  #remind({ visit, kind }: { visit: Reservation; kind: Noted['kind'] }, store: Store, left: Map<string, number>, { now, stores, customer }: { now: Instant; stores: readonly Store[]; customer: Reached | null }): Noted & { row: OutboxRow | null } {
    const none = (outcome: Noted['outcome']) => ({ visit, kind, outcome, saidId: null, row: null });
    if (!customer) return none('no_line');
    if (customer.blocked) return none('blocked');
    const allowed = left.get(store.channel) ?? 0;
    if (allowed <= 0) return none('quota');
    left.set(store.channel, allowed - 1);
    const row = pushTo(customer, store, { say: 'reminder', kind, visit }, 'reminder', { now, stores, newId: this.#house.newId });
    return { visit, kind, outcome: 'sent', saidId: row.id, row };
  }

  #owed(news: News[], now: Instant, stores: readonly Store[], tx: TurnTransaction): Promise<OutboxRow[]> {
    return owedToOthers({ changed: [], news, jobs: [] }, 'house', { now, stores, reader: tx.booking, newId: this.#house.newId });
  }

  async #transaction<T>(doing: (tx: TurnTransaction, now: Instant, stores: readonly Store[]) => Promise<{ rows: OutboxRow[]; result: T }>): Promise<T & { delivered: Promise<boolean> }> {
    const now = this.#house.now();
    const stores = await this.#house.stores();
    const tx = await this.#house.inbox.begin();
    try {
      const { rows, result } = await doing(tx, now, stores);
      await tx.commit(nobodysTurn(rows, now));
      return { ...result, delivered: rows.length === 0 ? Promise.resolve(true) : this.#house.deliver(rows) };
    } catch (error) {
      await tx.rollback();
      throw error;
    }
  }
}

/** Whose visits these are, one question for each channel. */
async function known(visits: readonly { visit: Reservation; store: Store }[], booking: BookingReader): Promise<(visit: Reservation, store: Store) => Reached | null> {
  const found = new Map<string, ReadonlyMap<string, Reached>>();
  for (const [channel, of] of Map.groupBy(visits, ({ store }) => store.channel)) found.set(channel, await booking.customers(of.map(({ visit }) => visit.userId), channel));
  return (visit, store) => found.get(store.channel)?.get(visit.userId) ?? null;
}

const unreachable = (visit: Reservation, why: 'blocked' | 'refused'): News => ({ to: 'staff', storeId: visit.storeId, staffId: visit.staffId, news: { kind: 'unreachable', visit, why } });
