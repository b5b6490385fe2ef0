/** Reminders as they are kept: which visits are to be looked at, and what became of each reminder. */
import type { ReminderKind } from '../booking/reminders.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Instant } from '../model/time.ts';
import type { Outcome } from '../model/reminder.ts';

/** A visit that stands since `agreed`, with what became of the reminders of its time. */
export type Looked = { visit: Reservation; agreed: Instant; noted: { kind: ReminderKind; outcome: Outcome }[] };

/** `saidId`: the push, by its row of the outbox. */
export type Noted = { visit: Reservation; kind: ReminderKind; outcome: Outcome; saidId: string | null };

/** Inside a transaction. */
export interface ReminderWriter {
  /** Visits to be looked at by a moment, longest due first. Each is held until the end of the transaction; those in other hands are left out. */
  due(until: Instant, limit: number): Promise<Looked[]>;
  /** What became of reminders at `now`, and when their visits are looked at again; null = never. */
  note(noted: readonly Noted[], again: readonly { reservationId: string; at: Instant | null }[], now: Instant): Promise<void>;
  /** A push that was not sent after all: whose visit it was. Null = that was known. */
  unsent(saidId: string, outcome: 'refused' | 'quota'): Promise<Reservation | null>;
}
