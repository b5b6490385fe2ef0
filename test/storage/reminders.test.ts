import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DAY, HOUR } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { MemoryReminders } from '../../src/storage/memory/reminders.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { PostgresReminders } from '../../src/storage/postgres/reminders.ts';
import { plantCustomers, plantStore, salon } from '../support/salon.ts';
import { freshDatabase } from '../support/servers.ts';
import { NOW, remindersContract } from './reminders.contract.ts';
import type { RemindersHouse } from './reminders.contract.ts';

async function inPostgres(): Promise<RemindersHouse & { pool: pg.Pool }> {
  const db = await freshDatabase();
  const pool = new pg.Pool({ connectionString: db.url, max: 4, application_name: 'aiteru' });
  const clock = { at: NOW };
  return {
    clock, pool,
    plant: (store) => plantStore(pool, store),
    customers: (count) => plantCustomers(pool, count),
    async turn(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work({ booking: new PostgresBooking(client, () => clock.at), reminders: new PostgresReminders(client) });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    async close() {
      await pool.end();
      await db.drop();
    },
  };
}

async function inMemory(): Promise<RemindersHouse> {
  const kept = noBookings();
  const clock = { at: NOW };
  return {
    clock,
    plant: async () => undefined,
    customers: async (count) => Array.from({ length: count }, () => randomUUID()),
    async turn(work) {
      const [booking, reminders] = [new MemoryBooking(kept, () => clock.at), new MemoryReminders(kept, () => clock.at)];
      return work({ booking, reminders }).catch((error: unknown) => {
        reminders.undo();
        booking.undo();
        throw error;
      });
    },
    close: async () => undefined,
  };
}

describe('reminders in PostgreSQL', () => remindersContract(inPostgres));
describe('reminders in memory', () => remindersContract(inMemory));

test('of two processes each has other visits in hand, and nobody waits for the other', async () => {
  const house = await inPostgres();
  const { store, tanaka, cut } = salon();
  await house.plant(store);
  const people = await house.customers(6);
  for (const [n, userId] of people.entries()) {
    const start = NOW + DAY + n * HOUR;
    await house.turn(({ booking }) => booking.insertReservation({ id: randomUUID(), userId, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null }));
  }
  await house.turn(async ({ reminders }) => {
    const first = await reminders.due(NOW, 4);
    const second = await house.turn(({ reminders: other }) => other.due(NOW, 4));
    expect([first.length, second.length]).toEqual([4, 2]);
    expect(new Set([...first, ...second].map(({ visit }) => visit.id)).size).toBe(6);
  });
  await house.close();
});
