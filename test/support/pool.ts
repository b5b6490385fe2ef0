import { Pool } from 'pg';

/** Connections to a test's own database, which may be dropped while they still close. */
export function poolAt(url: string, max = 2): Pool {
  const pool = new Pool({ connectionString: url, max });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
