/** Freed time and those who wait for it: to whom it goes, how it ends, and what the answer comes to. In memory. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { perform } from '../../../src/booking/perform.ts';
import type { Effect } from '../../../src/booking/ports.ts';
import { lapse } from '../../../src/booking/waiting/ends.ts';
import { offerFreed } from '../../../src/booking/waiting/freed.ts';
import { missed, offerMissed, stranded, takeBack, tellOffer } from '../../../src/booking/waiting/review.ts';
import { DEFAULT_POLICY } from '../../../src/model/policy.ts';
import type { Policy } from '../../../src/model/policy.ts';
import type { Customer } from '../../../src/model/reservation.ts';
import { HOUR, MINUTE, fromLocal, toLocal } from '../../../src/model/time.ts';
import type { Instant } from '../../../src/model/time.ts';
import { MemoryBooking } from '../../../src/storage/memory/booking.ts';
import { noBookings } from '../../../src/storage/memory/rows.ts';
import type { KeptBookings } from '../../../src/storage/memory/rows.ts';
import { salon } from '../../support/salon.ts';
import type { Salon } from '../../support/salon.ts';

const THU = '2026-11-26';
const t = (clock: string, day = THU): Instant => fromLocal(`${day}T${clock}`);

let now: Instant;
let kept: KeptBookings;
let shop: Salon;
let met: (Customer & { channel: string })[];
beforeEach(() => {
  now = t('10:00', '2026-11-24');
  kept = noBookings();
  shop = salon();
  met = [];
});
const policy = (change: Partial<Policy['waiting']>) => (shop.store.policy = { ...DEFAULT_POLICY, waiting: { ...DEFAULT_POLICY.waiting, ...change } });

const open = () => new MemoryBooking(kept, () => now, () => met, () => [shop.store]);
const house = () => ({ now, stores: [shop.store], writer: open(), newId: randomUUID });
const act = (userId: string, effect: Effect) => {
  const writer = open();
  return perform(effect, { now, userId, stores: [shop.store], reader: writer, writer, slots: { starts: async () => [] }, offers: writer.answerable(userId, now), newId: randomUUID });
};
/** Somebody has a person from one clock to another, whatever it is for. */
const taken = async (userId: string, staffId: string, from: string, until: string): Promise<string> => {
  const id = randomUUID();
  const [start, end] = [t(from), t(until)];
  expect(await open().insertReservation({ id, userId, storeId: shop.store.id, staffId, menuIds: [shop.cut.id], start, end, blockedUntil: end, nominated: true, notes: null })).toBe('ok');
  return id;
};
const full = async (): Promise<void> => {
  await taken('all day 1', shop.tanaka.id, '10:00', '20:00');
  await taken('all day 2', shop.sato.id, '10:00', '20:00');
};
type Wish = { staffId?: string | null; menuIds?: string[]; from?: Instant; until?: Instant };
let place = 0;
const waits = async (userId: string, { staffId = null, menuIds = [shop.cut.id], from = t('15:00'), until = from + MINUTE }: Wish = {}): Promise<string> => {
  const id = `entry-${++place}-${userId}`;
  await open().insertWaiting({ id, userId, storeId: shop.store.id, staffId, menuIds, from, until, status: 'waiting' }, now - 1_000_000 + place);
  return id;
};
const cancel = (userId: string, reservationId: string) => act(userId, { do: 'cancel', reservationId });
const offers = () => kept.offers.filter((o) => o.state === 'open').map((o) => `${o.userId} ${toLocal(o.start).slice(11)}`);
const offerTo = (userId: string) => kept.offers.findLast((o) => o.userId === userId)!;
const entryOf = (userId: string) => kept.entries.find((e) => e.userId === userId)!;
const told = (news: { to: string }[]) => news.filter((n) => n.to === 'customer').map((n) => `${(n as unknown as { act: { say: string } }).act.say} to ${(n as unknown as { userId: string }).userId}`);
const notices = (news: { to: string }[]) => news.filter((n) => n.to === 'staff').map((n) => (n as unknown as { news: { kind: string } }).news.kind);

