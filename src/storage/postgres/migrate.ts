/**
 * Applies `prisma/migrations` without Prisma's engine (which is a download), and keeps Prisma's own table
 * `_prisma_migrations` as `prisma migrate deploy` does, so that either may be used on the same database at any time.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { DatabaseError } from 'pg';
import { unreachable } from './unreachable.ts';

/** The migrations cannot be brought to this database; the message is one plain line saying why and what to do. */
export class CannotMigrate extends Error {
  override name = 'CannotMigrate';
}

export type Migration = { name: string; sql: string };

/** Where the checkout keeps them. */
export const MIGRATIONS = path.resolve(import.meta.dirname, '../../../prisma/migrations');

/** The lock Prisma takes for its own migrations, so that ours and Prisma's exclude each other too. */
const PRISMA_LOCK = 72707369;

// Word for word Prisma's: schema-engine, sql_schema_connector, postgres.
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum"            VARCHAR(64) NOT NULL,
  "finished_at"         TIMESTAMPTZ,
  "migration_name"      VARCHAR(255) NOT NULL,
  "logs"                TEXT,
  "rolled_back_at"      TIMESTAMPTZ,
  "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** The migrations of a folder in the order they apply. */
export async function readMigrations(dir: string = MIGRATIONS): Promise<Migration[]> {
  const folders = (await readdir(dir, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name).sort();
  return Promise.all(folders.map(async (name) => ({ name, sql: await readFile(path.join(dir, name, 'migration.sql'), 'utf8') })));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A checkout with Windows line ends is not an edit. */
const isChecksumOf = (checksum: string, sql: string): boolean => {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => sha256(text) === checksum);
};

type Row = { migration_name: string; checksum: string; finished_at: Date | null; started_at: Date };

/** What stands against migrating, or null. `rows` are those not rolled back, in the order they were started. */
function objection(migrations: Migration[], rows: Row[]): string | null {
  const failed = rows.find((row) => row.finished_at === null);
  if (failed) {
    return `The migration ${failed.migration_name} started at ${failed.started_at.toISOString()} failed (P3009), so no other is applied. ` +
      'Its error is in _prisma_migrations.logs; put it right, then `prisma migrate resolve`.';
  }
  for (const { name, sql } of migrations) {
    const row = rows.find((r) => r.migration_name === name);
    if (row && !isChecksumOf(row.checksum, sql)) {
      return `The migration ${name} was edited after it was applied. Put the file back as it was and make a new migration for the change.`;
    }
  }
  return null;
}

async function apply(client: Client, { name, sql }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, sha256(sql), name]);
  try {
    await client.query(sql);
  } catch (cause) {
    const e = cause as DatabaseError;
    // A script with a BEGIN of its own leaves the transaction open.
    await client.query('ROLLBACK');
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [
      id, `A migration failed to apply.\n\nMigration name: ${name}\n\nDatabase error code: ${e.code}\n\nDatabase error:\n${e.message}`,
    ]);
    throw new CannotMigrate(`The migration ${name} failed to apply (P3018): ${e.message} (${e.code}). No further migration is applied before this is put right.`, { cause });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = applied_steps_count + 1 WHERE id = $1', [id]);
}

async function prepareTable(client: Client): Promise<void> {
  const { rows: [state] } = await client.query<{ known: boolean; empty: boolean }>(`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known,
           NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema()) AS empty`);
  if (!state!.known && !state!.empty) {
    throw new CannotMigrate('The database schema is not empty (P3005) and was not made by these migrations. Name an empty database, or baseline it with `prisma migrate resolve`.');
  }
  await client.query(TABLE);
}

/**
 * Brings the database up to the folder's migrations and gives the names of those it applied now. Several processes may
 * call it at once: one applies, the others wait and find nothing to do. Throws CannotMigrate or PostgresUnreachable.
 */
export async function migrate(url: string, migrations?: Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations());
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection lost in between is reported by the query it breaks.
  client.on('error', () => {});
  await client.connect().catch((e: unknown) => {
    throw unreachable(url, e);
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await prepareTable(client);
    const { rows } = await client.query<Row>('SELECT * FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at');
    const no = objection(wanted, rows);
    if (no) throw new CannotMigrate(no);
    const missing = wanted.filter(({ name }) => !rows.some((row) => row.migration_name === name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
