/** Races for a chair, for tests and measurements (reference: one winner for each set of times that overlap one another). */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { BookingWriter } from '../../src/booking/ports.ts';
import { HOUR, MINUTE, addDays, at } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { plantCustomers, plantStore, salon } from './salon.ts';

/** A turn's transaction: BEGIN, `work`, COMMIT. */
export async function inTransaction<T>(pool: Pool, now: Instant, work: (booking: BookingWriter) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(new PostgresBooking(client, () => now));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

export type RaceResult = { rows: number; overlapping: number; p50: number; p99: number; totalMs: number };

/**
 * Each round, `clients` customers ask at once for one of three staggered hours of one person: one may win. Times are of
 * whole transactions, insert and new version of the store.
 */
export async function staggeredRace(pool: Pool, rounds: number, clients: number): Promise<RaceResult> {
  const { store, tanaka, cut } = salon();
  await plantStore(pool, store);
  const customers = await plantCustomers(pool, clients);
  const now = at('2026-11-24', 9 * 60);
  const took: number[] = [];
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    await Promise.all(customers.map(async (userId, n) => {
      const start = ten + (n % 3) * 20 * MINUTE;
      const asked = performance.now();
      await inTransaction(pool, now, async (booking) => {
        const result = await booking.insertReservation({ id: randomUUID(), userId, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null });
        if (result === 'ok') await booking.bumpSlots(store.id);
      });
      took.push(performance.now() - asked);
    }));
  }
  const totalMs = performance.now() - began;
  const { rows: [found] } = await pool.query<{ rows: number; overlapping: number }>(
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE EXISTS (
       SELECT FROM reservations o WHERE o.id <> r.id AND o.staff_id = r.staff_id AND o.status <> 'canceled'
         AND tstzrange(o.start_time, o.blocked_until) && tstzrange(r.start_time, r.blocked_until)))::int AS overlapping
     FROM reservations r WHERE r.store_id = $1 AND r.status <> 'canceled'`, [store.id]);
  took.sort((a, b) => a - b);
  const percentile = (p: number) => took[Math.min(took.length - 1, Math.floor(took.length * p))]!;
  return { ...found!, p50: percentile(0.5), p99: percentile(0.99), totalMs };
}
