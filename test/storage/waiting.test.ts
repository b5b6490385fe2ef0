import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fromLocal, MINUTE } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';
import { inMemory, inPostgres } from './booking.house.ts';
import type { BookingHouse } from './booking.house.ts';
import { waitingContract } from './waiting.contract.ts';

waitingContract('PostgreSQL', inPostgres);
waitingContract('memory', inMemory);

describe('side by side in PostgreSQL', () => {
  const NOW = fromLocal('2026-11-24T09:00');
  let house: BookingHouse;
  beforeAll(async () => {
    house = await inPostgres(() => NOW);
  });
  afterAll(() => house.close());

  test('who joins while time is being given back is seen by it, or sees it: no wake-up is lost', async () => {
    const shop = salon();
    await house.plant(shop.store);
    const [a = '', b = ''] = await house.customers(2);
    const start = fromLocal('2026-11-26T15:00');
    for (let round = 0; round < 20; round++) {
      const visit = { id: randomUUID(), userId: a, storeId: shop.store.id, staffId: shop.tanaka.id, menuIds: [shop.cut.id], start, end: start + 60 * MINUTE, blockedUntil: start + 60 * MINUTE, nominated: true, notes: null };
      await house.turn((booking) => booking.insertReservation(visit));
      const entry = { id: randomUUID(), userId: b, storeId: shop.store.id, staffId: null, menuIds: [shop.cut.id], from: start, until: start + MINUTE, status: 'waiting' as const };
      const span = { start, end: start + MINUTE };
      const [waits, seen] = await Promise.all([
        house.turn(async (booking) => {
          await booking.lockQueue(shop.store.id);
          return (await booking.busy(shop.store.id, span, NOW)).length > 0 && booking.insertWaiting(entry, NOW);
        }),
        house.turn(async (booking) => {
          await booking.lockDays(shop.store.id, ['2026-11-26']);
          await booking.cancelReservation(visit.id, a);
          return (await booking.queue(shop.store.id, shop.tanaka.id, span, NOW)).length;
        }),
      ]);
      expect(seen).toBe(waits ? 1 : 0);
      await house.turn((booking) => booking.leaveWaiting(entry.id, b));
    }
  });
});
