/** Readers that fill `available_slots:<store>` while others book and cancel, and the cache is emptied in between. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { BookingWriter, SlotCache } from '../../src/booking/ports.ts';
import { cachedSlots } from '../../src/booking/slots.ts';
import type { SlotFill, SlotRead } from '../../src/booking/slots.ts';
import type { Store } from '../../src/model/store.ts';
import { HOUR, at } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { inTransaction } from './races.ts';
import { menu, person, plantCustomers, plantStore, shop } from './salon.ts';

export const RACE_NOW = at('2026-11-24', 9 * 60);
const READERS = 4;
const WRITERS = 2;
const TOGETHER = 4;
/** The day has ten hours. */
const MOST_ROUNDS = 5;

export type SlotsRace = {
  stores: number; readers: number; writers: number; writes: number; flushes: number;
  reads: Record<SlotRead, number>; fills: Record<SlotFill, number>;
  /** Answers that offered a time whose booking was committed before they were asked for. */
  wrong: number;
  /** Values left at the end, and those that are not the truth. */
  cached: number; stale: number;
  seconds: number;
};

/** A cache that some fills reach late: between a snapshot and its fill there is time for a change and its invalidation. */
function late(cache: SlotCache, pool: Pool): SlotCache {
  let fills = 0;
  return {
    read: (storeId) => cache.read(storeId),
    invalidate: (storeId, version) => cache.invalidate(storeId, version),
    async fill(storeId, slots) {
      for (let n = ++fills % 8; n > 0; n--) await pool.query('SELECT 1');
      return cache.fill(storeId, slots);
    },
  };
}

/** Each shop has four readers and two writers at once, who book in each of at most five rounds; `flush` empties the cache of these shops six times in the first half. */
export async function slotsRace(pool: Pool, cache: SlotCache, { stores, rounds, flush }: { stores: number; rounds: number; flush: ((storeIds: string[]) => Promise<void>) | null }): Promise<SlotsRace> {
  const began = performance.now();
  const booking = new PostgresBooking(pool, () => RACE_NOW);
  const race: SlotsRace = { stores, readers: READERS, writers: WRITERS, writes: 0, flushes: 0, reads: { hit: 0, miss: 0, away: 0 }, fills: { kept: 0, refused: 0, away: 0 }, wrong: 0, cached: 0, stale: 0, seconds: 0 };
  const slots = cachedSlots(late(cache, pool), booking, (read) => race.reads[read]++, (fill) => race.fills[fill]++);
  // One person each, so that every booking changes what is free.
  const shops = Array.from({ length: stores }, () => {
    const cut = menu('カット', 60);
    return shop([cut], [person('田中', [cut])]);
  });
  for (const store of shops) await plantStore(pool, store);
  const customers = await plantCustomers(pool, WRITERS * stores);
  const every = Math.ceil((stores * WRITERS * rounds) / 12);

  const write = async (store: Store, userId: string, who: number, taken: Set<Instant>, over: () => void): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const id = randomUUID();
      const start = at('2026-11-26', 10 * 60) + (who * MOST_ROUNDS + round) * HOUR;
      // Every other round gives the time back, so that stale is wrong both ways.
      await changed(store, async (tx) => {
        const done = await tx.insertReservation({ id, userId, storeId: store.id, staffId: store.staff[0]!.id, menuIds: [store.menus[0]!.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null });
        if (done !== 'ok') throw new Error(`not booked: ${done}`);
      }, () => {
        taken.add(start);
        // The readers' last fills meet the last invalidation.
        if (round === rounds - 1) over();
      });
      if (round % 2 === 1 && round < rounds - 1) {
        taken.delete(start);
        await changed(store, async (tx) => void (await tx.cancelReservation(id, userId)));
      }
      race.writes++;
      if (flush && race.flushes < 6 && race.writes % every === 0) {
        race.flushes++;
        await flush(shops.map((s) => s.id));
      }
    }
  };
  const changed = async (store: Store, change: (tx: BookingWriter) => Promise<void>, committed = () => {}): Promise<void> => {
    const version = await inTransaction(pool, RACE_NOW, async (tx) => {
      await change(tx);
      return tx.bumpSlots(store.id);
    });
    committed();
    // As the deliverer does: by the version as it is once the change is committed.
    await cache.invalidate(store.id, Math.max(version, (await booking.slotsVersion(store.id))!));
  };
  const read = async (store: Store, taken: ReadonlySet<Instant>): Promise<void> => {
    const before = [...taken];
    const free = new Set(await slots.starts(store, RACE_NOW));
    // Not those given back in the meantime.
    if (before.some((start) => taken.has(start) && free.has(start))) race.wrong++;
    await new Promise((next) => setImmediate(next));
  };
  const raceAt = async (store: Store, n: number): Promise<void> => {
    const taken = new Set<Instant>();
    let writing = WRITERS;
    const writers = Array.from({ length: WRITERS }, (_, who) => write(store, customers[WRITERS * n + who]!, who, taken, () => writing--));
    const readers = Array.from({ length: READERS }, async () => {
      do await read(store, taken); while (writing > 0);
    });
    await Promise.all([...writers, ...readers]);
  };
  // Few shops at a time: with all at once every connection has a queue, and nobody meets anybody.
  const waiting = [...shops.entries()];
  await Promise.all(Array.from({ length: TOGETHER }, async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await raceAt(next[1], next[0]);
  }));

  const truth = cachedSlots(new MemorySlots(() => 0), booking);
  for (const store of shops) {
    const value = await cache.read(store.id);
    if (value === null) continue;
    race.cached++;
    if (value.starts.join() !== (await truth.starts(store, RACE_NOW)).join()) race.stale++;
  }
  race.seconds = Math.round((performance.now() - began) / 100) / 10;
  return race;
}
