import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { BookingDeps } from '../../src/booking/deps.ts';
import { perform } from '../../src/booking/perform.ts';
import type { CachedSlots, SlotCache } from '../../src/booking/ports.ts';
import { SLOT_DAYS, cachedSlots, slotDays } from '../../src/booking/slots.ts';
import type { SlotRead, SlotSource } from '../../src/booking/slots.ts';
import type { Store } from '../../src/model/store.ts';
import { DAY, HOUR, addDays, at, dayOf, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { salon } from '../support/salon.ts';
import { cases } from './calendars.ts';

const NOW = fromLocal('2026-11-24T09:00');
const noSlots: SlotSource = { starts: () => Promise.reject(new Error('asked the cache')) };
const lookAt = async (store: Store, booking: MemoryBooking, slots: SlotSource, now: Instant, days: string[], writing = false) => {
  const deps: BookingDeps = { now, userId: 'me', stores: [store], reader: booking, writer: writing ? booking : null, slots, newId: randomUUID };
  return (await perform({ do: 'look', visit: { storeId: store.id, menuIds: [], staffId: null }, days, from: null, until: null }, deps)).answer;
};

describe('the starts behind 「明日空いてる？」', () => {
  const house = () => {
    const { store, tanaka, cut } = salon();
    const kept = noBookings();
    const booking = new MemoryBooking(kept, () => NOW);
    const cache = new MemorySlots(() => 0);
    const reads: SlotRead[] = [];
    const slots = cachedSlots(cache, booking, (read) => reads.push(read));
    const book = (start: Instant) => booking.insertReservation({ id: randomUUID(), userId: randomUUID(), storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null });
    return { store, booking, cache, reads, slots, book };
  };

  test('are read once from the rows and then from the cache, until a change is heard of', async () => {
    const { store, booking, cache, reads, slots, book } = house();
    const first = await slots.starts(store, NOW);
    expect(await slots.starts(store, NOW)).toEqual(first);
    await book(first[0]!);
    await cache.invalidate(store.id, await booking.bumpSlots(store.id));
    await slots.starts(store, NOW);
    expect(reads).toEqual(['miss', 'hit', 'miss']);
  });

  test('are never older than the version the caller has read, though the invalidation did not arrive', async () => {
    const { store, booking, reads, slots } = house();
    await slots.starts(store, NOW, 1);
    const version = await booking.bumpSlots(store.id);
    await slots.starts(store, NOW, version);
    await slots.starts(store, NOW, version);
    expect(reads).toEqual(['miss', 'miss', 'hit']);
  });

  test('are never older than what is committed, where the caller has read no version', async () => {
    const { store, booking, reads, slots, book } = house();
    const [first] = await slots.starts(store, NOW);
    await book(first!);
    await booking.bumpSlots(store.id);
    // Nobody has told the cache.
    await slots.starts(store, NOW);
    expect(reads).toEqual(['miss', 'miss']);
  });

  test('that came late into a cache emptied in the meantime are taken out again', async () => {
    const { store, booking } = house();
    let kept = new MemorySlots(() => 0);
    let late = true;
    const emptied: SlotCache = {
      read: (id) => kept.read(id),
      invalidate: (id, version) => kept.invalidate(id, version),
      fill: async (id, slots) => {
        if (late) {
          late = false;
          await kept.invalidate(id, await booking.bumpSlots(id));
          kept = new MemorySlots(() => 0);
        }
        return kept.fill(id, slots);
      },
    };
    const slots = cachedSlots(emptied, booking);
    await slots.starts(store, NOW);
    expect(await kept.read(store.id)).toBeNull();
    await slots.starts(store, NOW);
    expect(await kept.read(store.id)).toMatchObject({ version: 2 });
  });

  test('of another day are made anew, whichever way the clock moved', async () => {
    const { store, reads, slots } = house();
    for (const now of [NOW, NOW + DAY, NOW, NOW]) await slots.starts(store, now);
    expect(reads).toEqual(['miss', 'miss', 'miss', 'hit']);
  });

  test('come from the rows while the cache is away', async () => {
    const { store, booking, slots } = house();
    const away: SlotCache = { read: () => Promise.reject(new Error('away')), fill: () => Promise.reject(new Error('away')), invalidate: () => Promise.reject(new Error('away')) };
    const reads: SlotRead[] = [];
    expect(await cachedSlots(away, booking, (read) => reads.push(read)).starts(store, NOW)).toEqual(await slots.starts(store, NOW));
    expect(reads).toEqual(['away']);
  });

  test('of hours that changed since the shop was read are not kept', async () => {
    const { store, booking, cache, slots } = house();
    await slots.starts({ ...store, version: 0 }, NOW);
    expect(await cache.read(store.id)).toBeNull();
    await slots.starts({ ...store, version: 1 }, NOW);
    expect(await cache.read(store.id)).toMatchObject({ version: 1, from: '2026-11-24' });
    expect(await booking.snapshot(store.id, { start: NOW, end: NOW }, NOW)).toMatchObject({ configVersion: 1 });
  });

  test('are not asked for where the turn has written, nor beyond the days they cover', async () => {
    const { store, booking, slots } = house();
    const answer = await lookAt(store, booking, slots, NOW, ['2026-11-26']);
    expect(await lookAt(store, booking, noSlots, NOW, ['2026-11-26'], true)).toEqual(answer);
    const last = addDays('2026-11-24', SLOT_DAYS - 1);
    await expect(lookAt(store, booking, noSlots, NOW, ['2026-11-26', last])).rejects.toThrow('asked the cache');
    expect(await lookAt(store, booking, noSlots, NOW, ['2026-11-26', addDays(last, 1)])).toMatchObject({ days: [{}, {}] });
  });

  test('of a shop without people or menus are none', async () => {
    const { store, booking, slots } = house();
    expect(await slots.starts({ ...store, staff: [] }, NOW)).toEqual([]);
    expect(await lookAt({ ...store, staff: [] }, booking, slots, NOW, ['2026-11-26'])).toMatchObject({ days: [{ free: [], closed: 'staff_off' }] });
  });

  test('answer every day exactly as the rows would', async () => {
    await fc.assert(fc.asyncProperty(cases, async ({ store, busy, now }) => {
      const kept = noBookings();
      for (const b of busy) kept.reservations.push({ id: b.reservationId, userId: b.userId, storeId: store.id, staffId: b.staffId, menuIds: [], start: b.start, end: b.end, blockedUntil: b.end, status: 'confirmed', nominated: true, notes: null, holdExpiresAt: null });
      const booking = new MemoryBooking(kept, () => now);
      const cache = new MemorySlots(() => 0);
      const slots = cachedSlots(cache, booking);
      const days = slotDays(dayOf(now)).slice(0, 7);
      const rows = await lookAt(store, booking, noSlots, now, days, true);
      expect(await lookAt(store, booking, slots, now, days)).toEqual(rows);
      expect(await lookAt(store, booking, slots, now, days)).toEqual(rows);
      // Filled at another hour of the same day, it is as good.
      const dawn = at(dayOf(now), 0);
      const early = new MemorySlots(() => 0);
      await cachedSlots(early, booking).starts(store, dawn);
      expect(await lookAt(store, booking, cachedSlots(early, booking), now, days)).toEqual(rows);
    }), { numRuns: 200 });
  });
});

test('a fill carries the version of its rows', async () => {
  const { store } = salon();
  const booking = new MemoryBooking(noBookings(), () => NOW);
  await booking.bumpSlots(store.id);
  const filled: CachedSlots[] = [];
  const cache: SlotCache = { read: async () => null, fill: async (_id, slots) => filled.push(slots) > 0, invalidate: async () => undefined };
  await cachedSlots(cache, booking).starts(store, NOW);
  expect(filled).toMatchObject([{ version: 2, from: '2026-11-24' }]);
});