describe('time that a cancelling gives back', () => {
  test('goes at once to who waits longest, held for an hour, with the push and its end', async () => {
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await waits('first', { staffId: shop.sato.id });
    await waits('second', { staffId: shop.sato.id });
    const { answer, news, jobs, changed } = await cancel('x', visit);
    expect(answer).toMatchObject({ to: 'cancel', done: { id: visit } });
    expect(offers()).toEqual(['first 15:00']);
    expect(told(news)).toEqual(['offer to first']);
    expect(jobs).toMatchObject([{ name: 'expire_offer', at: now + HOUR, payload: { offerId: offerTo('first').id } }]);
    expect(changed.map((c) => c.waitlistUserId)).toContain('first');
    expect(kept.reservations.filter((r) => r.status === 'pending')).toMatchObject([{ userId: 'first', hold: { for: 'offer', until: now + HOUR } }]);
    expect((await act('passer-by', { do: 'book', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id }, start: t('15:00'), notes: null })).answer).toMatchObject({ taken: 'full' });
  });

  test('serves as many as fit into it', async () => {
    const visit = await taken('x', shop.sato.id, '15:00', '17:00');
    await taken('y', shop.tanaka.id, '10:00', '20:00');
    for (const who of ['a', 'b', 'c']) await waits(who, { from: t('10:00'), until: t('20:00') });
    await taken('z1', shop.sato.id, '10:00', '15:00');
    await taken('z2', shop.sato.id, '17:00', '20:00');
    await cancel('x', visit);
    expect(offers()).toEqual(['a 15:00', 'b 16:00']);
  });

  test('counts together with what is free beside it', async () => {
    await taken('z1', shop.sato.id, '10:00', '15:00');
    const visit = await taken('x', shop.sato.id, '15:30', '16:00');
    await taken('z2', shop.sato.id, '16:00', '20:00');
    await waits('a', { staffId: shop.sato.id, from: t('10:00'), until: t('20:00') });
    await cancel('x', visit);
    expect(offers()).toEqual(['a 15:00']);
  });

  test('is passed on to who it is long enough for', async () => {
    await taken('z1', shop.sato.id, '10:00', '15:00');
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await taken('z2', shop.sato.id, '16:00', '20:00');
    await waits('colour', { menuIds: [shop.color.id], from: t('10:00'), until: t('20:00') });
    await waits('cut', { staffId: shop.sato.id });
    await cancel('x', visit);
    expect(offers()).toEqual(['cut 15:00']);
  });

  test('is no time of somebody else: who waits for another person goes on waiting', async () => {
    const visit = await taken('x', shop.tanaka.id, '15:00', '16:00');
    await waits('wants sato', { staffId: shop.sato.id });
    await waits('anyone');
    await cancel('x', visit);
    expect(offers()).toEqual(['anyone 15:00']);
  });

  test('is not offered to who blocked us, who has an offer open, or who is elsewhere then', async () => {
    met = [{ id: 'gone', lineId: 'U1', name: null, phone: null, blocked: true, channel: 'default' }];
    const [one, two] = [await taken('x', shop.sato.id, '15:00', '16:00'), await taken('y', shop.sato.id, '16:00', '17:00')];
    await taken('elsewhere', shop.tanaka.id, '16:00', '17:00');
    for (const who of ['gone', 'busy']) await waits(who, { staffId: shop.sato.id });
    for (const who of ['gone', 'busy', 'elsewhere', 'last']) await waits(who, { staffId: shop.sato.id, from: t('16:00') });
    await cancel('x', one);
    await cancel('y', two);
    expect(offers()).toEqual(['busy 15:00', 'last 16:00']);
  });

  test('is offered to nobody where the shop wants that', async () => {
    policy({ offers: false });
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await waits('a', { staffId: shop.sato.id });
    expect((await cancel('x', visit)).news).toHaveLength(1);
    expect(offers()).toEqual([]);
  });

  test('comes from a move, too, and from whatever says it frees some', async () => {
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await waits('a', { staffId: shop.sato.id });
    await act('x', { do: 'move', reservationId: visit, visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.tanaka.id }, start: t('18:00') });
    expect(offers()).toEqual(['a 15:00']);
    await waits('b', { staffId: shop.tanaka.id, from: t('12:00') });
    expect(told((await offerFreed([{ storeId: shop.store.id, staffId: shop.tanaka.id, start: t('12:00'), end: t('13:00') }], house())).news)).toEqual(['offer to b']);
  });

  test('of a room is offered to those of other people as well', async () => {
    shop.store.resources = [{ id: randomUUID(), name: '個室', count: 1, menuIds: [shop.cut.id], active: true }];
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await waits('a', { staffId: shop.tanaka.id });
    await cancel('x', visit);
    expect(offers()).toEqual(['a 15:00']);
  });
});

