/** What the shop's people see and set, in the process. */
import type { Account, DeskReader, DeskWriter, VisitSeen } from '../../booking/desk/ports.ts';
import type { Customer } from '../../model/reservation.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import type { Staff, Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { holds, plain } from './booking.ts';
import type { KeptBookings } from './rows.ts';

export type KeptDesk = { codes: { code: string; staffId: string; expiresAt: Instant; used: boolean }[]; guesses: (Account & { at: Instant })[] };
export const emptyDesk = (): KeptDesk => ({ codes: [], guesses: [] });

export type MemoryDeskHouse = { bookings: KeptBookings; desk: KeptDesk; stores: () => readonly Store[]; customers: () => (Customer & { channel: string })[] };

/** One instance is one transaction, which `undo` takes back. */
export class MemoryDesk implements DeskWriter, DeskReader {
  readonly #house: MemoryDeskHouse;
  readonly #undo: (() => void)[] = [];

  constructor(house: MemoryDeskHouse) {
    this.#house = house;
  }

  async visits(storeId: string, channel: string, window: Span, now: Instant): Promise<VisitSeen[]> {
    return this.#house.bookings.reservations
      .filter((r) => r.storeId === storeId && holds(r, now) && overlaps(r, window))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
      .map((r) => {
        const customer = this.#house.customers().find((c) => c.id === r.userId && c.channel === channel);
        return { ...plain(r, this.#house.bookings.payments), notes: r.notes, customer: customer?.name ?? null, phone: customer?.phone ?? null };
      });
  }

  async guesses({ channel, lineId }: Account, since: Instant): Promise<{ own: number; all: number }> {
    const all = this.#house.desk.guesses.filter((g) => g.channel === channel && g.at > since);
    return { own: all.filter((g) => g.lineId === lineId).length, all: all.length };
  }

  async guessed(account: Account, at: Instant): Promise<void> {
    const guess = { ...account, at };
    const { guesses } = this.#house.desk;
    guesses.push(guess);
    this.#undo.push(() => void guesses.splice(guesses.indexOf(guess), 1));
  }

  async newCode({ staffId, code, expiresAt }: { staffId: string; code: string; expiresAt: Instant }): Promise<void> {
    const made = { staffId, code, expiresAt, used: false };
    const { codes } = this.#house.desk;
    codes.push(made);
    this.#undo.push(() => void codes.splice(codes.indexOf(made), 1));
  }

  async useCode(code: string, storeIds: readonly string[], now: Instant): Promise<string | null> {
    const found = this.#house.desk.codes.find((c) => c.code === code && !c.used && c.expiresAt > now && this.#person(c.staffId, storeIds)?.active);
    if (!found) return null;
    found.used = true;
    this.#undo.push(() => (found.used = false));
    return found.staffId;
  }

  async setAccount(staffId: string, lineId: string | null): Promise<boolean> {
    const people = this.#house.stores().flatMap((store) => store.staff);
    const person = people.find((p) => p.id === staffId);
    if (!person || (lineId !== null && people.some((p) => p.lineId === lineId && p.id !== staffId))) return false;
    const before = person.lineId;
    person.lineId = lineId;
    this.#undo.push(() => (person.lineId = before));
    return true;
  }

  undo(): void {
    for (const back of this.#undo.splice(0).toReversed()) back();
  }

  #person(staffId: string, storeIds: readonly string[]): Staff | undefined {
    return this.#house.stores().filter((s) => storeIds.includes(s.id)).flatMap((s) => s.staff).find((p) => p.id === staffId);
  }
}
