import { Pool, types } from 'pg';
import type { CustomTypesConfig } from 'pg';
import { PostgresUnreachable, placeOf, unreachable } from './unreachable.ts';

/** PostgreSQL as the running app uses it: plain SQL. For what is rare and wide there is Prisma, in prisma.ts. */
export type Postgres = {
  pool: Pool;
  /** Ends it once the queries under way are done. */
  close(): Promise<void>;
};

/** A `timestamptz` in the text form PostgreSQL sends, as an Instant; microseconds are cut. */
export function instantOf(text: string): number {
  // Nearly always UTC; the general form is four times slower.
  if (text.endsWith('+00') && text.length >= 22) return Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  return (types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => Date)(text).getTime();
}

const exactly = (text: string): number => {
  const n = Number(text);
  if (!Number.isSafeInteger(n)) throw new Error(`${text} is too large for a number`);
  return n;
};

const PARSERS: Record<number, (text: string) => unknown> = {
  [types.builtins.INT8]: exactly,
  [types.builtins.NUMERIC]: Number,
  [types.builtins.TIMESTAMPTZ]: instantOf,
  // A calendar day stays one: 2026-12-24.
  [types.builtins.DATE]: String,
};

/** How rows of plain SQL arrive: bigint and numeric as numbers, timestamptz as Instant, date as Day. Prisma has its own rules. */
export const rowTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS[oid]) ?? types.getTypeParser(oid, format as 'text')) as CustomTypesConfig['getTypeParser'],
};

/**
 * Connects, and makes sure that the server answers and is PostgreSQL 15 or newer; else throws PostgresUnreachable with
 * one plain line. `max` connections are opened as they are needed. `lazyCommit`: COMMIT does not wait for the disk; only
 * for what can be done again.
 */
export async function connect(url: string, { max = 10, lazyCommit = false }: { max?: number; lazyCommit?: boolean } = {}): Promise<Postgres> {
  let pool: Pool;
  try {
    pool = new Pool({ connectionString: url, max, types: rowTypes, connectionTimeoutMillis: 5000, keepAlive: true, application_name: 'aiteru', ...(lazyCommit ? { options: '-c synchronous_commit=off' } : {}) });
  } catch (e) {
    throw unreachable(url, e);
  }
  // A connection lost while idle is replaced when it is needed.
  pool.on('error', () => {});
  try {
    const { rows: [server] } = await pool.query<{ version: number; name: string }>("SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name");
    if (server!.version < 150_000) throw new PostgresUnreachable(`PostgreSQL at ${placeOf(url)} is version ${server!.name}; 15 or newer is needed.`);
  } catch (e) {
    await pool.end();
    throw e instanceof PostgresUnreachable ? e : unreachable(url, e);
  }
  return { pool, close: () => pool.end() };
}

/** The clock of the house on this database, moved or not, for a command that has none of its own. */
export async function houseTime({ pool }: Pick<Postgres, 'pool'>): Promise<number> {
  const { rows: [row] } = await pool.query<{ now: number; moved: number }>('SELECT clock_timestamp() AS now, clock_moved_ms::float8 AS moved FROM stores_state');
  return row!.now + row!.moved;
}

/** The server's clock. */
export async function serverTime({ pool }: Pick<Postgres, 'pool'>): Promise<number> {
  const { rows: [row] } = await pool.query<{ now: number }>('SELECT clock_timestamp() AS now');
  return row!.now;
}
