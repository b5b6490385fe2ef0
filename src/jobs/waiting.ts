/** What becomes due on the waiting list: offers to tell and to end, free time that was missed, waits whose time is over. */
import { lapse, revoke } from '../booking/waiting/ends.ts';
import { missed, offerMissed, stranded, takeBack, tellOffer } from '../booking/waiting/review.ts';
import type { ChangeDeps, Followed } from '../booking/deps.ts';
import type { Store } from '../model/store.ts';
import type { BookingReader } from '../booking/ports.ts';
import { change } from './change.ts';
import type { ChangeHouse } from './change.ts';
import type { Due } from './due.ts';

/** So many of one kind are mended in one round; the next one goes on. */
const AT_ONCE = 500;

export type WaitingHouse = ChangeHouse & { booking: BookingReader };

export function waitingDue(house: WaitingHouse): Due<'expire_offer' | 'tell_offer' | 'review_waiting'> {
  const { booking } = house;
  /** A change of its own; true = it changed or told something. */
  const alone = (doing: (deps: ChangeDeps) => Promise<Followed>): Promise<boolean> =>
    change(house, async (writer, now, stores) => {
      const followed = await doing({ writer, now, stores, newId: house.newId });
      return { ...followed, result: followed.changed.length + followed.news.length > 0 };
    });
  const all = async <T>(things: readonly T[], doing: (thing: T, deps: ChangeDeps) => Promise<Followed>): Promise<number> => {
    let done = 0;
    for (const thing of things) if (await alone((deps) => doing(thing, deps))) done++;
    return done;
  };
  const review = async (store: Store): Promise<{ takenBack: number; offered: number }> => ({
    takenBack: await all(await stranded(store, booking), (offer, deps) => takeBack(offer, store, deps)),
    offered: await all(await missed(store, booking, house.now()), (day, deps) => offerMissed(store, day, deps)),
  });
  const reviewAll = async (): Promise<number> => {
    const waited = new Set(await booking.storesWithQueue(house.now()));
    let mended = 0;
    for (const store of await house.stores()) {
      if (!waited.has(store.id)) continue;
      const { takenBack, offered } = await review(store);
      mended += takenBack + offered;
    }
    return mended;
  };
  return {
    handlers: {
      expire_offer: async ({ offerId = '' }) => void (await alone((deps) => lapse(offerId, deps))),
      tell_offer: async ({ offerId = '' }) => void (await alone((deps) => tellOffer(offerId, deps))),
      review_waiting: async ({ storeId }) => {
        const store = (await house.stores()).find((s) => s.id === storeId);
        if (store) await review(store);
      },
    },
    mends: [
      {
        what: 'offers_over',
        mend: async () => all(await booking.overdueOffers(house.now(), AT_ONCE), (offer, deps) => (offer.expiresAt <= deps.now ? lapse(offer.id, deps) : revoke(offer.id, deps, { tell: true }))),
      },
      { what: 'offers_untold', mend: async () => all(await booking.untoldOffers(house.now(), AT_ONCE), (offer, deps) => tellOffer(offer.id, deps)) },
      { what: 'offers_missed', mend: reviewAll },
      {
        what: 'waits_over',
        mend: async () => change(house, async (writer, now) => {
          const over = await writer.closeOver(now, AT_ONCE);
          return { result: over.length, changed: over.map(({ storeId, userId }) => ({ storeId, slotsVersion: null, waitlistUserId: userId })), news: [], jobs: [] };
        }),
      },
    ],
  };
}
