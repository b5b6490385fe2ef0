import type pg from 'pg';
import type { Claim, EndedTurn, Inbox, KeptEvent, Lane, TurnTransaction, WaitingEvent, Writers } from '../../jobs/ports.ts';
import { laneKey, NOBODY, TurnLost } from '../../jobs/ports.ts';
import type { Instant } from '../../model/time.ts';
import { Batch } from '../batch.ts';
import type { Leases } from './leases.ts';

/** Raised by `finish_turns`. */
const LOST = 'AI001';

/** The inbox in PostgreSQL. Keeping and ending are batched: what arrives together shares a commit. */
export class PostgresInbox implements Inbox {
  readonly #pool: pg.Pool;
  readonly #leases: Leases;
  readonly #writers: (client: pg.PoolClient) => Writers;
  readonly #keeping: Batch<KeptEvent[], Lane[]>;
  readonly #ending: Batch<EndedTurn, Error | null>;

  constructor(pool: pg.Pool, leases: Leases, writers: (client: pg.PoolClient) => Writers) {
    this.#pool = pool;
    this.#leases = leases;
    this.#writers = writers;
    this.#keeping = new Batch((batches) => this.#keepAll(batches), { most: 200 });
    this.#ending = new Batch((turns) => this.#finishAll(turns), { most: 64 });
  }

  keep(events: KeptEvent[]): Promise<Lane[]> {
    return this.#keeping.add(events);
  }

