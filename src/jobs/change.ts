/** A change that no message asked for: a job, a payment, a person of the shop at the console. */
import { joinedFollowed } from '../booking/deps.ts';
import type { BookingDeps } from '../booking/deps.ts';
import type { BookingWriter, Freed } from '../booking/ports.ts';
import { offerFreed } from '../booking/waiting/freed.ts';
import type { Store } from '../model/store.ts';
import type { Instant, Now } from '../model/time.ts';
import { NOBODY } from './ports.ts';
import type { EndedTurn, Inbox, OutboxRow } from './ports.ts';
import { owedToOthers } from './tell.ts';
import type { Consequences } from './tell.ts';

export type ChangeHouse = {
  inbox: Pick<Inbox, 'begin'>;
  now: Now;
  newId: () => string;
  /** As in BookingDeps. */
  payLink?: BookingDeps['payLink'];
  stores: () => Promise<readonly Store[]>;
  /** Delivers what the change owes, at once. */
  deliver: (rows: OutboxRow[]) => unknown;
};

/** What a change came to. `freed` is offered to those who wait for it. */
export type Changes<T> = Consequences & { result: T; freed?: readonly Freed[] };

/** Does it in one transaction, whole or not at all; what it owes leaves after COMMIT. `events`: rows of the inbox it is the answer to, gone with it. */
export async function change<T>(house: ChangeHouse, doing: (booking: BookingWriter, now: Instant, stores: readonly Store[]) => Promise<Changes<T>>, events: readonly string[] = []): Promise<T> {
  const now = house.now();
  const stores = await house.stores();
  const tx = await house.inbox.begin();
  try {
    const { result, freed = [], ...own } = await doing(tx.booking, now, stores);
    const offered = await offerFreed(freed, { writer: tx.booking, now, stores, newId: house.newId });
    const outbox = await owedToOthers(joinedFollowed([own, offered]), 'house', { now, stores, reader: tx.booking, newId: house.newId });
    await tx.commit(nobodysTurn(outbox, now, events));
    house.deliver(outbox);
    return result;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** A transaction that ends no customer's turn, with what it owes and the events it was about. */
export const nobodysTurn = (outbox: OutboxRow[], at: Instant, events: readonly string[] = []): EndedTurn => ({
  lane: { channel: NOBODY, lineId: NOBODY }, customer: { id: '', lineId: NOBODY, name: null, phone: null, blocked: false }, rows: [...events], talk: null, at, outbox,
});
