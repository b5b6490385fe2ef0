import { execFile, spawnSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** PostgreSQL's own load generator, or null where it is not installed (Debian: postgresql-client or postgresql-contrib). */
export function findPgbench(): string | null {
  const places = ['pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench')];
  return places.find((place) => spawnSync(place, ['--version']).status === 0) ?? null;
}

/** Transactions a second of a script, by `clients` connections for so many seconds. */
export async function pgbench(tool: string, { url, dir, name, script, clients, seconds }: { url: string; dir: string; name: string; script: string; clients: number; seconds: number }): Promise<number> {
  const file = join(dir, `${name}.sql`);
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(tool, ['-n', '-M', 'simple', '-f', file, '-c', String(clients), '-j', '2', '-T', String(seconds), url]);
  const [, tps] = /tps = ([\d.]+)/.exec(stdout) ?? [];
  if (!tps) throw new Error(`pgbench said: ${stdout}`);
  return Math.round(Number(tps));
}

/** Everything one turn asks of PostgreSQL, without the application: kept, leased, read, ended, given back, logged, gone. */
export const turnScript = (payload: string, talk: string, owed: string, entry: string): string => `
\\set c random(1, 1000000000000)
\\set u random(1, 100)
SELECT keep_events(ARRAY['pgb-:c'], ARRAY['default'], ARRAY[format('Upgb%s', :client_id * 1000 + :u)], ARRAY[1790000000000], ARRAY[1790000000000], '${payload}');
SELECT pg_try_advisory_lock(:c);
SELECT i.id AS row, u.id AS usr, t.talk FROM inbox i LEFT JOIN users u ON u.line_id = i.line_id LEFT JOIN talks t ON t.channel = i.channel AND t.user_id = u.id
  WHERE i.channel = 'default' AND i.line_id = format('Upgb%s', :client_id * 1000 + :u) ORDER BY i.event_time, i.id LIMIT 1 \\gset
SELECT gen_random_uuid() AS id \\gset
SELECT finish_turns(ARRAY[:row]::bigint[], ARRAY['default'], ARRAY[':usr']::uuid[], '${talk}', ARRAY[false], ARRAY[1790000000000],
  ARRAY[':id']::uuid[], ARRAY['say'], ARRAY['pgb'], '${owed}', 1, ARRAY[1790000000000]);
SELECT pg_advisory_unlock(:c);
SET synchronous_commit = off;
INSERT INTO chat_log_entries (id, user_id, channel, at, entry) VALUES (':id-heard', ':usr', 'LINE', clock_timestamp(), '${entry}'), (':id-said', ':usr', 'LINE', clock_timestamp(), '${entry}');
DELETE FROM outbox WHERE id = ':id';
SET synchronous_commit = on;
`;

/** A booking and nothing else, under the same two constraints. */
export const bookingScript = (store: string, menu: string): string => `
\\set slot random(0, 2000000)
INSERT INTO reservations (user_id, store_id, staff_id, menu_id, menu_ids, start_time, end_time, blocked_until, status)
SELECT u.id, '${store}', s.id, '${menu}', ARRAY['${menu}']::uuid[], t, t + interval '30 minutes', t + interval '30 minutes', 'confirmed'
FROM (SELECT timestamptz '2030-01-01' + :slot * interval '30 minutes' AS t) slot,
  (SELECT id FROM staff WHERE store_id = '${store}' OFFSET (:slot % 6) LIMIT 1) s, (SELECT id FROM users OFFSET (:slot % 32) LIMIT 1) u
ON CONFLICT DO NOTHING;
`;
