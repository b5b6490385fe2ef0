import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { BookingDeps } from '../../src/booking/deps.ts';
import { perform } from '../../src/booking/perform.ts';
import type { Answer, Effect, FreeStart } from '../../src/booking/ports.ts';
import type { Reservation } from '../../src/model/reservation.ts';
import { fromLocal, toLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import type { KeptBookings } from '../../src/storage/memory/rows.ts';
import { salon } from '../support/salon.ts';
import type { Salon } from '../support/salon.ts';

const THU = '2026-11-26';
const t = (clock: string, day = THU): Instant => fromLocal(`${day}T${clock}`);

let now: Instant;
let kept: KeptBookings;
let shop: Salon;
let visit: (staff?: string | null, ...menus: string[]) => { storeId: string; menuIds: string[]; staffId: string | null };
beforeEach(() => {
  now = fromLocal('2026-11-24T09:00');
  kept = noBookings();
  shop = salon();
  visit = (staffId = null, ...menuIds) => ({ storeId: shop.store.id, menuIds: menuIds.length > 0 ? menuIds : [shop.cut.id], staffId });
});

const deps = (userId: string): BookingDeps => {
  const writer = new MemoryBooking(kept, () => now);
  return { now, userId, stores: [shop.store], reader: writer, writer, slots: { starts: () => Promise.reject(new Error('not inside a transaction')) }, newId: randomUUID };
};
const act = (userId: string, effect: Effect) => perform(effect, deps(userId));
const ask = async (userId: string, effect: Effect): Promise<Answer> => (await act(userId, effect)).answer;
const book = (userId: string, clock: string, staffId: string | null = null, day = THU) => act(userId, { do: 'book', visit: visit(staffId), start: t(clock, day), notes: null });
const booked = async (userId: string, clock: string, staffId: string | null = null, day = THU): Promise<Reservation> => {
  const { answer } = await book(userId, clock, staffId, day);
  if (!('done' in answer) || answer.to !== 'book') throw new Error(JSON.stringify(answer));
  return answer.done;
};
const when = (starts: readonly FreeStart[]) => starts.map((f) => toLocal(f.start).slice(5));
const active = () => kept.reservations.filter((r) => r.status !== 'canceled');

describe('booking', () => {
  test('books what was asked for and bumps the version of the store', async () => {
    const { answer, changed, freed } = await act('me', { do: 'book', visit: visit(shop.sato.id, shop.cut.id, shop.spa.id), start: t('15:00'), notes: '髪が長い' });
    expect(answer).toMatchObject({ to: 'book', done: { userId: 'me', staffId: shop.sato.id, menuIds: [shop.cut.id, shop.spa.id], start: t('15:00'), end: t('16:30'), status: 'confirmed', nominated: true } });
    expect(changed).toEqual([{ storeId: shop.store.id, slotsVersion: 2, waitlistUserId: null }]);
    expect(freed).toEqual([]);
    expect(active()).toHaveLength(1);
    expect(active()[0]!.notes).toBe('髪が長い');
  });

  test('指名なし goes to whoever has least to do that day, then by the order of the shop', async () => {
    expect(await booked('a', '10:00')).toMatchObject({ staffId: shop.tanaka.id, nominated: false });
    expect((await booked('b', '13:00')).staffId).toBe(shop.sato.id);
    expect((await booked('c', '16:00')).staffId).toBe(shop.tanaka.id);
    expect((await booked('d', '16:00')).staffId).toBe(shop.sato.id);
    // Another day counts for itself.
    await booked('e', '10:00', shop.tanaka.id, '2026-11-27');
    expect((await booked('f', '18:00')).staffId).toBe(shop.tanaka.id);
  });

  test('指名なし takes the busier one where the other is not free', async () => {
    await booked('a', '10:00', shop.tanaka.id);
    await booked('b', '12:00', shop.sato.id);
    await booked('c', '13:00', shop.sato.id);
    expect((await booked('d', '10:00')).staffId).toBe(shop.sato.id);
    expect((await booked('e', '12:30')).staffId).toBe(shop.tanaka.id);
  });

  test.each<[string, () => ReturnType<typeof visit>, string, string]>([
    ['past', () => visit(), '2026-11-24T08:30', 'past'],
    ['within the notice', () => visit(), '2026-11-24T09:30', 'outside_hours'],
    ['within the notice of an open shop', () => visit(), '2026-11-25T10:30', 'too_soon'],
    ['beyond the window', () => visit(), '2027-01-26T15:00', 'beyond_window'],
    ['on a closing day', () => visit(), '2026-11-30T15:00', 'closed'],
    ['before opening', () => visit(), `${THU}T09:30`, 'outside_hours'],
    ['at closing', () => visit(), `${THU}T20:00`, 'outside_hours'],
    ['running over closing', () => visit(), `${THU}T19:30`, 'too_long'],
    ['off the grid', () => visit(), `${THU}T15:10`, 'off_grid'],
    ['on a day off', () => visit(shop.sato.id), '2026-12-02T15:00', 'staff_off'],
    ['of one who does not do it', () => visit(shop.sato.id, shop.perm.id), `${THU}T15:00`, 'staff_cannot'],
    ['of a person nobody knows', () => visit(randomUUID()), `${THU}T15:00`, 'unknown'],
    ['of a menu nobody knows', () => visit(null, shop.cut.id, randomUUID()), `${THU}T15:00`, 'unknown'],
    ['of no menu', () => ({ ...visit(), menuIds: [] }), `${THU}T15:00`, 'unknown'],
    ['in a shop nobody knows', () => ({ ...visit(), storeId: randomUUID() }), `${THU}T15:00`, 'unknown'],
  ])('is refused %s', async (what, wanted, start, why) => {
    if (what === 'within the notice of an open shop') now = fromLocal('2026-11-25T10:00');
    expect(await ask('me', { do: 'book', visit: wanted(), start: fromLocal(start), notes: null })).toMatchObject({ to: 'book', cannot: why });
    expect(kept).toEqual(noBookings());
  });

  test('is refused for menus that nobody does together', async () => {
    shop.tanaka.menuIds = [shop.perm.id];
    expect(await ask('me', { do: 'book', visit: visit(null, shop.cut.id, shop.perm.id), start: t('15:00'), notes: null })).toEqual({ to: 'book', cannot: 'nobody_can', nearest: [] });
  });

  test('a person who does not do it is answered with the times of one who does', async () => {
    const answer = await ask('me', { do: 'book', visit: visit(shop.sato.id, shop.perm.id), start: t('15:00'), notes: null });
    expect(answer).toMatchObject({ cannot: 'staff_cannot', nearest: expect.arrayContaining([{ start: t('15:00'), staffIds: [shop.tanaka.id] }]) });
  });

  test('what a menu no longer offered or a person who left would need is unknown', async () => {
    shop.sato.active = false;
    expect(await ask('me', { do: 'book', visit: visit(shop.sato.id), start: t('15:00'), notes: null })).toMatchObject({ cannot: 'unknown' });
    shop.cut.active = false;
    expect(await ask('me', { do: 'book', visit: visit(), start: t('15:00'), notes: null })).toMatchObject({ cannot: 'unknown' });
  });

  test('a taken time is answered with the nearest before and after it', async () => {
    await booked('a', '15:00');
    await booked('b', '15:00');
    const answer = await ask('me', { do: 'book', visit: visit(), start: t('15:00'), notes: null });
    expect(answer).toMatchObject({ to: 'book', taken: 'full' });
    if ('nearest' in answer) expect(when(answer.nearest)).toEqual(['11-26T13:30', '11-26T14:00', '11-26T16:00', '11-26T16:30']);
  });

  test('a full day is answered with about the same hour of the following days', async () => {
    for (const staff of [shop.tanaka, shop.sato]) {
      kept.reservations.push({ id: randomUUID(), userId: 'x', storeId: shop.store.id, staffId: staff.id, menuIds: [shop.cut.id], start: t('10:00'), end: t('20:00'), blockedUntil: t('20:00'), status: 'confirmed', nominated: true, notes: null, holdExpiresAt: null });
    }
    const answer = await ask('me', { do: 'book', visit: visit(), start: t('15:00'), notes: null });
    expect(answer).toMatchObject({ taken: 'full' });
    if ('nearest' in answer) expect(when(answer.nearest)).toEqual(['11-27T15:00', '11-28T15:00', '11-29T15:00', '12-01T15:00']);
  });

  test("a customer who is elsewhere then is told which visit it is, and offered times at which he is not", async () => {
    const own = await booked('me', '15:00', shop.tanaka.id);
    const answer = await ask('me', { do: 'book', visit: visit(shop.sato.id), start: t('15:30'), notes: null });
    expect(answer).toMatchObject({ to: 'book', taken: 'self_overlap', clash: own });
    if ('nearest' in answer) expect(when(answer.nearest)).toEqual(['11-26T14:00', '11-26T16:00', '11-26T16:30', '11-26T17:00']);
    // The same tap twice.
    expect(await ask('me', { do: 'book', visit: visit(shop.tanaka.id), start: t('15:00'), notes: null })).toMatchObject({ taken: 'self_overlap', clash: own });
    expect(active()).toHaveLength(1);
  });

  test('a hold that ended does not stand in the way', async () => {
    kept.reservations.push({ id: randomUUID(), userId: 'x', storeId: shop.store.id, staffId: shop.tanaka.id, menuIds: [shop.cut.id], start: t('15:00'), end: t('16:00'), blockedUntil: t('16:00'), status: 'pending', nominated: true, notes: null, holdExpiresAt: now });
    expect((await booked('me', '15:00', shop.tanaka.id)).userId).toBe('me');
  });

  test('a change outside of a transaction is a mistake of the caller', async () => {
    await expect(perform({ do: 'cancel', reservationId: randomUUID() }, { ...deps('me'), writer: null })).rejects.toThrow('outside of a transaction');
  });
});

describe('moving', () => {
  const move = (userId: string, r: Reservation, clock: string, staffId: string | null = null, day = THU) => act(userId, { do: 'move', reservationId: r.id, visit: visit(staffId), start: t(clock, day) });

  test('keeps the reservation and the person where nobody was asked for, and frees the old time', async () => {
    await booked('x', '18:00', shop.sato.id);
    const old = await booked('me', '15:00', shop.sato.id);
    const { answer, changed } = await move('me', old, '15:30');
    expect(answer).toMatchObject({ to: 'move', done: { id: old.id, staffId: shop.sato.id, start: t('15:30'), end: t('16:30'), status: 'confirmed' } });
    expect(changed).toMatchObject([{ slotsVersion: 4 }]);
    expect(active()).toHaveLength(2);
  });

  test('takes another person where one’s own is not free, or another was asked for', async () => {
    const old = await booked('me', '15:00', shop.sato.id);
    await booked('x', '17:00', shop.sato.id);
    expect((await move('me', old, '17:00')).answer).toMatchObject({ done: { staffId: shop.tanaka.id, nominated: false } });
    expect((await move('me', old, '12:00', shop.sato.id)).answer).toMatchObject({ done: { staffId: shop.sato.id, nominated: true } });
  });

  test('into a taken time leaves everything as it was and offers what is near, its own time among it', async () => {
    const old = await booked('me', '15:00', shop.tanaka.id);
    await booked('x', '16:00', shop.tanaka.id);
    const before = structuredClone(active());
    const { answer, changed, freed } = await move('me', old, '15:30', shop.tanaka.id);
    expect(answer).toMatchObject({ to: 'move', taken: 'full' });
    if ('nearest' in answer) expect(when(answer.nearest)).toEqual(['11-26T14:00', '11-26T14:30', '11-26T15:00', '11-26T17:00']);
    expect([changed, freed]).toEqual([[], []]);
    expect(active()).toEqual(before);
  });

  test('onto another visit of one’s own is told as such', async () => {
    const old = await booked('me', '15:00', shop.tanaka.id);
    const other = await booked('me', '17:00', shop.sato.id);
    expect((await move('me', old, '16:30')).answer).toMatchObject({ to: 'move', taken: 'self_overlap', clash: other });
  });

  test('is refused by the same rules as booking', async () => {
    const old = await booked('me', '15:00');
    expect((await move('me', old, '15:00', null, '2026-11-30')).answer).toMatchObject({ to: 'move', cannot: 'closed' });
    expect((await move('me', old, '19:30')).answer).toMatchObject({ to: 'move', cannot: 'too_long' });
  });

  test('is over with the deadline, and with the reservation', async () => {
    shop.store.hours.cancelDeadlineMinutes = 24 * 60;
    const old = await booked('me', '15:00');
    now = t('15:00', '2026-11-25');
    expect((await move('me', old, '16:00')).answer).toMatchObject({ done: { start: t('16:00') } });
    now = t('16:01', '2026-11-25');
    const late = await move('me', old, '17:00');
    expect(late.answer).toMatchObject({ to: 'move', tooLate: { id: old.id } });
    expect(late.news).toMatchObject([{ to: 'staff', staffId: old.staffId, news: { kind: 'late_move_asked' } }]);
    shop.store.hours.changeDeadlineMinutes = 60;
    expect((await act('me', { do: 'cancel', reservationId: old.id })).answer).toMatchObject({ tooLate: { id: old.id } });
    expect((await move('me', old, '17:00')).answer).toMatchObject({ done: { start: t('17:00') } });
    expect((await move('you', old, '17:00')).answer).toEqual({ to: 'move', gone: true });
    kept.reservations[0]!.status = 'canceled';
    expect((await move('me', old, '17:00')).answer).toEqual({ to: 'move', gone: true });
  });
});

describe('cancelling', () => {
  const cancel = (userId: string, id: string) => act(userId, { do: 'cancel', reservationId: id });

  test('frees the time once', async () => {
    const r = await booked('me', '15:00', shop.tanaka.id);
    const first = await cancel('me', r.id);
    expect(first.answer).toEqual({ to: 'cancel', done: { ...r, status: 'canceled' } });
    expect(first.changed).toEqual([{ storeId: shop.store.id, slotsVersion: 3, waitlistUserId: null }]);
    expect(first.freed).toEqual([]);
    expect(await cancel('me', r.id)).toEqual({ answer: { to: 'cancel', done: null }, changed: [], freed: [], news: [], jobs: [] });
    expect((await booked('you', '15:00', shop.tanaka.id)).userId).toBe('you');
  });

  test('is the customer’s own to do', async () => {
    const r = await booked('me', '15:00');
    expect((await cancel('you', r.id)).answer).toEqual({ to: 'cancel', done: null });
    expect((await cancel('me', randomUUID())).answer).toEqual({ to: 'cancel', done: null });
    expect(active()).toHaveLength(1);
  });

  test('ends with the visit’s start, or the shop’s deadline before it', async () => {
    const r = await booked('me', '15:00');
    now = t('15:00');
    expect((await cancel('me', r.id)).answer).toMatchObject({ done: null, tooLate: { id: r.id } });
    shop.store.hours.cancelDeadlineMinutes = 120;
    now = t('13:00') + 1;
    expect((await cancel('me', r.id)).answer).toMatchObject({ done: null, tooLate: { id: r.id } });
    now = t('13:00');
    expect((await cancel('me', r.id)).answer).toMatchObject({ done: { id: r.id } });
  });

  test('that is too late is told to the shop, and only that', async () => {
    const r = await booked('me', '15:00');
    const late = (userId: string, id: string) => act(userId, { do: 'late', reservationId: id, wish: 'cancel' });
    expect(await late('me', r.id)).toMatchObject({ answer: { to: 'late', visit: null }, news: [] });
    now = t('15:00');
    expect(await late('me', r.id)).toMatchObject({ answer: { to: 'late', visit: { id: r.id } }, news: [{ to: 'staff', staffId: r.staffId, news: { kind: 'late_cancel_asked' } }] });
    expect(await late('you', r.id)).toMatchObject({ answer: { visit: null }, news: [] });
    expect((await cancel('me', r.id)).news).toMatchObject([{ news: { kind: 'late_cancel_asked' } }]);
    expect(active()).toHaveLength(1);
  });

  test('of what the shop has not said yes to yet is never too late before it starts', async () => {
    shop.store.hours.cancelDeadlineMinutes = 24 * 60;
    shop.store.policy = { ...shop.store.policy, approval: { when: 'always', expiryMinutes: 10_080 } };
    const r = await booked('me', '15:00');
    now = t('13:59');
    expect((await cancel('me', r.id)).answer).toMatchObject({ done: { id: r.id } });
  });
});

describe('the waiting list', () => {
  const fill = async () => {
    await booked('a', '15:00');
    await booked('b', '15:00');
  };
  const wait = (userId: string, from = '15:00', until = '15:30', staffId: string | null = null, day = THU) => act(userId, { do: 'wait', visit: visit(staffId), from: t(from, day), until: t(until, day) });

  test('takes an entry for a full time and tells its place; twice is once', async () => {
    await fill();
    const first = await wait('me');
    expect(first.answer).toMatchObject({ to: 'wait', position: 1, already: false, entry: { userId: 'me', from: t('15:00'), until: t('15:30'), status: 'waiting' } });
    expect(first.changed).toEqual([{ storeId: shop.store.id, slotsVersion: null, waitlistUserId: 'me' }]);
    now += 1000;
    expect((await wait('you')).answer).toMatchObject({ position: 2, already: false });
    const again = await wait('me');
    expect(again.answer).toEqual({ ...first.answer, already: true });
    expect(again.changed).toEqual([]);
    expect(kept.entries).toHaveLength(2);
  });

  test('is not for what is free: that is told instead', async () => {
    await fill();
    const { answer } = await wait('me', '15:00', '16:30');
    expect(answer).toMatchObject({ to: 'wait', free: [{ start: t('16:00') }] });
    expect(kept.entries).toEqual([]);
  });

  test('is not for what could not be had if all were free', async () => {
    expect((await wait('me', '15:00', '16:00', null, '2026-11-30')).answer).toEqual({ to: 'wait', cannot: 'closed' });
    expect((await wait('me', '15:00', '16:00', null, '2027-03-01')).answer).toEqual({ to: 'wait', cannot: 'beyond_window' });
    expect((await wait('me', '15:00', '16:00', null, '2026-11-22')).answer).toEqual({ to: 'wait', cannot: 'past' });
    expect((await wait('me', '15:00', '16:00', shop.sato.id, '2026-12-02')).answer).toEqual({ to: 'wait', cannot: 'staff_off' });
    expect((await wait('me', '20:00', '21:00')).answer).toEqual({ to: 'wait', cannot: 'outside_hours' });
    now = t('15:00');
    expect((await wait('me', '15:30', '16:00')).answer).toEqual({ to: 'wait', cannot: 'too_soon' });
    expect(kept.entries).toEqual([]);
  });

  test('is left once, and by oneself', async () => {
    await fill();
    const { answer } = await wait('me');
    const id = answer.to === 'wait' && 'entry' in answer ? answer.entry.id : '';
    expect((await act('you', { do: 'leave', entryId: id })).answer).toEqual({ to: 'leave', done: null });
    const left = await act('me', { do: 'leave', entryId: id });
    expect(left).toMatchObject({ answer: { to: 'leave', done: { id, status: 'left' } }, changed: [{ slotsVersion: null, waitlistUserId: 'me' }] });
    expect((await act('me', { do: 'leave', entryId: id })).answer).toEqual({ to: 'leave', done: null });
  });
});

describe('looking', () => {
  const look = (effect: Partial<Extract<Effect, { do: 'look' }>>) => ask('me', { do: 'look', visit: visit(), days: [THU], from: null, until: null, ...effect });

  test('days come back ascending, each once, named as they stand', async () => {
    const answer = await look({ days: ['2026-12-01', '2026-11-30', THU, THU, '2027-05-01'] });
    expect(answer).toMatchObject({ to: 'look', staffCannot: false, days: [{ day: THU, closed: null }, { day: '2026-11-30', closed: 'closing_day', free: [] }, { day: '2026-12-01', closed: null }, { day: '2027-05-01', closed: 'beyond_window' }] });
  });

  test('a person who does not do it is answered with those who do', async () => {
    expect(await look({ visit: visit(shop.sato.id, shop.perm.id), from: '10:00', until: '10:00' }))
      .toMatchObject({ staffCannot: true, days: [{ free: [{ start: t('10:00'), staffIds: [shop.tanaka.id] }] }] });
  });

  test('the visit being moved is not in its own way', async () => {
    const own = await booked('me', '15:00', shop.tanaka.id);
    const at15 = { visit: visit(shop.tanaka.id), from: '15:00', until: '16:00' };
    expect(await look(at15)).toMatchObject({ days: [{ free: [], closed: null }] });
    expect(await look({ ...at15, moving: own.id })).toMatchObject({ days: [{ free: [{ start: t('15:00') }, { start: t('15:30') }] }] });
  });

  test('without menu and person nobody is named', async () => {
    expect(await look({ visit: { ...visit(), menuIds: [] }, from: '15:00', until: '15:00' })).toMatchObject({ days: [{ free: [{ start: t('15:00'), staffIds: [] }] }] });
  });

  test('a menu that is gone does not leave the question unanswered', async () => {
    expect(await look({ visit: visit(null, randomUUID()), from: '19:30', until: '19:30' })).toMatchObject({ staffCannot: false, days: [{ free: [{ start: t('19:30') }] }] });
  });

  test('the soonest days are those with anything free from a moment on', async () => {
    shop.store.hours.exceptions = [{ day: '2026-11-25', openings: [] }];
    const answer = await ask('me', { do: 'soonest', visit: visit(shop.sato.id), after: t('19:00', '2026-11-24'), limit: 3 });
    expect(answer).toMatchObject({ to: 'soonest', days: [{ day: '2026-11-24', free: [{ start: t('19:00', '2026-11-24') }] }, { day: THU }, { day: '2026-11-27' }] });
  });

  test('the soonest are searched to the end of the window, and not beyond', async () => {
    shop.store.hours.exceptions = Array.from({ length: 58 }, (_, n) => ({ day: toLocal(now + n * 86_400_000).slice(0, 10), openings: [] }));
    const answer = await ask('me', { do: 'soonest', visit: visit(), after: now, limit: 5 });
    expect(answer).toMatchObject({ days: [{ day: '2027-01-21' }, { day: '2027-01-22' }, { day: '2027-01-23' }] });
  });
});

test('one’s own visits, waits and, where it is wanted, the last time are told, those of others are not', async () => {
  await booked('me', '10:00', shop.tanaka.id);
  const next = await booked('me', '15:00', shop.sato.id);
  await booked('you', '12:00');
  now = t('13:00');
  const answer = await ask('me', { do: 'mine', storeId: shop.store.id, last: true });
  expect(await ask('me', { do: 'mine', storeId: null, last: true })).toMatchObject({ last: { start: t('10:00') } });
  expect(answer).toMatchObject({ to: 'mine', visits: [{ id: next.id }], waits: [], last: { staffId: shop.tanaka.id, start: t('10:00') } });
  expect(await ask('me', { do: 'mine', storeId: null })).toMatchObject({ visits: [{ id: next.id }], last: null });
});
