import type { Pool, PoolClient } from 'pg';
import type { Held, PersonalData } from '../../chatlog/personal.ts';
import type { Instant } from '../../model/time.ts';
import { iso } from './booking/rows.ts';

/** Everything about one customer, `$1`, by what an answer to him calls it. Each gives one column, `row`. */
const HELD: { readonly [what: string]: string } = {
  person: 'SELECT to_jsonb(u) AS row FROM users u WHERE id = $1',
  talks: 'SELECT to_jsonb(t) AS row FROM talks t WHERE user_id = $1 ORDER BY channel',
  visits: `SELECT to_jsonb(r) || jsonb_build_object('store', s.name, 'staff', p.name, 'menus', array(SELECT m.name FROM menus m WHERE m.id = ANY (r.menu_ids))) AS row
    FROM reservations r JOIN stores s ON s.id = r.store_id JOIN staff p ON p.id = r.staff_id WHERE r.user_id = $1 ORDER BY r.start_time`,
  payments: 'SELECT to_jsonb(p) AS row FROM payments p WHERE user_id = $1 ORDER BY created_at',
  waits: `SELECT to_jsonb(e) || jsonb_build_object('store', s.name, 'menus', array(SELECT m.name FROM menus m WHERE m.id = ANY (e.menu_ids))) AS row
    FROM waitlist_entries e JOIN stores s ON s.id = e.store_id WHERE e.user_id = $1 ORDER BY e.created_at`,
  offers: 'SELECT to_jsonb(o) AS row FROM waitlist_offers o WHERE user_id = $1 ORDER BY created_at',
  events: 'SELECT to_jsonb(i) AS row FROM inbox i JOIN users u ON u.line_id = i.line_id WHERE u.id = $1 ORDER BY i.id',
  events_set_aside: 'SELECT to_jsonb(a) AS row FROM inbox_aside a JOIN users u ON u.line_id = a.line_id WHERE u.id = $1 ORDER BY a.failed_at',
  still_to_send: `SELECT to_jsonb(o) AS row FROM outbox o WHERE o.payload->>'userId' = $1::text ORDER BY o.id`,
};

/** What PostgreSQL holds of people. Throws what `pg` throws when the database is away. */
export function postgresPersonal(pool: Pool): PersonalData {
  return {
    held: async (userId) => {
      const held: Record<string, Record<string, unknown>[]> = {};
      for (const [what, sql] of Object.entries(HELD)) held[what] = (await pool.query<{ row: Record<string, unknown> }>(sql, [userId])).rows.map(({ row }) => row);
      return held satisfies Held;
    },
    staffOf: async (userId) => (await pool.query<{ name: string }>('SELECT p.name FROM staff p JOIN users u ON u.line_id = p.line_id WHERE u.id = $1', [userId])).rows[0]?.name ?? null,
    erase: (userId, at) => transaction(pool, (client) => erase(client, userId, at)),
    erasedSince: async (moment) => (await pool.query<{ id: string }>('SELECT user_id AS id FROM forgotten_people WHERE at >= $1', [iso(moment)])).rows.map((row) => row.id),
    eraseWordsBefore: async (moment) => {
      await pool.query('UPDATE talks SET talk = NULL WHERE updated_at < $1 AND talk IS NOT NULL', [iso(moment)]);
      await pool.query('DELETE FROM inbox_aside WHERE failed_at < $1', [iso(moment)]);
    },
  };
}

async function erase(client: PoolClient, userId: string, at: Instant): Promise<{ ahead: number }> {
  const { rows: [user] } = await client.query<{ line_id: string | null }>('SELECT line_id FROM users WHERE id = $1', [userId]);
  const { rows: waits } = await client.query<{ id: string }>(`SELECT DISTINCT store_id AS id FROM waitlist_entries WHERE user_id = $1 AND status IN ('waiting', 'offered')`, [userId]);
  await client.query('SELECT forget_person($1, $2, $3)', [userId, user?.line_id ?? null, iso(at)]);
  for (const { id } of waits) {
    await client.query(
      `INSERT INTO outbox (id, kind, lane, payload, owner, due_at, created_at) VALUES (gen_random_uuid(), 'waitlist', 'house', $1, 0, $2, $2)`,
      // Nobody's: the first app process that looks delivers it.
      [JSON.stringify({ storeId: id, userId }), iso(at)]);
  }
  const { rows: [visits] } = await client.query<{ ahead: number }>(
    `SELECT count(*)::int AS ahead FROM reservations WHERE user_id = $1 AND status IN ('pending', 'confirmed') AND start_time > $2`, [userId, iso(at)]);
  return { ahead: visits!.ahead };
}

async function transaction<T>(pool: Pool, doing: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const done = await doing(client);
    await client.query('COMMIT');
    client.release();
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release(true);
    throw error;
  }
}
