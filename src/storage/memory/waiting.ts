import type { KeptOffer, QueuedEntry, WaitingWriter } from '../../booking/waiting/ports.ts';
import type { OfferState, Reservation, SlotOffer, WaitlistEntry, WaitlistStatus } from '../../model/reservation.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import type { Instant } from '../../model/time.ts';
import { MemoryRows } from './rows.ts';
import type { KeptEntry, OfferRow } from './rows.ts';

const isOpen = (e: WaitlistEntry): boolean => e.status === 'waiting' || e.status === 'offered';
const byPlace = (a: KeptEntry, b: KeptEntry): number => a.queuedAt - b.queuedAt || (a.id < b.id ? -1 : 1);
const plainEntry = ({ joinedAt: _j, queuedAt: _q, misses: _m, ...e }: KeptEntry): WaitlistEntry => ({ ...e, menuIds: [...e.menuIds] });
const plainOffer = ({ told: _t, madeAt: _m, ...o }: OfferRow): KeptOffer => ({ ...o, menuIds: [...o.menuIds] });

/** The waiting list in memory. Transactions do not run beside each other here, so there is nothing to lock. */
export class MemoryWaiting extends MemoryRows implements WaitingWriter {
  async waiting(userId: string, now: Instant): Promise<WaitlistEntry[]> {
    return this.kept.entries.filter((e) => e.userId === userId && isOpen(e) && e.until > now).sort(byPlace).map(plainEntry);
  }

  async waitPosition({ id }: Pick<WaitlistEntry, 'id'>): Promise<number> {
    const own = this.kept.entries.find((e) => e.id === id);
    if (!own) return 1;
    const before = this.kept.entries.filter((e) =>
      e.id !== own.id && e.storeId === own.storeId && isOpen(e) && e.from < own.until && own.from < e.until
      && (e.staffId === null || own.staffId === null || e.staffId === own.staffId) && byPlace(e, own) < 0);
    return before.length + 1;
  }

