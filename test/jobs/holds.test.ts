import { expect, test } from '@jest/globals';
import { expiring } from '../../src/booking/hold.ts';
import { holds } from '../../src/jobs/holds.ts';
import type { Hold, Reservation } from '../../src/model/reservation.ts';
import { HOUR, MINUTE, fromLocal } from '../../src/model/time.ts';

const NOW = fromLocal('2026-11-24T09:00');
const held = (id: string, hold: Hold | null): Reservation => ({
  id, userId: 'u', storeId: 's', staffId: 't', menuIds: ['m'], start: NOW + 48 * HOUR, end: NOW + 49 * HOUR, nominated: false,
  ...(hold ? { status: 'pending', hold } : { status: 'confirmed' }),
});

function house(visits: Reservation[]) {
  const ended: string[] = [];
  const end = (what: string) => async (visit: Reservation) => {
    ended.push(`${what} ${visit.id}`);
    if (visit.id === 'broken') throw new Error('no');
  };
  return {
    ended,
    ...holds({
      now: () => NOW, owners: { approval: end('approval'), deposit: end('deposit') },
      booking: { reservation: async (id) => visits.find((v) => v.id === id) ?? null, endedHolds: async (now) => visits.filter((v) => v.hold && v.hold.until <= now) },
    }),
  };
}

test('a hold is ended by whom it waited for, and only when its time is over', async () => {
  const { ended, expire_hold } = house([
    held('a', { for: 'approval', until: NOW }), held('d', { for: 'deposit', until: NOW - MINUTE }), held('early', { for: 'approval', until: NOW + MINUTE }),
    held('o', { for: 'offer', until: NOW }), held('visit', null),
  ]);
  for (const reservationId of ['a', 'd', 'early', 'o', 'visit', 'nobody']) await expire_hold({ reservationId });
  expect(ended).toEqual(['approval a', 'deposit d']);
});

test('the sweep ends what the jobs left; one that fails does not keep the others', async () => {
  const { ended, mend } = house([held('broken', { for: 'deposit', until: NOW }), held('a', { for: 'approval', until: NOW })]);
  await expect(mend.mend()).rejects.toThrow('no');
  expect(ended).toEqual(['deposit broken', 'approval a']);
});

test('the job of a hold has its reservation for a key, so that a longer hold replaces it', () => {
  expect(expiring('r', { for: 'deposit', until: NOW })).toEqual({ name: 'expire_hold', key: 'hold:r', at: NOW, payload: { reservationId: 'r' } });
});
