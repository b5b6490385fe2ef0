import { join } from 'node:path';
import { ROOT } from '../../config.ts';
import { connect } from '../../storage/postgres/client.ts';

const EXAMPLES = ['salon.yml', 'clinic.yml'].map((file) => join(ROOT, 'prisma/shops', file));

/** Loads the example shops into a migrated database that has no shop yet; gives a line for each, none where there are shops. */
export async function loadExamples(databaseUrl: string): Promise<string[]> {
  const db = await connect(databaseUrl, { max: 1 });
  const { rows } = await db.pool.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM stores) AS any').finally(() => db.close());
  if (rows[0]?.any) return [];
  const [{ readShopFiles }, { loadShops }] = await Promise.all([import('../import/shop-files.ts'), import('../import/load.ts')]);
  return loadShops(databaseUrl, readShopFiles(EXAMPLES));
}
