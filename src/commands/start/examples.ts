import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, readEnvironment } from '../../config.ts';
import { connect } from '../../storage/postgres/client.ts';

const EXAMPLES = ['salon.yml', 'clinic.yml'].map((file) => join(ROOT, 'prisma/shops', file));

/** Loads the example shops into a migrated database that has no shop yet; gives a line for each, none where there are shops. */
export async function loadExamples(databaseUrl: string): Promise<string[]> {
  const db = await connect(databaseUrl, { max: 1 });
  const { rows } = await db.pool.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM stores) AS any').finally(() => db.close());
  if (rows[0]?.any) return [];
  // A process of its own: what an import needs would stay in the memory of the app, which never imports again.
  const cli = join(import.meta.dirname, '../cli.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'import', ...EXAMPLES], { env: { ...readEnvironment(ROOT), DATABASE_URL: databaseUrl } });
  return stdout.trim().split('\n');
}
