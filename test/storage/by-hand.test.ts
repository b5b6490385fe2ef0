/** Somebody writes to the tables by hand, and knows only the columns the design names. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { poolAt } from '../support/pool.ts';
import { plantStore, salon } from '../support/salon.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

let fresh: Fresh;
let pool: Pool;
const shop = salon();
const user = randomUUID();
beforeAll(async () => {
  fresh = await freshDatabase();
  pool = poolAt(fresh.url);
  await plantStore(pool, shop.store);
  await pool.query('UPDATE menus SET buffer_minutes = 10 WHERE id = $1', [shop.cut.id]);
  await pool.query("INSERT INTO users (id, name) VALUES ($1, '山田')", [user]);
});
afterAll(async () => {
  await pool.end();
  await fresh.drop();
});

test('a visit keeps its person for the clearing up of its menu, and is refused where somebody is already', async () => {
  const insert = (who: string, start: string, end: string) => pool.query(
    `INSERT INTO reservations (user_id, store_id, staff_id, menu_id, start_time, end_time, status) VALUES ($1, $2, $3, $4, $5, $6, 'confirmed') RETURNING menu_ids, blocked_until::text`,
    [who, shop.store.id, shop.tanaka.id, shop.cut.id, start, end]);
  const { rows } = await insert(user, '2026-12-09T10:00+09', '2026-12-09T11:00+09');
  expect(rows).toEqual([{ menu_ids: [shop.cut.id], blocked_until: '2026-12-09 02:10:00+00' }]);
  const { rows: [other] } = await pool.query<{ id: string }>("INSERT INTO users (name) VALUES ('佐々木') RETURNING id");
  await expect(insert(other!.id, '2026-12-09T11:00+09', '2026-12-09T12:00+09')).rejects.toMatchObject({ code: '23P01' });
});

test('a wait stands in the queue from when it was made', async () => {
  const { rows } = await pool.query(
    `INSERT INTO waitlist_entries (user_id, store_id, menu_id, wanted_from, wanted_until) VALUES ($1, $2, $3, '2026-12-09T10:00+09', '2026-12-09T12:00+09')
     RETURNING menu_ids, queued_at = created_at AS since, status`, [user, shop.store.id, shop.cut.id]);
  expect(rows).toEqual([{ menu_ids: [shop.cut.id], since: true, status: 'waiting' }]);
});
