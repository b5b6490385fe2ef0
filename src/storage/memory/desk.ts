/** What the shop's people see and set, in the process. */
import type { Account, DeskReader, DeskWriter, LeftToUs, TimeKept, VisitSeen } from '../../booking/desk/ports.ts';
import type { Talk } from '../../dialogue/talk.ts';
import { laneKey } from '../../jobs/ports.ts';
import { UNTOLD } from '../../model/reminder.ts';
import type { Customer } from '../../model/reservation.ts';
import { overlaps } from '../../model/span.ts';
import type { Span } from '../../model/span.ts';
import type { Staff, Store } from '../../model/store.ts';
import type { Day, Instant } from '../../model/time.ts';
import { holds, plain } from './booking.ts';
import type { MemoryQueues } from './queues.ts';
import type { KeptBookings, KeptReservation } from './rows.ts';

export type KeptDesk = { codes: { code: string; staffId: string; expiresAt: Instant; used: boolean }[]; guesses: (Account & { at: Instant })[]; away: { staffId: string; day: Day }[]; calendars: Map<string, string>; noted: { id: string; name: string; phone: string | null }[] };
export const emptyDesk = (): KeptDesk => ({ codes: [], guesses: [], away: [], calendars: new Map(), noted: [] });

export type MemoryDeskHouse = { bookings: KeptBookings; desk: KeptDesk; stores: () => readonly Store[]; customers: () => (Customer & { channel: string })[]; chats: Pick<MemoryQueues, 'talks' | 'handedBack'> };

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
        const told = customer ?? this.#house.desk.noted.find((c) => c.id === r.userId);
        return { ...plain(r, this.#house.bookings.payments), notes: r.notes, customer: told?.name ?? null, phone: told?.phone ?? null, reachable: customer !== undefined && !customer.blocked, unreminded: this.#unreminded(r) };
      });
  }

  #unreminded({ id, start }: KeptReservation): boolean {
    const of = this.#house.bookings.reminders.filter((m) => m.visitId === id && m.start === start);
    return of.length > 0 && of.every((m) => UNTOLD.includes(m.outcome));
  }

  async timeKept(storeId: string, window: Span): Promise<TimeKept[]> {
    return this.#house.bookings.blocks
      .filter((b) => b.storeId === storeId && overlaps(b, window))
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
      .map(({ id, staffId, kind, start, end }) => ({ id, staffId, kind, start, end }));
  }

  async notedCustomer({ id, name, phone }: { id: string; name: string; phone: string | null }): Promise<string> {
    const { noted } = this.#house.desk;
    const known = phone === null ? undefined : noted.find((customer) => customer.phone === phone);
    if (known) return known.id;
    const customer = { id, name, phone };
    noted.push(customer);
    this.#undo.push(() => void noted.splice(noted.indexOf(customer), 1));
    return id;
  }

  async hasCalendar(staffId: string): Promise<boolean> {
    return this.#house.desk.calendars.has(staffId);
  }

  async setCalendar(staffId: string, secret: string | null): Promise<boolean> {
    const { calendars } = this.#house.desk;
    const before = calendars.get(staffId);
    if (secret === null) calendars.delete(staffId);
    else calendars.set(staffId, secret);
    this.#undo.push(() => void (before === undefined ? calendars.delete(staffId) : calendars.set(staffId, before)));
    return before !== undefined;
  }

  async leftToUs(channel: string): Promise<LeftToUs[]> {
    const { talks, handedBack } = this.#house.chats;
    return this.#house.customers().filter((c) => c.channel === channel && !c.blocked).flatMap((c) => {
      const key = laneKey({ channel, lineId: c.lineId });
      const talk = talks.get(key) as Partial<Talk> | null | undefined;
      if (talk?.goal !== 'human') return [];
      const touched = talk.touched ?? 0;
      return [{ userId: c.id, customer: c.name, storeId: talk.known?.storeId ?? null, since: talk.human?.since ?? touched, touched, last: talk.human?.last ?? null, handedBack: handedBack.get(key) ?? null }];
    });
  }

  async handBack(channel: string, userId: string, at: Instant): Promise<void> {
    const customer = this.#house.customers().find((c) => c.channel === channel && c.id === userId);
    if (!customer) return;
    const { handedBack } = this.#house.chats;
    const key = laneKey({ channel, lineId: customer.lineId });
    const before = handedBack.get(key);
    handedBack.set(key, at);
    this.#undo.push(() => void (before === undefined ? handedBack.delete(key) : handedBack.set(key, before)));
  }

  async daysOffSaid(staffId: string, from: Day): Promise<Day[]> {
    return this.#house.desk.away.filter((a) => a.staffId === staffId && a.day >= from).map((a) => a.day).sort();
  }

  async lockPerson(staffId: string, now: Instant): Promise<void> {
    const { bookings } = this.#house;
    const before = [...bookings.reservations];
    const ended = (r: (typeof before)[number]) => r.staffId === staffId && r.status === 'pending' && r.holdExpiresAt !== null && r.holdExpiresAt <= now;
    bookings.reservations.splice(0, Infinity, ...before.map((r) => (ended(r) ? { ...r, status: 'canceled' as const } : r)));
    this.#undo.push(() => void bookings.reservations.splice(0, Infinity, ...before));
  }

  async keepTime({ id, staffId, storeId, kind, start, end }: TimeKept & { storeId: string }, createdAt: Instant): Promise<void> {
    const block = { id, staffId, storeId, kind, start, end, createdAt };
    const { blocks } = this.#house.bookings;
    blocks.push(block);
    this.#undo.push(() => void blocks.splice(blocks.indexOf(block), 1));
  }

  async dropTime(ids: readonly string[]): Promise<void> {
    const { bookings } = this.#house;
    const before = [...bookings.blocks];
    bookings.blocks.splice(0, Infinity, ...before.filter((b) => !ids.includes(b.id)));
    this.#undo.push(() => void bookings.blocks.splice(0, Infinity, ...before));
  }

  async setAway(staffId: string, days: readonly Day[], away: boolean): Promise<Day[]> {
    const person = this.#house.stores().flatMap((s) => s.staff).find((p) => p.id === staffId);
    if (!person) return [];
    const { desk } = this.#house;
    const before = { absences: [...person.absences], away: [...desk.away] };
    const said = (day: Day) => desk.away.some((a) => a.staffId === staffId && a.day === day);
    const done = [...days].filter((day) => (away ? !person.absences.includes(day) : said(day))).sort();
    person.absences = away ? [...person.absences, ...done].sort() : person.absences.filter((day) => !done.includes(day));
    desk.away = away ? [...desk.away, ...done.map((day) => ({ staffId, day }))] : desk.away.filter((a) => a.staffId !== staffId || !done.includes(a.day));
    this.#undo.push(() => {
      person.absences = before.absences;
      desk.away = before.away;
    });
    return done;
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
