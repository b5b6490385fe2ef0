import type { Lane } from '../../booking/ports.ts';
import type { KeptOffer } from '../../booking/waiting/ports.ts';
import type { Noted } from '../../jobs/reminders.ts';
import type { Payment } from '../../model/payment.ts';
import type { Customer, Reservation, WaitlistEntry } from '../../model/reservation.ts';
import type { Span } from '../../model/span.ts';
import type { Instant } from '../../model/time.ts';

/** A row of `reservations`. */
export type KeptReservation = Reservation & { blockedUntil: Instant; notes: string | null; holdExpiresAt: Instant | null; lanes?: Lane[]; agreedAt?: Instant; remindAt?: Instant | null };
/** A row of `reminders`. */
export type KeptReminder = Omit<Noted, 'visit'> & { visitId: string; start: Instant; userId: string; at: Instant };
export type KeptEntry = WaitlistEntry & { joinedAt: Instant; queuedAt: Instant; misses: number };
export type OfferRow = KeptOffer & { told: boolean; madeAt: Instant };

/** Time a person of the shop keeps for himself. */
export type KeptBlock = Span & { id: string; staffId: string; storeId: string; kind: 'block' | 'off'; createdAt: Instant };

/** Everything there is; plain data, so that a copy is a snapshot. */
export type KeptBookings = { reservations: KeptReservation[]; entries: KeptEntry[]; offers: OfferRow[]; blocks: KeptBlock[]; reminders: KeptReminder[]; once: string[]; payments: Payment[]; slotsVersions: Record<string, number> };
export const noBookings = (): KeptBookings => ({ reservations: [], entries: [], offers: [], blocks: [], reminders: [], once: [], payments: [], slotsVersions: {} });

/** Customers as each channel knows them; whoever wrote last comes last. */
export type Met = () => (Customer & { channel: string })[];

/** Rows that are written so that it can be taken back. */
export class MemoryRows {
  protected readonly kept: KeptBookings;
  protected readonly now: () => Instant;
  protected readonly met: Met;
  readonly #undo: (() => void)[] = [];

  constructor(kept: KeptBookings, now: () => Instant, met: Met = () => []) {
    this.kept = kept;
    this.now = now;
    this.met = met;
  }

  /** Takes back what this instance wrote: a transaction that is rolled back. `from` = only what came after so many writes. */
  undo(from = 0): void {
    for (const back of this.#undo.splice(from).toReversed()) back();
  }

  async attempt(work: () => Promise<boolean>): Promise<boolean> {
    const before = this.#undo.length;
    const kept = await work();
    if (!kept) this.undo(before);
    return kept;
  }

  protected undoBy(back: () => void): void {
    this.#undo.push(back);
  }

  protected add<Row>(rows: Row[], row: Row): void {
    rows.push(row);
    this.#undo.push(() => void rows.splice(rows.indexOf(row), 1));
  }

  protected replace<Row>(rows: Row[], row: Row, by: Row): void {
    rows.splice(rows.indexOf(row), 1, by);
    this.#undo.push(() => void rows.splice(rows.indexOf(by), 1, row));
  }

  protected change<Row extends object>(row: Row, to: Partial<Row>): void {
    const before = { ...row };
    Object.assign(row, to);
    this.#undo.push(() => void Object.assign(row, before));
  }
}
