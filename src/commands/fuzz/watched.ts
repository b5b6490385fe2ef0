/** A transaction that may crash at any of its statements, and in which nobody may be passed over. */
import type { BookingWriter } from '../../booking/ports.ts';
import { overlaps } from '../../model/span.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { windowOf } from '../../booking/availability.ts';
import { businessDayOf } from '../../booking/working.ts';
import { placesFor, staffDay } from '../../booking/waiting/freed.ts';
import type { KeptOffer, QueuedEntry } from '../../booking/waiting/ports.ts';

/** Thrown in the middle of a transaction, as if the process had died there. */
export class Crash extends Error {
  override name = 'Crash';
}

export type Watching = { crashesAfter: number | null; passedOver: (line: string) => void; newId: () => string };

/** The writer, counting its calls. Before each offer it is looked whether somebody who waits longer could have had it. */
export function watched(writer: BookingWriter, now: Instant, store: Store, { crashesAfter, passedOver, newId }: Watching): BookingWriter {
  let calls = 0;
  let queue: QueuedEntry[] = [];
  /** Entries somebody else had in hand just then. */
  const busy = new Set<unknown>();
  return new Proxy(writer, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (calls++ === crashesAfter) throw new Crash();
        if (name === 'insertOffer') await inTurn(target, args[0] as KeptOffer, { store, now, queue: queue.filter(({ id }) => !busy.has(id)), passedOver, newId });
        const result: unknown = await (value as (...args: unknown[]) => unknown).apply(target, args);
        if (name === 'queue') queue = result as QueuedEntry[];
        if (name === 'takeWaiting' && result === false) busy.add(args[0]);
        if (name === 'insertOffer' && result === false) busy.add((args[0] as KeptOffer).entryId);
        return result;
      };
    },
  });
}

type Turn = { store: Store; now: Instant; queue: readonly QueuedEntry[]; passedOver: (line: string) => void; newId: () => string };

async function inTurn(writer: BookingWriter, offer: KeptOffer, { store, now, queue, passedOver, newId }: Turn): Promise<void> {
  const day = businessDayOf(store.hours, offer.start);
  const staff = store.staff.find((s) => s.id === offer.staffId)!;
  const state = await staffDay(store, staff, day, { writer, now, stores: [store], newId });
  const without = { ...state, busy: state.busy.filter((b) => b.reservationId !== offer.reservationId) };
  const still = new Set((await writer.queue(store.id, staff.id, windowOf([day]), now)).map(({ id }) => id));
  const own = queue.findIndex(({ id }) => id === offer.entryId);
  for (const entry of queue.slice(0, own)) {
    const place = placesFor(entry, without, now).places.find((p) => p.start === offer.start);
    // Who is at it himself right now is passed over; so is who is elsewhere then.
    if (!place || entry.userId === offer.userId || !still.has(entry.id) || !(await writer.takeWaiting(entry.id))) continue;
    if ((await writer.upcoming(entry.userId, now)).some((visit) => overlaps(visit, place))) continue;
    passedOver(`${offer.entryId} is offered what ${entry.id} waits for longer`);
  }
}
