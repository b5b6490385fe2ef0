/** What every store of deposits keeps to. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { NewReservation } from '../../src/booking/ports.ts';
import type { Payment } from '../../src/model/payment.ts';
import { HOUR, MINUTE, fromLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';
import type { BookingHouse } from './booking.house.ts';

const NOW = fromLocal('2026-11-24T09:00');
const START = fromLocal('2026-11-26T10:00');

export function paymentsContract(name: string, open: (now: () => Instant) => Promise<BookingHouse>): void {
  describe(`deposits in ${name}`, () => {
    let house: BookingHouse;
    beforeAll(async () => {
      house = await open(() => NOW);
    });
    afterAll(() => house.close());

    /** A visit held for its deposit, and the deposit. */
    const held = async (change: Partial<Payment> = {}, until = NOW + 35 * MINUTE) => {
      const shop = salon();
      await house.plant(shop.store);
      const [me = ''] = await house.customers(1);
      const visit: NewReservation = {
        id: randomUUID(), userId: me, storeId: shop.store.id, staffId: shop.tanaka.id, menuIds: [shop.cut.id], start: START, end: START + HOUR, blockedUntil: START + HOUR,
        nominated: true, notes: null, hold: { for: 'deposit', until },
      };
      const payment: Payment = {
        id: randomUUID(), reservationId: visit.id, userId: me, yen: 3000, status: 'pending', by: 'stripe', attempt: 1, linkUntil: NOW + 31 * MINUTE, session: null, url: null, charge: null,
        paidAt: null, closedAt: null, refundDueAt: null, refundedAt: null, refund: null, refundTrouble: null, createdAt: NOW, ...change,
      };
      await house.turn(async (booking) => {
        expect(await booking.insertReservation(visit)).toBe('ok');
        await booking.payments.insert(payment);
      });
      return { me, visit, payment };
    };
    const read = (id: string) => house.reader.payments.payment({ id });
    const isDue = async (id: string, now = NOW) => (await house.reader.payments.due(now, 1_000)).includes(id);

    test('a payment is read back as it was written, by whatever names it, with its visit', async () => {
      const session = `cs_${randomUUID()}`;
      const { visit, payment } = await held();
      const after: Payment = { ...payment, session, url: 'https://pay/1', attempt: 2, linkUntil: NOW + HOUR };
      await house.turn(async (booking) => booking.payments.save(after));
      expect((await read(payment.id))?.payment).toEqual(after);
      expect(await house.reader.payments.payment({ session })).toMatchObject({ payment: after, visit: { id: visit.id, status: 'pending', hold: { for: 'deposit' } } });
      expect((await house.reader.payments.payment({ reservationId: visit.id }))?.payment.id).toBe(payment.id);
      const paid: Payment = { ...after, status: 'completed', charge: `pi_${randomUUID()}`, paidAt: NOW, closedAt: NOW };
      await house.turn((booking) => booking.payments.save(paid));
      expect((await house.reader.payments.payment({ charge: paid.charge! }))?.payment).toEqual(paid);
      expect(await house.reader.payments.payment({ session: 'cs_nobody' })).toBeNull();
      expect(await read(randomUUID())).toBeNull();
    });

    test('a visit shows its deposit: due until when, then paid, then no more once it failed or goes back', async () => {
      const { me, visit, payment } = await held();
      const seen = async () => (await house.reader.upcoming(me, NOW))[0]?.deposit;
      expect(await seen()).toEqual({ id: payment.id, yen: 3000, by: 'stripe', state: 'due', until: NOW + 31 * MINUTE });
      await house.turn((booking) => booking.payments.save({ ...payment, status: 'completed' }));
      expect(await seen()).toEqual({ id: payment.id, yen: 3000, by: 'stripe', state: 'paid' });
      await house.turn((booking) => booking.payments.save({ ...payment, status: 'completed', refundDueAt: NOW }));
      expect(await seen()).toBeUndefined();
      await house.turn((booking) => booking.payments.save({ ...payment, status: 'failed' }));
      expect(await seen()).toBeUndefined();
      expect(await house.reader.payments.payment({ reservationId: visit.id })).toBeNull();
    });

    test('a visit has one deposit at a time; after one that failed it may have another', async () => {
      const { payment } = await held();
      const another = { ...payment, id: randomUUID() };
      await expect(house.turn((booking) => booking.payments.insert(another))).rejects.toThrow();
      // What goes back at once is none.
      await house.turn((booking) => booking.payments.insert({ ...payment, id: randomUUID(), status: 'completed', session: null, paidAt: NOW, closedAt: NOW, refundDueAt: NOW }));
      expect((await house.reader.payments.payment({ reservationId: payment.reservationId }))?.payment.id).toBe(payment.id);
      await house.turn(async (booking) => {
        await booking.payments.save({ ...payment, status: 'failed' });
        await booking.payments.insert(another);
      });
      expect((await house.reader.payments.payment({ reservationId: payment.reservationId }))?.payment.id).toBe(another.id);
    });

    test('what is taken back was never there', async () => {
      const { payment } = await held();
      await expect(house.turn(async (booking) => {
        const found = await booking.payments.lock({ id: payment.id });
        await booking.payments.save({ ...found!.payment, status: 'failed' });
        throw new Error('crash');
      })).rejects.toThrow('crash');
      expect((await read(payment.id))?.payment).toEqual(payment);
    });

    test('something is to be done while it has no link, when its hold is over, and for money that goes back', async () => {
      const { me, visit, payment } = await held();
      expect(await isDue(payment.id)).toBe(true);
      const linked: Payment = { ...payment, session: `cs_${randomUUID()}` };
      const save = (p: Payment) => house.turn((booking) => booking.payments.save(p));
      await save(linked);
      expect(await isDue(payment.id)).toBe(false);
      expect(await isDue(payment.id, NOW + 35 * MINUTE)).toBe(true);
      await save({ ...linked, status: 'failed' });
      expect(await isDue(payment.id)).toBe(true);
      await save({ ...linked, status: 'failed', closedAt: NOW });
      expect(await isDue(payment.id, NOW + HOUR)).toBe(false);
      const back: Payment = { ...linked, status: 'completed', closedAt: NOW, refundDueAt: NOW };
      await save(back);
      expect(await isDue(payment.id)).toBe(true);
      await save({ ...back, refundTrouble: 'refused' });
      expect(await isDue(payment.id)).toBe(false);
      await save({ ...back, refundedAt: NOW });
      expect(await isDue(payment.id)).toBe(false);
      await save(linked);
      await house.turn((booking) => booking.cancelReservation(visit.id, me));
      expect(await isDue(payment.id)).toBe(true);
    });

    test('what the shop takes itself is never due', async () => {
      const { payment } = await held({ by: 'shop' });
      expect(await isDue(payment.id, NOW + HOUR)).toBe(false);
      expect(await house.reader.payments.since(NOW)).not.toContain(payment.id);
    });

    test('payments by a link are found by when they were made', async () => {
      const { payment } = await held();
      expect(await house.reader.payments.since(NOW)).toContain(payment.id);
      expect(await house.reader.payments.since(NOW + 1)).not.toContain(payment.id);
    });

    test('a hold is confirmed late only where that is asked for, and while nobody took its time', async () => {
      const late = await held({}, NOW - MINUTE);
      expect(await house.turn((booking) => booking.confirmHold(late.visit.id))).toBeNull();
      expect(await house.turn((booking) => booking.confirmHold(late.visit.id, true))).toMatchObject({ status: 'confirmed' });
      const taken = await held({}, NOW - MINUTE);
      const [you = ''] = await house.customers(1);
      expect(await house.turn((booking) => booking.insertReservation({ ...taken.visit, id: randomUUID(), userId: you, hold: { for: 'offer', until: NOW + HOUR } }))).toBe('ok');
      expect(await house.turn((booking) => booking.confirmHold(taken.visit.id, true))).toBeNull();
    });

    test('a hold goes on for something else, until another time', async () => {
      const { visit } = await held();
      expect(await house.turn((booking) => booking.holdOn(visit.id, { for: 'approval', until: NOW + HOUR }))).toMatchObject({ status: 'pending', hold: { for: 'approval', until: NOW + HOUR } });
      await house.turn((booking) => booking.confirmHold(visit.id));
      expect(await house.turn((booking) => booking.holdOn(visit.id, { for: 'deposit', until: NOW + HOUR }))).toBeNull();
    });
  });
}
