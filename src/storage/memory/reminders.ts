/** Reminders in the process, beside the visits they are of. */
import type { Looked, Noted, ReminderWriter } from '../../jobs/reminders.ts';
import type { Outcome } from '../../model/reminder.ts';
import type { Reminded, Reservation } from '../../model/reservation.ts';
import type { Instant } from '../../model/time.ts';
import { plain } from './booking.ts';
import { MemoryRows } from './rows.ts';
import type { KeptReminder, KeptReservation } from './rows.ts';

/** One instance is one transaction, which `undo` takes back. */
export class MemoryReminders extends MemoryRows implements ReminderWriter {
  async due(until: Instant, limit: number): Promise<Looked[]> {
    const due = this.kept.reservations.filter((r) => r.status === 'confirmed' && (r.remindAt ?? Infinity) <= until);
    return due.sort((a, b) => a.remindAt! - b.remindAt!).slice(0, limit).map((r) => ({
      visit: this.#plain(r), agreed: r.agreedAt ?? 0,
      noted: this.kept.reminders.filter((m) => m.visitId === r.id && m.start === r.start).map(({ kind, outcome }) => ({ kind, outcome })),
    }));
  }

  async note(noted: readonly Noted[], again: readonly { reservationId: string; at: Instant | null }[], now: Instant): Promise<void> {
    for (const { visit, kind, outcome, saidId } of noted) {
      const reminder: KeptReminder = { visitId: visit.id, start: visit.start, userId: visit.userId, kind, outcome, saidId, at: now };
      if (this.kept.reminders.some((m) => m.visitId === visit.id && m.kind === kind && m.start === visit.start)) throw new Error('noted before');
      this.add(this.kept.reminders, reminder);
    }
    for (const { reservationId, at } of again) {
      const visit = this.kept.reservations.find((r) => r.id === reservationId);
      if (visit) this.change(visit, { remindAt: at });
    }
  }

  /** The visit a customer was reminded of since a moment, if it stands as it was then. */
  reminded(userId: string, since: Instant): Reminded | null {
    const latest = this.kept.reminders.filter((m) => m.userId === userId && m.outcome === 'sent' && m.at >= since).sort((a, b) => b.at - a.at || a.start - b.start);
    for (const { visitId, start, at } of latest) {
      const row = this.kept.reservations.find((r) => r.id === visitId && r.start === start && r.status === 'confirmed');
      if (row) return { at, visit: this.#plain(row) };
    }
    return null;
  }

  async unsent(saidId: string, outcome: Extract<Outcome, 'refused' | 'quota'>): Promise<Reservation | null> {
    const reminder = this.kept.reminders.find((m) => m.saidId === saidId && m.outcome === 'sent');
    const visit = this.kept.reservations.find((r) => r.id === reminder?.visitId);
    if (!reminder || !visit) return null;
    this.change(reminder, { outcome });
    return this.#plain(visit);
  }

  #plain(row: KeptReservation): Reservation {
    return plain(row, this.kept.payments);
  }
}
