import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HistoryEntry, ReservationHistory } from '../../src/chatlog/record.ts';
import type { Opened } from './chat-log.contract.ts';

export const visit = (over: Partial<HistoryEntry> = {}): HistoryEntry => ({ reservationId: randomUUID(), store: '渋谷店', menu: 'カット', date: '2026-11-24', status: 'completed', ...over });

/** What every `ReservationHistory` does, whatever keeps it. */
export function historyContract(name: string, open: () => Promise<Opened<ReservationHistory>>): void {
  describe(`the visits in ${name}`, () => {
    let opened: Opened<ReservationHistory>;
    let history: ReservationHistory;
    beforeAll(async () => {
      opened = await open();
      history = opened.store;
    });
    afterAll(() => opened.close());

    test('are kept by customer in the order they were recorded', async () => {
      const [user, other] = [randomUUID(), randomUUID()];
      const visits = [visit({ date: '2026-11-25' }), visit({ status: 'canceled' }), visit({ status: 'no_show' })];
      for (const one of visits) await history.record(user, one);
      expect(await history.read(user)).toEqual(visits);
      expect(await history.read(other)).toEqual([]);
    });

    test('are there once however often they are recorded, with the newest status in the same place', async () => {
      const user = randomUUID();
      const [first, second] = [visit(), visit()];
      for (const one of [first, second, first, { ...first, status: 'no_show' as const }]) await history.record(user, one);
      expect(await history.read(user)).toEqual([{ ...first, status: 'no_show' }, second]);
    });

    test('recorded from several sides at once are each there once', async () => {
      const user = randomUUID();
      const visits = Array.from({ length: 12 }, () => visit());
      await Promise.all([...visits, ...visits].map((one) => history.record(user, one)));
      const found = (await history.read(user)).map((v) => v.reservationId);
      expect(found.sort()).toEqual(visits.map((v) => v.reservationId).sort());
    });
  });
}
