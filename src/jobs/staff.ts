/** Tells the shop's people: at once, and in one message what happens within a minute of the last one. */
import type { BookingReader } from '../booking/ports.ts';
import type { Job, News } from '../booking/news.ts';
import { composeSaid, saidId } from '../chatlog/compose.ts';
import { writeDeskTap } from '../desk/tap.ts';
import type { Store } from '../model/store.ts';
import type { Now } from '../model/time.ts';
import { renderNotices } from '../replies/notices.ts';
import { nobodysTurn } from './change.ts';
import { hearsAt, listenersOf, noticeOf, purposeOf } from './notices.ts';
import type { Notice, NoticeReader, Untold } from './notices.ts';
import { laneKey } from './ports.ts';
import type { Inbox, JobQueue, OutboxRow, TurnTransaction } from './ports.ts';

export type StaffHouse = {
  inbox: Pick<Inbox, 'begin'>;
  notices: NoticeReader;
  jobs: JobQueue;
  now: Now;
  newId: () => string;
  stores: () => Promise<readonly Store[]>;
  deliver: (rows: OutboxRow[]) => void;
};

/** Every call may come twice, and from any process. */
export class StaffTeller {
  readonly #house: StaffHouse;

  constructor(house: StaffHouse) {
    this.#house = house;
  }

  /** A piece of news, by the row of the outbox it came with. */
  async tell(news: Extract<News, { to: 'staff' }>, rowId: string): Promise<void> {
    const store = (await this.#house.stores()).find((s) => s.id === news.storeId);
    const people = store ? listenersOf(store, news).map((person) => person.id) : [];
    const left = store && news.news.kind === 'handover' && news.news.why !== 'waiting' ? { channel: store.channel, userId: news.news.userId } : null;
    if (people.length > 0 || left) await this.#say(people, people.map((staffId) => noticeOf(rowId, staffId, news.storeId, news.news, this.#house.now())), left);
  }

  /** What a person is to hear by now, as the job of it asks. */
  async flush(staffId: string): Promise<void> {
    await this.#say([staffId]);
  }

  /** The same for everybody; gives how many were told. */
  async mend(): Promise<number> {
    const waiting = await this.#house.notices.waiting(this.#house.now());
    return waiting.length > 0 ? this.#say(waiting) : 0;
  }

  /** Keeps what is new and says what is due, in one transaction; what is not due yet becomes a job. */
  async #say(people: readonly string[], fresh: readonly Notice[] = [], left: { channel: string; userId: string } | null = null): Promise<number> {
    const { inbox, newId, deliver, jobs } = this.#house;
    const now = this.#house.now();
    const stores = await this.#house.stores();
    const outbox: OutboxRow[] = [];
    const later: Job[] = [];
    const tx = await inbox.begin();
    try {
      if (left) await tx.notices.left(left.channel, left.userId, now);
      await tx.notices.keep(fresh);
      // In one order, for each is held until the end.
      for (const staffId of [...people].sort()) {
        const store = stores.find(({ staff }) => staff.some((person) => person.id === staffId));
        const untold = await tx.notices.untold(staffId, store?.channel ?? '');
        const at = hearsAt(untold);
        if (at === null) continue;
        if (at > now) later.push({ name: 'tell_staff', key: `tell_staff:${staffId}`, at, payload: { staffId } });
        else {
          const said = await this.#composed(untold, store, now, newId, tx);
          if (said) outbox.push(said);
          await tx.notices.told(staffId, untold.notices.map((n) => n.rowId), now);
        }
      }
      await tx.commit(nobodysTurn(outbox, now));
    } catch (error) {
      await tx.rollback();
      throw error;
    }
    deliver(outbox);
    for (const job of later) await jobs.add(job);
    return outbox.length;
  }

  /** A push with its log line. Null = nobody to push to any more, or he blocked us. */
  async #composed({ listener, notices }: Untold, store: Store | undefined, now: number, newId: () => string, { booking }: TurnTransaction): Promise<OutboxRow | null> {
    if (!store || !listener || listener.blocked) return null;
    const id = newId();
    const said = renderNotices(notices.map((n) => n.news), { now, stores: [store], tap: (verb, value) => writeDeskTap({ seq: 0 }, verb, value), people: await namesOf(notices, store, booking) });
    const quotes = notices.flatMap(({ news }) => (news.kind === 'handover' && news.messageId ? [news.messageId] : []));
    const log = [composeSaid({ userId: listener.userId, account: store.channel, id, timestamp: now, by: 'job', said, acts: notices.map(({ news }) => ({ say: 'notice', news })), storeId: store.id, quotes })];
    return {
      id, lane: laneKey({ channel: store.channel, lineId: listener.lineId }), at: now, kind: 'say',
      payload: { channel: store.channel, to: listener.lineId, userId: listener.userId, replyToken: null, purpose: purposeOf(notices), tokenAt: now, retryKey: newId(), turnId: id, log, entryId: saidId(id) },
    };
  }
}

/** What the customers of these are called. */
async function namesOf(notices: Untold['notices'], store: Store, reader: Pick<BookingReader, 'customer'>): Promise<Map<string, string>> {
  const ids = new Set(notices.flatMap(({ news }) => ('visit' in news ? news.visit.userId : 'userId' in news ? news.userId : [])));
  const names = new Map<string, string>();
  for (const id of ids) {
    const name = (await reader.customer(id, store.channel))?.name;
    if (name) names.set(id, name);
  }
  return names;
}
