/** What every store of waits and offers keeps to. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { KeptOffer } from '../../src/booking/waiting/ports.ts';
import type { WaitlistEntry } from '../../src/model/reservation.ts';
import { DAY, HOUR, MINUTE, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';
import type { BookingHouse } from './booking.house.ts';

const NOW = fromLocal('2026-11-24T09:00');
const ten = (hours = 0): Instant => fromLocal('2026-11-26T10:00') + hours * HOUR;
const WEEK = { start: NOW, end: NOW + 7 * DAY };

export function waitingContract(name: string, open: (now: () => Instant) => Promise<BookingHouse>): void {
  describe(`waits and offers in ${name}`, () => {
    let house: BookingHouse;
    beforeAll(async () => {
      house = await open(() => NOW);
    });
    afterAll(() => house.close());

    const fresh = async () => {
      const shop = salon();
      await house.plant(shop.store);
      const people = await house.customers(4);
      const [me = '', you = ''] = people;
      const { store, cut, tanaka, sato } = shop;
      const join = async (userId: string, change: Partial<WaitlistEntry> = {}, at = NOW) => {
        const entry: WaitlistEntry = { id: randomUUID(), userId, storeId: store.id, staffId: null, menuIds: [cut.id], from: ten(), until: ten(1), status: 'waiting', ...change };
        expect(await house.turn((booking) => booking.insertWaiting(entry, at))).toBe(true);
        return entry;
      };
      const hold = async (userId: string, start: Instant, staffId = tanaka.id) => {
        const id = randomUUID();
        const times = { start, end: start + HOUR, blockedUntil: start + HOUR };
        expect(await house.turn((booking) => booking.insertReservation({ id, userId, storeId: store.id, staffId, menuIds: [cut.id], ...times, nominated: false, notes: null, hold: { for: 'offer', until: NOW + HOUR } }))).toBe('ok');
        return id;
      };
      const offerOf = (entry: WaitlistEntry, change: Partial<KeptOffer> = {}): KeptOffer => ({
        id: randomUUID(), entryId: entry.id, userId: entry.userId, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start: entry.from, end: entry.from + HOUR, blockedUntil: entry.from + HOUR,
        reservationId: null, held: change.reservationId != null, toldAt: NOW, expiresAt: NOW + HOUR, state: 'open', ...change,
      });
      const offer = async (o: KeptOffer): Promise<boolean> => house.turn((booking) => booking.insertOffer(o));
      const queued = async (staffId: string | null = null, span = WEEK) => (await house.reader.queue(store.id, staffId, span, NOW)).map((entry) => entry.id);
      return { ...shop, me, you, people, join, hold, offerOf, offer, queued, tanaka, sato };
    };

    test('the queue is of those who could take something in a time with a person, who waits longest first', async () => {
      const { people, join, queued, tanaka, sato } = await fresh();
      const [a, b, c, d] = [
        await join(people[0]!, { staffId: sato.id }, NOW + 3), await join(people[1]!, {}, NOW + 1), await join(people[2]!, { staffId: tanaka.id }, NOW + 2), await join(people[3]!, { from: ten(24), until: ten(25) }, NOW),
      ].map((entry) => entry.id);
      expect(await queued()).toEqual([d, b, c, a]);
      expect(await queued(sato.id)).toEqual([d, b, a]);
      expect(await queued(tanaka.id, { start: ten(-1), end: ten(5) })).toEqual([b, c]);
      expect(await queued(null, { start: ten(1), end: ten(24) })).toEqual([]);
      expect(await queued(null, { start: ten(25), end: ten(30) })).toEqual([]);
    });

    test('an entry put to the end of the queue stands there; what it missed and declined is kept', async () => {
      const { me, you, join, queued, offerOf, offer, store } = await fresh();
      const [first, second] = [await join(me), await join(you, {}, NOW + 1)];
      const declined = offerOf(first);
      expect(await offer(declined)).toBe(true);
      await house.turn((booking) => booking.endOffer(declined.id, 'declined'));
      expect(await house.turn((booking) => booking.setEntry(first.id, ['offered'], { status: 'waiting', queuedAt: NOW + 5, misses: 1 }))).toBe(true);
      expect(await queued()).toEqual([second.id, first.id]);
      expect(await house.reader.queue(store.id, null, WEEK, NOW)).toMatchObject([{ misses: 0, declined: [] }, { misses: 1, joinedAt: NOW, queuedAt: NOW + 5, declined: [{ start: ten(), end: ten(1) }] }]);
      expect(await house.reader.waitPosition(first)).toBe(2);
      expect(await house.turn((booking) => booking.setEntry(first.id, ['offered', 'closed'], { status: 'booked' }))).toBe(false);
      expect(await house.reader.entry(first.id)).toMatchObject({ status: 'waiting' });
      expect(await house.reader.entry(randomUUID())).toBeNull();
    });

    test('a customer has one open offer at a time, and is not in the queue meanwhile', async () => {
      const { me, join, queued, offerOf, offer, hold } = await fresh();
      const [one, other] = [await join(me), await join(me, { from: ten(5), until: ten(6) })];
      const made = offerOf(one, { reservationId: await hold(me, ten()) });
      expect(await offer(made)).toBe(true);
      expect(await offer(offerOf(other))).toBe(false);
      expect(await house.reader.entry(one.id)).toMatchObject({ status: 'offered' });
      expect(await house.reader.entry(other.id)).toMatchObject({ status: 'waiting' });
      expect(await queued()).toEqual([]);
      expect(await house.turn((booking) => booking.takeWaiting(one.id))).toBe(false);
      expect(await house.turn((booking) => booking.takeWaiting(other.id))).toBe(true);
      expect(await house.reader.offer(made.id)).toEqual(made);
      expect(await house.turn((booking) => booking.offerForUpdate(made.id))).toEqual(made);
      expect(await house.turn((booking) => booking.endOffer(made.id, 'revoked'))).toMatchObject({ id: made.id, state: 'revoked' });
      expect(await queued()).toEqual([other.id]);
      expect(await offer(offerOf(other))).toBe(true);
    });

    test('an offer ends once, and lapses only when it is over', async () => {
      const { me, join, offerOf, offer } = await fresh();
      const made = offerOf(await join(me));
      await offer(made);
      const end = (state: 'expired' | 'declined', dueBy?: Instant) => house.turn((booking) => booking.endOffer(made.id, state, dueBy));
      expect(await end('expired', made.expiresAt - 1)).toBeNull();
      expect(await end('expired', made.expiresAt)).toMatchObject({ state: 'expired' });
      expect(await end('declined')).toBeNull();
      await house.turn((booking) => booking.markTold(made.id));
      expect(await house.reader.offer(made.id)).toMatchObject({ state: 'expired' });
    });

    test('what is open is found by person and time, and by store', async () => {
      const { store, people, join, offerOf, offer, tanaka, sato } = await fresh();
      const [one, two] = [offerOf(await join(people[0]!)), offerOf(await join(people[1]!), { staffId: sato.id, start: ten(3), end: ten(4), blockedUntil: ten(4.5) })];
      await offer(one);
      await offer(two);
      const at = async (staffId: string, from: number, until: number) => (await house.reader.openOffers(staffId, { start: ten(from), end: ten(until) })).map((o) => o.id);
      expect(await at(tanaka.id, 0, 1)).toEqual([one.id]);
      expect(await at(tanaka.id, 1, 9)).toEqual([]);
      expect(await at(sato.id, 4, 5)).toEqual([two.id]);
      expect((await house.reader.offersOf(store.id)).map((o) => o.id).sort()).toEqual([one.id, two.id].sort());
      await house.turn((booking) => booking.endOffer(one.id, 'declined'));
      expect((await house.reader.offersOf(store.id)).map((o) => o.id)).toEqual([two.id]);
    });

    test('what is over, or holds nothing any more, is overdue; what was not told by its time is found once', async () => {
      const { people, join, offerOf, offer, hold } = await fresh();
      const [over, bare, fine] = [
        offerOf(await join(people[0]!), { expiresAt: NOW - 1 }),
        offerOf(await join(people[1]!, { from: ten(2), until: ten(3) }), { reservationId: await hold(people[1]!, ten(2)), held: true }),
        offerOf(await join(people[2]!, { from: ten(4), until: ten(5) }), { reservationId: await hold(people[2]!, ten(4)), held: true, toldAt: NOW + MINUTE }),
      ];
      for (const o of [over, bare, fine]) await offer(o);
      const mine = (offers: KeptOffer[]) => offers.map((o) => o.id).filter((id) => [over.id, bare.id, fine.id].includes(id)).sort();
      expect(mine(await house.reader.overdueOffers(NOW, 100))).toEqual([over.id]);
      await house.turn((booking) => booking.cancelReservation(bare.reservationId!, people[1]!));
      expect(mine(await house.reader.overdueOffers(NOW, 100))).toEqual([over.id, bare.id].sort());
      expect(mine(await house.reader.untoldOffers(NOW, 100))).toEqual([over.id, bare.id].sort());
      expect(await house.turn((booking) => booking.markTold(bare.id))).toBe(true);
      expect(await house.turn((booking) => booking.markTold(bare.id))).toBe(false);
      expect(mine(await house.reader.untoldOffers(NOW + MINUTE, 100))).toEqual([over.id, fine.id].sort());
      for (const o of [over, bare, fine]) await house.turn((booking) => booking.endOffer(o.id, 'revoked'));
    });

    test('a taken offer names the visit it became', async () => {
      const { me, join, offerOf, offer, hold } = await fresh();
      const made = offerOf(await join(me));
      await offer(made);
      const visit = await hold(me, ten());
      await house.turn((booking) => booking.takeOffer(made.id, visit));
      expect(await house.reader.offer(made.id)).toMatchObject({ state: 'accepted', reservationId: visit });
    });

    test('a visit that is what was waited for ends the wait; one of another person, menu or time does not', async () => {
      const { store, me, you, join, cut, color, spa, tanaka, sato } = await fresh();
      const [day, of, other, both, yours] = [
        await join(me, { from: ten(-10), until: ten(14) }), await join(me, { staffId: tanaka.id }), await join(me, { staffId: sato.id }), await join(me, { menuIds: [cut.id, color.id] }), await join(you),
      ];
      const visit = { id: randomUUID(), userId: me, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id, spa.id], start: ten(), end: ten(1.5), status: 'confirmed' as const, nominated: true };
      expect((await house.turn((booking) => booking.satisfy(visit))).map((entry) => [entry.id, entry.status]).sort()).toEqual([[day.id, 'booked'], [of.id, 'booked']].sort());
      expect((await house.reader.waiting(me, NOW)).map((entry) => entry.id).sort()).toEqual([other.id, both.id].sort());
      expect((await house.reader.waiting(you, NOW)).map((entry) => entry.id)).toEqual([yours.id]);
      expect(await house.turn((booking) => booking.satisfy(visit))).toEqual([]);
    });

    test('waits whose time is over are closed, once', async () => {
      const { store, me, join } = await fresh();
      const [over, ahead] = [await join(me, { from: ten(-60), until: ten(-59) }), await join(me)];
      expect((await house.turn((booking) => booking.closeOver(ten(-59), 100))).map((entry) => [entry.id, entry.status])).toContainEqual([over.id, 'closed']);
      expect((await house.turn((booking) => booking.closeOver(ten(-59), 100))).map((entry) => entry.id)).not.toContain(over.id);
      expect(await house.reader.entry(ahead.id)).toMatchObject({ status: 'waiting' });
      expect(await house.reader.storesWithQueue(NOW)).toContain(store.id);
    });

    test('what an attempt wrote is gone where it came to nothing, and the turn goes on', async () => {
      const { me, join, offerOf } = await fresh();
      const entry = await join(me);
      const [first, second] = [offerOf(entry), offerOf(entry)];
      const kept = await house.turn(async (booking) => {
        await booking.lockDays(entry.storeId, ['2026-11-26']);
        const one = await booking.attempt(async () => {
          await booking.insertOffer(first);
          await booking.setEntry(entry.id, ['offered'], { status: 'booked' });
          return false;
        });
        return [one, await booking.attempt(() => booking.insertOffer(second))];
      });
      expect(kept).toEqual([false, true]);
      expect(await house.reader.offer(first.id)).toBeNull();
      expect(await house.reader.offer(second.id)).toMatchObject({ state: 'open' });
    });
  });
}
