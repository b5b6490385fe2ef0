import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';

const schema = readFileSync(path.resolve(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
const blocks = (kind: string): { name: string; lines: string[] }[] =>
  [...schema.matchAll(new RegExp(`^${kind} (\\w+) \\{\\n(.*?)^\\}`, 'gms'))].map(([, name, body]) => ({ name: name!, lines: body!.split('\n').map((l) => l.trim()).filter(Boolean) }));
const mapped = (lines: string[], name: string): string => /@@map\("(\w+)"\)/.exec(lines.join('\n'))?.[1] ?? name;

const SCALARS: Record<string, string> = { String: 'text', Int: 'int4', BigInt: 'int8', Boolean: 'bool', Json: 'jsonb' };
const NATIVE: Record<string, string> = { VarChar: 'varchar', Uuid: 'uuid', Timestamptz: 'timestamptz', Date: 'date', Decimal: 'numeric', Json: 'json' };
const enums = new Map(blocks('enum').map(({ name, lines }) => [name, { sql: mapped(lines, name), values: lines.filter((l) => /^\w+$/.test(l)) }]));

/** `reservations.notes text null`, for every column the schema names. */
const named = blocks('model').flatMap(({ name, lines }) => lines.flatMap((line) => {
  const [, field, type, mark] = /^(\w+)\s+(\w+)(\[\]|\?)?/.exec(line) ?? [];
  if (!field || !type || !(type in SCALARS || type === 'DateTime' || type === 'Decimal' || enums.has(type))) return [];
  const [, native, size = ''] = /@db\.(\w+)(?:\(([\d, ]+)\))?/.exec(line) ?? [];
  const base = native ? NATIVE[native]! : enums.get(type)?.sql ?? SCALARS[type]!;
  const sized = base === 'varchar' || base === 'numeric' ? `${base}(${size.replaceAll(' ', '')})` : base;
  const column = /[^@]@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
  return `${mapped(lines, name)}.${column} ${mark === '[]' ? '_' : ''}${sized}${mark === '?' ? ' null' : ''}`;
})).sort();

let fresh: Fresh;
let db: Client;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = new Client({ connectionString: fresh.url });
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await fresh.drop();
});

test('schema.prisma names every column of the migrated database with its type and nullability, and no other', async () => {
  const { rows } = await db.query<{ line: string }>(`
    SELECT table_name || '.' || column_name || ' ' || udt_name
        || CASE WHEN udt_name = 'varchar' THEN '(' || character_maximum_length || ')'
                WHEN udt_name = 'numeric' THEN '(' || numeric_precision || ',' || numeric_scale || ')' ELSE '' END
        || CASE WHEN is_nullable = 'YES' THEN ' null' ELSE '' END AS line
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'`);
  expect(named.length).toBeGreaterThan(50);
  expect(rows.map((row) => row.line).sort()).toEqual(named);
});

test('schema.prisma names every enum of the migrated database with its values in order', async () => {
  const { rows } = await db.query<{ name: string; values: string[] }>(
    'SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS values FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname');
  expect(Object.fromEntries(rows.map((row) => [row.name, row.values]))).toEqual(Object.fromEntries([...enums.values()].map((e) => [e.sql, e.values])));
});
