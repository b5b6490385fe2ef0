/** Where the effects of a replayed turn get their answers: from the log, or from a salon in memory. Nothing outside hears of them. */
import { only } from '../../booking/deps.ts';
import { perform } from '../../booking/perform.ts';
import type { Answer, Effect } from '../../booking/ports.ts';
import { cachedSlots } from '../../booking/slots.ts';
import type { Talk } from '../../dialogue/talk.ts';
import type { Do } from '../../middle.ts';
import type { Reservation, WaitlistEntry } from '../../model/reservation.ts';
import type { Store } from '../../model/store.ts';
import type { Instant } from '../../model/time.ts';
import { MemoryBooking } from '../../storage/memory/booking.ts';
import { noBookings } from '../../storage/memory/rows.ts';
import { MemorySlots } from '../../storage/memory/slots.ts';
import { stable } from './stable.ts';

type Performed = { effect: Effect; answer: Answer };

/** The recorded answer to the same question, each used once; null for a question that was not asked then. What is `leftOut` may differ. */
export function recordedAnswers(recorded: readonly Performed[], leftOut?: ReadonlySet<string>): Do {
  const left = recorded.map(({ effect, answer }) => ({ asked: stable(effect, leftOut), answer }));
  return async (effect) => {
    const asked = stable(effect, leftOut);
    const at = left.findIndex((one) => one.asked === asked);
    return at < 0 ? null : only(left.splice(at, 1)[0]!.answer);
  };
}

/** A salon in memory: the shops with an empty calendar, but for what the customer is known to have. */
export class MemorySalon {
  readonly #stores: readonly Store[];
  readonly #userId: string;
  readonly #kept = noBookings();
  readonly #booking: MemoryBooking;
  /** Ids of what is in it, or was made in the log and so is made here anew. */
  readonly #known = new Set<string>();
  #now: Instant = 0;
  #ids = 0;

  constructor(stores: readonly Store[], userId: string) {
    this.#stores = stores;
    this.#userId = userId;
    this.#booking = new MemoryBooking(this.#kept, () => this.#now, () => [], () => stores);
  }

  /** `then`: the turn as it is in the log, which shows what the customer had. */
  answers(now: Instant, then: { before: Talk; effects: readonly Performed[] }): Do {
    this.#now = now;
    this.#plant(then.before.visit ? [then.before.visit] : [], []);
    for (const { answer } of then.effects) {
      if (answer.to === 'mine') this.#plant(answer.visits, answer.waits);
      if ('done' in answer && answer.done) this.#known.add(answer.done.id);
      if ('entry' in answer && answer.entry) this.#known.add(answer.entry.id);
    }
    // Kept for no longer than the turn: the calendar must be read as it is.
    const slots = cachedSlots(new MemorySlots(() => 0), this.#booking);
    // Paid by a link then, paid by that link here.
    const link = then.effects.flatMap(({ answer }) => ('done' in answer && answer.done && 'deposit' in answer.done ? answer.done.deposit?.link ?? [] : []))[0];
    return (effect) => perform(effect, { payLink: link === undefined ? undefined : () => link, now, userId: this.#userId, stores: this.#stores, reader: this.#booking, writer: this.#booking, slots, newId: () => `in-memory-${++this.#ids}` });
  }

  #plant(visits: readonly Reservation[], waits: readonly WaitlistEntry[]): void {
    const unknown = <T extends { id: string }>(things: readonly T[]): T[] => things.filter(({ id }) => !this.#known.has(id) && !id.startsWith('in-memory-') && this.#known.add(id));
    for (const visit of unknown(visits)) this.#kept.reservations.push({ ...visit, userId: this.#userId, blockedUntil: visit.end, notes: null, holdExpiresAt: null });
    for (const wait of unknown(waits)) this.#kept.entries.push({ ...wait, userId: this.#userId, joinedAt: 0, queuedAt: 0, misses: 0 });
  }
}
