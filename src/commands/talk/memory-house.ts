import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shopKeeper } from '../../chatlog/shops.ts';
import { cachedSlots } from '../../booking/slots.ts';
import { idMaker } from '../../ids.ts';
import type { Listener } from '../../jobs/notices.ts';
import { laneKey } from '../../jobs/ports.ts';
import { ROOT } from '../../config.ts';
import { readShop, storeOf } from '../../model/shop-file.ts';
import type { Shop } from '../../model/shop-file.ts';
import { whole } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import type { PlayHouse } from '../../play/around.ts';
import { PlainError } from '../../plain-error.ts';
import { MemoryBooking } from '../../storage/memory/booking.ts';
import { MemoryDesk, emptyDesk } from '../../storage/memory/desk.ts';
import type { MemoryDeskHouse } from '../../storage/memory/desk.ts';
import { MemoryNotices } from '../../storage/memory/notices.ts';
import type { KeptNotice } from '../../storage/memory/notices.ts';
import { noBookings } from '../../storage/memory/rows.ts';
import { MemoryJobs } from '../../storage/memory/jobs.ts';
import { MemoryInbox, MemoryQueues } from '../../storage/memory/queues.ts';
import { memoryShopsKept } from '../../storage/memory/shops-kept.ts';
import { MemoryReminders } from '../../storage/memory/reminders.ts';
import { MemorySlots } from '../../storage/memory/slots.ts';
import { MemoryStores } from '../../storage/memory/stores.ts';

/** Shops that were read; a hundred houses have the same few. */
const shops = new Map<string, Store>();
function shopIn(file: string): Store {
  const known = shops.get(file);
  if (known) return known;
  const read = readShop(readText(file));
  if ('mistakes' in read) throw new PlainError(read.mistakes.map((m) => `${file}:${m.line}: ${m.message}`).join('\n'));
  const store = storeOf(read.shop);
  shops.set(file, store);
  return store;
}

/** A house with these shops, given as they are or by files (from the root of the project), and no database; what is booked in it is gone with the process. */
export function memoryHouse(given: readonly (string | Shop)[], ticks: () => number): PlayHouse {
  const stores = new MemoryStores(given.map((shop) => (typeof shop === 'string' ? shopIn(resolve(ROOT, shop)) : whole(storeOf(shop)))));
  const bookings = noBookings();
  const clock = { at: 0 };
  const now = () => clock.at;
  const queues = new MemoryQueues();
  const customers = () => [...queues.customers.values()];
  const open = () => new MemoryBooking(bookings, now, customers, () => stores.all);
  const atDesk: MemoryDeskHouse = { bookings, desk: emptyDesk(), stores: () => stores.all, customers, chats: queues };
  const booking = open();
  const kept: KeptNotice[] = [];
  const listener = (staffId: string, channel: string): Listener | null => {
    const lineId = stores.all.flatMap((store) => store.staff).find((person) => person.id === staffId)?.lineId;
    return lineId ? { lineId, userId: queues.idOf(lineId), blocked: queues.customers.get(laneKey({ channel, lineId }))?.blocked ?? false } : null;
  };
  const notices = () => new MemoryNotices(kept, listener);
  const inbox = new MemoryInbox(queues, 'talk', () => {
    const writers = { booking: open(), desk: new MemoryDesk(atDesk), notices: notices(), reminders: new MemoryReminders(bookings, now) };
    return {
      ...writers,
      undo: () => {
        for (const writer of Object.values(writers)) writer.undo();
      },
    };
  }, now, (userId, since) => {
    const reminded = new MemoryReminders(bookings, now).reminded(userId, since);
    return { offers: booking.answerable(userId, since), ...(reminded ? { reminded } : {}) };
  });
  const cache = new MemorySlots(ticks);
  return {
    inbox, booking, desk: new MemoryDesk(atDesk), notices: notices(), ticks, clock, now, cache, build: 'talk', shops: shopKeeper(memoryShopsKept(), now), displayName: async () => null,
    newId: idMaker(() => Math.floor(ticks()), randomBytes), newSecret: () => randomBytes(16).toString('base64url'), calendarLink: (secret) => `https://aiteru.example.com/calendar/${secret}.ics`,
    stores: (channel) => stores.ofChannel(channel),
    slots: cachedSlots(cache, booking),
    jobs: new MemoryJobs(),
  };
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new PlainError(`${file}: cannot be read. Is the path right?`, 2);
  }
}
