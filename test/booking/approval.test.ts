import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { approvalUntil, approve, decline, lapse } from '../../src/booking/approval.ts';
import { markArrived, markNoShow, unmark } from '../../src/booking/came.ts';
import type { HouseDeps } from '../../src/booking/deps.ts';
import { perform } from '../../src/booking/perform.ts';
import type { Effect } from '../../src/booking/ports.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Reservation } from '../../src/model/reservation.ts';
import { HOUR, MINUTE, fromLocal, toLocal } from '../../src/model/time.ts';
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
  wants('always');
});
const wants = (when: Policy['approval']['when'], expiryMinutes = 180) => (shop.store.policy = { ...DEFAULT_POLICY, approval: { when, expiryMinutes } });
const house = (): HouseDeps => ({ now, stores: [shop.store], writer: new MemoryBooking(kept, () => now), newId: randomUUID });
const act = (userId: string, effect: Effect) => {
  const writer = new MemoryBooking(kept, () => now);
  return perform(effect, { now, userId, stores: [shop.store], reader: writer, writer, slots: { starts: async () => [] }, newId: randomUUID });
};
const book = (userId: string, clock: string, staffId: string | null = shop.sato.id) =>
  act(userId, { do: 'book', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId }, start: fromLocal(`2026-11-26T${clock}`), notes: null });
const booked = async (userId: string, clock: string): Promise<Reservation> => {
  const { answer } = await book(userId, clock);
  if (!('done' in answer) || answer.to !== 'book') throw new Error(JSON.stringify(answer));
  return answer.done;
};

describe('a shop that wants to say yes', () => {
  test('is asked for every booking, which holds its time meanwhile', async () => {
    const { answer, news, jobs } = await book('me', '15:00');
    const visit = { status: 'pending', hold: { for: 'approval', until: now + 3 * HOUR } };
    expect(answer).toMatchObject({ to: 'book', done: visit });
    expect(news).toMatchObject([{ to: 'staff', staffId: shop.sato.id, news: { kind: 'approval_asked', visit } }]);
    expect(jobs).toMatchObject([{ name: 'expire_hold', at: now + 3 * HOUR }]);
    expect((await book('you', '15:00')).answer).toMatchObject({ taken: 'full' });
  });

  test('for the first visit only, says it until it has said yes once', async () => {
    wants('first');
    const first = await booked('me', '10:00');
    expect((await booked('me', '12:00')).status).toBe('pending');
    await approve(first.id, house());
    expect((await booked('me', '15:00')).status).toBe('confirmed');
    expect((await booked('you', '17:00')).status).toBe('pending');
  });

  test('says yes once; the customer and the person of the visit hear of it', async () => {
    const { id } = await booked('me', '15:00');
    const { result, news, changed } = await approve(id, house(), shop.tanaka.id);
    expect(result).toMatchObject({ id, status: 'confirmed' });
    expect(news).toMatchObject([{ to: 'customer', userId: 'me', act: { say: 'approved' } }, { to: 'staff', staffId: shop.sato.id, by: shop.tanaka.id, news: { kind: 'booked' } }]);
    expect(changed).toHaveLength(1);
    expect(await approve(id, house())).toMatchObject({ result: null, news: [] });
    expect(await decline(id, house())).toMatchObject({ result: null, news: [] });
    expect(kept.reservations[0]!.status).toBe('confirmed');
  });

  test('says no: the time is free, and the customer hears what else there is', async () => {
    const { id, start, end } = await booked('me', '15:00');
    const { result, news, freed } = await decline(id, house());
    expect(result).toMatchObject({ id, status: 'canceled' });
    expect(freed).toEqual([{ storeId: shop.store.id, staffId: shop.sato.id, start, end }]);
    const [told] = news;
    if (told?.to !== 'customer' || told.act.say !== 'declined') throw new Error(JSON.stringify(news));
    expect(told.act.near.map((free) => toLocal(free.start).slice(11))).toEqual(['13:30', '14:00', '16:00', '16:30']);
    expect((await book('you', '15:00')).answer).toMatchObject({ done: { status: 'pending' } });
    expect(await approve(id, house())).toMatchObject({ result: null });
  });

  test('says nothing: it falls when its time is over, once, whoever booked over it meanwhile', async () => {
    const { id } = await booked('me', '15:00');
    expect(await lapse(id, house())).toMatchObject({ result: null, news: [] });
    now += 3 * HOUR;
    expect(await approve(id, house())).toMatchObject({ result: null });
    expect((await book('you', '15:00')).answer).toMatchObject({ done: { userId: 'you' } });
    const { result, news } = await lapse(id, house());
    expect(result).toMatchObject({ id });
    expect(news).toMatchObject([{ to: 'customer', userId: 'me', act: { say: 'lapsed' } }, { to: 'staff', news: { kind: 'approval_lapsed' } }]);
    expect(await lapse(id, house())).toMatchObject({ result: null, news: [] });
  });

  test('is asked again for another time', async () => {
    const { id } = await booked('me', '15:00');
    await approve(id, house());
    now += HOUR;
    const visit = { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id };
    const { answer, news, jobs } = await act('me', { do: 'move', reservationId: id, visit, start: fromLocal('2026-11-26T17:00') });
    expect(answer).toMatchObject({ to: 'move', done: { id, status: 'pending', hold: { until: now + 3 * HOUR } } });
    expect(news).toMatchObject([{ news: { kind: 'approval_asked', was: { start: fromLocal('2026-11-26T15:00') } } }]);
    expect(jobs).toMatchObject([{ key: `hold:${id}` }]);
  });

  test('for the first visit only, is not asked again when it is moved', async () => {
    wants('first');
    const { id } = await booked('me', '15:00');
    await approve(id, house());
    const visit = { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id };
    expect((await act('me', { do: 'move', reservationId: id, visit, start: fromLocal('2026-11-26T17:00') })).answer).toMatchObject({ done: { status: 'confirmed' } });
  });

  test('cannot be asked about a visit whose time to answer is over', async () => {
    const { id } = await booked('me', '15:00');
    now += 3 * HOUR;
    const visit = { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id };
    expect((await act('me', { do: 'move', reservationId: id, visit, start: fromLocal('2026-11-26T17:00') })).answer).toMatchObject({ gone: true });
  });
});