  async #keepAll(batches: KeptEvent[][]): Promise<Lane[][]> {
    const events = batches.flat();
    const kept = await this.#pool.query<{ channel: string; line_id: string }>({
      name: 'keep-events',
      text: 'SELECT * FROM keep_events($1, $2, $3, $4, $5, $6)',
      values: [
        events.map((e) => e.id), events.map((e) => e.channel), events.map((e) => e.lineId), events.map((e) => e.time), events.map((e) => e.receivedAt),
        joinedJson(events.map((e) => e.payload)),
      ],
    });
    const fresh = new Set(kept.rows.map((row) => laneKey({ channel: row.channel, lineId: row.line_id })));
    return batches.map((batch) => {
      const lanes = new Map(batch.map(({ channel, lineId }) => [laneKey({ channel, lineId }), { channel, lineId }]));
      return [...lanes].filter(([key]) => fresh.has(key)).map(([, lane]) => lane);
    });
  }

  async claim(lanes: Lane[]): Promise<Claim[]> {
    const claims = new Map<string, Claim>();
    const idle = new Map<string, Lane>();
    for (const row of await this.#leases.claim(lanes)) {
      const lane = { channel: row.lane_channel, lineId: row.lane_line_id };
      const key = laneKey(lane);
      // The head of a lane that waits for another try holds back what came after it.
      if (row.id === null || (row.early && !claims.has(key))) idle.set(key, lane);
      if (row.id === null || idle.has(key)) continue;
      const claim = claims.get(key) ?? {
        lane, talk: row.talk, events: [], offers: row.offers ?? [], ...(row.reminded ? { reminded: row.reminded } : {}), handedBack: row.handed_back_ms === null ? null : Math.round(row.handed_back_ms),
        store: row.store_id === null ? null : { id: row.store_id, slotsVersion: row.slots_version! }, storesVersion: row.stores_version,
        customer: { id: row.user_id ?? '', lineId: lane.lineId, name: row.name || null, phone: row.phone, blocked: row.blocked ?? false },
      };
      claims.set(key, claim);
      claim.events.push({
        ...lane, row: row.id, id: row.webhook_event_id, tries: row.tries, payload: row.payload,
        time: Math.round(row.event_ms), receivedAt: Math.round(row.received_ms),
      });
    }
    for (const lane of idle.values()) this.#leases.release(lane);
    return [...claims.values()];
  }

  release(lane: Lane): void {
    this.#leases.release(lane);
  }

  async due(limit: number): Promise<Lane[]> {
    const { rows } = await this.#pool.query<{ channel: string; line_id: string }>(
      `SELECT channel, line_id FROM inbox WHERE not_before <= clock_timestamp()
       GROUP BY channel, line_id ORDER BY min(id) LIMIT $1`, [limit]);
    return rows.map((row) => ({ channel: row.channel, lineId: row.line_id }));
  }

  async begin(): Promise<TurnTransaction> {
    const client = await this.#pool.connect();
    let over = false;
    const end = async (sql: string) => {
      if (over) return;
      over = true;
      try {
        await client.query(sql);
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    };
    try {
      await client.query('BEGIN');
    } catch (error) {
      client.release(true);
      throw error;
    }
    return {
      ...this.#writers(client),
      commit: async (turn) => {
        try {
          await finishTurns(client, [turn], this.#leases.owner);
          await end('COMMIT');
        } catch (error) {
          await end('ROLLBACK').catch(() => undefined);
          throw lost(error) ? new TurnLost() : error;
        }
      },
      rollback: () => end('ROLLBACK').catch(() => undefined),
    };
  }

  async finish(turn: EndedTurn): Promise<void> {
    const error = await this.#ending.add(turn);
    if (error) throw error;
  }

  async #finishAll(turns: EndedTurn[]): Promise<(Error | null)[]> {
    try {
      await finishTurns(this.#pool, turns, this.#leases.owner);
      return turns.map(() => null);
    } catch (error) {
      if (turns.length === 1) return [lost(error) ? new TurnLost() : asError(error)];
      // One of them spoils the batch: each for itself.
      return Promise.all(turns.map((turn) => this.#finishAll([turn]).then(([result]) => result!)));
    }
  }

  async failed(event: WaitingEvent, error: string, delayMs: number): Promise<number> {
    const { rows } = await this.#pool.query<{ tries: number }>(
      `UPDATE inbox SET tries = tries + 1, error = $2, not_before = clock_timestamp() + make_interval(secs => $3)
       WHERE id = $1 RETURNING tries`, [event.row, error, delayMs / 1000]);
    return rows[0]?.tries ?? 0;
  }

  async forgetSeen(before: Instant): Promise<void> {
    await this.#pool.query('DELETE FROM inbox_seen WHERE received_at < to_timestamp($1 / 1000.0)', [before]);
  }

  async setAside(event: WaitingEvent, error: string, turn: EndedTurn | null): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO inbox_aside (webhook_event_id, channel, line_id, payload, error, failed_at)
         VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) ON CONFLICT DO NOTHING`,
        [event.id, event.channel, event.lineId, JSON.stringify(event.payload), error, turn?.at ?? event.receivedAt]);
      if (turn) await finishTurns(client, [turn], this.#leases.owner);
      else await client.query('DELETE FROM inbox WHERE id = $1', [event.row]);
      await client.query('COMMIT');
      client.release();
    } catch (cause) {
      await client.query('ROLLBACK').catch(() => undefined);
      client.release(true);
      throw lost(cause) ? new TurnLost() : cause;
    }
  }
}

/** Every turn of these, or none. Sorted by the function, so that two batches cannot wait for each other. */
async function finishTurns(db: pg.Pool | pg.PoolClient, turns: EndedTurn[], owner: number): Promise<void> {
  const talks = turns.filter((t) => t.lane.lineId !== NOBODY);
  const outbox = turns.flatMap((t) => t.outbox);
  // What was learned comes first: a turn that is lost after all has learned it all the same.
  for (const { lane, customer, patch, at } of talks) {
    if (patch?.name || patch?.phone) await db.query('SELECT learn($1, $2, $3, $4, $5)', [lane.channel, customer.id, patch.name, patch.phone, at]);
  }
  await db.query({
    name: 'finish-turns',
    text: 'SELECT finish_turns($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      turns.flatMap((t) => t.rows),
      talks.map((t) => t.lane.channel), talks.map((t) => t.customer.id), joinedJson(talks.map((t) => t.talk)), talks.map((t) => t.customer.blocked), talks.map((t) => t.at),
      outbox.map((o) => o.id), outbox.map((o) => o.kind), outbox.map((o) => o.lane), joinedJson(outbox.map((o) => o.payload)), owner, outbox.map((o) => o.at),
    ],
  });
}

/** The lists of `joined_json`: JSON escapes every control character, so a record separator ends each. */
const joinedJson = (values: unknown[]): string => values.map((value) => JSON.stringify(value ?? null)).join('\x1e');

const lost = (error: unknown): boolean => (error as { code?: string }).code === LOST;
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
