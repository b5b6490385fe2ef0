import type pg from 'pg';
import type { Outbox, OutboxRow, OwedRow } from '../../jobs/ports.ts';
import { Batch } from '../batch.ts';
import { LIVING_OWNERS } from './leases.ts';
import type { Leases } from './leases.ts';

/** How long a row belongs to the process that took it over. */
const TAKEN_SECONDS = 60;

/** The outbox in PostgreSQL. */
export class PostgresOutbox implements Outbox {
  readonly #pool: pg.Pool;
  readonly #leases: Leases;
  readonly #finishing: Batch<string[], void>;

  constructor(pool: pg.Pool, leases: Leases) {
    this.#pool = pool;
    this.#leases = leases;
    this.#finishing = new Batch<string[], void>(async (ids) => {
      await this.#pool.query({ name: 'outbox-done', text: 'DELETE FROM outbox WHERE id = ANY($1::uuid[])', values: [ids.flat()] });
      return ids.map(() => undefined);
    }, { most: 200 });
  }

  async takeOver(limit: number): Promise<OwedRow[]> {
    const { rows } = await this.#pool.query<{ id: string; kind: OwedRow['kind']; lane: string; payload: never; tries: number; orphan: boolean; at_ms: number }>(
      `WITH owed AS (
         SELECT id, owner FROM outbox
         WHERE due_at <= clock_timestamp() OR NOT (owner = ANY (${LIVING_OWNERS}))
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE outbox o SET owner = $2, due_at = clock_timestamp() + interval '${TAKEN_SECONDS} seconds'
       FROM owed WHERE o.id = owed.id
       RETURNING o.id, o.kind, o.lane, o.payload, o.tries, owed.owner <> $2 AS orphan, (extract(epoch FROM o.created_at) * 1000)::float8 AS at_ms`,
      [limit, this.#leases.owner]);
    return rows
      .map((row) => ({ id: row.id, kind: row.kind, lane: row.lane, at: Math.round(row.at_ms), payload: row.payload, tries: row.tries, orphan: row.orphan }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  done(ids: string[]): Promise<void> {
    return this.#finishing.add(ids);
  }

  async later(row: OutboxRow, tries: number, delayMs: number, error: string): Promise<void> {
    await this.#pool.query(
      `UPDATE outbox SET payload = $2, tries = $3, due_at = clock_timestamp() + make_interval(secs => $4), error = $5 WHERE id = $1`,
      [row.id, JSON.stringify(row.payload), tries, delayMs / 1000, error]);
  }

  async owesLogBefore(row: OutboxRow): Promise<boolean> {
    const { rows } = await this.#pool.query<{ owed: boolean }>(
      `SELECT EXISTS (SELECT FROM outbox WHERE lane = $1 AND id < $2::uuid AND kind IN ('say', 'log')) AS owed`, [row.lane, row.id]);
    return rows[0]!.owed;
  }

  async state(): Promise<{ size: number; ageMs: number }> {
    const { rows } = await this.#pool.query<{ size: number; age: number }>(
      `SELECT count(*)::int AS size, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)::float8 AS age FROM outbox`);
    return { size: rows[0]!.size, ageMs: Math.max(0, Math.round(rows[0]!.age)) };
  }
}
