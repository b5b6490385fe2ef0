/** Where the booking contract runs: PostgreSQL, and the twin in memory. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { BookingReader, BookingWriter, NewReservation, Snapshots } from '../../src/booking/ports.ts';
import type { Customer } from '../../src/model/reservation.ts';
import type { Store } from '../../src/model/store.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import type { KeptBookings } from '../../src/storage/memory/rows.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { freshDatabase } from '../support/servers.ts';
import { plantCustomers, plantStore } from '../support/salon.ts';

export type ActiveRow = { id: string; userId: string; staffId: string; start: Instant; end: Instant; blockedUntil: Instant };

export type BookingHouse = {
  reader: BookingReader & Snapshots;
  /** A transaction: committed, or taken back when `work` throws. */
  turn<T>(work: (booking: BookingWriter, db?: pg.PoolClient) => Promise<T>): Promise<T>;
  plant(store: Store): Promise<void>;
  customers(count: number): Promise<string[]>;
  /** One of them writes to a channel, after all who wrote before. */
  writes(customer: Customer & { channel: string }): Promise<void>;
  /** A pending hold, as an offer of the waiting list makes it. */
  hold(r: NewReservation, expiresAt: Instant): Promise<void>;
  /** A visit that staff forced into the calendar. */
  force(r: NewReservation): Promise<void>;
  /** Every active row of a store. */
  active(storeId: string): Promise<ActiveRow[]>;
  close(): Promise<void>;
};

export const inPostgres = (now: () => Instant): Promise<BookingHouse> => inPostgresOf(now);

export async function inPostgresOf(now: () => Instant): Promise<BookingHouse & { pool: pg.Pool }> {
  const db = await freshDatabase();
  const pool = new pg.Pool({ connectionString: db.url, max: 10, application_name: 'aiteru' });
  return {
    pool, reader: new PostgresBooking(pool, now),
    async turn(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(new PostgresBooking(client, now), client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    plant: (store) => plantStore(pool, store),
    customers: (count) => plantCustomers(pool, count),
    async writes(c) {
      await pool.query('UPDATE users SET line_id = $2 WHERE id = $1', [c.id, c.lineId]);
      await pool.query(`INSERT INTO talks (user_id, channel, name, phone, blocked, updated_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp())`, [c.id, c.channel, c.name, c.phone, c.blocked]);
    },
    hold: async (r, expiresAt) => void (await pool.query(
      `INSERT INTO reservations (id, user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status, hold_expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10)`,
      [r.id, r.userId, r.storeId, r.staffId, r.menuIds[0], r.menuIds, ...[r.start, r.end, r.blockedUntil, expiresAt].map((t) => new Date(t).toISOString())])),
    force: async (r) => void (await pool.query(
      `INSERT INTO reservations (id, user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status, overbooked)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'confirmed', true)`,
      [r.id, r.userId, r.storeId, r.staffId, r.menuIds[0], r.menuIds, ...[r.start, r.end, r.blockedUntil].map((t) => new Date(t).toISOString())])),
    async active(storeId) {
      const { rows } = await pool.query<{ id: string; user_id: string; staff_id: string; start_time: Date; end_time: Date; blocked_until: Date }>(
        `SELECT * FROM reservations WHERE store_id = $1 AND status <> 'canceled' ORDER BY start_time, id`, [storeId]);
      return rows.map((r) => ({ id: r.id, userId: r.user_id, staffId: r.staff_id, start: +r.start_time, end: +r.end_time, blockedUntil: +r.blocked_until }));
    },
    async close() {
      await pool.end();
      await db.drop();
    },
  };
}

export const inMemory = (now: () => Instant): Promise<BookingHouse> => inMemoryOf(noBookings(), [], now);

export async function inMemoryOf(kept: KeptBookings, stores: Store[], now: () => Instant): Promise<BookingHouse> {
  const met: (Customer & { channel: string })[] = [];
  const open = () => new MemoryBooking(kept, now, () => met, () => stores);
  return {
    reader: open(),
    async turn(work) {
      const booking = open();
      return work(booking).catch((error: unknown) => {
        booking.undo();
        throw error;
      });
    },
    plant: async (store) => void stores.push(store),
    customers: async (count) => Array.from({ length: count }, () => randomUUID()),
    writes: async (customer) => void met.push(customer),
    hold: async (r, holdExpiresAt) => void kept.reservations.push({ ...r, status: 'pending', holdExpiresAt }),
    force: async (r) => void kept.reservations.push({ ...r, status: 'confirmed', holdExpiresAt: null }),
    active: async (storeId) => kept.reservations
      .filter((r) => r.storeId === storeId && r.status !== 'canceled')
      .map(({ id, userId, staffId, start, end, blockedUntil }) => ({ id, userId, staffId, start, end, blockedUntil }))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)),
    close: async () => undefined,
  };
}
