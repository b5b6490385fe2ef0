import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { migrate, readMigrations } from '../../src/storage/postgres/migrate.ts';
import { emptyDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

let fresh: Fresh;
let db: Client;
beforeEach(async () => {
  fresh = await emptyDatabase();
  db = new Client({ connectionString: fresh.url });
  await db.connect();
});
afterEach(async () => {
  await db.end();
  await fresh.drop();
});

const A = { name: '20260101000000_a', sql: 'CREATE TABLE a (n int);\nINSERT INTO a VALUES (1);\n' };
const B = { name: '20260102000000_b', sql: 'CREATE TABLE b (n int);' };
const rows = async () => (await db.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')).rows;

test('every migration of the checkout is applied once, in order', async () => {
  const names = (await readMigrations()).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(await migrate(fresh.url)).toEqual(names);
  expect(await migrate(fresh.url)).toEqual([]);
});

test('what is kept about a migration is what Prisma keeps', async () => {
  await migrate(fresh.url, [A]);
  expect(await rows()).toEqual([{
    id: expect.stringMatching(/^[0-9a-f-]{36}$/), checksum: createHash('sha256').update(A.sql).digest('hex'), migration_name: A.name,
    started_at: expect.any(Date), finished_at: expect.any(Date), applied_steps_count: 1, logs: null, rolled_back_at: null,
  }]);
});

test('two processes that migrate at once apply everything once, and both are content', async () => {
  const source = path.resolve(import.meta.dirname, '../../src/storage/postgres/migrate.ts');
  const one = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', `const { migrate } = await import(${JSON.stringify(source)}); console.log(JSON.stringify(await migrate(process.argv[1])))`, fresh.url]);
  const done = (await Promise.all([one(), one()])).map(({ stdout }) => JSON.parse(stdout) as string[]);
  const names = (await readMigrations()).map(({ name }) => name);
  expect(done.toSorted((a, b) => a.length - b.length)).toEqual([[], names]);
  expect((await rows()).map((row) => row.migration_name)).toEqual(names);
});

test('an edited migration is refused in one plain line, and nothing else is applied', async () => {
  await migrate(fresh.url, [A]);
  const refused = migrate(fresh.url, [{ ...A, sql: `${A.sql}-- late thought` }, B]);
  await expect(refused).rejects.toThrow(/^The migration 20260101000000_a was edited after it was applied\.[^\n]*$/);
  expect(await rows()).toHaveLength(1);
});

test('other line ends are not an edit', async () => {
  await migrate(fresh.url, [A]);
  expect(await migrate(fresh.url, [{ ...A, sql: A.sql.replaceAll('\n', '\r\n') }])).toEqual([]);
});

test('a migration that fails leaves nothing behind but its error, and stops all others until it is resolved', async () => {
  const bad = { name: '20260102000000_bad', sql: 'CREATE TABLE half (n int); SELECT nonsense;' };
  await expect(migrate(fresh.url, [A, bad, B])).rejects.toThrow(/^The migration 20260102000000_bad failed to apply \(P3018\): column "nonsense" does not exist \(42703\)\.[^\n]*$/);
  expect((await db.query("SELECT to_regclass('half') AS half, to_regclass('b') AS b, to_regclass('a')::text AS a")).rows).toEqual([{ half: null, b: null, a: 'a' }]);
  expect((await rows())[1]).toMatchObject({ finished_at: null, applied_steps_count: 0, logs: expect.stringContaining('nonsense') });
  await expect(migrate(fresh.url, [A, B])).rejects.toThrow(/^The migration 20260102000000_bad started at .* failed \(P3009\)[^\n]*$/);
  await db.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL');
  expect(await migrate(fresh.url, [A, { ...bad, sql: 'SELECT 1' }, B])).toEqual([bad.name, B.name]);
});

test('a database somebody else filled is refused', async () => {
  await db.query('CREATE TABLE theirs (n int)');
  await expect(migrate(fresh.url, [A])).rejects.toThrow(/not empty \(P3005\)/);
});

test('a database newer than the checkout is left as it is', async () => {
  await migrate(fresh.url, [A, B]);
  expect(await migrate(fresh.url, [A])).toEqual([]);
});
