/** What every provider of payments keeps to. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Checkout, PaymentEvent, PaymentProvider } from '../../src/payments/ports.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';

export type ProviderHouse = {
  provider: PaymentProvider;
  now(): Instant;
  advance(ms: number): void;
  /** The customer pays on the page of a link. */
  pay(session: string): Promise<void>;
  /** What the webhook of a link's last event would be. */
  webhook(session: string): Promise<{ body: Buffer; signature: string }>;
  /** Yen given back of a charge. */
  givenBack(charge: string): number;
  close(): Promise<void>;
};

export function providerContract(name: string, open: () => Promise<ProviderHouse>): void {
  describe(`payments by ${name}`, () => {
    let house: ProviderHouse;
    beforeAll(async () => {
      house = await open();
    });
    afterAll(() => house.close());

    const checkout = (change: Partial<Checkout> = {}): Checkout => ({
      paymentId: randomUUID(), reservationId: randomUUID(), attempt: 1, yen: 3000, title: '予約金（サロン みずき）', until: house.now() + 31 * MINUTE,
      paidUrl: 'https://aiteru.example/pay/1/paid', leftUrl: 'https://aiteru.example/pay/1/left', ...change,
    });
    const made = async (it: Checkout) => {
      const answer = await house.provider.createCheckout(it);
      if ('refused' in answer) throw new Error(answer.refused);
      return answer;
    };

    test('a link is made once for an attempt, however often it is asked for, and is open', async () => {
      const it = checkout();
      const first = await made(it);
      expect(await made(it)).toEqual(first);
      expect(first.url).toMatch(/^https?:\/\/\S+$/);
      expect(await house.provider.session(first.id)).toEqual({ id: first.id, paymentId: it.paymentId, status: 'open', paid: false, failed: false, charge: null });
    });

    test('the same attempt with other values is refused, the next attempt is another link', async () => {
      const it = checkout();
      const first = await made(it);
      expect(await house.provider.createCheckout({ ...it, yen: 5000 })).toHaveProperty('refused');
      expect((await made({ ...it, attempt: 2, yen: 5000 })).id).not.toBe(first.id);
    });

    test('a link that would end in less than half an hour is refused, and the attempt may be made with a later end', async () => {
      const it = checkout({ until: house.now() + 10 * MINUTE });
      expect(await house.provider.createCheckout(it)).toHaveProperty('refused');
      expect(await house.provider.createCheckout({ ...it, attempt: 2, until: house.now() + HOUR })).toHaveProperty('url');
    });

    test('a paid link is complete, with a charge, and cannot be ended any more', async () => {
      const it = checkout();
      const { id } = await made(it);
      await house.pay(id);
      const paid = { id, paymentId: it.paymentId, status: 'complete', paid: true, failed: false, charge: expect.stringMatching(/./) };
      expect(await house.provider.session(id)).toEqual(paid);
      expect(await house.provider.expire(id)).toEqual(paid);
    });

    test('an ended link takes no money, by hand or by its time', async () => {
      const [byHand, byTime] = [await made(checkout()), await made(checkout())];
      expect(await house.provider.expire(byHand.id)).toMatchObject({ status: 'expired', paid: false });
      expect(await house.provider.expire(byHand.id)).toMatchObject({ status: 'expired' });
      house.advance(32 * MINUTE);
      expect(await house.provider.session(byTime.id)).toMatchObject({ status: 'expired', paid: false });
    });

    test('a link nobody made is none', async () => {
      expect(await house.provider.session('cs_nobody')).toBeNull();
      expect(await house.provider.expire('cs_nobody')).toBeNull();
    });

    test('money goes back once, and whole, however often that is asked', async () => {
      const it = checkout();
      const { id } = await made(it);
      await house.pay(id);
      const { charge } = (await house.provider.session(id))!;
      const refund = { paymentId: it.paymentId, charge: charge!, yen: 3000 };
      expect(await house.provider.refund(refund)).toHaveProperty('id');
      expect(await house.provider.refund(refund)).toHaveProperty('id');
      expect(await house.provider.refund({ ...refund, paymentId: randomUUID() })).toHaveProperty('id');
      expect(house.givenBack(charge!)).toBe(3000);
    });

    test('money that never came is not given back', async () => {
      expect(await house.provider.refund({ paymentId: randomUUID(), charge: 'pi_nobody', yen: 3000 })).toHaveProperty('refused');
    });

    test('a webhook says which link was paid; its body changed by a byte is forged', async () => {
      const it = checkout();
      const { id } = await made(it);
      await house.pay(id);
      const { body, signature } = await house.webhook(id);
      const read = (await house.provider.readEvent(body, signature, house.now())) as PaymentEvent;
      expect(read).toMatchObject({ type: 'checkout.session.completed', what: 'session', session: { id, paymentId: it.paymentId, paid: true } });
      expect(await house.provider.readEvent(Buffer.from(body.toString().replace(id, 'cs_other')), signature, house.now())).toBe('forged');
      expect(await house.provider.readEvent(body, '', house.now())).toBe('forged');
    });
  });
}
