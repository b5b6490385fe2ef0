/** Booking kept in the process, by the same rules as in PostgreSQL: for tests, `npm run talk` and replays. */
import type { BookingWriter, Busy, Lane, Load, NewReservation, NewTime, Snapshot, Snapshots, Standing } from '../../booking/ports.ts';
import type { Payment } from '../../model/payment.ts';
import type { Customer, Hold, Reservation } from '../../model/reservation.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import { needsOf } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { takeLanes } from './lanes.ts';
import { MemoryPayments, depositSeen, isLive } from './payments.ts';
import type { KeptBookings, KeptReservation, Met } from './rows.ts';
import { MemoryWaiting } from './waiting.ts';

/** Reads and writes `kept`; `now` is the house's clock. One instance is one transaction, which `undo` takes back. */
export class MemoryBooking extends MemoryWaiting implements BookingWriter, Snapshots {
  readonly payments: MemoryPayments;
  readonly #stores: () => readonly Store[];

  /** `stores`: those whose rooms are minded. */
  constructor(kept: KeptBookings, now: () => Instant, met: Met = () => [], stores: () => readonly Store[] = () => []) {
    super(kept, now, met);
    this.#stores = stores;
    this.payments = new MemoryPayments(kept.payments, (id) => this.reservation(id), (back) => this.undoBy(back));
  }

  async busy(storeId: string, window: Span, now: Instant): Promise<Busy[]> {
    const visits = this.kept.reservations
      .filter((r) => r.storeId === storeId && holds(r, now) && overlaps(kept(r), window))
      .map((r) => ({ staffId: r.staffId, userId: r.userId, reservationId: r.id, start: r.start, end: r.blockedUntil, ...(r.lanes?.length ? { lanes: r.lanes } : {}) }));
    const blocks = this.kept.blocks
      .filter((b) => b.storeId === storeId && overlaps(b, window))
      .map(({ id, staffId, start, end }) => ({ staffId, userId: '', reservationId: id, start, end }));
    return [...visits, ...blocks].sort((a, b) => a.start - b.start);
  }

  async loads(storeId: string, day: Span, time: Span, now: Instant, except?: string): Promise<Load[]> {
    const loads = new Map<string, Load>();
    for (const b of await this.busy(storeId, day, now)) {
      if (b.reservationId === except) continue;
      const load = loads.get(b.staffId) ?? { staffId: b.staffId, booked: 0, busyThen: false };
      loads.set(b.staffId, { ...load, booked: load.booked + (b.userId === '' ? 0 : b.end - b.start), busyThen: load.busyThen || overlaps(b, time) });
    }
    return [...loads.values()];
  }

  async slotsVersion(storeId: string): Promise<number | null> {
    return this.kept.slotsVersions[storeId] ?? 1;
  }

  async snapshot(storeId: string, window: Span, now: Instant): Promise<Snapshot | null> {
    return { slotsVersion: this.kept.slotsVersions[storeId] ?? 1, configVersion: 1, busy: await this.busy(storeId, window, now) };
  }