  async queue(storeId: string, staffId: string | null, span: Span, now: Instant): Promise<QueuedEntry[]> {
    const asked = new Set(this.kept.offers.filter((o) => o.state === 'open').map((o) => o.userId));
    const gone = new Set(this.met().filter((c) => c.blocked).map((c) => c.id));
    return this.kept.entries
      .filter((e) => e.storeId === storeId && e.status === 'waiting' && e.from < span.end && e.until > span.start && e.until > now
        && (staffId === null || e.staffId === null || e.staffId === staffId) && !asked.has(e.userId) && !gone.has(e.userId))
      .sort(byPlace).map((e) => this.#queued(e));
  }

  async openOffers(staffId: string, span: Span): Promise<KeptOffer[]> {
    return this.#open((o) => o.staffId === staffId && overlaps({ start: o.start, end: o.blockedUntil }, span));
  }

  async offer(id: string): Promise<KeptOffer | null> {
    const found = this.kept.offers.find((o) => o.id === id);
    return found ? plainOffer(found) : null;
  }

  async offersOf(storeId: string): Promise<KeptOffer[]> {
    return this.#open((o) => o.storeId === storeId);
  }

  async overdueOffers(now: Instant, limit: number): Promise<KeptOffer[]> {
    const held = (o: OfferRow) => this.kept.reservations.find((r) => r.id === o.reservationId);
    return this.#open((o) => o.expiresAt <= now || (o.reservationId !== null && held(o)?.status !== 'pending')).slice(0, limit);
  }

  async untoldOffers(now: Instant, limit: number): Promise<KeptOffer[]> {
    return this.#open((o) => !o.told && o.toldAt <= now).slice(0, limit);
  }

  async storesWithQueue(now: Instant): Promise<string[]> {
    return [...new Set(this.kept.entries.filter((e) => isOpen(e) && e.until > now).map((e) => e.storeId))];
  }

  /** What a customer can answer who said his last word at `since`, as the inbox's claim has it. */
  answerable(userId: string, since: Instant): SlotOffer[] {
    return this.kept.offers
      .filter((o) => o.userId === userId && (o.state === 'open' || ((o.state === 'expired' || o.state === 'revoked') && o.told && o.toldAt >= since && this.kept.entries.find((e) => e.id === o.entryId)?.status !== 'closed')))
      .sort((a, b) => a.toldAt - b.toldAt)
      .map(({ told: _t, madeAt: _m, reservationId: _r, blockedUntil: _b, ...offer }) => ({ ...offer, menuIds: [...offer.menuIds] }));
  }

  async lockDays(): Promise<void> {}
  async lockQueue(): Promise<void> {}

  async insertWaiting(entry: WaitlistEntry, createdAt: Instant): Promise<boolean> {
    const key = (e: WaitlistEntry) => JSON.stringify([e.userId, e.storeId, e.staffId, e.menuIds, e.from, e.until]);
    if (this.kept.entries.some((e) => isOpen(e) && key(e) === key(entry))) return false;
    this.add(this.kept.entries, { ...entry, joinedAt: createdAt, queuedAt: createdAt, misses: 0 });
    return true;
  }

  async leaveWaiting(id: string, userId: string): Promise<WaitlistEntry | null> {
    const entry = this.kept.entries.find((e) => e.id === id && e.userId === userId && isOpen(e));
    if (!entry) return null;
    this.change(entry, { status: 'left' });
    return plainEntry(entry);
  }

  async takeWaiting(id: string): Promise<boolean> {
    return this.kept.entries.some((e) => e.id === id && e.status === 'waiting');
  }

  async insertOffer(offer: KeptOffer): Promise<boolean> {
    if (this.kept.offers.some((o) => o.state === 'open' && (o.userId === offer.userId || o.entryId === offer.entryId))) return false;
    this.add(this.kept.offers, { ...offer, told: false, madeAt: this.now() });
    await this.setEntry(offer.entryId, ['waiting'], { status: 'offered' });
    return true;
  }

  offerForUpdate(id: string): Promise<KeptOffer | null> {
    return this.offer(id);
  }

  async endOffer(id: string, state: OfferState, dueBy = Infinity): Promise<KeptOffer | null> {
    const found = this.kept.offers.find((o) => o.id === id && o.state === 'open' && (dueBy === Infinity || o.expiresAt <= dueBy));
    if (!found) return null;
    this.change(found, { state });
    return plainOffer(found);
  }

  async takeOffer(id: string, reservationId: string): Promise<void> {
    const found = this.kept.offers.find((o) => o.id === id);
    if (found) this.change(found, { state: 'accepted', reservationId });
  }

  async markTold(id: string): Promise<boolean> {
    const found = this.kept.offers.find((o) => o.id === id && o.state === 'open' && !o.told);
    if (found) this.change(found, { told: true });
    return found !== undefined;
  }

  async entry(id: string): Promise<QueuedEntry | null> {
    const found = this.kept.entries.find((e) => e.id === id);
    return found ? this.#queued(found) : null;
  }

  async setEntry(id: string, from: readonly WaitlistStatus[], to: { status: WaitlistStatus; queuedAt?: Instant; misses?: number }): Promise<boolean> {
    const found = this.kept.entries.find((e) => e.id === id && from.includes(e.status));
    if (found) this.change(found, to);
    return found !== undefined;
  }

  async satisfy(visit: Reservation): Promise<WaitlistEntry[]> {
    const got = this.kept.entries.filter((e) => e.userId === visit.userId && e.storeId === visit.storeId && isOpen(e) && e.from <= visit.start && visit.start < e.until
      && (e.staffId === null || e.staffId === visit.staffId) && e.menuIds.every((id) => visit.menuIds.includes(id)));
    return got.map((e) => {
      this.change(e, { status: 'booked' });
      return plainEntry(e);
    });
  }

  async closeOver(now: Instant, limit: number): Promise<WaitlistEntry[]> {
    const over = this.kept.entries.filter((e) => e.status === 'waiting' && e.until <= now).slice(0, limit);
    return over.map((e) => {
      this.change(e, { status: 'closed' });
      return plainEntry(e);
    });
  }

  #open(which: (offer: OfferRow) => boolean): KeptOffer[] {
    return this.kept.offers.filter((o) => o.state === 'open' && which(o)).map(plainOffer);
  }

  #queued(e: KeptEntry): QueuedEntry {
    const declined = this.kept.offers.filter((o) => o.entryId === e.id && o.state === 'declined').map(({ start, end }) => ({ start, end }));
    return { ...e, menuIds: [...e.menuIds], declined };
  }
}