describe('in quiet hours', () => {
  test('it is kept for who waits longest, who hears of it when they are over', async () => {
    now = t('22:00', '2026-11-24');
    const visit = await taken('x', shop.sato.id, '15:00', '16:00');
    await waits('a', { staffId: shop.sato.id });
    const { news, jobs } = await cancel('x', visit);
    expect(told(news)).toEqual([]);
    const morning = t('09:00', '2026-11-25');
    expect(jobs).toMatchObject([{ name: 'tell_offer', at: morning }, { name: 'expire_offer', at: morning + HOUR }]);
    const { id } = offerTo('a');
    expect(told((await tellOffer(id, house())).news)).toEqual([]);
    now = morning;
    expect(told((await tellOffer(id, house())).news)).toEqual(['offer to a']);
    expect(told((await tellOffer(id, house())).news)).toEqual([]);
  });

  test('what would be told to several at once waits until they are over, for anybody', async () => {
    now = t('22:00', '2026-11-25');
    const visit = await taken('x', shop.sato.id, '11:00', '12:00');
    await waits('a', { staffId: shop.sato.id, from: t('11:00') });
    const { jobs } = await cancel('x', visit);
    expect(offers()).toEqual([]);
    expect(jobs).toMatchObject([{ name: 'review_waiting', at: t('09:00'), payload: { storeId: shop.store.id } }]);
    now = t('09:00');
    const [day] = await missed(shop.store, open(), now);
    await offerMissed(shop.store, day!, house());
    expect(offers()).toEqual(['a 11:00']);
  });
});

describe('an offer that is not answered', () => {
  const lapsed = async (userId: string) => {
    const { id, expiresAt } = offerTo(userId);
    now = expiresAt;
    return lapse(id, house());
  };
  const freed = async () => cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));

  test('goes to the next, and its customer to the end of the queue', async () => {
    await waits('a', { staffId: shop.sato.id });
    await waits('b', { staffId: shop.sato.id });
    await freed();
    const { news } = await lapsed('a');
    expect(told(news)).toEqual(['offer to b']);
    expect(offers()).toEqual(['b 15:00']);
    expect(entryOf('a')).toMatchObject({ status: 'waiting', misses: 1, queuedAt: now });
    expect(await open().waitPosition(entryOf('a'))).toBe(2);
    expect(told((await lapsed('b')).news)).toEqual(['offer to a']);
  });

  test('ends the wait the second time, with a word; when nobody is left the shop hears of it once', async () => {
    await waits('a', { staffId: shop.sato.id });
    await freed();
    expect(notices((await lapsed('a')).news)).toEqual([]);
    const { news } = await lapsed('a');
    expect(told(news)).toEqual(['wait_closed to a']);
    expect(notices(news)).toEqual(['offer_failed']);
    expect(entryOf('a').status).toBe('closed');
    expect(offers()).toEqual([]);
  });

  test('does not end before its time, nor twice', async () => {
    await waits('a', { staffId: shop.sato.id });
    await freed();
    const { id, expiresAt } = offerTo('a');
    now = expiresAt - 1;
    expect(await lapse(id, house())).toEqual({ changed: [], news: [], jobs: [] });
    await lapsed('a');
    expect((await lapse(id, house())).news).toEqual([]);
  });

  test('and is answered late is taken while nobody else has it, and keeps the place where somebody does', async () => {
    await waits('a', { staffId: shop.sato.id });
    await freed();
    const first = offerTo('a').id;
    await lapsed('a');
    // Asked again meanwhile: an answer to the first is one to that.
    expect((await act('a', { do: 'accept', offerId: first })).answer).toMatchObject({ to: 'accept', done: { start: t('15:00') }, again: false });
    expect(entryOf('a').status).toBe('booked');

    await waits('b', { staffId: shop.tanaka.id, from: t('12:00') });
    await waits('c', { staffId: shop.tanaka.id, from: t('12:00') });
    await cancel('y', await taken('y', shop.tanaka.id, '12:00', '13:00'));
    await lapsed('b');
    expect((await act('b', { do: 'accept', offerId: offerTo('b').id })).answer).toMatchObject({ to: 'accept', lost: 'late', entry: { position: 1 } });
    expect(entryOf('b')).toMatchObject({ status: 'waiting', misses: 0 });
  });

  test('has its end done by whoever answers too late first', async () => {
    await waits('a', { staffId: shop.sato.id });
    await waits('b', { staffId: shop.sato.id });
    await freed();
    now = offerTo('a').expiresAt;
    // Nobody has it yet: the job that ends it has not come.
    expect((await act('a', { do: 'accept', offerId: offerTo('a').id })).answer).toMatchObject({ to: 'accept', done: { start: t('15:00') } });
    expect(kept.reservations.filter((r) => r.status === 'confirmed' && r.start === t('15:00'))).toHaveLength(1);
    expect(entryOf('b').status).toBe('waiting');
  });
});

