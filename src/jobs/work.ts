import type { Claim, EndedTurn, Inbox, Lane, OutboxRow, WaitingEvent } from './ports.ts';
import { isHouseLane, laneKey, NOBODY, TurnLost } from './ports.ts';

/** After this many failed turns an event is set aside, so that the customer's next one is handled. */
export const MAX_TRIES = 5;
/** Milliseconds until the turn of an event is tried again, by tries so far: 8 s in all, a customer waits. */
const RETRY_MS = [200, 800, 2_000, 5_000];
/** A turn that takes longer shows the customer that we are at it. */
const LOADING_MS = 1_000;
/** How often we look for lanes left by a dead process or due for another try. */
const SWEEP_MS = 1_000;
const LANES_AT_ONCE = 64;

/** Postgres codes that are about the connection or a collision, not about the event: they do not count as a try. */
const PASSING = /^(08|40|53|57)/;
const isPassing = (error: unknown): boolean => PASSING.test(String((error as { code?: unknown } | null)?.code ?? ''));

export type WorkHouse = {
  inbox: Inbox;
  /** Takes and commits one turn; gives the talk it left and what it owes. Throws when nothing was kept. */
  turn: (claim: Claim, event: WaitingEvent, talk: unknown) => Promise<EndedTurn>;
  /** What an event that cannot be handled is answered with. */
  apology: (claim: Claim, event: WaitingEvent, talk: unknown) => EndedTurn;
  /** Called with what a committed turn owes. */
  deliver: (rows: OutboxRow[]) => void;
  loading: (lane: Lane) => void;
  log: { info: Log; warn: Log; error: Log };
  observe: { turn: (seconds: number, outcome: 'ok' | 'failed' | 'set_aside') => void };
  ticks: () => number;
};
type Log = (fields: Record<string, unknown>, message: string) => void;

/**
 * Works through the inbox: lanes side by side, one customer's events one after another. `wake` hints at lanes with
 * something new; the sweep finds what nobody hinted at.
 */
export class Worker {
  readonly #house: WorkHouse;
  readonly #hinted = new Map<string, Lane>();
  readonly #active = new Set<string>();
  /** Hinted while its turn was under way: to be claimed again. */
  readonly #again = new Map<string, Lane>();
  #claiming = false;
  #next: NodeJS.Immediate | null = null;
  #stopped = false;
  #sweep: NodeJS.Timeout | null = null;
  #idle: (() => void)[] = [];

  constructor(house: WorkHouse) {
    this.#house = house;
  }

