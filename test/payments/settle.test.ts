/** What a word of the provider changes, and what it does not. */
import { beforeEach, expect, test } from '@jest/globals';
import path from 'node:path';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import { HOUR, MINUTE } from '../../src/model/time.ts';
import type { PlayHouse } from '../../src/play/around.ts';
import { DepositShop } from './shop.ts';

const SHOP = path.resolve(import.meta.dirname, '../../conversations/deposit/shops/paying.yml');
let house: PlayHouse;
let shop: DepositShop;
beforeEach(async () => {
  house = memoryHouse([SHOP], () => performance.now());
  shop = new DepositShop(house);
  await shop.open(3);
});

/** Booked, with its link made. */
const booked = async (): Promise<void> => {
  await shop.book(0, 0);
  await shop.runJobs();
  await shop.look();
};
const payment = async () => (await shop.rows())[0]!;
const visit = async () => (await shop.visits())[0]!;
const acts = () => shop.told.map((news) => (news.to === 'customer' ? news.act.say : `${news.news.kind}`));

test('a link that was replaced ends without a word', async () => {
  shop.trouble = 'spent';
  await booked();
  await shop.sweep();
  expect([...shop.provider.sessions.keys()]).toHaveLength(2);
  expect(await payment()).toMatchObject({ attempt: 2, status: 'pending' });
  await shop.linkEnds(0);
  await shop.hear(0, false);
  expect((await visit()).status).toBe('pending');
  await shop.pay(1);
  await shop.hear(1, false);
  expect((await visit()).status).toBe('confirmed');
});

test('who pays in the last second is heard of in time, though the hold is over', async () => {
  await booked();
  shop.pass(30 * MINUTE);
  await shop.pay(0);
  shop.pass(10 * MINUTE);
  await shop.hear(0, false);
  expect((await visit()).status).toBe('confirmed');
  expect(acts()).toEqual(['deposit_paid', 'booked']);
});

test('money for a time somebody else has meanwhile goes back, with a word', async () => {
  await booked();
  shop.pass(30 * MINUTE);
  await shop.pay(0);
  shop.pass(6 * MINUTE);
  await shop.book(1, 0);
  await shop.hear(0, false);
  expect(await visit()).toMatchObject({ status: 'canceled' });
  expect(acts()).toEqual(['deposit_unneeded']);
  await shop.runJobs();
  expect(await payment()).toMatchObject({ status: 'completed', refundedAt: shop.now });
  expect([...shop.provider.refunds.values()]).toEqual([3000]);
});

test('a link is closed before its visit falls; one that was paid just then makes the visit certain', async () => {
  await booked();
  shop.pass(30 * MINUTE);
  await shop.pay(0);
  shop.pass(6 * MINUTE);
  // The word of it is lost; the sweep asks.
  await shop.sweep();
  expect((await visit()).status).toBe('confirmed');
});

test('a provider that is away at the end of a hold keeps the visit until it can be asked', async () => {
  await booked();
  shop.pass(36 * MINUTE);
  shop.trouble = 'away';
  await shop.runJobs();
  expect((await visit()).status).toBe('pending');
  await shop.sweep();
  expect(await visit()).toMatchObject({ status: 'canceled' });
  expect(acts()).toEqual(['deposit_lapsed']);
});

test('a refund the provider will not make is told to the shop once, and is the shop\'s to mark', async () => {
  await booked();
  await shop.pay(0);
  await shop.hear(0, false);
  await shop.cancel(0);
  shop.provider.refunding = () => ({ refused: 'insufficient funds' });
  await shop.runJobs();
  await shop.sweep();
  await shop.sweep();
  expect(await payment()).toMatchObject({ refundTrouble: 'insufficient funds', refundedAt: null });
  expect(acts().filter((say) => say === 'deposit')).toHaveLength(1);
  expect(await shop.returned(0)).toBe(true);
  expect(await shop.returned(0)).toBe(false);
  expect(await payment()).toMatchObject({ refundedAt: shop.now });
});

test('a refund that was taken and did not arrive is told to the shop', async () => {
  await booked();
  await shop.pay(0);
  await shop.hear(0, false);
  await shop.cancel(0);
  await shop.runJobs();
  const { charge } = await payment();
  await shop.hearOf({ id: 'evt_r', type: 'refund.failed', at: shop.now, what: 'refund_failed', charge: charge!, why: 'lost_or_stolen_card' });
  await shop.hearOf({ id: 'evt_r2', type: 'refund.failed', at: shop.now, what: 'refund_failed', charge: charge!, why: 'lost_or_stolen_card' });
  expect(await payment()).toMatchObject({ refundTrouble: 'lost_or_stolen_card', refundedAt: null });
  expect(acts().filter((say) => say === 'deposit')).toHaveLength(1);
});

test('what the shop gives back at the provider\'s own pages is noted, and the visit stands', async () => {
  await booked();
  await shop.pay(0);
  await shop.hear(0, false);
  const { charge } = await payment();
  await shop.hearOf({ id: 'evt_b', type: 'charge.refunded', at: shop.now, what: 'refunded', charge: charge! });
  expect(await visit()).toMatchObject({ status: 'confirmed' });
  expect((await visit()).deposit).toBeUndefined();
  expect(await payment()).toMatchObject({ refundedAt: shop.now });
});

test('a word about nothing of ours changes nothing', async () => {
  await booked();
  const before = [await payment(), await visit()];
  const session = { id: 'cs_other', status: 'complete', paid: true, failed: false, charge: 'pi_other' } as const;
  for (const [n, paymentId] of [null, 'order-17', '01a21917-4c83-7000-865c-5c4f8b9e11e3'].entries()) {
    await shop.hearOf({ id: `evt_o${n}`, type: 'checkout.session.completed', at: shop.now, what: 'session', session: { ...session, paymentId } });
  }
  await shop.hearOf({ id: 'evt_o9', type: 'charge.refunded', at: shop.now, what: 'refunded', charge: 'pi_other' });
  expect([await payment(), await visit()]).toEqual(before);
  expect(acts()).toEqual([]);
});

test('every night what was missed is found, and the next night is planned', async () => {
  await booked();
  await shop.pay(0);
  expect(await shop.mended()).toBe(1);
  expect((await visit()).status).toBe('confirmed');
  expect(await shop.mended()).toBe(0);
  expect(shop.planned('reconcile_payments')).toBe(Date.UTC(2026, 10, 24, 19));
  shop.pass(20 * HOUR);
  await shop.mended();
  expect(shop.planned('reconcile_payments')).toBe(Date.UTC(2026, 10, 25, 19));
});

test('without a provider any more holds end, links are over, and money that came is the shop\'s to give back', async () => {
  await booked();
  const alone = shop.withoutProvider();
  shop.pass(36 * MINUTE);
  await alone.sweep();
  expect((await visit()).status).toBe('canceled');
  expect(acts()).toEqual(['deposit_lapsed']);
});