  async upcoming(userId: string, now: Instant): Promise<Reservation[]> {
    return this.kept.reservations
      .filter((r) => r.userId === userId && holds(r, now) && r.end > now && r.hold?.for !== 'offer')
      .sort((a, b) => a.start - b.start)
      .map((r) => this.#plain(r));
  }

  async lastVisit(userId: string, storeId: string, now: Instant): Promise<Reservation | null> {
    const over = this.kept.reservations.filter((r) => r.userId === userId && r.storeId === storeId && r.status === 'confirmed' && r.came !== 'no_show' && r.end <= now);
    const last = over.sort((a, b) => a.start - b.start).at(-1);
    return last ? this.#plain(last) : null;
  }

  async reservation(id: string): Promise<Reservation | null> {
    const found = this.kept.reservations.find((r) => r.id === id);
    return found ? this.#plain(found) : null;
  }

  async standing(userId: string, storeId: string): Promise<Standing> {
    const own = this.kept.reservations.filter((r) => r.userId === userId && r.storeId === storeId && r.status === 'confirmed');
    const noShows = own.filter((r) => r.came === 'no_show').length;
    return { visits: own.length - noShows, noShows };
  }

  async awaiting(storeId: string, now: Instant): Promise<Reservation[]> {
    return this.kept.reservations
      .filter((r) => r.storeId === storeId && r.hold?.for === 'approval' && r.status === 'pending' && holds(r, now))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
      .map((r) => this.#plain(r));
  }

  async endedHolds(now: Instant, limit: number): Promise<Reservation[]> {
    const ended = this.kept.reservations.filter((r) => r.status !== 'confirmed' && r.hold !== undefined && r.hold.for !== 'offer' && r.hold.until <= now);
    return ended.sort((a, b) => a.hold!.until - b.hold!.until).slice(0, limit).map((r) => this.#plain(r));
  }

  async customer(userId: string, channel: string): Promise<(Customer & { channel: string }) | null> {
    const met = this.met().filter((c) => c.id === userId);
    return met.find((c) => c.channel === channel) ?? met.at(-1) ?? null;
  }

  async customers(userIds: readonly string[], channel: string): Promise<ReadonlyMap<string, Customer & { channel: string }>> {
    const found = await Promise.all(userIds.map((id) => this.customer(id, channel)));
    return new Map(found.flatMap((customer) => (customer ? [[customer.id, customer]] : [])));
  }

  async insertReservation({ blockedUntil, notes, hold, ...r }: NewReservation): Promise<'ok' | 'staff_taken' | 'self_overlap'> {
    const row: KeptReservation = { ...r, ...(hold ? { hold } : {}), status: hold ? 'pending' : 'confirmed', blockedUntil, notes, holdExpiresAt: hold?.until ?? null, ...this.#agreed(r.start, hold) };
    const found = this.#seat(row);
    if (typeof found !== 'string') this.add(this.kept.reservations, { ...row, lanes: found });
    return typeof found === 'string' ? found : 'ok';
  }

  async moveReservation(id: string, userId: string, to: NewTime): Promise<'ok' | 'staff_taken' | 'self_overlap' | 'gone'> {
    const old = this.kept.reservations.find((r) => r.id === id && r.userId === userId && r.status !== 'canceled');
    if (!old) return 'gone';
    const found = this.#seat({ ...old, ...to });
    if (typeof found !== 'string') this.replace(this.kept.reservations, old, { ...old, ...to, lanes: found, ...this.#agreed(to.start, to.hold ?? old.hold), ...(to.hold ? { status: 'pending', holdExpiresAt: to.hold.until } : {}) });
    return typeof found === 'string' ? found : 'ok';
  }

  async cancelReservation(id: string, userId: string): Promise<Reservation | null> {
    const old = this.kept.reservations.find((r) => r.id === id && r.userId === userId && r.status !== 'canceled');
    if (!old) return null;
    return this.#end(old);
  }

  async endHold(id: string, hold: Hold['for'], only: 'running' | 'ended'): Promise<Reservation | null> {
    const now = this.now();
    const held = this.kept.reservations.find((r) => r.id === id && r.hold?.for === hold && r.status !== 'confirmed'
      && (only === 'ended' ? r.hold.until <= now : r.status === 'pending' && r.hold.until > now));
    return held ? this.#end(held) : null;
  }

  /** Canceled, and waiting for nothing any more. */
  #end(row: KeptReservation): Reservation {
    const { hold: _, ...left } = row;
    const ended: KeptReservation = { ...left, status: 'canceled', holdExpiresAt: null };
    this.replace(this.kept.reservations, row, ended);
    return this.#plain(ended);
  }

  async mark(id: string, came: 'arrived' | 'no_show' | null): Promise<Reservation | null> {
    const visit = this.kept.reservations.find((r) => r.id === id && r.status === 'confirmed');
    if (!visit) return null;
    const { came: _, ...plainly } = visit;
    const marked: KeptReservation = came ? { ...plainly, came } : plainly;
    this.replace(this.kept.reservations, visit, marked);
    return this.#plain(marked);
  }

  async lockCustomer(): Promise<void> {
    // One turn at a time is all there is here.
  }

  async confirmHold(id: string, late = false): Promise<Reservation | null> {
    const held = this.#held(id, late);
    if (!held) return null;
    const { hold: _, ...visit } = held;
    this.replace(this.kept.reservations, held, { ...visit, status: 'confirmed', holdExpiresAt: null, ...this.#agreed(visit.start) });
    return this.reservation(id);
  }

  async holdOn(id: string, hold: Hold): Promise<Reservation | null> {
    const held = this.#held(id, false);
    if (!held) return null;
    this.change(held, { hold, holdExpiresAt: hold.until });
    return this.#plain(held);
  }

  #held(id: string, late: boolean): KeptReservation | undefined {
    return this.kept.reservations.find((r) => r.id === id && r.status === 'pending' && (late || holds(r, this.now())));
  }

  async once(key: string): Promise<boolean> {
    if (this.kept.once.includes(key)) return false;
    this.add(this.kept.once, key);
    return true;
  }

  async bumpSlots(storeId: string): Promise<number> {
    // Not taken back by `undo`: a version may be skipped, never used twice.
    return (this.kept.slotsVersions[storeId] = (this.kept.slotsVersions[storeId] ?? 1) + 1);
  }

  /** A visit that is made, or moved, stands so since now, and is looked at for a reminder. */
  #agreed(start: Instant, hold?: Hold): { agreedAt?: Instant; remindAt: Instant | null } {
    const now = this.now();
    return hold ? { remindAt: null } : { agreedAt: now, remindAt: start > now ? now : null };
  }

  #plain(row: KeptReservation): Reservation {
    return plain(row, this.kept.payments);
  }

  /** The rooms a row gets, or who stands in its way, as the exclusion constraints see it; holds that ended are cancelled first. */
  #seat(row: KeptReservation): Lane[] | 'staff_taken' | 'self_overlap' {
    const now = this.now();
    const store = this.#stores().find((s) => s.id === row.storeId);
    const needed = store ? needsOf(store, row.menuIds) : [];
    let staff = this.kept.blocks.some((b) => b.staffId === row.staffId && overlaps(b, kept(row)));
    const inRooms: (Span & { lanes: Lane[] })[] = [];
    for (const other of this.kept.reservations) {
      if (other.id === row.id || other.status === 'canceled' || !overlaps(kept(other), kept(row))) continue;
      const mine = other.userId === row.userId && overlaps(other, row);
      const same = other.staffId === row.staffId;
      const lanes = (other.lanes ?? []).filter((lane) => needed.some((resource) => resource.id === lane.resourceId));
      if (!mine && !same && lanes.length === 0) continue;
      if (!holds(other, now)) this.change(other, { status: 'canceled' });
      else if (mine) return 'self_overlap';
      else {
        staff ||= same;
        inRooms.push({ ...kept(other), lanes });
      }
    }
    return (staff ? null : takeLanes(needed, kept(row), inRooms)) ?? 'staff_taken';
  }
}

/** Whether a row keeps its people busy: active, and not a hold that ended. */
export const holds = (r: KeptReservation, now: Instant): boolean =>
  r.status === 'confirmed' || (r.status === 'pending' && (r.holdExpiresAt === null || r.holdExpiresAt > now));
const kept = (r: KeptReservation): Span => ({ start: r.start, end: r.blockedUntil });
export function plain({ blockedUntil: _b, notes: _n, holdExpiresAt: _h, lanes: _l, agreedAt: _a, remindAt: _r, hold, ...r }: KeptReservation, payments: readonly Payment[]): Reservation {
  const payment = payments.find((p) => p.reservationId === r.id && isLive(p));
  return { ...r, ...(hold ? { hold } : {}), ...(payment ? { deposit: depositSeen(payment) } : {}), menuIds: [...r.menuIds] };
}