describe('how long it waits', () => {
  const until = (expiryMinutes: number, at: string, start: string, quiet = DEFAULT_POLICY.quiet) => {
    wants('always', expiryMinutes);
    shop.store.policy = { ...shop.store.policy, quiet };
    return toLocal(approvalUntil(shop.store, fromLocal(start), fromLocal(at)));
  };
  test.each([
    ['as long as the shop says', 180, '2026-11-24T09:00', '2026-11-26T15:00', '2026-11-24T12:00'],
    ['over the night where it would end in it', 180, '2026-11-24T20:00', '2026-11-26T15:00', '2026-11-25T09:00'],
    ['also where it would end after midnight', 360, '2026-11-24T20:00', '2026-11-26T15:00', '2026-11-25T09:00'],
    ['to an hour before the visit', 180, '2026-11-24T12:00', '2026-11-24T15:00', '2026-11-24T14:00'],
    ['for half of the time that is left where that is less', 180, '2026-11-24T14:00', '2026-11-24T15:00', '2026-11-24T14:30'],
  ])('%s', (_, expiry, at, start, end) => expect(until(expiry, at, start)).toBe(end));
  test('by day, where the quiet hours are by day', () => expect(until(60, '2026-11-24T11:30', '2026-11-26T15:00', { from: '12:00', until: '14:00' })).toBe('2026-11-24T14:00'));
  test('whatever the hour, where there are none', () => expect(until(180, '2026-11-24T20:00', '2026-11-26T15:00', null)).toBe('2026-11-24T23:00'));
});

describe('whether the customer came', () => {
  test('is said of a visit of the shop, from its start on where nobody did', async () => {
    wants('never');
    const { id, start } = await booked('me', '15:00');
    expect((await markNoShow(id, house())).result).toBe('too_early');
    expect((await markArrived(id, house())).result).toMatchObject({ came: 'arrived' });
    now = start + 20 * MINUTE;
    expect((await markNoShow(id, house())).result).toMatchObject({ came: 'no_show' });
    expect(await new MemoryBooking(kept, () => now).standing('me', shop.store.id)).toEqual({ visits: 0, noShows: 1 });
    expect((await unmark(id, house())).result).not.toHaveProperty('came');
    expect((await markArrived(randomUUID(), house())).result).toBeNull();
  });

  test('is nothing to say of a visit that is provisional', async () => {
    expect((await markArrived((await booked('me', '15:00')).id, house())).result).toBeNull();
  });
});