  start(): void {
    const sweep = async () => {
      try {
        this.wake(await this.#house.inbox.due(200));
      } catch (error) {
        this.#house.log.warn({ err: plain(error) }, 'the inbox cannot be swept; trying again');
      }
      if (!this.#stopped) this.#sweep = setTimeout(() => void sweep(), SWEEP_MS);
    };
    void sweep();
  }

  /** There may be something new in these lanes. */
  wake(lanes: Lane[]): void {
    if (this.#stopped) return;
    for (const lane of lanes) {
      const key = laneKey(lane);
      if (this.#active.has(key)) this.#again.set(key, lane);
      else this.#hinted.set(key, lane);
    }
    this.#soon();
  }

  /** Claims after this tick, so that what is kept together is claimed together. */
  #soon(): void {
    if (this.#hinted.size > 0 && this.#active.size < LANES_AT_ONCE && !this.#claiming && !this.#stopped && this.#next === null) {
      this.#next = setImmediate(() => void this.#claim());
    }
  }

  /** Takes nothing new; resolves when the turns in hand are over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#sweep) clearTimeout(this.#sweep);
    if (this.#active.size > 0 || this.#claiming) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #claim(): Promise<void> {
    this.#next = null;
    if (this.#claiming || this.#stopped) return;
    this.#claiming = true;
    try {
      while (this.#hinted.size > 0 && this.#active.size < LANES_AT_ONCE && !this.#stopped) {
        const lanes = [...this.#hinted.values()].slice(0, LANES_AT_ONCE - this.#active.size);
        for (const lane of lanes) {
          this.#hinted.delete(laneKey(lane));
          this.#active.add(laneKey(lane));
        }
        const claims = await this.#house.inbox.claim(lanes).catch((error: unknown) => {
          this.#house.log.warn({ err: plain(error) }, 'lanes could not be claimed; the sweep will');
          return [];
        });
        const claimed = new Set(claims.map((claim) => laneKey(claim.lane)));
        for (const lane of lanes) if (!claimed.has(laneKey(lane))) this.#leave(lane);
        for (const claim of claims) void this.#work(claim);
      }
    } finally {
      this.#claiming = false;
      this.#soon();
      this.#rest();
    }
  }

  async #work(claim: Claim): Promise<void> {
    let { talk } = claim;
    try {
      for (const event of claim.events) {
        const ended = await this.#take(claim, event, talk);
        if (!ended) break;
        talk = ended.talk;
        claim.customer = ended.customer;
        // The calendar is another since this turn: what was read of it when the lane was claimed is old.
        if (ended.outbox.some((row) => row.kind === 'slots')) claim.store = null;
        if (this.#stopped) break;
      }
    } catch (error) {
      this.#house.log.error({ lane: claim.lane.channel, err: plain(error) }, 'a lane was left; the sweep will come back to it');
    } finally {
      this.#house.inbox.release(claim.lane);
      this.#leave(claim.lane);
    }
  }

  /** One turn, or null when the lane must wait. */
  async #take(claim: Claim, event: WaitingEvent, talk: unknown): Promise<EndedTurn | null> {
    const { inbox, log, observe, ticks } = this.#house;
    if (event.lineId === NOBODY && !isHouseLane(event)) {
      await inbox.setAside(event, 'an event without a person', null);
      return { lane: claim.lane, customer: claim.customer, rows: [], talk, at: event.time, outbox: [] };
    }
    const began = ticks();
    const slow = setTimeout(() => !isHouseLane(claim.lane) && this.#house.loading(claim.lane), LOADING_MS);
    try {
      const ended = await this.#house.turn(claim, event, talk);
      observe.turn((ticks() - began) / 1000, 'ok');
      this.#house.deliver(ended.outbox);
      return ended;
    } catch (error) {
      observe.turn((ticks() - began) / 1000, 'failed');
      if (error instanceof TurnLost) return null;
      if (isPassing(error)) throw error;
      const tries = event.tries + 1;
      log.error({ event: event.id, tries, err: plain(error) }, 'a turn failed');
      if (tries < MAX_TRIES) {
        await inbox.failed(event, plain(error), RETRY_MS[tries - 1]!);
        return null;
      }
      const ended = await this.#setAside(claim, event, talk, plain(error));
      observe.turn((ticks() - began) / 1000, 'set_aside');
      log.error({ event: event.id }, 'an event was set aside after five tries');
      if (ended) this.#house.deliver(ended.outbox);
      return ended ?? { lane: claim.lane, customer: claim.customer, rows: [], talk, at: event.time, outbox: [] };
    } finally {
      clearTimeout(slow);
    }
  }

  /** Makes way for the next event, with an apology where one can be made and kept. */
  async #setAside(claim: Claim, event: WaitingEvent, talk: unknown, why: string): Promise<EndedTurn | null> {
    const { inbox, log } = this.#house;
    const ended = this.#apology(claim, event, talk);
    try {
      await inbox.setAside(event, why, ended);
      return ended;
    } catch (error) {
      if (ended === null || error instanceof TurnLost || isPassing(error)) throw error;
      log.error({ event: event.id, err: plain(error) }, 'the apology could not be kept');
      await inbox.setAside(event, why, null);
      return null;
    }
  }

  /** Null when the event is such that not even an apology can be made of it. */
  #apology(claim: Claim, event: WaitingEvent, talk: unknown): EndedTurn | null {
    try {
      return this.#house.apology(claim, event, talk);
    } catch (error) {
      this.#house.log.error({ event: event.id, err: plain(error) }, 'no apology could be made');
      return null;
    }
  }

  #leave(lane: Lane): void {
    const key = laneKey(lane);
    this.#active.delete(key);
    const again = this.#again.get(key);
    this.#again.delete(key);
    if (again) this.#hinted.set(key, again);
    this.#soon();
    this.#rest();
  }

  #rest(): void {
    if (this.#active.size > 0 || this.#claiming) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

/** An error in one line, without values that may be a customer's. */
const plain = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error)).slice(0, 300);
