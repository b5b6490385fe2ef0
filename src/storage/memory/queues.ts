import { randomUUID } from 'node:crypto';
import type { Claim, EndedTurn, Inbox, KeptEvent, Lane, Outbox, OutboxRow, OwedRow, TurnTransaction, WaitingEvent, Writers } from '../../jobs/ports.ts';
import { laneKey, NOBODY, TurnLost } from '../../jobs/ports.ts';
import type { Customer } from '../../model/reservation.ts';
import type { Instant } from '../../model/time.ts';

type Waiting = WaitingEvent & { notBefore: Instant };
type Owed = { row: OutboxRow; tries: number; dueAt: Instant; owner: string };

/** What the processes of one house share; the memory twin of the database. */
export class MemoryQueues {
  /** Ids of events, with when they were received. */
  readonly seen = new Map<string, Instant>();
  waiting: Waiting[] = [];
  /** Ids by LINE's, whichever channel they write to. */
  readonly users = new Map<string, string>();
  /** By lane: what each account knows of them is its own. */
  readonly customers = new Map<string, Customer & { channel: string }>();
  readonly talks = new Map<string, unknown>();
  /** By lane: when the shop's people gave the chat back. */
  readonly handedBack = new Map<string, Instant>();
  /** By lane: when the last turn was. */
  readonly spoken = new Map<string, Instant>();
  readonly aside: { event: WaitingEvent; error: string }[] = [];
  readonly owed = new Map<string, Owed>();
  readonly leases = new Map<string, string>();
  readonly living = new Set<string>();
  #rows = 0;

  /** Ours for LINE's, made when it is first asked for. */
  idOf(lineId: string): string {
    const id = this.users.get(lineId) ?? randomUUID();
    this.users.set(lineId, id);
    return id;
  }

  nextRow(): string {
    return String(++this.#rows);
  }
}

/** The twin's own transaction: `begin` gives writes that `undo` takes back. */
export type MemoryWrites = () => Writers & { undo: () => void };

/** The inbox in memory. Same behaviour as in PostgreSQL, for tests, replays and talks in the terminal. */
export class MemoryInbox implements Inbox {
  readonly #shared: MemoryQueues;
  readonly #owner: string;
  readonly #writes: MemoryWrites;
  readonly #clock: () => Instant;
  readonly #around: (userId: string, since: Instant) => Pick<Claim, 'offers' | 'reminded'>;

  /** `around`: what was offered to a customer and can be answered, and of which visit he was reminded, if he said his last word then. */
  constructor(shared: MemoryQueues, owner: string, writes: MemoryWrites, clock: () => Instant, around: (userId: string, since: Instant) => Pick<Claim, 'offers' | 'reminded'> = () => ({ offers: [] })) {
    this.#around = around;
    this.#shared = shared;
    this.#owner = owner;
    this.#writes = writes;
    this.#clock = clock;
    shared.living.add(owner);
  }

