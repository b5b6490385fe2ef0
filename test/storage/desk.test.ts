import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { performAtDesk } from '../../src/booking/desk/perform.ts';
import { HOUR, MINUTE, addDays, at } from '../../src/model/time.ts';
import type { Store } from '../../src/model/store.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { MemoryDesk, emptyDesk } from '../../src/storage/memory/desk.ts';
import { MemoryReminders } from '../../src/storage/memory/reminders.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { PostgresDesk } from '../../src/storage/postgres/desk.ts';
import { PostgresReminders } from '../../src/storage/postgres/reminders.ts';
import { plantCustomers, plantStore, salon } from '../support/salon.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { inMemoryOf, inPostgresOf } from './booking.house.ts';
import { deskContract } from './desk.contract.ts';

deskContract('PostgreSQL', async (now) => {
  const { pool, ...house } = await inPostgresOf(now);
  return { ...house, desk: new PostgresDesk(pool), atDesk: (work) => house.turn((booking, db) => work(booking, new PostgresDesk(db!))), note: (noted) => house.turn((_, db) => new PostgresReminders(db!).note(noted, [], now())) };
});

deskContract('memory', async (now) => {
  const [kept, desk, stores] = [noBookings(), emptyDesk(), [] as Store[]];
  const booking = () => new MemoryBooking(kept, now, () => [], () => stores);
  const atDesk = () => new MemoryDesk({ bookings: kept, desk, stores: () => stores, customers: () => [], chats: { talks: new Map(), handedBack: new Map() } });
  const house = await inMemoryOf(kept, stores, now);
  return {
    ...house, desk: atDesk(), note: (noted) => new MemoryReminders(kept, now).note(noted, [], now()),
    async atDesk(work) {
      const [one, other] = [booking(), atDesk()];
      return work(one, other).catch((error: unknown) => {
        other.undo();
        one.undo();
        throw error;
      });
    },
  };
});

const NOW = at('2026-11-24', 9 * 60);
let db: Fresh;
let pool: pg.Pool;
beforeAll(async () => {
  db = await freshDatabase();
  pool = new pg.Pool({ connectionString: db.url, max: 8, application_name: 'aiteru' });
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

test('whoever is first, a block or a booking, the other one is told: never both', async () => {
  const { store, tanaka, cut } = salon();
  await plantStore(pool, store);
  const customers = await plantCustomers(pool, 5);
  const tx = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
  const seen = { blocked: 0, booked: 0 };
  for (let round = 0; round < 60; round++) {
    const ten = at(addDays('2026-11-25', round), 10 * 60);
    const blocking = tx(async (client) => {
      const [writer, desk] = [new PostgresBooking(client, () => NOW), new PostgresDesk(client)];
      return performAtDesk({ do: 'block', staffId: tanaka.id, start: ten + 30 * MINUTE, end: ten + 2 * HOUR }, { now: NOW, account: { channel: 'default', lineId: 'U' }, me: { staff: tanaka, store }, stores: [store], reader: writer, desk }, { writer, desk, newId: randomUUID, newSecret: randomUUID });
    });
    const booking = customers.map((userId, n) => tx(async (client) => {
      const writer = new PostgresBooking(client, () => NOW);
      const start = ten + (n % 3) * 20 * MINUTE;
      const result = await writer.insertReservation({ id: randomUUID(), userId, storeId: store.id, staffId: tanaka.id, menuIds: [cut.id], start, end: start + HOUR, blockedUntil: start + HOUR, nominated: true, notes: null });
      if (result === 'ok') await writer.bumpSlots(store.id);
      return result;
    }));
    const [block, ...bookings] = await Promise.all([blocking, ...booking]);
    const won = bookings.filter((result) => result === 'ok').length;
    expect([won, 'done' in (block as { result: object }).result]).toEqual(won === 1 ? [1, false] : [0, true]);
    seen[won === 1 ? 'booked' : 'blocked']++;
  }
  const { rows: [clash] } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM reservations r JOIN staff_blocks b ON b.staff_id = r.staff_id AND b.start_time < r.blocked_until AND b.end_time > r.start_time WHERE r.store_id = $1 AND r.status <> 'canceled'`, [store.id]);
  expect(clash!.n).toBe(0);
  expect(seen.booked + seen.blocked).toBe(60);
}, 60_000);
