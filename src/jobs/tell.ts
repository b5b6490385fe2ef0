/** What a change owes others than the one who asked for it, as rows of the outbox. */
import type { Changed, BookingReader } from '../booking/ports.ts';
import type { CustomerNews, Job, News } from '../booking/news.ts';
import { composeSaid, saidId } from '../chatlog/compose.ts';
import { writeTap } from '../dialogue/tap.ts';
import type { Purpose } from '../line/quota.ts';
import type { Customer } from '../model/reservation.ts';
import type { Store } from '../model/store.ts';
import type { Instant } from '../model/time.ts';
import { render } from '../replies/render.ts';
import { laneKey } from './ports.ts';
import type { OutboxRow } from './ports.ts';

/** What a change came to besides its answer. */
export type Consequences = { changed: Changed[]; news: News[]; jobs: Job[] };

export type TellHouse = {
  now: Instant;
  /** Every store news can be about. */
  stores: readonly Store[];
  reader: Pick<BookingReader, 'customer'>;
  newId: () => string;
};

/** Rows in the order they leave. `lane`: of projections and jobs, which nobody reads. */
export async function owedToOthers({ changed, news, jobs }: Consequences, lane: string, house: TellHouse): Promise<OutboxRow[]> {
  const { now: at, newId } = house;
  const rows = projections(changed, lane, at, newId);
  for (const job of jobs) rows.push({ id: newId(), lane, at, kind: 'job', payload: job });
  for (const piece of news) {
    if (piece.to === 'staff') rows.push({ id: newId(), lane: `store/${piece.storeId}`, at, kind: 'staff', payload: piece });
    else {
      const said = await toCustomer(piece, house);
      if (said) rows.push(said);
    }
  }
  return rows;
}

/** What Redis must hear. */
function projections(changed: readonly Changed[], lane: string, at: Instant, newId: () => string): OutboxRow[] {
  return changed.flatMap(({ storeId, slotsVersion, waitlistUserId }): OutboxRow[] => [
    ...(slotsVersion === null ? [] : [{ id: newId(), lane, at, kind: 'slots' as const, payload: { storeId, version: slotsVersion } }]),
    ...(waitlistUserId === null ? [] : [{ id: newId(), lane, at, kind: 'waitlist' as const, payload: { storeId, userId: waitlistUserId } }]),
  ]);
}

/** Null where the customer cannot be reached: nobody LINE knows, or he blocked us. */
async function toCustomer({ userId, storeId, act }: Extract<News, { to: 'customer' }>, house: TellHouse): Promise<OutboxRow | null> {
  const store = house.stores.find((s) => s.id === storeId);
  const customer = store ? await house.reader.customer(userId, store.channel) : null;
  return store && customer && !customer.blocked ? pushTo(customer, store, act, 'news', house) : null;
}

/** A push to a customer, with its log line. */
export function pushTo(customer: Customer & { channel: string }, store: Store, act: CustomerNews, purpose: Purpose, { now, stores, newId }: Omit<TellHouse, 'reader'>): OutboxRow {
  const { id: userId, channel, lineId } = customer;
  const id = newId();
  // Its buttons mean the same whenever they are tapped, so the number of the talk is left out.
  const tap = (verb: Parameters<typeof writeTap>[2], value?: string) => writeTap({ seq: 0 }, userId, verb, value);
  const said = render([act], { now, stores: stores.filter((s) => s.channel === store.channel), customerName: customer.name, tap });
  const log = [composeSaid({ userId, account: channel, id, timestamp: now, by: 'job', said, acts: [act], storeId: store.id })];
  return {
    id, lane: laneKey({ channel, lineId }), at: now, kind: 'say',
    payload: { channel, to: lineId, userId, replyToken: null, purpose, tokenAt: now, retryKey: newId(), turnId: id, log, entryId: saidId(id) },
  };
}
