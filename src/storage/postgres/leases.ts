import { randomInt } from 'node:crypto';
import pg from 'pg';
import type { Lane } from '../../jobs/ports.ts';
import { laneKey } from '../../jobs/ports.ts';
import type { Reminded, SlotOffer } from '../../model/reservation.ts';

/** The two-key space of advisory locks that say which processes live. */
const PROCESSES = 41_730;
/** What waits in a lane, one row an event, as `claim_lanes` gives it; `id` is null in a lane that holds nothing. */
export type LaneRow = {
  lane_channel: string; lane_line_id: string; id: string | null; webhook_event_id: string; payload: unknown; tries: number; event_ms: number; received_ms: number;
  early: boolean; user_id: string | null; name: string | null; phone: string | null; talk: unknown; blocked: boolean | null;
  store_id: string | null; slots_version: number | null; stores_version: number; offers: SlotOffer[] | null; reminded: Reminded | null; handed_back_ms: number | null;
};

/**
 * Leases on lanes, as session locks of one connection: they cost no write, end with the process however it ends
 * (kill -9 included), and are fenced by `finish_turns`, which refuses a turn whose events are gone.
 */
export class Leases {
  /** This process's number in `outbox.owner`; its lock says that it lives. */
  readonly owner = randomInt(1, 2 ** 31 - 1);
  readonly #url: string;
  #session: Promise<pg.Client> | null = null;
  readonly #held = new Set<string>();
  /** Given back, but not told to PostgreSQL yet. */
  #returning: string[] = [];
  #telling: NodeJS.Immediate | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Takes those of the lanes that nobody has, this process included, and reads what waits there. */
  async claim(lanes: Lane[]): Promise<LaneRow[]> {
    const wanted = lanes.filter((lane) => !this.#held.has(laneKey(lane)));
    if (wanted.length === 0) return [];
    const keys = wanted.map(laneKey);
    for (const key of keys) this.#held.add(key);
    try {
      const rows = await this.#ask(wanted);
      const got = new Set(rows.map((row) => laneKey({ channel: row.lane_channel, lineId: row.lane_line_id })));
      for (const key of keys) if (!got.has(key)) this.#held.delete(key);
      return rows;
    } catch (error) {
      for (const key of keys) this.#held.delete(key);
      throw error;
    }
  }

  /** Gives a lane back, with the next claim or at the end of this tick. */
  release(lane: Lane): void {
    const key = laneKey(lane);
    // Lost with its session, and perhaps somebody else's by now.
    if (!this.#held.delete(key)) return;
    this.#returning.push(key);
    if (this.#telling !== null) return;
    this.#telling = setImmediate(() => {
      this.#telling = null;
      // A session that is gone has taken its locks along.
      if (this.#returning.length > 0 && !this.#closed) this.#ask([]).catch(() => undefined);
    });
  }

  /** One statement after another, so that a lane given back here can be taken here again. */
  #ask(lanes: Lane[]): Promise<LaneRow[]> {
    const answer = this.#turn.then(async () => {
      const session = await this.#open();
      const back = this.#returning;
      this.#returning = [];
      const { rows } = await session.query<LaneRow>({
        name: 'claim-lanes',
        text: 'SELECT * FROM claim_lanes($1, $2, $3)',
        values: [back, lanes.map((lane) => lane.channel), lanes.map((lane) => lane.lineId)],
      });
      return rows;
    });
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
      this.#returning = [];
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
