/**
 * Money and visit never disagree, whatever happens in whatever order: booked, paid, failed, heard twice, late or never,
 * cancelled, moved, lapsed, given back, with crashes and a provider whose answers are lost in between.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import path from 'node:path';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import { MINUTE } from '../../src/model/time.ts';
import type { PlayHouse } from '../../src/play/around.ts';
import { playHouse } from '../support/play-house.ts';
import type { House } from '../support/play-house.ts';
import { DepositShop, TROUBLES } from './shop.ts';

const SHOP = path.resolve(import.meta.dirname, '../../conversations/deposit/shops/paying.yml');
const CUSTOMERS = 4;
/** How many stories in memory, and a thirty-second of them on PostgreSQL; DEPOSIT_RUNS=5000 takes a few minutes. */
const RUNS = Number(process.env['DEPOSIT_RUNS'] ?? 400);

const DEEDS = ['book', 'book', 'book', 'move', 'cancel', 'shopCancels', 'received', 'pay', 'pay', 'pay', 'payFails', 'linkEnds', 'hear', 'hear', 'hear', 'jobs', 'jobs', 'loseJobs', 'sweep', 'reconcile', 'pass', 'pass', 'crash', 'trouble'] as const;
const deeds = fc.array(fc.record({ deed: fc.constantFrom(...DEEDS), a: fc.nat(11), b: fc.nat(5) }), { minLength: 5, maxLength: 60 });
type Deed = { deed: (typeof DEEDS)[number]; a: number; b: number };

async function act(shop: DepositShop, { deed, a, b }: Deed): Promise<void> {
  switch (deed) {
    case 'book': return shop.book(a, b % 3);
    case 'move': return shop.move(a, b % 3);
    case 'cancel': return shop.cancel(a);
    case 'shopCancels': return shop.shopCancels(a);
    case 'received': return shop.received(a);
    case 'pay': return shop.pay(a);
    case 'payFails': return shop.payFails(a);
    case 'linkEnds': return shop.linkEnds(a);
    case 'hear': return shop.hear(a, b % 2 === 0);
    case 'jobs': return shop.runJobs();
    case 'loseJobs': return shop.loseJobs();
    case 'sweep': return shop.sweep();
    case 'reconcile': return shop.reconcile();
    case 'pass': return shop.pass((b + 1) * (b === 5 ? 1000 : 7) * MINUTE);
    case 'crash': return void (shop.crash = b % 2 === 0 ? 'before' : 'after');
    case 'trouble': return void (shop.trouble = TROUBLES[b % 3]!);
  }
}

/** What must hold after every step. */
async function agree(shop: DepositShop): Promise<void> {
  await shop.look();
  const rows = await shop.rows();
  for (const visit of await shop.visits()) {
    const own = rows.filter((row) => row.reservationId === visit.id);
    const live = own.filter((row) => row.status !== 'failed' && row.refundDueAt === null);
    expect(live.length).toBeLessThanOrEqual(1);
    const [payment] = live;
    // A visit that is certain is paid; one that is held waits for its money; one that is no more waits for none.
    if (visit.status === 'confirmed') expect(payment?.status).toBe('completed');
    if (visit.status === 'pending') expect(payment?.status).toBe('pending');
    if (visit.status === 'canceled' && visit.hold === undefined) expect(payment?.status ?? 'completed').toBe('completed');
    if (visit.status === 'canceled' && payment?.status === 'completed') expect(shop.forfeited).toContain(visit.id);
  }
  for (const row of rows) {
    if (row.refundDueAt !== null) expect(row.status).toBe('completed');
    if (row.refundedAt !== null) expect(row.refundDueAt).not.toBeNull();
    expect(row.yen).toBe(3000);
    // Closed before free: whose time is given back can be paid for no more.
    if (row.closedAt !== null && row.session !== null) expect((await shop.provider.session(row.session))?.status).not.toBe('open');
  }
  // Nobody's time is had twice.
  const kept = (await shop.visits()).filter((visit) => visit.status === 'confirmed').sort((x, y) => x.start - y.start);
  for (const [i, visit] of kept.entries()) if (i > 0) expect(visit.start).toBeGreaterThanOrEqual(kept[i - 1]!.end);
}