describe('a no', () => {
  test('goes to the next, and is to that time only', async () => {
    await full();
    await waits('a', { from: t('10:00'), until: t('20:00') });
    await waits('b', { from: t('10:00'), until: t('20:00') });
    const visit = kept.reservations.find((r) => r.userId === 'all day 2')!;
    kept.reservations.splice(kept.reservations.indexOf(visit), 1);
    await taken('y', shop.sato.id, '10:00', '15:00');
    const x = await taken('x', shop.sato.id, '15:00', '16:00');
    await taken('z', shop.sato.id, '16:00', '20:00');
    await cancel('x', x);
    const { answer, news } = await act('a', { do: 'decline', offerId: offerTo('a').id });
    expect(answer).toMatchObject({ to: 'decline', entry: { position: 1 }, booked: null });
    expect(told(news)).toEqual(['offer to b']);
    expect(entryOf('a').status).toBe('waiting');
    await act('b', { do: 'decline', offerId: offerTo('b').id });
    expect(offers()).toEqual([]);
    // Another time is another matter.
    await cancel('z', kept.reservations.find((r) => r.userId === 'z')!.id);
    expect(offers()).toEqual(['a 16:00', 'b 17:00']);
  });

  test('to the only time wished for ends the wait', async () => {
    await waits('a', { staffId: shop.sato.id });
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    const { answer, news } = await act('a', { do: 'decline', offerId: offerTo('a').id });
    expect(answer).toMatchObject({ to: 'decline', entry: null });
    expect(entryOf('a').status).toBe('left');
    expect(notices(news)).toEqual(['offer_failed']);
  });
});

