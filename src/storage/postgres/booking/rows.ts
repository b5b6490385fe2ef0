import type { Busy } from '../../../booking/ports.ts';
import type { Deposit } from '../../../model/payment.ts';
import type { Hold, Reservation, ReservationStatus, WaitlistEntry, WaitlistStatus } from '../../../model/reservation.ts';
import type { Instant } from '../../../model/time.ts';

/** A moment as a parameter. */
export const iso = (instant: Instant): string => new Date(instant).toISOString();

/** SQL: a timestamptz column as milliseconds. */
export const ms = (column: string, as: string): string => `(extract(epoch FROM ${column}) * 1000)::float8 AS ${as}`;

/** SQL: a row keeps its people busy at `now`: it is active, and not a hold that ended. */
export const holds = (r: string, now: string): string =>
  `${r}.status IN ('pending', 'confirmed') AND (${r}.hold_expires_at IS NULL OR ${r}.hold_expires_at > ${now})`;

/** SQL: the deposit of a visit, or null. */
const DEPOSIT = `(SELECT json_build_object('id', p.id, 'yen', p.amount::int, 'by', CASE p.provider WHEN 'stripe' THEN 'stripe' ELSE 'shop' END, 'state', CASE p.status WHEN 'completed' THEN 'paid' ELSE 'due' END,
    'until', CASE p.status WHEN 'pending' THEN (extract(epoch FROM p.link_until) * 1000)::bigint END)
  FROM payments p WHERE p.reservation_id = r.id AND p.status <> 'failed' AND p.refund_due_at IS NULL LIMIT 1) AS deposit`;

/** SQL: what `reservationOf` reads. */
export const RESERVATION = `r.id, r.user_id, r.store_id, r.staff_id, r.menu_ids, r.status, r.nominated, r.hold_for, r.no_show, r.arrived_at IS NOT NULL AS arrived, ${ms('r.start_time', 'start_ms')}, ${ms('r.end_time', 'end_ms')}, ${ms('r.hold_expires_at', 'hold_ms')}, ${DEPOSIT}`;
export type ReservationRow = {
  id: string; user_id: string; store_id: string; staff_id: string; menu_ids: string[]; status: ReservationStatus; nominated: boolean;
  start_ms: number; end_ms: number; hold_for: Hold['for'] | null; hold_ms: number | null; no_show: boolean; arrived: boolean; deposit: DepositJson | null;
};
type DepositJson = Omit<Deposit, 'until'> & { until: number | null };
const depositOf = ({ until, ...deposit }: DepositJson): Deposit => ({ ...deposit, ...(until === null ? {} : { until }) });
export const reservationOf = (row: ReservationRow): Reservation => ({
  id: row.id, userId: row.user_id, storeId: row.store_id, staffId: row.staff_id, menuIds: row.menu_ids,
  start: Math.round(row.start_ms), end: Math.round(row.end_ms), status: row.status, nominated: row.nominated,
  ...(row.hold_for !== null && row.hold_ms !== null ? { hold: { for: row.hold_for, until: Math.round(row.hold_ms) } } : {}),
  ...(row.no_show ? { came: 'no_show' } : row.arrived ? { came: 'arrived' } : {}),
  ...(row.deposit ? { deposit: depositOf(row.deposit) } : {}),
});

/** SQL: what `busyOf` reads of a visit, or of time a person keeps for himself; rows of the rooms it has come beside. */
export const BUSY = `r.id, r.staff_id, r.user_id, ${ms('r.start_time', 'start_ms')}, ${ms('r.blocked_until', 'until_ms')}, NULL::uuid AS resource_id, NULL::int AS lane`;
export type BusyRow = { id: string; staff_id: string; user_id: string | null; start_ms: number; until_ms: number; resource_id: null; lane: null };
export type LaneRow = { id: string; resource_id: string; lane: number };

/** Visits with their rooms, earliest first. */
export function busyOf(rows: readonly (BusyRow | LaneRow)[]): Busy[] {
  const busy = rows.flatMap((row): Busy[] => (row.resource_id !== null ? []
    : [{ reservationId: row.id, staffId: row.staff_id, userId: row.user_id ?? '', start: Math.round(row.start_ms), end: Math.round(row.until_ms) }]));
  const lanes = rows.filter((row): row is LaneRow => row.resource_id !== null);
  if (lanes.length > 0) {
    const byId = new Map(busy.map((visit) => [visit.reservationId, visit]));
    for (const { id, resource_id: resourceId, lane } of lanes) {
      const visit = byId.get(id);
      if (visit) visit.lanes = [...(visit.lanes ?? []), { resourceId, lane }];
    }
  }
  return busy.sort((a, b) => a.start - b.start);
}

/** SQL: what `entryOf` reads. */
export const ENTRY = `e.id, e.user_id, e.store_id, e.staff_id, e.menu_ids, e.status, ${ms('e.wanted_from', 'from_ms')}, ${ms('e.wanted_until', 'until_ms')}`;
export type EntryRow = {
  id: string; user_id: string; store_id: string; staff_id: string | null; menu_ids: string[]; status: WaitlistStatus; from_ms: number; until_ms: number;
};
export const entryOf = (row: EntryRow): WaitlistEntry => ({
  id: row.id, userId: row.user_id, storeId: row.store_id, staffId: row.staff_id, menuIds: row.menu_ids,
  from: Math.round(row.from_ms), until: Math.round(row.until_ms), status: row.status,
});
