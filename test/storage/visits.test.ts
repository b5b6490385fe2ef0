/** What becomes of visits, told to `reservation_history` from PostgreSQL. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { HistoryEntry } from '../../src/chatlog/record.ts';
import { HistoryKeeper } from '../../src/jobs/history.ts';
import type { NewReservation } from '../../src/booking/ports.ts';
import { HOUR, fromLocal } from '../../src/model/time.ts';
import { memoryHistory } from '../../src/storage/memory/history.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { postgresVisits } from '../../src/storage/postgres/visits.ts';
import { inTransaction } from '../support/races.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { plantCustomers, plantStore, salon } from '../support/salon.ts';

let now = fromLocal('2026-11-24T09:00');
let db: Fresh;
let pool: pg.Pool;
beforeAll(async () => {
  db = await freshDatabase();
  pool = new pg.Pool({ connectionString: db.url, max: 4, application_name: 'aiteru' });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

async function house() {
  now = fromLocal('2026-11-24T09:00');
  const shop = salon();
  await plantStore(pool, shop.store);
  const [me = ''] = await plantCustomers(pool, 1);
  const history = memoryHistory();
  const visits = postgresVisits(pool);
  const keeper = new HistoryKeeper({ visits, history, now: () => now, log: { warn: (_, message) => { throw new Error(message); } } });
  const booking = new PostgresBooking(pool, () => now);
  const put = async (hours: number, change: Partial<NewReservation> = {}): Promise<string> => {
    const start = fromLocal('2026-11-24T10:00') + hours * HOUR;
    const id = randomUUID();
    expect(await booking.insertReservation({ id, userId: me, storeId: shop.store.id, staffId: shop.tanaka.id, menuIds: [shop.cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null, ...change })).toBe('ok');
    return id;
  };
  /** What the history says of each of these. */
  const told = async (...ids: string[]): Promise<(HistoryEntry['status'] | null)[]> => {
    await keeper.run();
    const kept = await history.read(me);
    return ids.map((id) => kept.find((entry) => entry.reservationId === id)?.status ?? null);
  };
  return { me, booking, put, told, history, keeper, visits, ...shop };
}

test('a visit is told once it is over, canceled, or nobody came; one still to come is not', async () => {
  const { me, booking, put, told, history, store } = await house();
  const [over, canceled, missed, ahead] = [await put(0), await put(2), await put(4), await put(30)];
  await booking.cancelReservation(canceled, me);
  expect(await told(over, canceled, missed, ahead)).toEqual([null, 'canceled', null, null]);
  now = fromLocal('2026-11-24T14:30');
  await booking.mark(missed, 'no_show');
  expect(await told(over, canceled, missed, ahead)).toEqual(['completed', 'canceled', 'no_show', null]);
  expect((await history.read(me)).find((entry) => entry.reservationId === over)).toEqual({ reservationId: over, store: store.name, menu: 'カット', date: '2026-11-24T10:00:00+09:00', status: 'completed' });
});

test('what is said of a visit after it was told puts the history right', async () => {
  const { booking, put, told } = await house();
  const id = await put(0);
  now = fromLocal('2026-11-24T12:00');
  expect(await told(id)).toEqual(['completed']);
  await booking.mark(id, 'no_show');
  expect(await told(id)).toEqual(['no_show']);
  await booking.mark(id, 'arrived');
  expect(await told(id)).toEqual(['completed']);
});

test('a word between reading and telling is not lost', async () => {
  const { booking, put, told, visits } = await house();
  const id = await put(0);
  now = fromLocal('2026-11-24T12:00');
  const read = (await visits.unrecorded(now, 100)).filter((visit) => visit.entry.reservationId === id);
  await booking.mark(id, 'no_show');
  await visits.recorded(read, now);
  expect(await told(id)).toEqual(['no_show']);
});

test('a hold that became no visit is no history; one that did is, and a moved visit is one visit', async () => {
  const { me, booking, put, told, history, cut, tanaka } = await house();
  const hold = (of: 'offer' | 'approval' | 'deposit') => ({ hold: { for: of, until: now + HOUR } });
  const [lapsed, declined, cancelled, yes, moved] = [await put(0, hold('approval')), await put(2, hold('approval')), await put(4, hold('deposit')), await put(6, hold('offer')), await put(8)];
  await booking.endHold(declined, 'approval', 'running');
  await booking.cancelReservation(cancelled, me);
  await booking.confirmHold(yes);
  const start = fromLocal('2026-11-25T15:00');
  expect(await inTransaction(pool, now, (writer) => writer.moveReservation(moved, me, { staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true }))).toBe('ok');
  now = fromLocal('2026-11-25T18:00');
  await booking.endHold(lapsed, 'approval', 'ended');
  expect(await told(lapsed, declined, cancelled, yes, moved)).toEqual([null, null, null, 'completed', 'completed']);
  expect((await history.read(me)).filter((entry) => entry.reservationId === moved)).toMatchObject([{ date: '2026-11-25T15:00:00+09:00' }]);
  expect((await pool.query('SELECT count(*)::int AS n FROM reservations WHERE recorded_at IS NULL AND user_id = $1', [me])).rows).toEqual([{ n: 0 }]);
});

test('a visit that waits again after a move is told when it is over, or not at all when the shop says no', async () => {
  const { me, booking, put, told, cut, tanaka } = await house();
  const id = await put(0);
  const start = fromLocal('2026-11-24T16:00');
  await inTransaction(pool, now, (writer) => writer.moveReservation(id, me, { staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, hold: { for: 'approval', until: now + HOUR } }));
  await booking.endHold(id, 'approval', 'running');
  // It was a visit once, and is canceled now.
  expect(await told(id)).toEqual(['canceled']);
});

test('what was only offered to somebody who waits is no visit of his', async () => {
  const { me, store, tanaka, cut, booking, put, told } = await house();
  const hold = { for: 'offer', until: now + HOUR } as const;
  const [lapsed, kept] = [await put(3, { hold }), await put(5, { hold })];
  for (const [n, id] of [lapsed, kept].entries()) {
    const start = fromLocal('2026-11-24T10:00') + (3 + 2 * n) * HOUR;
    const entry = { id: randomUUID(), userId: me, storeId: store.id, staffId: null, menuIds: [cut.id], from: start, until: start + HOUR, status: 'waiting' as const };
    const offer = { id: randomUUID(), entryId: entry.id, userId: me, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR };
    await booking.insertWaiting(entry, now);
    expect(await booking.insertOffer({ ...offer, reservationId: id, held: true, toldAt: now, expiresAt: now + HOUR, state: 'open' })).toBe(true);
    if (id === kept) await booking.takeOffer(offer.id, id);
    else await booking.endOffer(offer.id, 'expired');
  }
  await booking.cancelReservation(lapsed, me);
  await booking.confirmHold(kept);
  now += 10 * HOUR;
  expect(await told(lapsed, kept)).toEqual([null, 'completed']);
});
