/** A conversation with the dialogue alone: heard messages in, acts out, a calendar in the process behind it. */
import { perform } from '../../src/booking/perform.ts';
import { cachedSlots } from '../../src/booking/slots.ts';
import { MAX_HOPS } from '../../src/dialogue/hop.ts';
import type { StepContext, StepEvent } from '../../src/dialogue/hop.ts';
import type { Act } from '../../src/dialogue/says.ts';
import { step } from '../../src/dialogue/step.ts';
import { freshTalk, reviveTalk } from '../../src/dialogue/talk.ts';
import type { Talk } from '../../src/dialogue/talk.ts';
import { readTap, writeTap } from '../../src/dialogue/tap.ts';
import type { Verb } from '../../src/dialogue/tap.ts';
import { hear } from '../../src/middle.ts';
import type { Store } from '../../src/model/store.ts';
import { MINUTE, fromLocal, toLocal } from '../../src/model/time.ts';
import { storeOf } from '../../src/model/shop-file.ts';
import { render } from '../../src/replies/render.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import { MemorySlots } from '../../src/storage/memory/slots.ts';
import { exampleShop } from '../support/shops.ts';

export class Chat {
  now = fromLocal('2026-11-24T09:00');
  talk: Talk = freshTalk(this.now);
  acts: Act[] = [];
  handover = false;
  readonly bookings = noBookings();
  readonly stores: Store[];
  name: string | null = '青木';
  #ids = 0;

  constructor(...shops: ('salon' | 'clinic')[]) {
    this.stores = (shops.length > 0 ? shops : (['salon'] as const)).map((name) => storeOf(exampleShop(name)));
  }

  get store(): Store {
    return this.stores[0]!;
  }
  get context(): StepContext {
    return { now: this.now, stores: this.stores, customer: { id: 'me', name: this.name, phone: null }, offers: [] };
  }

  /** Names of the acts said to a message. */
  async say(text: string): Promise<string[]> {
    this.now += 20_000;
    const talk = reviveTalk(JSON.parse(JSON.stringify(this.talk)), this.now);
    return this.event({ type: 'heard', heard: hear(text, talk, this.context, this.now) });
  }

  async tap(verb: Verb, value = '', seq = this.talk.seq): Promise<string[]> {
    return this.event({ type: 'tapped', tap: readTap(writeTap({ seq }, 'me', verb, value), 'me') });
  }

  async event(first: StepEvent): Promise<string[]> {
    this.acts = [];
    let event = first;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const stepped = step(this.talk, event, this.context);
      this.talk = stepped.talk;
      this.acts.push(...stepped.says);
      this.handover ||= stepped.handover !== undefined;
      if (!stepped.effect) return this.acts.map((act) => act.say);
      const booking = new MemoryBooking(this.bookings, () => this.now, () => [], () => this.stores);
      const { answer } = await perform(stepped.effect, {
        now: this.now, userId: 'me', stores: this.stores, reader: booking, writer: booking, slots: cachedSlots(new MemorySlots(() => 0), booking), newId: () => `id-${++this.#ids}`,
      });
      event = { type: 'answered', effect: stepped.effect, answer };
    }
    throw new Error('too many hops');
  }

  act<Say extends Act['say']>(say: Say): Extract<Act, { say: Say }> {
    const found = this.acts.find((act) => act.say === say);
    if (!found) throw new Error(`not said: ${say}, but ${this.acts.map((act) => act.say).join(' ')}`);
    return found as Extract<Act, { say: Say }>;
  }

  /** What was said last, as the customer reads it. */
  get words(): string {
    const messages = render(this.acts, { now: this.now, stores: this.stores, customerName: this.name, tap: (verb, value) => writeTap(this.talk, 'me', verb, value) });
    return messages.map((m) => (m.type === 'text' ? (m as { text: string }).text : (m as { altText: string }).altText)).join('\n');
  }

  menuId(name: string): string {
    return this.stores.flatMap((s) => s.menus).find((m) => m.name === name)!.id;
  }
  staffId(name: string): string {
    return this.stores.flatMap((s) => s.staff).find((s) => s.name === name)!.id;
  }

  /** A visit that is there before the conversation. */
  booked(start: string, menu: string, staff: string, userId = 'me'): string {
    const id = `visit-${++this.#ids}`;
    const store = this.stores.find((s) => s.menus.some((m) => m.name === menu))!;
    const from = fromLocal(start);
    const end = from + store.menus.find((m) => m.name === menu)!.duration * MINUTE;
    this.bookings.reservations.push({ id, userId, storeId: store.id, staffId: this.staffId(staff), menuIds: [this.menuId(menu)], start: from, end, blockedUntil: end, status: 'confirmed', nominated: true, notes: null, holdExpiresAt: null });
    return id;
  }
  /** Keeps a person busy. */
  busy(staff: string, from: string, to: string): void {
    this.bookings.reservations.push({ id: `busy-${++this.#ids}`, userId: `other-${this.#ids}`, storeId: this.store.id, staffId: this.staffId(staff), menuIds: [this.store.menus[0]!.id], start: fromLocal(from), end: fromLocal(to), blockedUntil: fromLocal(to), status: 'confirmed', nominated: false, notes: null, holdExpiresAt: null });
  }

  /** The customer's own visits as they stand: 「2026-11-28T15:00 佐藤」. */
  get visits(): string[] {
    return this.bookings.reservations.filter((r) => r.userId === 'me' && r.status === 'confirmed').map((r) => `${toLocal(r.start)} ${this.stores.flatMap((s) => s.staff).find((s) => s.id === r.staffId)!.name}`).sort();
  }
  get waits(): string[] {
    return this.bookings.entries.filter((e) => e.status === 'waiting').map((e) => `${toLocal(e.from)}/${toLocal(e.until)}`);
  }
}
