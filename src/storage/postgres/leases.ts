import { randomInt } from 'node:crypto';
import pg from 'pg';
import type { Lane } from '../../jobs/ports.ts';
import { laneKey } from '../../jobs/ports.ts';

/** The two-key space of advisory locks that say which processes live. */
const PROCESSES = 41_730;
/** Seeds the hash of a lane, so that its locks are nobody else's. */
const LANES = 41_731;

/**
 * Leases on lanes, as session locks of one connection: they cost no write, end with the process however it ends
 * (kill -9 included), and are fenced by `finish_turns`, which refuses a turn whose events are gone.
 */
export class Leases {
  /** This process's number in `outbox.owner`; its lock says that it lives. */
  readonly owner = randomInt(1, 2 ** 31 - 1);
  readonly #url: string;
  #session: Promise<pg.Client> | null = null;
  readonly #held = new Map<string, Lane>();
  #releasing: string[] = [];
  #next: Promise<void> | null = null;
  /** Lanes on their way back, with the statement that returns them. */
  readonly #returning = new Map<string, Promise<void>>();
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Those of the lanes that nobody, this process included, has already. */
  async take(lanes: Lane[]): Promise<Lane[]> {
    await Promise.all(lanes.map((lane) => this.#returning.get(laneKey(lane))));
    const wanted = new Map(lanes.map((lane) => [laneKey(lane), lane] as const).filter(([key]) => !this.#held.has(key)));
    if (wanted.size === 0) return [];
    for (const [key, lane] of wanted) this.#held.set(key, lane);
    try {
      const rows = await this.#ask('take-lanes', `SELECT lane FROM unnest($1::text[]) AS lane WHERE pg_try_advisory_lock(hashtextextended(lane, ${LANES}))`, [...wanted.keys()]);
      const got = new Set(rows.map((row) => row.lane));
      for (const key of wanted.keys()) if (!got.has(key)) this.#held.delete(key);
      return rows.map((row) => wanted.get(row.lane)!);
    } catch (error) {
      for (const key of wanted.keys()) this.#held.delete(key);
      throw error;
    }
  }

  /** Gives a lane back; those given back in one go cost one statement. */
  release(lane: Lane): void {
    this.#releasing.push(laneKey(lane));
    this.#next ??= Promise.resolve().then(() => this.#giveBack());
    this.#returning.set(laneKey(lane), this.#next);
  }

  async #giveBack(): Promise<void> {
    const keys = this.#releasing;
    this.#releasing = [];
    this.#next = null;
    try {
      await this.#ask('release-lanes', `SELECT lane, pg_advisory_unlock(hashtextextended(lane, ${LANES})) FROM unnest($1::text[]) AS lane`, keys);
    } catch {
      // The session is gone, and with it every lock it held.
    } finally {
      for (const key of keys) {
        this.#held.delete(key);
        this.#returning.delete(key);
      }
    }
  }

  /** One statement after another, as a session wants it. */
  #ask(name: string, text: string, lanes: string[]): Promise<{ lane: string }[]> {
    const answer = this.#turn.then(async () => (await (await this.#open()).query<{ lane: string }>({ name, text, values: [lanes] })).rows);
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #open(): Promise<pg.Client> {
    if (this.#closed) throw new Error('the leases are closed');
    this.#session ??= this.#connect();
    try {
      return await this.#session;
    } catch (error) {
      this.#session = null;
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'aiteru leases', keepAlive: true });
    const lost = () => {
      this.#session = null;
      this.#held.clear();
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1, $2)', [PROCESSES, this.owner]);
    return client;
  }

  /** Opens the session, so that `owner` counts as living before it writes its first row. */
  async start(): Promise<void> {
    await this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const session = await this.#session?.catch(() => null);
    await session?.end();
  }
}

/** SQL: the owners among the living, for `NOT (owner = ANY (…))`. */
export const LIVING_OWNERS = `ARRAY(SELECT objid::bigint FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND classid = ${PROCESSES} AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
