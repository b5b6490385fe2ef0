/** What the shop's people do to visits and to their own time, on every store of bookings. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DeskPerformed } from '../../src/booking/desk/deps.ts';
import { performAtDesk } from '../../src/booking/desk/perform.ts';
import type { DeskEffect, DeskReader, DeskWriter } from '../../src/booking/desk/ports.ts';
import { perform } from '../../src/booking/perform.ts';
import type { BookingWriter } from '../../src/booking/ports.ts';
import type { Noted } from '../../src/jobs/reminders.ts';
import { DAY, HOUR, MINUTE, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import type { Staff, Store } from '../../src/model/store.ts';
import { salon } from '../support/salon.ts';
import type { Salon } from '../support/salon.ts';
import type { BookingHouse } from './booking.house.ts';

export type DeskHouse = BookingHouse & {
  desk: DeskReader;
  note(noted: Noted[]): Promise<void>;
  atDesk<T>(work: (booking: BookingWriter, desk: DeskWriter) => Promise<T>): Promise<T>;
};

const NOW = fromLocal('2026-11-24T09:00');
const TEN = fromLocal('2026-11-26T10:00');

export function deskContract(name: string, open: (now: () => Instant) => Promise<DeskHouse>): void {
  describe(`the desk in ${name}`, () => {
    let house: DeskHouse;
    beforeAll(async () => {
      house = await open(() => NOW);
    });
    afterAll(() => house.close());

    const opened = async (hours: Parameters<typeof salon>[0] = {}): Promise<Salon> => {
      const shop = salon(hours);
      await house.plant(shop.store);
      return shop;
    };
    const act = (store: Store, staff: Staff, effect: DeskEffect, now = NOW): Promise<DeskPerformed> => house.atDesk((writer, desk) =>
      performAtDesk(effect, { now, account: { channel: 'default', lineId: 'U1' }, me: { staff, store }, stores: [store], reader: writer, desk }, { writer, desk, newId: randomUUID, newSecret: randomUUID }));
    const book = async (shop: Salon, staff: Staff, start: Instant, nominated = true): Promise<{ id: string; userId: string }> => {
      const [userId = ''] = await house.customers(1);
      const id = randomUUID();
      expect(await house.turn((booking) => booking.insertReservation({
        id, userId, storeId: shop.store.id, staffId: staff.id, menuIds: [shop.cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated, notes: null,
      }))).toBe('ok');
      return { id, userId };
    };
    const tries = (shop: Salon, staff: Staff, start: Instant) => house.turn(async (writer) => {
      const [userId = ''] = await house.customers(1);
      const deps = { now: NOW, userId, stores: [shop.store], reader: writer, writer, slots: { starts: async () => [] }, newId: randomUUID };
      return (await perform({ do: 'book', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: staff.id }, start, notes: null }, deps)).answer;
    });

    test('a visit is cancelled whatever the customer\'s deadline is, and he and the others hear of it', async () => {
      const shop = await opened({ cancelDeadlineMinutes: 5 * 24 * 60 });
      const { id, userId } = await book(shop, shop.tanaka, TEN);
      const done = await act(shop.store, shop.sato, { do: 'cancel_visit', reservationId: id, wish: 'shop' });
      expect(done).toMatchObject({
        result: { to: 'cancel_visit', done: { id, status: 'canceled' } }, changed: [{ storeId: shop.store.id }], freed: [],
        news: [{ to: 'customer', userId, act: { say: 'cancelled_by_shop', visit: { id }, near: expect.arrayContaining([expect.objectContaining({ start: expect.any(Number) })]) } }, { to: 'staff', by: shop.sato.id, news: { kind: 'cancelled' } }],
      });
      expect((await act(shop.store, shop.sato, { do: 'cancel_visit', reservationId: id, wish: 'shop' })).result).toEqual({ to: 'cancel_visit', done: null });
      expect((await act(shop.store, shop.sato, { do: 'cancel_visit', reservationId: randomUUID(), wish: 'shop' })).result).toEqual({ to: 'cancel_visit', done: null });
    });

    test('of a shop with a manager he and the person of a visit touch it, nobody else', async () => {
      const shop = await opened();
      shop.tanaka.manager = true;
      const own = await book(shop, shop.sato, TEN);
      const other = await book(shop, shop.tanaka, TEN);
      for (const effect of [
        { do: 'cancel_visit', reservationId: other.id, wish: 'shop' }, { do: 'move_visit', reservationId: other.id, start: TEN + 2 * HOUR, staffId: null, wish: 'shop' }, { do: 'decline', reservationId: other.id },
        { do: 'mark', reservationId: other.id, came: 'no_show' }, { do: 'paid', reservationId: other.id }, { do: 'off', staffId: shop.tanaka.id, days: ['2026-11-26'], part: null, move: false }, { do: 'block', staffId: shop.tanaka.id, start: TEN, end: TEN + HOUR },
      ] satisfies DeskEffect[]) expect(await act(shop.store, shop.sato, effect)).toMatchObject({ result: { to: 'not_yours', staffId: shop.tanaka.id }, news: [], changed: [] });
      expect((await act(shop.store, shop.sato, { do: 'cancel_visit', reservationId: own.id, wish: 'shop' })).result).toMatchObject({ done: { id: own.id } });
      expect((await act(shop.store, shop.tanaka, { do: 'cancel_visit', reservationId: other.id, wish: 'customer' })).news[0]).toMatchObject({ act: { say: 'cancelled' } });
    });

    test('a visit of another shop is nobody\'s here', async () => {
      const [here, there] = [await opened(), await opened()];
      const { id } = await book(there, there.tanaka, TEN);
      expect((await act(here.store, here.tanaka, { do: 'cancel_visit', reservationId: id, wish: 'shop' })).result).toEqual({ to: 'cancel_visit', done: null });
      expect((await act(here.store, here.tanaka, { do: 'move_visit', reservationId: id, start: TEN + HOUR, staffId: null, wish: 'shop' })).result).toEqual({ to: 'move_visit', gone: true });
      expect(await house.active(there.store.id)).toHaveLength(1);
    });

    test('a visit is moved to where somebody is free, without the customer\'s notice or window; else it stays', async () => {
      const shop = await opened({ windowDays: 1 });
      const { id, userId } = await book(shop, shop.tanaka, TEN);
      await book(shop, shop.tanaka, TEN + 3 * HOUR);
      const move = async (start: Instant, staffId: string | null = null) => act(shop.store, shop.sato, { do: 'move_visit', reservationId: id, start, staffId, wish: 'shop' });
      expect((await move(TEN + 3 * HOUR)).result).toEqual({ to: 'move_visit', cannot: 'taken' });
      expect((await move(TEN - HOUR)).result).toEqual({ to: 'move_visit', cannot: 'outside_hours' });
      expect((await move(NOW - HOUR)).result).toEqual({ to: 'move_visit', cannot: 'past' });
      expect((await move(TEN + 4 * DAY)).result).toEqual({ to: 'move_visit', cannot: 'closed' });
      expect((await move(TEN + 6 * DAY, shop.sato.id)).result).toEqual({ to: 'move_visit', cannot: 'staff_off' });
      const done = await move(TEN + 3 * HOUR, shop.sato.id);
      expect(done).toMatchObject({
        result: { to: 'move_visit', done: { id, staffId: shop.sato.id, start: TEN + 3 * HOUR }, was: { staffId: shop.tanaka.id, start: TEN } }, freed: [],
        news: [{ to: 'customer', userId, act: { say: 'moved_by_shop', was: { start: TEN } } }, { to: 'staff', staffId: shop.sato.id, by: shop.sato.id, news: { kind: 'moved', was: { staffId: shop.tanaka.id } } }],
      });
    });

    test('a provisional visit is declined instead of cancelled, and not moved before it is answered', async () => {
      const shop = await opened();
      const [userId = ''] = await house.customers(1);
      const held = randomUUID();
      await house.turn((booking) => booking.insertReservation({ id: held, userId, storeId: shop.store.id, staffId: shop.sato.id, menuIds: [shop.cut.id], start: TEN, end: TEN + HOUR, blockedUntil: TEN + HOUR, nominated: true, notes: null, hold: { for: 'approval', until: NOW + HOUR } }));
      expect((await act(shop.store, shop.sato, { do: 'move_visit', reservationId: held, start: TEN + HOUR, staffId: null, wish: 'shop' })).result).toEqual({ to: 'move_visit', cannot: 'unanswered' });
      expect((await act(shop.store, shop.sato, { do: 'find', of: { customer: null, days: null, time: null, staffId: null }, when: 'ahead', hold: 'approval' })).result).toMatchObject({ visits: [{ id: held }] });
      expect(await act(shop.store, shop.sato, { do: 'cancel_visit', reservationId: held, wish: 'shop' })).toMatchObject({ result: { done: { id: held } }, news: [{ act: { say: 'declined' } }] });
    });

    test('来店 and 無断キャンセル, and neither', async () => {
      const shop = await opened();
      const { id } = await book(shop, shop.tanaka, TEN);
      const mark = (came: 'arrived' | 'no_show' | null, now: Instant) => act(shop.store, shop.tanaka, { do: 'mark', reservationId: id, came }, now);
      expect((await mark('no_show', NOW)).result).toEqual({ to: 'mark', marked: 'too_early' });
      expect((await mark('no_show', TEN + 5 * MINUTE)).result).toMatchObject({ marked: { came: 'no_show' } });
      expect((await mark('arrived', TEN + 5 * MINUTE)).result).toMatchObject({ marked: { came: 'arrived' } });
      const neither = (await mark(null, TEN + 5 * MINUTE)).result;
      expect(neither).toMatchObject({ marked: { id } });
      expect(JSON.stringify(neither)).not.toContain('came');
    });

    test('a block keeps bookings out until it is taken back; where somebody has a visit there is none', async () => {
      const shop = await opened();
      const visit = await book(shop, shop.tanaka, TEN);
      expect((await act(shop.store, shop.tanaka, { do: 'block', staffId: shop.tanaka.id, start: TEN + 30 * MINUTE, end: TEN + 2 * HOUR })).result).toMatchObject({ to: 'block', visits: [{ id: visit.id }] });
      expect((await act(shop.store, shop.tanaka, { do: 'block', staffId: shop.tanaka.id, start: NOW - 2 * HOUR, end: NOW - HOUR })).result).toEqual({ to: 'block', past: true });
      const done = await act(shop.store, shop.tanaka, { do: 'block', staffId: shop.tanaka.id, start: TEN + HOUR, end: TEN + 2 * HOUR });
      expect(done).toMatchObject({ result: { to: 'block', done: { kind: 'block' } }, changed: [{ storeId: shop.store.id }], freed: [] });
      expect(await house.desk.timeKept(shop.store.id, { start: TEN, end: TEN + DAY })).toEqual([{ id: expect.any(String), staffId: shop.tanaka.id, kind: 'block', start: TEN + HOUR, end: TEN + 2 * HOUR }]);
      expect(await tries(shop, shop.tanaka, TEN + HOUR)).toMatchObject({ taken: 'full' });
      expect(await tries(shop, shop.tanaka, TEN + 30 * MINUTE)).toMatchObject({ taken: 'full' });
      expect(await tries(shop, shop.sato, TEN + HOUR)).toMatchObject({ done: { staffId: shop.sato.id } });
      expect(await act(shop.store, shop.tanaka, { do: 'unblock', staffId: shop.tanaka.id, days: null, time: null })).toMatchObject({ result: { done: { start: TEN + HOUR } } });
      expect((await act(shop.store, shop.tanaka, { do: 'unblock', staffId: shop.tanaka.id, days: null, time: null })).result).toEqual({ to: 'unblock', done: null });
      expect(await tries(shop, shop.tanaka, TEN + HOUR)).toMatchObject({ done: { staffId: shop.tanaka.id } });
    });

    test('of several blocks it is asked which; an hour says it', async () => {
      const shop = await opened();
      for (const hour of [0, 4]) await act(shop.store, shop.tanaka, { do: 'block', staffId: shop.tanaka.id, start: TEN + hour * HOUR, end: TEN + (hour + 1) * HOUR });
      const undo = async (days: string[] | null, time: { from: string; to: string } | null) => (await act(shop.store, shop.tanaka, { do: 'unblock', staffId: shop.tanaka.id, days, time })).result;
      expect(await undo(null, null)).toMatchObject({ which: [{ start: TEN }, { start: TEN + 4 * HOUR }] });
      expect(await undo(['2026-11-27'], null)).toEqual({ to: 'unblock', done: null });
      expect(await undo(null, { from: '14:00', to: '14:00' })).toMatchObject({ done: { start: TEN + 4 * HOUR } });
    });

    test('a day off moves to others what they can take, lists the rest, and keeps bookings out; it can be undone', async () => {
      const shop = await opened();
      const [early, late] = [await book(shop, shop.tanaka, TEN, false), await book(shop, shop.tanaka, TEN + 4 * HOUR)];
      await book(shop, shop.sato, TEN + 4 * HOUR);
      const day = '2026-11-26';
      const asked = await act(shop.store, shop.tanaka, { do: 'before_off', staffId: shop.tanaka.id, days: [day], part: null });
      expect(asked.result).toMatchObject({ visits: [{ visit: { id: early.id }, staffId: shop.sato.id }, { visit: { id: late.id }, staffId: null }] });
      const done = await act(shop.store, shop.tanaka, { do: 'off', staffId: shop.tanaka.id, days: [day], part: null, move: true });
      expect(done).toMatchObject({
        result: { to: 'off', days: [day], moved: [{ visit: { id: early.id, staffId: shop.sato.id, start: TEN }, was: { staffId: shop.tanaka.id } }], left: [{ id: late.id }] },
        news: [{ to: 'customer', act: { say: 'moved_by_shop' } }, { to: 'staff', by: shop.tanaka.id }],
      });
      expect(await tries(shop, shop.tanaka, TEN + 2 * HOUR)).not.toHaveProperty('done');
      expect(await house.desk.daysOffSaid(shop.tanaka.id, day)).toEqual([day]);
      expect(await act(shop.store, shop.tanaka, { do: 'on', staffId: shop.tanaka.id, days: null })).toMatchObject({ result: { to: 'on', days: [day], fixed: [] }, jobs: [{ name: 'review_waiting', payload: { storeId: shop.store.id } }] });
      expect(await house.desk.timeKept(shop.store.id, { start: TEN, end: TEN + DAY })).toEqual([]);
    });

    test('a part of a day off keeps that part, over what is booked', async () => {
      const shop = await opened();
      const late = await book(shop, shop.tanaka, TEN + 8 * HOUR);
      const done = await act(shop.store, shop.tanaka, { do: 'off', staffId: shop.tanaka.id, days: ['2026-11-26'], part: { from: '15:00', to: null }, move: false });
      expect(done.result).toMatchObject({ left: [{ id: late.id }], moved: [] });
      expect(await tries(shop, shop.tanaka, TEN + 6 * HOUR)).toMatchObject({ taken: 'full' });
      expect(await tries(shop, shop.tanaka, TEN)).toMatchObject({ done: { staffId: shop.tanaka.id } });
      expect(await house.active(shop.store.id)).toHaveLength(2);
    });

    test('a visit is written down for somebody on the telephone, who is the same one by his number; where there is no time, nobody is', async () => {
      const shop = await opened({ noticeMinutes: 10_000 });
      const phone = `090${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
      const write = (start: Instant, staffId: string | null, name = '鈴木') => act(shop.store, shop.sato, { do: 'book_visit', customer: name, phone, menuIds: [shop.cut.id], start, staffId });
      const first = await write(TEN, null);
      expect(first).toMatchObject({ result: { to: 'book_visit', done: { customer: '鈴木', phone, nominated: false, reachable: false } }, news: [{ to: 'staff', by: shop.sato.id, news: { kind: 'booked', customer: '鈴木' } }] });
      expect((await write(TEN, shop.tanaka.id)).result).toEqual({ to: 'book_visit', cannot: 'self_overlap' });
      await book(shop, shop.tanaka, TEN + 4 * HOUR);
      expect((await write(TEN + 4 * HOUR, shop.tanaka.id, '誰か')).result).toEqual({ to: 'book_visit', cannot: 'taken' });
      await write(TEN + 6 * HOUR, shop.tanaka.id);
      const seen = (await house.desk.visits(shop.store.id, 'default', { start: TEN, end: TEN + DAY }, NOW)).filter((visit) => visit.phone === phone);
      expect(seen).toMatchObject([{ start: TEN, customer: '鈴木' }, { start: TEN + 6 * HOUR, customer: '鈴木' }]);
      expect(new Set(seen.map((visit) => visit.userId)).size).toBe(1);
    });

    test('a visit whose reminder did not reach the customer is seen so, unless another of its time did', async () => {
      const shop = await opened();
      const visits = await Promise.all([TEN, TEN + 2 * HOUR, TEN + 4 * HOUR].map((start) => book(shop, shop.sato, start)));
      const seen = async () => (await house.desk.visits(shop.store.id, 'default', { start: TEN, end: TEN + DAY }, NOW)).map((visit) => [visit.id, visit.unreminded]);
      expect(await seen()).toEqual(visits.map(({ id }) => [id, false]));
      const noted = async (of: number, kind: Noted['kind'], outcome: Noted['outcome']) => house.note([{ visit: (await house.reader.reservation(visits[of]!.id))!, kind, outcome, saidId: null }]);
      await noted(0, 'day_before', 'quota');
      await noted(1, 'day_before', 'sent');
      await noted(1, 'hours_before', 'blocked');
      await noted(2, 'day_before', 'no_line');
      expect(await seen()).toEqual(visits.map(({ id }, n) => [id, n === 0]));
      await act(shop.store, shop.sato, { do: 'move_visit', reservationId: visits[0]!.id, start: TEN + 6 * HOUR, staffId: null, wish: 'customer' });
      expect((await seen()).at(-1)).toEqual([visits[0]!.id, false]);
    });

    test('what is taken back was never there', async () => {
      const shop = await opened();
      await expect(house.atDesk(async (writer, desk) => {
        await performAtDesk({ do: 'off', staffId: shop.tanaka.id, days: ['2026-11-26'], part: null, move: false }, { now: NOW, account: { channel: 'default', lineId: 'U1' }, me: { staff: shop.tanaka, store: shop.store }, stores: [shop.store], reader: writer, desk }, { writer, desk, newId: randomUUID, newSecret: randomUUID });
        throw new Error('crash');
      })).rejects.toThrow('crash');
      expect(await house.desk.timeKept(shop.store.id, { start: TEN, end: TEN + DAY })).toEqual([]);
      expect(await house.desk.daysOffSaid(shop.tanaka.id, '2026-11-26')).toEqual([]);
      expect(await tries(shop, shop.tanaka, TEN)).toMatchObject({ done: {} });
    });

    test('a code is good once, until it is over, and for a shop of the channel', async () => {
      const shop = await opened();
      const [code, other] = [randomUUID().slice(0, 5), randomUUID().slice(0, 5)];
      const use = (said: string, stores = [shop.store.id], now = NOW) => house.atDesk((_, desk) => desk.useCode(said, stores, now));
      await house.atDesk(async (_, desk) => {
        await desk.newCode({ id: randomUUID(), staffId: shop.sato.id, code, expiresAt: NOW + DAY, at: NOW });
        await desk.newCode({ id: randomUUID(), staffId: shop.sato.id, code: other, expiresAt: NOW + DAY, at: NOW });
      });
      expect(await use(code, [randomUUID()])).toBeNull();
      expect(await use(code, [shop.store.id], NOW + DAY)).toBeNull();
      expect(await use('wrong')).toBeNull();
      expect(await use(code)).toBe(shop.sato.id);
      expect(await use(code)).toBeNull();
      expect(await use(other)).toBe(shop.sato.id);
    });
  });
}
