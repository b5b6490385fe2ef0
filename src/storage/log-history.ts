/** One visit in a `reservation_history` document. */
import type { HistoryEntry } from '../chatlog/record.ts';

export type KeptVisit = { reservation_id: string; store: string; menu: string; date: string; status: HistoryEntry['status'] };

export const keptVisit = ({ reservationId, store, menu, date, status }: HistoryEntry): KeptVisit => ({ reservation_id: reservationId, store, menu, date, status });
export const visitOf = (it: KeptVisit): HistoryEntry => ({ reservationId: it.reservation_id, store: it.store, menu: it.menu, date: it.date, status: it.status });
