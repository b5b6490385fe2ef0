import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { perform } from '../../src/booking/perform.ts';
import type { Answer, Effect } from '../../src/booking/ports.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { Policy } from '../../src/model/policy.ts';
import { fromLocal } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import type { KeptBookings } from '../../src/storage/memory/rows.ts';
import { salon } from '../support/salon.ts';
import type { Salon } from '../support/salon.ts';

let now: number;
let kept: KeptBookings;
let shop: Salon;
beforeEach(() => {
  now = fromLocal('2026-11-24T09:00');
  kept = noBookings();
  shop = salon();
});
const rules = (change: Partial<Policy>) => (shop.store.policy = { ...DEFAULT_POLICY, ...change });
const limit = (openBookings: number | null, noShows: number | null) => rules({ limits: { openBookings, noShows } });
const writer = () => new MemoryBooking(kept, () => now);
const act = async (userId: string, effect: Effect): Promise<Answer> => {
  const booking = writer();
  return (await perform(effect, { now, userId, stores: [shop.store], reader: booking, writer: booking, slots: { starts: async () => [] }, newId: randomUUID })).answer;
};
const visit = () => ({ storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id });
const book = (clock: string, day = '2026-11-26', userId = 'me') => act(userId, { do: 'book', visit: visit(), start: fromLocal(`${day}T${clock}`), notes: null });
const idOf = (answer: Answer): string => ('done' in answer && answer.done ? answer.done.id : '');
const look = async () => {
  const answer = await act('me', { do: 'look', visit: visit(), days: ['2026-11-28'], from: null, until: null });
  return answer.to === 'look' ? answer.terms : null;
};

describe('a shop that limits the bookings ahead of one customer', () => {
  test('names those that stand, and books again once one is over, moved away from or cancelled', async () => {
    limit(2, null);
    const ids = [idOf(await book('10:00')), idOf(await book('12:00'))];
    expect(await book('15:00')).toMatchObject({ to: 'book', barred: { why: 'open_bookings', most: 2, open: ids.map((id) => ({ id })) } });
    expect(kept.reservations).toHaveLength(2);
    expect(await book('15:00', '2026-11-26', 'you')).toHaveProperty('done');
    await act('me', { do: 'cancel', reservationId: ids[0]! });
    expect(await book('16:30')).toHaveProperty('done');
    now = fromLocal('2026-11-26T13:00');
    expect(await book('10:00', '2026-11-27')).toHaveProperty('done');
    expect(await book('12:00', '2026-11-27')).toHaveProperty('barred');
  });

  test('does not stand against moving one, nor against waiting for a better time', async () => {
    limit(1, null);
    const id = idOf(await book('10:00'));
    await book('15:00', '2026-11-26', 'you');
    expect(await act('me', { do: 'wait', visit: visit(), from: fromLocal('2026-11-26T15:00'), until: fromLocal('2026-11-26T15:30') })).toHaveProperty('entry');
    expect(await act('me', { do: 'move', reservationId: id, visit: visit(), start: fromLocal('2026-11-26T12:00') })).toHaveProperty('done');
  });

  test('says so with what is free, before anything is asked in vain', async () => {
    limit(1, null);
    expect(await look()).toEqual({ barred: null, first: true, approval: false });
    const id = idOf(await book('10:00'));
    expect(await look()).toMatchObject({ barred: { why: 'open_bookings', open: [{ id }] }, first: false });
  });
});

describe('a shop that books itself for who did not come too often', () => {
  const missed = async (day: string) => {
    now = fromLocal(`${day}T08:00`);
    const id = idOf(await book('10:00', day));
    now = fromLocal(`${day}T12:00`);
    await writer().mark(id, 'no_show');
  };

  test('counts its own no-shows', async () => {
    limit(null, 2);
    await missed('2026-11-24');
    expect(await book('10:00', '2026-11-27')).toHaveProperty('done');
    await missed('2026-11-26');
    expect(await book('15:00', '2026-11-27')).toEqual({ to: 'book', barred: { why: 'no_shows' } });
    expect(await act('me', { do: 'wait', visit: visit(), from: now, until: now + 1 })).toEqual({ to: 'wait', barred: { why: 'no_shows' } });
    shop.store.id = randomUUID();
    expect(await look()).toMatchObject({ barred: null });
  });

  test('leaves him what he has booked already', async () => {
    const id = idOf(await book('15:00', '2026-11-27'));
    limit(null, 1);
    await missed('2026-11-26');
    expect(await act('me', { do: 'move', reservationId: id, visit: visit(), start: fromLocal('2026-11-27T17:00') })).toHaveProperty('done');
    expect(await act('me', { do: 'cancel', reservationId: id })).toMatchObject({ done: { id } });
  });
});

describe('the terms of a shop', () => {
  test('that asks nothing and limits nothing are not looked up', async () => {
    expect(await look()).toBeUndefined();
  });

  test('say whether a booking would be provisional', async () => {
    rules({ approval: { when: 'always', expiryMinutes: 60 } });
    expect(await look()).toEqual({ barred: null, first: false, approval: true });
    rules({ approval: { when: 'first', expiryMinutes: 60 } });
    expect(await look()).toEqual({ barred: null, first: true, approval: true });
    await book('10:00');
    expect(await look()).toMatchObject({ first: false, approval: true });
    rules({ approval: { when: 'never', expiryMinutes: 60 }, firstVisit: ['name'] });
    expect(await look()).toMatchObject({ first: false, approval: false });
  });
});
