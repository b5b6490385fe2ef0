/** A house for scripts: the real turn on a PostgreSQL database with one shop in it, the script's clock. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shopKeeper } from '../../src/chatlog/shops.ts';
import { cachedSlots } from '../../src/booking/slots.ts';
import type { Pool } from 'pg';
import { idMaker } from '../../src/ids.ts';
import type { Shop } from '../../src/model/shop-file.ts';
import { readShop } from '../../src/model/shop-file.ts';
import type { PlayHouse } from '../../src/play/around.ts';
import { PostgresBooking } from '../../src/storage/postgres/booking.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import { importShops } from '../../src/storage/postgres/import.ts';
import { PostgresDesk } from '../../src/storage/postgres/desk.ts';
import { PostgresInbox } from '../../src/storage/postgres/inbox.ts';
import { PostgresNotices, postgresNotices } from '../../src/storage/postgres/notices.ts';
import { Leases } from '../../src/storage/postgres/leases.ts';
import { PostgresReminders } from '../../src/storage/postgres/reminders.ts';
import { MemoryJobs } from '../../src/storage/memory/jobs.ts';
import { postgresShopsKept } from '../../src/storage/postgres/shops-kept.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { PostgresStores } from '../../src/storage/postgres/stores.ts';
import { freshDatabase } from './servers.ts';

/** What belongs to the shop and stays from script to script. */
const KEPT = ['stores', 'stores_state', 'staff', 'staff_absences', 'staff_exceptions', 'resources', 'resource_menus', 'menus', 'staff_menus', 'shop_snapshots', '_prisma_migrations'];
const ticks = () => performance.now();

export type House = {
  /** The house as on its first day: nobody is known, nothing is booked, nothing is remembered. */
  fresh(): Promise<PlayHouse>;
  close(): Promise<void>;
};

/** Empties the tables. A lane given back at the end of the script before may still be read: then once more. */
async function emptied(pool: Pool, empty: string, tries = 5): Promise<void> {
  try {
    await pool.query(empty);
  } catch (error) {
    if ((error as { code?: string }).code !== '40P01' || tries === 0) throw error;
    await emptied(pool, empty, tries - 1);
  }
}

export async function playHouse(given: readonly (string | Shop)[]): Promise<House> {
  const database = await freshDatabase();
  const db = await connect(database.url, { max: 4 });
  const leases = new Leases(database.url);
  const shops = given.map((file) => {
    if (typeof file !== 'string') return { ...file, channel: 'default' };
    const read = readShop(readFileSync(file, 'utf8'));
    if ('mistakes' in read) throw new Error(`${file}: ${JSON.stringify(read.mistakes)}`);
    return { ...read.shop, channel: 'default' };
  });
  const newId = idMaker(Date.now, randomBytes);
  await importShops(db, shops, 0, newId);
  const clock = { at: 0 };
  const now = () => clock.at;
  const booking = new PostgresBooking(db.pool, now);
  const stores = new PostgresStores(db);
  const keeper = shopKeeper(postgresShopsKept(db.pool), now);
  const inbox = new PostgresInbox(db.pool, leases, (client) => ({ booking: new PostgresBooking(client, now), desk: new PostgresDesk(client), notices: new PostgresNotices(client), reminders: new PostgresReminders(client) }));
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL ($1)`, [KEPT]);
  const empty = `TRUNCATE ${rows.map((row) => row.name).join(', ')}`;
  return {
    fresh: async () => {
      await emptied(db.pool, empty);
      await db.pool.query('WITH gone AS (UPDATE staff SET line_id = NULL WHERE line_id IS NOT NULL RETURNING store_id) UPDATE stores SET config_version = config_version + 1 WHERE id IN (SELECT store_id FROM gone)');
      const cache = new MemorySlots(ticks);
      return {
        booking, desk: new PostgresDesk(db.pool), newId, newSecret: () => randomBytes(16).toString('base64url'), calendarLink: (secret) => `https://aiteru.example.com/calendar/${secret}.ics`, ticks, inbox, notices: postgresNotices(db.pool), clock, now, cache, build: 'test', shops: keeper,
        stores: (channel, version) => stores.ofChannel(channel, version),
        slots: cachedSlots(cache, booking),
        displayName: async () => null,
        jobs: new MemoryJobs(),
      };
    },
    close: async () => {
      await leases.close();
      await db.close();
      await database.drop();
    },
  };
}
