/** What happens around the customer of a script: the clock runs, jobs come due, and what is owed reaches whom it is for. */
import type { Job, StaffNews } from '../booking/news.ts';
import type { BookingWriter } from '../booking/ports.ts';
import { change } from '../jobs/change.ts';
import type { ChangeHouse } from '../jobs/change.ts';
import { due } from '../jobs/due.ts';
import { messagesOf } from '../jobs/ports.ts';
import type { Inbox, JobQueue, Lane, OutboxRow } from '../jobs/ports.ts';
import type { NoticeReader } from '../jobs/notices.ts';
import { StaffTeller } from '../jobs/staff.ts';
import type { Consequences } from '../jobs/tell.ts';
import type { Store } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { TurnHouse } from '../turn.ts';
import { Paying } from './paying.ts';
import type { Pays } from './paying.ts';

export type PlayHouse = Omit<TurnHouse, 'inbox'> & {
  inbox: Inbox;
  notices: NoticeReader;
  /** The script's clock; the house's `now`, storage included, reads it. */
  clock: { at: Instant };
  /** `next` takes the first job due by then. */
  jobs: JobQueue & { next(until: Instant): Job | null };
  cache: { invalidate(storeId: string, version: number): Promise<void> };
};

/** What reached people without a word of the customer. `acts` and `said` were pushed to him, `notices` went to the shop's people; `others`: pushes to anybody else. */
export type Reached = { acts: unknown[]; said: unknown[]; notices: StaffNews[]; others: { lineId: string; said: unknown[] }[] };
const nothing = (): Reached => ({ acts: [], said: [], notices: [], others: [] });

export class Around {
  readonly #house: PlayHouse;
  readonly #lane: Lane;
  readonly #change: ChangeHouse;
  readonly #staff: StaffTeller;
  readonly #paying: Paying;
  readonly #due: ReturnType<typeof due>;
  #owed: OutboxRow[] = [];
  #reached = nothing();

  /** `lane` is the customer's. */
  constructor(house: PlayHouse, lane: Lane) {
    this.#house = house;
    this.#lane = lane;
    this.#change = { inbox: house.inbox, now: house.now, newId: house.newId, payLink: house.payLink, stores: () => house.stores(lane.channel), deliver: (rows) => void this.#owed.push(...rows) };
    this.#staff = new StaffTeller({ ...this.#change, notices: house.notices, jobs: house.jobs });
    this.#paying = new Paying(this.#change, house.inbox, house.booking.payments);
    this.#due = due({
      ...this.#change, booking: house.booking, staff: this.#staff, payments: this.#paying.payments, jobs: house.jobs,
      deliver: async (rows) => this.#owed.push(...rows) > 0, allowance: async () => Infinity, pause: async () => undefined,
    });
  }

  /** Runs the clock to a moment, doing on the way what becomes due; after a minute or more the sweep has been there, too. */
  async pass(until: Instant): Promise<void> {
    const { clock, jobs } = this.#house;
    const began = clock.at;
    if (until - began > MINUTE) await this.#sweep(began + MINUTE);
    for (let job = jobs.next(until); job; job = jobs.next(until)) {
      clock.at = Math.max(clock.at, job.at);
      await this.#due.handlers[job.name](job.payload);
      await this.#settle();
    }
    clock.at = Math.max(clock.at, until);
    if (until - began >= MINUTE) await this.#sweep(until);
  }

  /** What the sweep of a minute mends. */
  async #sweep(at: Instant): Promise<void> {
    this.#house.clock.at = Math.max(this.#house.clock.at, at);
    for (const { mend } of this.#due.mends) await mend();
    await this.#settle();
  }

  /** A change by somebody else, with all that follows from it. */
  async change<T>(doing: (booking: BookingWriter, now: Instant, stores: readonly Store[]) => Promise<Consequences & { result: T }>): Promise<T> {
    const result = await change(this.#change, doing);
    await this.#settle();
    return result;
  }

  /** The customer pays his deposit, with all that follows from it. */
  async pay(how: Pays): Promise<void> {
    await this.#paying.pay(how);
    await this.#settle();
  }

  /** Takes to its place what a turn owes; its own answer is the caller's. */
  async deliver(rows: readonly OutboxRow[]): Promise<void> {
    this.#owed.push(...rows);
    await this.#settle();
  }

  /** What reached people since this was asked last. */
  reached(): Reached {
    const reached = this.#reached;
    this.#reached = nothing();
    return reached;
  }

  async #settle(): Promise<void> {
    for (let row = this.#owed.shift(); row; row = this.#owed.shift()) {
      if (row.kind === 'job') await this.#house.jobs.add(row.payload);
      else if (row.kind === 'slots') await this.#house.cache.invalidate(row.payload.storeId, row.payload.version);
      else if (row.kind === 'staff') {
        this.#reached.notices.push(row.payload.news);
        await this.#staff.tell(row.payload, row.id);
      }
      else if (row.kind === 'say' && row.payload.to === this.#lane.lineId) {
        this.#reached.acts.push(...row.payload.log.flatMap(({ entry }) => entry.acts ?? []));
        this.#reached.said.push(...messagesOf(row.payload));
      } else if (row.kind === 'say') this.#reached.others.push({ lineId: row.payload.to, said: messagesOf(row.payload) });
    }
  }
}
