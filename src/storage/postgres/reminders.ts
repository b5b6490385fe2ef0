import type { ReminderKind } from '../../booking/reminders.ts';
import type { Looked, Noted, ReminderWriter } from '../../jobs/reminders.ts';
import type { Outcome } from '../../model/reminder.ts';
import type { Reservation } from '../../model/reservation.ts';
import type { Instant } from '../../model/time.ts';
import type { Db } from './booking/reads.ts';
import { RESERVATION, iso, ms, reservationOf } from './booking/rows.ts';
import type { ReservationRow } from './booking/rows.ts';

/** On a client inside a transaction. */
export class PostgresReminders implements ReminderWriter {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async due(until: Instant, limit: number): Promise<Looked[]> {
    const { rows } = await this.#db.query<ReservationRow & { agreed_ms: number; noted: { kind: ReminderKind; outcome: Outcome }[] | null }>({
      name: 'due-reminders',
      text: `SELECT ${RESERVATION}, ${ms('coalesce(r.agreed_at, r.created_at)', 'agreed_ms')},
               (SELECT json_agg(json_build_object('kind', m.kind, 'outcome', m.outcome)) FROM reminders m WHERE m.reservation_id = r.id AND m.start_time = r.start_time) AS noted
             FROM reservations r
             WHERE r.status = 'confirmed' AND r.remind_at <= $1
             ORDER BY r.remind_at LIMIT $2 FOR UPDATE OF r SKIP LOCKED`,
      values: [iso(until), limit],
    });
    return rows.map((row) => ({ visit: reservationOf(row), agreed: Math.round(row.agreed_ms), noted: row.noted ?? [] }));
  }

  async note(noted: readonly Noted[], again: readonly { reservationId: string; at: Instant | null }[], now: Instant): Promise<void> {
    if (noted.length > 0) {
      await this.#db.query(
        `INSERT INTO reminders (reservation_id, kind, start_time, user_id, outcome, said_id, at)
         SELECT n.*, $7::timestamptz FROM unnest($1::uuid[], $2::varchar[], $3::timestamptz[], $4::uuid[], $5::varchar[], $6::uuid[]) AS n`,
        [noted.map((n) => n.visit.id), noted.map((n) => n.kind), noted.map((n) => iso(n.visit.start)), noted.map((n) => n.visit.userId), noted.map((n) => n.outcome), noted.map((n) => n.saidId), iso(now)]);
    }
    if (again.length > 0) {
      await this.#db.query(
        'UPDATE reservations r SET remind_at = a.at FROM unnest($1::uuid[], $2::timestamptz[]) AS a(id, at) WHERE r.id = a.id',
        [again.map((a) => a.reservationId), again.map((a) => (a.at === null ? null : iso(a.at)))]);
    }
  }

  async unsent(saidId: string, outcome: 'refused' | 'quota'): Promise<Reservation | null> {
    const { rows: [row] } = await this.#db.query<ReservationRow>(
      `UPDATE reminders m SET outcome = $2 FROM reservations r WHERE m.said_id = $1 AND m.outcome = 'sent' AND r.id = m.reservation_id RETURNING ${RESERVATION}`, [saidId, outcome]);
    return row ? reservationOf(row) : null;
  }
}
