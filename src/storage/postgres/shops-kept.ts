import type { Pool } from 'pg';
import type { ShopsKept } from '../../chatlog/shops.ts';
import { whole } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';

/** `shop_snapshots`. Throws what `pg` throws when the database is away. */
export function postgresShopsKept(pool: Pick<Pool, 'query'>): ShopsKept {
  return {
    keep: async (key, stores, at) => {
      await pool.query('INSERT INTO shop_snapshots (key, stores, kept_at) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING', [key, JSON.stringify(stores), new Date(at)]);
    },
    read: async (key) => {
      const { rows } = await pool.query<{ stores: Store[] }>('SELECT stores FROM shop_snapshots WHERE key = $1', [key]);
      return rows[0]?.stores.map(whole) ?? null;
    },
  };
}