describe('a yes', () => {
  const offered = async (staffId: string | null = null) => {
    await waits('a', { staffId });
    await taken('y', shop.tanaka.id, '10:00', '20:00');
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    return offerTo('a').id;
  };

  test('makes a visit of the hold, ends the wait and tells the shop', async () => {
    const id = await offered();
    const { answer, news, changed } = await act('a', { do: 'accept', offerId: id });
    expect(answer).toMatchObject({ to: 'accept', again: false, done: { id: offerTo('a').reservationId, status: 'confirmed', staffId: shop.sato.id, nominated: false } });
    expect(notices(news)).toEqual(['booked']);
    expect(changed).toContainEqual(expect.objectContaining({ waitlistUserId: 'a' }));
    expect(entryOf('a').status).toBe('booked');
    expect(offerTo('a').state).toBe('accepted');
  });

  test('twice books once', async () => {
    const id = await offered(shop.sato.id);
    await act('a', { do: 'accept', offerId: id });
    expect((await act('a', { do: 'accept', offerId: id })).answer).toMatchObject({ to: 'accept', again: true, done: { nominated: true } });
    expect((await act('a', { do: 'decline', offerId: id })).answer).toMatchObject({ to: 'decline', booked: { status: 'confirmed' } });
    expect(kept.reservations.filter((r) => r.userId === 'a')).toHaveLength(1);
  });

  test('of somebody else, or to nothing, changes nothing', async () => {
    const id = await offered();
    for (const [who, offerId] of [['b', id], ['a', randomUUID()]] as const) {
      expect((await act(who, { do: 'accept', offerId })).answer).toEqual({ to: 'accept', unknown: true });
      expect((await act(who, { do: 'decline', offerId })).answer).toEqual({ to: 'decline', unknown: true });
    }
    expect(offers()).toEqual(['a 15:00']);
  });

  test('where the shop wants to say yes, too, waits for that', async () => {
    const id = await offered();
    shop.store.policy = { ...DEFAULT_POLICY, approval: { when: 'always', expiryMinutes: 180 } };
    const { answer, news } = await act('a', { do: 'accept', offerId: id });
    expect(answer).toMatchObject({ to: 'accept', done: { status: 'pending', hold: { for: 'approval' } } });
    expect(notices(news)).toEqual(['approval_asked']);
  });

  test('of who may not book one more is refused, and the offer stands', async () => {
    const id = await offered();
    await taken('a', shop.sato.id, '18:00', '19:00');
    shop.store.policy = { ...DEFAULT_POLICY, limits: { openBookings: 1, noShows: null } };
    expect((await act('a', { do: 'accept', offerId: id })).answer).toMatchObject({ to: 'accept', barred: { why: 'open_bookings' } });
    expect(offers()).toEqual(['a 15:00']);
  });

  test('by booking the same time is one, too; another visit over it lets it go', async () => {
    await offered();
    const visit = (menuIds: string[]) => ({ storeId: shop.store.id, menuIds, staffId: shop.sato.id });
    expect((await act('a', { do: 'book', visit: visit([shop.cut.id]), start: t('15:00'), notes: null })).answer).toMatchObject({ to: 'book', done: { id: offerTo('a').reservationId } });
    expect(offerTo('a').state).toBe('accepted');

    await waits('c', { staffId: shop.sato.id, from: t('12:00') });
    await waits('d', { staffId: shop.sato.id, from: t('12:00') });
    await cancel('z', await taken('z', shop.sato.id, '12:00', '13:00'));
    expect((await act('c', { do: 'book', visit: visit([shop.spa.id]), start: t('12:30'), notes: null })).answer).toMatchObject({ to: 'book', done: { start: t('12:30') } });
    expect(offerTo('c').state).toBe('declined');
    // What could not be booked lets nothing go.
    await waits('e', { staffId: shop.sato.id, from: t('17:00') });
    await cancel('z', await taken('z', shop.sato.id, '17:00', '18:00'));
    await taken('q', shop.sato.id, '18:00', '19:00');
    expect((await act('e', { do: 'book', visit: visit([shop.color.id]), start: t('17:00'), notes: null })).answer).toMatchObject({ taken: 'full' });
    expect(offers()).toContain('e 17:00');
  });
});

describe('shortly before the visit', () => {
  beforeEach(() => {
    now = t('12:30');
  });
  const asked = async (...who: string[]) => {
    for (const one of who) await waits(one, { staffId: shop.sato.id });
    return cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
  };

  test('so many are asked at once as the shop says, and nothing is held', async () => {
    policy({ atOnce: 2 });
    const { news } = await asked('a', 'b', 'c');
    expect(told(news)).toEqual(['offer to a', 'offer to b']);
    expect(kept.reservations.filter((r) => r.status === 'pending')).toEqual([]);
    // The next is asked for one that says no.
    expect(told((await act('a', { do: 'decline', offerId: offerTo('a').id })).news)).toEqual(['offer to c']);
  });

  test('the first yes has it; the others keep their places', async () => {
    await asked('a', 'b');
    expect((await act('b', { do: 'accept', offerId: offerTo('b').id })).answer).toMatchObject({ to: 'accept', done: { start: t('15:00') } });
    expect(offerTo('a').state).toBe('revoked');
    expect((await act('a', { do: 'accept', offerId: offerTo('a').id })).answer).toMatchObject({ to: 'accept', lost: 'taken', entry: { position: 1 } });
    expect(entryOf('a')).toMatchObject({ status: 'waiting', misses: 0 });
  });

  test('a passer-by may be first as well', async () => {
    await asked('a');
    await act('passer-by', { do: 'book', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: shop.sato.id }, start: t('15:00'), notes: null });
    expect((await act('a', { do: 'accept', offerId: offerTo('a').id })).answer).toMatchObject({ to: 'accept', lost: 'taken' });
  });

  test('nobody who was only asked has missed anything; the shop hears once that nobody came', async () => {
    await asked('a', 'b');
    now = t('14:00');
    expect(notices((await lapse(offerTo('a').id, house())).news)).toEqual([]);
    expect(notices((await lapse(offerTo('b').id, house())).news)).toEqual(['offer_failed']);
    expect(entryOf('a')).toMatchObject({ status: 'waiting', misses: 0 });
  });

  test('who is elsewhere by then hears why he cannot', async () => {
    await asked('a');
    await taken('a', shop.tanaka.id, '15:30', '16:30');
    expect((await act('a', { do: 'accept', offerId: offerTo('a').id })).answer).toMatchObject({ to: 'accept', clash: { start: t('15:30') } });
    expect(offerTo('a').state).toBe('open');
  });
});

