/** What every store of bookings keeps to. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { NewReservation } from '../../src/booking/ports.ts';
import type { Hold, WaitlistEntry } from '../../src/model/reservation.ts';
import { DAY, HOUR, MINUTE, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { person, resource, salon } from '../support/salon.ts';
import type { BookingHouse } from './booking.house.ts';

const NOW = fromLocal('2026-11-24T09:00');
const WINDOW = { start: NOW, end: NOW + 30 * DAY };
/** 11/26 (Thu), so many hours after ten. */
const ten = (hours = 0): Instant => fromLocal('2026-11-26T10:00') + hours * HOUR;

export function bookingContract(name: string, open: (now: () => Instant) => Promise<BookingHouse>): void {
  describe(`bookings in ${name}`, () => {
    let house: BookingHouse;
    beforeAll(async () => {
      house = await open(() => NOW);
    });
    afterAll(() => house.close());

    const fresh = async () => {
      const shop = salon();
      await house.plant(shop.store);
      const [me = '', you = '', third = ''] = await house.customers(3);
      const visit = (userId: string, start: Instant, change: Partial<NewReservation> = {}): NewReservation => ({
        id: randomUUID(), userId, storeId: shop.store.id, staffId: shop.tanaka.id, menuIds: [shop.cut.id], start, end: start + HOUR,
        blockedUntil: start + HOUR, nominated: true, notes: null, ...change,
      });
      const put = (r: NewReservation) => house.turn((booking) => booking.insertReservation(r));
      const entry = (userId: string, change: Partial<WaitlistEntry> = {}): WaitlistEntry => ({
        id: randomUUID(), userId, storeId: shop.store.id, staffId: null, menuIds: [shop.cut.id], from: ten(), until: ten(1), status: 'waiting', ...change,
      });
      const join = (e: WaitlistEntry, at = NOW) => house.turn((booking) => booking.insertWaiting(e, at));
      return { ...shop, me, you, third, visit, put, entry, join };
    };

    test('a booked visit is read back as it was written', async () => {
      const { store, me, visit, put, cut, color, tanaka } = await fresh();
      const r = visit(me, ten(), { menuIds: [cut.id, color.id], end: ten(2.5), blockedUntil: ten(2.75) });
      expect(await put(r)).toBe('ok');
      const plain = { id: r.id, userId: me, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id, color.id], start: ten(), end: ten(2.5), status: 'confirmed', nominated: true };
      expect(await house.reader.reservation(r.id)).toEqual(plain);
      expect(await house.reader.upcoming(me, NOW)).toEqual([plain]);
      expect(await house.reader.busy(store.id, WINDOW, NOW)).toEqual([{ staffId: tanaka.id, userId: me, reservationId: r.id, start: ten(), end: ten(2.75) }]);
    });

    test('a person is never booked twice, nor within the buffer after a visit', async () => {
      const { store, me, you, visit, put } = await fresh();
      expect(await put(visit(me, ten(), { blockedUntil: ten(1.25) }))).toBe('ok');
      expect(await put(visit(you, ten(0.5)))).toBe('staff_taken');
      expect(await put(visit(you, ten(1)))).toBe('staff_taken');
      expect(await put(visit(you, ten(-1)))).toBe('ok');
      expect(await put(visit(you, ten(1.25)))).toBe('ok');
      expect(await house.active(store.id)).toHaveLength(3);
    });

    test('a customer is told from others in his own way, also with the same person', async () => {
      const { me, visit, put, sato } = await fresh();
      expect(await put(visit(me, ten(), { blockedUntil: ten(1.5) }))).toBe('ok');
      expect(await put(visit(me, ten(0.5), { staffId: sato.id }))).toBe('self_overlap');
      expect(await put(visit(me, ten(0.5)))).toBe('self_overlap');
      // The buffer is the person's, not the customer's.
      expect(await put(visit(me, ten(1)))).toBe('staff_taken');
      expect(await put(visit(me, ten(1), { staffId: sato.id }))).toBe('ok');
    });

    test('a turn goes on after a refusal', async () => {
      const { me, you, visit, put, sato } = await fresh();
      await put(visit(you, ten()));
      const results = await house.turn(async (booking) => [
        await booking.insertReservation(visit(me, ten())),
        await booking.insertReservation(visit(me, ten(), { staffId: sato.id })),
      ]);
      expect(results).toEqual(['staff_taken', 'ok']);
    });

    test('a turn that is taken back leaves nothing', async () => {
      const { store, me, visit, put, entry } = await fresh();
      const old = visit(me, ten());
      await put(old);
      await expect(house.turn(async (booking) => {
        await booking.moveReservation(old.id, me, { ...old, start: ten(4), end: ten(5), blockedUntil: ten(5) });
        await booking.insertReservation(visit(me, ten(6)));
        await booking.insertWaiting(entry(me), NOW);
        await booking.cancelReservation(old.id, me);
        throw new Error('crash');
      })).rejects.toThrow('crash');
      expect((await house.active(store.id)).map((r) => [r.id, r.start])).toEqual([[old.id, ten()]]);
      expect(await house.reader.waiting(me, NOW)).toEqual([]);
    });

    test('a move keeps the reservation, frees its old time and may overlap it', async () => {
      const { store, me, you, visit, put, cut, spa, sato } = await fresh();
      const old = visit(me, ten());
      await put(old);
      const to = { staffId: old.staffId, menuIds: [cut.id, spa.id], start: ten(0.5), end: ten(2), blockedUntil: ten(2), nominated: false };
      expect(await house.turn((booking) => booking.moveReservation(old.id, me, to))).toBe('ok');
      expect(await house.reader.reservation(old.id)).toMatchObject({ id: old.id, start: ten(0.5), end: ten(2), menuIds: [cut.id, spa.id], status: 'confirmed', nominated: false });
      expect(await put(visit(you, ten(-0.5)))).toBe('ok');
      expect(await house.turn((booking) => booking.moveReservation(old.id, me, { ...to, staffId: sato.id }))).toBe('ok');
      expect((await house.active(store.id)).map((r) => r.staffId)).toEqual([old.staffId, sato.id]);
    });

    test('a move into a taken time keeps the old one, and says who is there', async () => {
      const { store, me, you, visit, put, sato } = await fresh();
      const [old, own, other] = [visit(me, ten()), visit(me, ten(3), { staffId: sato.id }), visit(you, ten(6))];
      for (const r of [old, own, other]) await put(r);
      const to = (start: Instant) => ({ ...old, start, end: start + HOUR, blockedUntil: start + HOUR });
      const before = await house.active(store.id);
      const results = await house.turn(async (booking) => [
        await booking.moveReservation(old.id, me, to(ten(6.5))),
        await booking.moveReservation(old.id, me, to(ten(2.5))),
        await booking.moveReservation(old.id, you, to(ten(9))),
        await booking.moveReservation(randomUUID(), me, to(ten(9))),
      ]);
      expect(results).toEqual(['staff_taken', 'self_overlap', 'gone', 'gone']);
      expect(await house.active(store.id)).toEqual(before);
    });

    test("a reservation is cancelled once, by its customer only, and its time is free again", async () => {
      const { me, you, visit, put } = await fresh();
      const r = visit(me, ten());
      await put(r);
      const cancel = (userId: string) => house.turn((booking) => booking.cancelReservation(r.id, userId));
      expect(await cancel(you)).toBeNull();
      expect(await cancel(me)).toMatchObject({ id: r.id, status: 'canceled', start: ten() });
      expect(await cancel(me)).toBeNull();
      expect(await put(visit(you, ten()))).toBe('ok');
      expect(await house.turn((booking) => booking.moveReservation(r.id, me, { ...r, start: ten(5), end: ten(6), blockedUntil: ten(6) }))).toBe('gone');
    });

    test('holds whose time is over are found until they are ended, the first first; offers are not among them', async () => {
      const { me, you, third, visit, put } = await fresh();
      const held = (of: Hold['for'], hours: number, until: Instant, userId = me) => visit(userId, ten(hours), { hold: { for: of, until } });
      const [second, first, offer, later] = [held('deposit', 0, NOW - MINUTE), held('approval', 1, NOW - HOUR), held('offer', 2, NOW - HOUR, you), held('approval', 3, NOW + MINUTE, third)];
      for (const r of [second, first, offer, later]) expect(await put(r)).toBe('ok');
      const mine = new Set([second, first, offer, later].map((r) => r.id));
      const ended = async (limit = 1000) => (await house.reader.endedHolds(NOW, limit)).filter((r) => mine.has(r.id));
      expect(await ended()).toMatchObject([{ id: first.id, hold: { for: 'approval', until: NOW - HOUR } }, { id: second.id, hold: { for: 'deposit' } }]);
      await house.turn((booking) => booking.cancelReservation(first.id, me));
      expect((await ended()).map((r) => r.id)).toEqual([second.id]);
      await house.turn((booking) => booking.cancelReservation(second.id, me));
      expect(await ended()).toEqual([]);
    });

    test('what is done once is done by the first who comes, and by the next where he gave it up', async () => {
      const key = randomUUID();
      await expect(house.turn(async (booking) => {
        expect(await booking.once(key)).toBe(true);
        throw new Error('given up');
      })).rejects.toThrow('given up');
      expect(await Promise.all([1, 2, 3].map(() => house.turn((booking) => booking.once(key)))).then((firsts) => firsts.filter(Boolean))).toEqual([true]);
      expect(await house.turn((booking) => booking.once(key))).toBe(false);
    });

    test('a hold keeps a time until it ends, then no more', async () => {
      const { store, me, you, third, visit, put } = await fresh();
      await house.hold(visit(you, ten()), NOW + MINUTE);
      await house.hold(visit(you, ten(3)), NOW);
      await house.hold(visit(you, ten(6)), NOW - HOUR);
      expect((await house.reader.busy(store.id, WINDOW, NOW)).map((b) => b.start)).toEqual([ten()]);
      expect((await house.reader.upcoming(you, NOW)).map((r) => [r.start, r.status])).toEqual([[ten(), 'pending']]);
      expect(await put(visit(me, ten()))).toBe('staff_taken');
      expect(await put(visit(me, ten(3.5)))).toBe('ok');
      const own = visit(third, ten(9));
      await put(own);
      expect(await house.turn((booking) => booking.moveReservation(own.id, third, { ...own, start: ten(6), end: ten(7), blockedUntil: ten(7) }))).toBe('ok');
      expect((await house.active(store.id)).map((r) => r.start)).toEqual([ten(), ten(3.5), ten(6)]);
    });

    test('what staff forced into the calendar is in the way of customers', async () => {
      const { store, me, you, third, visit, put } = await fresh();
      await put(visit(you, ten()));
      await house.force(visit(third, ten(0.5)));
      expect((await house.reader.busy(store.id, WINDOW, NOW)).map((b) => b.start)).toEqual([ten(), ten(0.5)]);
      expect(await put(visit(me, ten(1)))).toBe('staff_taken');
      const own = visit(me, ten(1.5));
      expect(await put(own)).toBe('ok');
      expect(await house.turn((booking) => booking.moveReservation(own.id, me, { ...own, start: ten(1), end: ten(2), blockedUntil: ten(2) }))).toBe('staff_taken');
      expect((await house.active(store.id)).map((r) => r.start)).toEqual([ten(), ten(0.5), ten(1.5)]);
    });

    test('what waits for the yes of a store is found until it ends, and becomes a visit once', async () => {
      const { store, me, you, visit, put } = await fresh();
      const asked = visit(me, ten(), { hold: { for: 'approval', until: NOW + HOUR } });
      const over = visit(you, ten(3), { hold: { for: 'approval', until: NOW } });
      for (const r of [asked, over, visit(you, ten(5), { hold: { for: 'offer', until: NOW + HOUR } })]) await put(r);
      expect((await house.reader.awaiting(store.id, NOW)).map((r) => [r.id, r.hold])).toEqual([[asked.id, { for: 'approval', until: NOW + HOUR }]]);
      expect((await house.reader.upcoming(me, NOW)).map((r) => r.status)).toEqual(['pending']);
      expect(await house.turn((booking) => booking.confirmHold(asked.id))).toMatchObject({ status: 'confirmed' });
      expect(await house.turn((booking) => booking.confirmHold(asked.id))).toBeNull();
      expect(await house.turn((booking) => booking.endHold(asked.id, 'approval', 'running'))).toBeNull();
      expect(await house.reader.awaiting(store.id, NOW)).toEqual([]);
    });

    test('a hold that ended is told once, also when somebody has booked over it', async () => {
      const { me, you, visit, put } = await fresh();
      const [running, over, bookedOver, cancelled] = [visit(me, ten()), visit(me, ten(2)), visit(me, ten(4)), visit(me, ten(6))];
      await put({ ...running, hold: { for: 'approval', until: NOW + 1 } });
      for (const r of [over, bookedOver, cancelled]) await put({ ...r, hold: { for: 'approval', until: NOW } });
      expect(await put(visit(you, ten(4)))).toBe('ok');
      await house.turn((booking) => booking.cancelReservation(cancelled.id, me));
      const ended = (await house.reader.endedHolds(NOW, 1000)).map((r) => r.id);
      expect(ended).toEqual(expect.arrayContaining([over.id, bookedOver.id]));
      for (const r of [running, cancelled]) expect(ended).not.toContain(r.id);
      const end = (r: NewReservation) => house.turn((booking) => booking.endHold(r.id, 'approval', 'ended'));
      for (const r of [over, bookedOver]) expect([await end(r), await end(r)]).toEqual([expect.objectContaining({ id: r.id, status: 'canceled' }), null]);
      for (const r of [running, cancelled]) expect(await end(r)).toBeNull();
      expect((await house.reader.endedHolds(NOW, 1000)).filter((r) => r.userId === me)).toEqual([]);
      expect(await house.turn((booking) => booking.endHold(running.id, 'approval', 'running'))).toMatchObject({ status: 'canceled' });
    });

    test('a visit that is moved may have to wait again, and one that waits keeps waiting', async () => {
      const { me, visit, put } = await fresh();
      const [sure, asked] = [visit(me, ten()), visit(me, ten(2), { hold: { for: 'approval', until: NOW + HOUR } })];
      for (const r of [sure, asked]) await put(r);
      const { id: _i, userId: _u, storeId: _s, notes: _n, hold: _h, ...there } = { ...sure, hold: undefined };
      const to = (hours: number) => ({ ...there, start: ten(hours), end: ten(hours + 1), blockedUntil: ten(hours + 1) });
      await house.turn((booking) => booking.moveReservation(sure.id, me, { ...to(4), hold: { for: 'approval', until: NOW + 2 * HOUR } }));
      await house.turn((booking) => booking.moveReservation(asked.id, me, to(6)));
      expect(await house.reader.reservation(sure.id)).toMatchObject({ status: 'pending', start: ten(4), hold: { for: 'approval', until: NOW + 2 * HOUR } });
      expect(await house.reader.reservation(asked.id)).toMatchObject({ status: 'pending', start: ten(6), hold: { for: 'approval', until: NOW + HOUR } });
    });

    test('whether a customer came can be said, and said otherwise; it counts at this store', async () => {
      const { store, me, visit, put } = await fresh();
      const visits = [visit(me, ten()), visit(me, ten(2)), visit(me, ten(4), { hold: { for: 'approval', until: NOW + HOUR } })];
      for (const r of visits) await put(r);
      const mark = (n: number, came: 'arrived' | 'no_show' | null) => house.turn((booking) => booking.mark(visits[n]!.id, came));
      expect(await house.reader.standing(me, store.id)).toEqual({ visits: 2, noShows: 0 });
      expect(await mark(0, 'no_show')).toMatchObject({ came: 'no_show' });
      expect(await mark(1, 'arrived')).toMatchObject({ came: 'arrived' });
      expect(await mark(2, 'arrived')).toBeNull();
      expect(await house.reader.standing(me, store.id)).toEqual({ visits: 1, noShows: 1 });
      expect(await house.reader.standing(me, randomUUID())).toEqual({ visits: 0, noShows: 0 });
      expect(await mark(0, 'arrived')).toMatchObject({ came: 'arrived' });
      expect(await mark(1, null)).not.toHaveProperty('came');
      expect(await house.reader.standing(me, store.id)).toEqual({ visits: 2, noShows: 0 });
    });

    describe('rooms that visits share', () => {
      /** Two 席 for カット, one 個室 for パーマ; a third person beside 田中 and 佐藤. */
      const roomy = async (count = 2) => {
        const shop = salon();
        const suzuki = person('鈴木', [shop.cut, shop.perm]);
        const [chair, room] = [resource('席', count, [shop.cut]), resource('個室', 1, [shop.perm])];
        shop.store.staff.push(suzuki);
        shop.store.resources.push(chair, room);
        await house.plant(shop.store);
        const customers = await house.customers(5);
        const visit = (n: number, staff: { id: string }, start: Instant, change: Partial<NewReservation> = {}): NewReservation => ({
          id: randomUUID(), userId: customers[n]!, storeId: shop.store.id, staffId: staff.id, menuIds: [shop.cut.id], start, end: start + HOUR,
          blockedUntil: start + HOUR, nominated: true, notes: null, ...change,
        });
        const put = (r: NewReservation) => house.turn((booking) => booking.insertReservation(r));
        const lanes = async () => (await house.reader.busy(shop.store.id, WINDOW, NOW)).map((b) => (b.lanes ?? []).map((l) => `${l.resourceId === chair.id ? '席' : '個室'}${l.lane}`).sort().join());
        return { ...shop, suzuki, chair, room, visit, put, lanes };
      };

      test('are given out one each, and no more than there are', async () => {
        const { tanaka, sato, suzuki, visit, put, lanes } = await roomy();
        expect([await put(visit(0, tanaka, ten())), await put(visit(1, sato, ten(0.5))), await put(visit(2, suzuki, ten(0.75)))]).toEqual(['ok', 'ok', 'staff_taken']);
        expect(await put(visit(2, suzuki, ten(1)))).toBe('ok');
        expect(await lanes()).toEqual(['席1', '席2', '席1']);
      });

      test('are had as long as clearing up lasts, and the same one from beginning to end', async () => {
        const { tanaka, sato, suzuki, visit, put } = await roomy();
        await put(visit(0, tanaka, ten(), { blockedUntil: ten(1.25) }));
        await put(visit(1, sato, ten(1), { end: ten(2), blockedUntil: ten(2) }));
        // At every moment one of the two is free, but none for an hour on end.
        expect(await put(visit(2, suzuki, ten(0.5), { end: ten(1.5), blockedUntil: ten(1.5) }))).toBe('staff_taken');
        expect(await put(visit(2, suzuki, ten(1.25), { end: ten(2), blockedUntil: ten(2) }))).toBe('ok');
      });

      test('a visit that needs two kinds has one of each, or none is booked', async () => {
        const { tanaka, sato, suzuki, cut, perm, spa, visit, put, lanes } = await roomy(1);
        const both = { menuIds: [cut.id, perm.id] };
        expect(await put(visit(0, tanaka, ten(), both))).toBe('ok');
        expect(await put(visit(1, suzuki, ten(), { menuIds: [perm.id] }))).toBe('staff_taken');
        expect(await put(visit(1, sato, ten(), { menuIds: [spa.id] }))).toBe('ok');
        expect((await lanes()).toSorted()).toEqual(['', '個室1,席1']);
      });

      test('are given back by a cancelling, by a move, and by holds that ended', async () => {
        const { tanaka, sato, suzuki, visit, put, lanes } = await roomy(1);
        const [first, second] = [visit(0, tanaka, ten()), visit(1, sato, ten(), { hold: { for: 'approval', until: NOW } })];
        await put(first);
        await house.turn((booking) => booking.cancelReservation(first.id, first.userId));
        expect(await put(second)).toBe('ok');
        expect(await put(visit(2, suzuki, ten(0.5)))).toBe('ok');
        expect(await lanes()).toEqual(['席1']);
        const own = visit(3, tanaka, ten(4));
        await put(own);
        const to = (start: Instant) => ({ staffId: sato.id, menuIds: own.menuIds, start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true });
        const move = (start: Instant) => house.turn((booking) => booking.moveReservation(own.id, own.userId, to(start)));
        expect([await move(ten(0.25)), await move(ten(1.25)), await move(ten(4.5)), await move(ten(4.25))]).toEqual(['staff_taken', 'staff_taken', 'ok', 'ok']);
        expect(await put(visit(4, suzuki, ten(6)))).toBe('ok');
        expect(await lanes()).toEqual(['席1', '席1', '席1']);
      });

      test('a move to other menus takes what they need', async () => {
        const { tanaka, sato, suzuki, perm, spa, visit, put, lanes } = await roomy(1);
        const own = visit(0, tanaka, ten(), { menuIds: [spa.id] });
        for (const r of [own, visit(1, suzuki, ten(2), { menuIds: [perm.id] })]) await put(r);
        const to = (start: Instant, menuIds: string[]) => house.turn((booking) => booking.moveReservation(own.id, own.userId, { staffId: tanaka.id, menuIds, start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true }));
        expect(await to(ten(2), [perm.id])).toBe('staff_taken');
        expect(await to(ten(3), [perm.id])).toBe('ok');
        expect(await lanes()).toEqual(['個室1', '個室1']);
        expect(await put(visit(2, sato, ten(3), { menuIds: [spa.id] }))).toBe('ok');
      });

      test('a turn goes on after a refusal, and one that is taken back gives them back', async () => {
        const { tanaka, sato, spa, visit, put, lanes } = await roomy(1);
        await expect(house.turn(async (booking) => {
          await booking.insertReservation(visit(0, tanaka, ten()));
          throw new Error('crash');
        })).rejects.toThrow('crash');
        expect(await put(visit(1, tanaka, ten()))).toBe('ok');
        expect(await house.turn(async (booking) => [await booking.insertReservation(visit(2, sato, ten())), await booking.insertReservation(visit(2, sato, ten(), { menuIds: [spa.id] }))])).toEqual(['staff_taken', 'ok']);
        expect((await lanes()).toSorted()).toEqual(['', '席1']);
      });

      test('a snapshot knows them, too', async () => {
        const { store, tanaka, visit, put } = await roomy();
        await put(visit(0, tanaka, ten()));
        expect((await house.reader.snapshot(store.id, WINDOW, NOW))!.busy).toEqual(await house.reader.busy(store.id, WINDOW, NOW));
      });
    });

    test('visits that are over or elsewhere keep nobody busy; one that began before the window does', async () => {
      const { store, me, you, visit, put } = await fresh();
      const other = await fresh();
      await put(visit(me, ten()));
      await put(visit(you, ten(2)));
      await other.put(other.visit(me, ten(4)));
      const within = { start: ten(0.5), end: ten(2) };
      expect((await house.reader.busy(store.id, within, NOW)).map((b) => b.start)).toEqual([ten()]);
      expect((await house.reader.busy(store.id, { start: ten(1), end: ten(2) }, NOW))).toEqual([]);
      expect((await house.reader.upcoming(me, ten(0.5))).map((r) => r.start)).toEqual([ten(), ten(4)]);
      expect((await house.reader.upcoming(me, ten(1))).map((r) => r.start)).toEqual([ten(4)]);
    });

    test('how busy each person is on a day, and whether just then', async () => {
      const { store, me, you, third, visit, put, tanaka, sato } = await fresh();
      const moved = visit(you, ten(3));
      await put(visit(me, ten(), { blockedUntil: ten(1.5) }));
      await put(moved);
      await put(visit(third, ten(1), { staffId: sato.id }));
      await house.hold(visit(you, ten(6)), NOW);
      await put(visit(me, ten(24)));
      const today = { start: ten(), end: ten(10) };
      const loads = async (time: [number, number], except?: string) =>
        (await house.reader.loads(store.id, today, { start: ten(time[0]), end: ten(time[1]) }, NOW, except)).toSorted((a, b) => b.booked - a.booked);
      expect(await loads([1, 2])).toEqual([{ staffId: tanaka.id, booked: 2.5 * HOUR, busyThen: true }, { staffId: sato.id, booked: HOUR, busyThen: true }]);
      expect(await loads([2, 3])).toEqual([{ staffId: tanaka.id, booked: 2.5 * HOUR, busyThen: false }, { staffId: sato.id, booked: HOUR, busyThen: false }]);
      expect(await loads([3, 4], moved.id)).toMatchObject([{ staffId: tanaka.id, booked: 1.5 * HOUR, busyThen: false }, {}]);
    });

    test('the last visit is the latest that is over and took place', async () => {
      const { store, me, visit, put } = await fresh();
      const visits = [visit(me, ten()), visit(me, ten(2)), visit(me, ten(4)), visit(me, ten(6)), visit(me, ten(8))];
      for (const r of visits) await put(r);
      await house.turn((booking) => booking.cancelReservation(visits[2]!.id, me));
      expect(await house.reader.lastVisit(me, store.id, ten(0.5))).toBeNull();
      expect(await house.reader.lastVisit(me, store.id, ten(6.5))).toMatchObject({ id: visits[1]!.id });
      expect(await house.reader.lastVisit(me, randomUUID(), ten(6.5))).toBeNull();
      await house.turn((booking) => booking.mark(visits[3]!.id, 'no_show'));
      expect(await house.reader.lastVisit(me, store.id, ten(7.5))).toMatchObject({ id: visits[1]!.id });
    });

    test('one waits once for the same, and again after leaving', async () => {
      const { me, you, sato, entry, join } = await fresh();
      const first = entry(me);
      expect(await join(first)).toBe(true);
      expect(await join(entry(me))).toBe(false);
      expect(await join(entry(me, { staffId: sato.id }), NOW + 1)).toBe(true);
      expect(await join(entry(me, { until: ten(2) }), NOW + 2)).toBe(true);
      expect(await house.turn((booking) => booking.leaveWaiting(first.id, you))).toBeNull();
      expect(await house.turn((booking) => booking.leaveWaiting(first.id, me))).toEqual({ ...first, status: 'left' });
      expect(await house.turn((booking) => booking.leaveWaiting(first.id, me))).toBeNull();
      expect(await join(entry(me), NOW + 3)).toBe(true);
      expect((await house.reader.waiting(me, NOW)).map((e) => [e.staffId, e.until])).toEqual([[sato.id, ten(1)], [null, ten(2)], [null, ten(1)]]);
      expect((await house.reader.waiting(me, ten(1))).map((e) => e.until)).toEqual([ten(2)]);
    });

    test('a place in the queue counts those before who want a time in common of a person in common', async () => {
      const { me, you, third, tanaka, sato, entry, join } = await fresh();
      const [a, b, c, d] = [entry(you), entry(third, { staffId: sato.id }), entry(me, { staffId: tanaka.id, from: ten(0.5), until: ten(3) }), entry(you, { from: ten(1), until: ten(2) })];
      for (const [n, e] of [a, b, c, d].entries()) await join(e, NOW + n);
      const places = await Promise.all([a, b, c, d].map((e) => house.reader.waitPosition(e)));
      expect(places).toEqual([1, 2, 2, 2]);
      await house.turn((booking) => booking.leaveWaiting(a.id, you));
      expect(await Promise.all([b, c, d].map((e) => house.reader.waitPosition(e)))).toEqual([1, 1, 2]);
    });

    test('customers are known as the channel knows them, or as the one they wrote to last; whom LINE cannot reach is nobody', async () => {
      const { me, you, third } = await fresh();
      const at = (id: string, channel: string, name: string | null, blocked = false) => ({ id, lineId: `U${id}`, name, phone: null, blocked, channel });
      const [here, there, last] = [at(me, 'clinic', '山田', true), at(you, 'clinic', '佐藤'), at(you, 'salon', null)];
      for (const customer of [here, at(me, 'salon', 'ヤマダ'), there, last]) await house.writes(customer);
      expect(await house.reader.customers([me, you, third], 'clinic')).toEqual(new Map([[me, here], [you, there]]));
      expect(await house.reader.customers([you, third], 'barber')).toEqual(new Map([[you, last]]));
      expect(await house.reader.customer(me, 'clinic')).toEqual(here);
      expect(await house.reader.customer(third, 'clinic')).toBeNull();
      expect(await house.reader.customers([], 'clinic')).toEqual(new Map());
    });

    test('a snapshot has the rows and the version that belong together', async () => {
      const { store, me, visit } = await fresh();
      expect(await house.reader.snapshot(store.id, WINDOW, NOW)).toEqual({ slotsVersion: 1, configVersion: 1, busy: [] });
      const r = visit(me, ten());
      const version = await house.turn(async (booking) => {
        await booking.insertReservation(r);
        return booking.bumpSlots(store.id);
      });
      expect(version).toBe(2);
      expect(await house.reader.snapshot(store.id, WINDOW, NOW)).toMatchObject({ slotsVersion: 2, busy: [{ reservationId: r.id }] });
    });
  });
}