  async keep(events: KeptEvent[]): Promise<Lane[]> {
    const lanes = new Map<string, Lane>();
    for (const event of [...events].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
      if (this.#shared.seen.has(event.id)) continue;
      this.#shared.seen.set(event.id, event.receivedAt);
      const { channel, lineId } = event;
      if (lineId !== NOBODY) this.#shared.idOf(lineId);
      this.#shared.waiting.push({ ...structuredClone(event), row: this.#shared.nextRow(), tries: 0, notBefore: this.#clock() });
      lanes.set(laneKey(event), { channel, lineId });
    }
    return [...lanes.values()];
  }

  async claim(lanes: Lane[]): Promise<Claim[]> {
    const claims: Claim[] = [];
    for (const lane of lanes) {
      const key = laneKey(lane);
      if (this.#shared.leases.has(key)) continue;
      const events = this.#shared.waiting.filter((e) => laneKey(e) === key).sort((a, b) => a.time - b.time || +a.row - +b.row);
      if (events.length === 0 || events[0]!.notBefore > this.#clock()) continue;
      this.#shared.leases.set(key, this.#owner);
      const met = this.#shared.customers.get(key);
      const customer: Customer = { id: this.#shared.users.get(lane.lineId) ?? '', lineId: lane.lineId, name: met?.name ?? null, phone: met?.phone ?? null, blocked: met?.blocked ?? false };
      claims.push({ lane, ...this.#around(customer.id, this.#shared.spoken.get(key) ?? 0), handedBack: this.#shared.handedBack.get(key) ?? null, store: null, storesVersion: 0, customer: { ...customer }, talk: structuredClone(this.#shared.talks.get(key) ?? null), events: structuredClone(events) });
    }
    return claims;
  }

  release(lane: Lane): void {
    if (this.#shared.leases.get(laneKey(lane)) === this.#owner) this.#shared.leases.delete(laneKey(lane));
  }

  async due(limit: number): Promise<Lane[]> {
    const lanes = new Map<string, Lane>();
    for (const { channel, lineId, notBefore } of this.#shared.waiting) if (notBefore <= this.#clock()) lanes.set(laneKey({ channel, lineId }), { channel, lineId });
    return [...lanes.values()].slice(0, limit);
  }

  async begin(): Promise<TurnTransaction> {
    const { undo, ...writers } = this.#writes();
    let over = false;
    return {
      ...writers,
      commit: async (turn) => {
        over = true;
        try {
          this.#end(turn);
        } catch (error) {
          undo();
          throw error;
        }
      },
      rollback: async () => {
        if (!over) undo();
        over = true;
      },
    };
  }

  async finish(turn: EndedTurn): Promise<void> {
    this.#end(turn);
  }

  async failed(event: WaitingEvent, _error: string, delayMs: number): Promise<number> {
    const row = this.#shared.waiting.find((e) => e.row === event.row);
    if (!row) return 0;
    row.notBefore = this.#clock() + delayMs;
    return ++row.tries;
  }

  async forgetSeen(before: Instant): Promise<void> {
    for (const [id, receivedAt] of this.#shared.seen) if (receivedAt < before) this.#shared.seen.delete(id);
  }

  async setAside(event: WaitingEvent, error: string, turn: EndedTurn | null): Promise<void> {
    if (turn) this.#end(turn);
    else this.#shared.waiting = this.#shared.waiting.filter((e) => e.row !== event.row);
    this.#shared.aside.push({ event, error });
  }

  #end(turn: EndedTurn): void {
    const rows = new Set(turn.rows);
    if (this.#shared.waiting.filter((e) => rows.has(e.row)).length !== rows.size) throw new TurnLost();
    this.#shared.waiting = this.#shared.waiting.filter((e) => !rows.has(e.row));
    if (turn.lane.lineId !== NOBODY) {
      this.#shared.talks.set(laneKey(turn.lane), structuredClone(turn.talk));
      this.#shared.spoken.set(laneKey(turn.lane), turn.at);
      this.#shared.customers.set(laneKey(turn.lane), { ...turn.customer, ...turn.patch, channel: turn.lane.channel });
    }
    for (const row of turn.outbox) this.#shared.owed.set(row.id, { row: structuredClone(row), tries: 0, dueAt: this.#clock() + 30_000, owner: this.#owner });
  }
}

/** The outbox in memory. */
export class MemoryOutbox implements Outbox {
  readonly #shared: MemoryQueues;
  readonly #owner: string;
  readonly #clock: () => Instant;

  constructor(shared: MemoryQueues, owner: string, clock: () => Instant) {
    this.#shared = shared;
    this.#owner = owner;
    this.#clock = clock;
    shared.living.add(owner);
  }

  async takeOver(limit: number): Promise<OwedRow[]> {
    const due = [...this.#shared.owed.values()].filter((o) => o.dueAt <= this.#clock() || !this.#shared.living.has(o.owner));
    due.sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
    return due.slice(0, limit).map((owed) => {
      const orphan = owed.owner !== this.#owner;
      owed.owner = this.#owner;
      owed.dueAt = this.#clock() + 60_000;
      return { ...structuredClone(owed.row), tries: owed.tries, orphan };
    });
  }

  async done(ids: string[]): Promise<void> {
    for (const id of ids) this.#shared.owed.delete(id);
  }

  async later(row: OutboxRow, tries: number, delayMs: number, _error: string): Promise<void> {
    const owed = this.#shared.owed.get(row.id);
    if (owed) Object.assign(owed, { row: structuredClone(row), tries, dueAt: this.#clock() + delayMs });
  }

  async owesLogBefore({ lane, id }: OutboxRow): Promise<boolean> {
    return [...this.#shared.owed.values()].some(({ row }) => row.lane === lane && row.id < id && (row.kind === 'say' || row.kind === 'log'));
  }

  async state(): Promise<{ size: number; ageMs: number }> {
    const ages = [...this.#shared.owed.values()].map((o) => this.#clock() - o.row.at);
    return { size: ages.length, ageMs: Math.max(0, ...ages) };
  }
}