describe('what an offer was made for may be no more', () => {
  test('who leaves the list gives it up to the next', async () => {
    const entryId = await waits('a', { staffId: shop.sato.id });
    await waits('b', { staffId: shop.sato.id });
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    const { answer, news } = await act('a', { do: 'leave', entryId });
    expect(answer).toMatchObject({ to: 'leave', done: { status: 'left' } });
    expect(offerTo('a').state).toBe('revoked');
    expect(told(news)).toEqual(['offer to b']);
  });

  test('a shop that closes takes it back with a word, and the wait goes on', async () => {
    await waits('a', { staffId: shop.sato.id });
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    shop.store.hours = { ...shop.store.hours, exceptions: [{ day: THU, openings: [] }] };
    const [offer] = await stranded(shop.store, open());
    const { news } = await takeBack(offer!, shop.store, house());
    expect(told(news)).toEqual(['offer_revoked to a']);
    expect(notices(news)).toEqual([]);
    expect(entryOf('a').status).toBe('waiting');
    expect(kept.reservations.some((r) => r.status === 'pending')).toBe(false);
    expect(await missed(shop.store, open(), now)).toEqual([]);
    shop.store.hours = { ...shop.store.hours, exceptions: [] };
    expect(await missed(shop.store, open(), now)).toEqual([{ staff: shop.sato, day: THU }]);
  });

  test('a yes that comes before it was taken back is none', async () => {
    await waits('a', { staffId: shop.sato.id });
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    shop.sato.absences = [THU];
    expect((await act('a', { do: 'accept', offerId: offerTo('a').id })).answer).toMatchObject({ to: 'accept', lost: 'ended' });
    expect(kept.reservations.some((r) => r.userId === 'a' && r.status !== 'canceled')).toBe(false);
  });

  test('a menu that is gone ends the wait', async () => {
    await waits('a', { staffId: shop.sato.id });
    await cancel('x', await taken('x', shop.sato.id, '15:00', '16:00'));
    shop.cut.active = false;
    const [offer] = await stranded(shop.store, open());
    await takeBack(offer!, shop.store, house());
    expect(entryOf('a').status).toBe('closed');
  });

  test('who books what he waits for by himself waits no more; what was offered to him goes to the next', async () => {
    await taken('y', shop.sato.id, '10:00', '20:00');
    await taken('z', shop.tanaka.id, '16:00', '20:00');
    await waits('a', { from: t('10:00'), until: t('20:00') });
    const x = await taken('x', shop.tanaka.id, '10:00', '16:00');
    await waits('b', { from: t('10:00'), until: t('20:00') });
    await cancel('x', x);
    expect(offers()).toEqual(['a 10:00', 'b 11:00']);
    const { answer } = await act('a', { do: 'book', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId: null }, start: t('14:00'), notes: null });
    expect(answer).toMatchObject({ to: 'book', waited: [{ userId: 'a', status: 'booked' }] });
    expect(offerTo('a').state).toBe('revoked');
    expect(entryOf('b').status).toBe('offered');
  });
});

test('nobody joins for a time that is free, or at which he is elsewhere himself', async () => {
  await taken('y', shop.sato.id, '15:00', '16:00');
  const wait = (userId: string, staffId: string | null, from = t('15:00')) => act(userId, { do: 'wait', visit: { storeId: shop.store.id, menuIds: [shop.cut.id], staffId }, from, until: from + MINUTE });
  expect((await wait('a', null)).answer).toMatchObject({ to: 'wait', free: [{ start: t('15:00') }] });
  expect((await wait('y', shop.sato.id)).answer).toMatchObject({ to: 'wait', clash: { start: t('15:00') } });
  expect((await wait('a', shop.sato.id)).answer).toMatchObject({ to: 'wait', position: 1 });
});