/** What must hold once everything was heard and done. */
async function settled(shop: DepositShop): Promise<void> {
  await agree(shop);
  const rows = await shop.rows();
  const visits = await shop.visits();
  for (const id of shop.provider.sessions.keys()) {
    // One whose making was never heard of is known to nobody, and ends by its time.
    const session = (await shop.provider.session(id))!;
    expect(session.status).not.toBe('open');
    if (!session.paid) continue;
    // Every yen that came is for a visit that stands, was forfeited, or has gone back whole.
    const row = rows.find((r) => r.charge === session.charge)!;
    expect(row).toMatchObject({ status: 'completed', reservationId: rows.find(({ id: own }) => own === session.paymentId)!.reservationId });
    const visit = visits.find((v) => v.id === row.reservationId)!;
    const stays = row.refundDueAt === null;
    if (visit.status === 'confirmed' || !shop.forfeited.has(visit.id)) expect(stays).toBe(visit.status === 'confirmed' && visit.deposit?.id === row.id);
    expect(shop.provider.refunds.get(session.charge!) ?? 0).toBe(stays ? 0 : 3000);
    expect(row.refundedAt !== null).toBe(!stays);
  }
  for (const charge of shop.provider.refunds.keys()) expect(rows.some((row) => row.charge === charge && row.refundedAt !== null)).toBe(true);
  for (const visit of visits) {
    expect(visit.status).not.toBe('pending');
    // What was forfeited is one deposit, whoever took it; what was paid besides goes back.
    const kept = rows.filter((row) => row.reservationId === visit.id && row.status === 'completed' && row.refundDueAt === null);
    if (visit.status !== 'confirmed') expect(kept).toHaveLength(shop.forfeited.has(visit.id) ? 1 : 0);
    // Each thing is told once: that it is certain, or that it fell.
    const told = shop.told.flatMap((news) => (news.to === 'customer' && 'visit' in news.act && news.act.visit.id === visit.id ? [news.act.say] : []));
    expect(told.filter((say) => say === 'deposit_paid' || say === 'deposit_lapsed').length).toBeLessThanOrEqual(1);
    const booked = shop.told.filter((news) => news.to === 'staff' && news.news.kind === 'booked' && news.news.visit.id === visit.id).length;
    expect(booked).toBe(told.includes('deposit_paid') ? 1 : 0);
    if (visit.status === 'confirmed') expect(told).toContain('deposit_paid');
  }
  expect(rows.every((row) => row.by === 'shop' || row.closedAt !== null)).toBe(true);
}

async function played(house: PlayHouse, steps: readonly Deed[]): Promise<void> {
  const shop = new DepositShop(house);
  await shop.open(CUSTOMERS);
  for (const step of steps) {
    await act(shop, step);
    await agree(shop);
  }
  await shop.settle();
  await settled(shop);
}

test('in memory', async () => {
  await fc.assert(fc.asyncProperty(deeds, (steps) => played(memoryHouse([SHOP], () => performance.now()), steps)), { numRuns: RUNS });
}, 900_000);

describe('in PostgreSQL', () => {
  let house: House;
  beforeAll(async () => {
    house = await playHouse([SHOP]);
  });
  afterAll(() => house.close());

  test('one thing after another', async () => {
    await fc.assert(fc.asyncProperty(deeds, async (steps) => played(await house.fresh(), steps)), { numRuns: Math.ceil(RUNS / 32) });
  }, 900_000);

  test('three things at once', async () => {
    await fc.assert(fc.asyncProperty(deeds, async (steps) => {
      const shop = new DepositShop(await house.fresh());
      await shop.open(CUSTOMERS);
      for (let n = 0; n < steps.length; n += 3) {
        await Promise.all(steps.slice(n, n + 3).map((step) => act(shop, step)));
        await agree(shop);
      }
      await shop.settle();
      await settled(shop);
    }), { numRuns: Math.ceil(RUNS / 32) });
  }, 900_000);
});
