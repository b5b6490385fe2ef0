/** The smallest shop in which everything can happen: two menus, two people, one day that can be booked between two closing days. */
import type { Answer, DayState, Effect, FreeStart } from '../../booking/ports.ts';
import type { StepContext } from '../../dialogue/hop.ts';
import type { Reservation, SlotOffer, WaitlistEntry } from '../../model/reservation.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import type { Menu, Staff, Store } from '../../model/store.ts';
import { HOUR, at, dayOf, fromLocal } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';

export const NOW = fromLocal('2026-11-24T09:00');
export const OPEN_DAY: Day = '2026-11-25';
export const CLOSED_DAY: Day = '2026-11-26';

const menu = (id: string): Menu => ({ id, name: id, aliases: [], price: 1000, duration: 60, buffer: 0, active: true });
const staff = (id: string, menuIds: string[]): Staff => ({ id, name: id, aliases: [], role: '', menuIds, daysOff: [], absences: [], shifts: null, breaks: {}, exceptions: [], manager: false, lineId: null, active: true });

const SHOP: Store = {
  id: 'shop', name: 'shop', kind: 'salon', address: '', phone: '',
  hours: {
    v: 1, timeZone: 'Asia/Tokyo', holidays: 'open', exceptions: [], gridMinutes: 60, noticeMinutes: 0, windowDays: 2, cancelDeadlineMinutes: 0,
    weekly: { mon: [['10:00', '12:00']], tue: [], wed: [['10:00', '12:00']], thu: [], fri: [['10:00', '12:00']], sat: [['10:00', '12:00']], sun: [['10:00', '12:00']] },
  },
  info: {}, policy: DEFAULT_POLICY, channel: 'default',
  menus: [menu('cut'), menu('perm')],
  resources: [],
  staff: [staff('sato', ['cut']), staff('tanaka', ['cut', 'perm'])],
};

export const CONTEXT: StepContext = { now: NOW, stores: [SHOP], customer: { id: 'customer', name: 'name', phone: null }, offers: [] };

const start = (hour: number): number => at(OPEN_DAY, hour * 60);
const visit = (id: string, hour: number): Reservation => ({
  id, userId: 'customer', storeId: 'shop', staffId: 'tanaka', menuIds: ['cut'], start: start(hour), end: start(hour) + HOUR, status: 'confirmed', nominated: false,
});
const VISIT = visit('visit', 10);
const HELD: Reservation = { ...VISIT, status: 'pending', hold: { for: 'deposit', until: NOW + HOUR }, deposit: { id: 'payment', yen: 1000, by: 'stripe', state: 'due', link: 'https://shop/pay', until: NOW + HOUR } };
const ENTRY: WaitlistEntry = { id: 'wait', userId: 'customer', storeId: 'shop', staffId: null, menuIds: ['cut'], from: start(10), until: start(12), status: 'waiting' };

const OFFER: SlotOffer = {
  id: 'offer', entryId: 'wait', userId: 'customer', storeId: 'shop', staffId: 'tanaka', menuIds: ['cut'], start: start(11), end: start(12), held: true,
  toldAt: NOW + 1, expiresAt: NOW + HOUR, state: 'open',
};

/** The same while a freed slot is offered that nobody answered. */
export const OFFERED: StepContext = { ...CONTEXT, offers: [OFFER] };

const freeAt = (hour: number, ...staffIds: string[]): FreeStart => ({ start: start(hour), staffIds });
const stateOf = (day: Day, free: FreeStart[]): DayState => ({ day, free: free.filter((f) => dayOf(f.start) === day), open: [], closed: null });
const BOTH = ['sato', 'tanaka'];

/** Everything booking may answer to an effect, with a name for the map. */
export function answersTo(effect: Effect): { name: string; answer: Answer }[] {
  switch (effect.do) {
    case 'look': {
      const days = (name: string, free: FreeStart[]) => ({ name, answer: { to: 'look' as const, days: effect.days.map((day) => stateOf(day, free)), staffCannot: false } });
      // Eleven is left to one person: so each question also meets the time that is full, and the person who is.
      return [days('free', [freeAt(10, ...BOTH), freeAt(11, 'tanaka')]), days('full', [])];
    }
    case 'soonest': return [{ name: 'free', answer: { to: 'soonest', days: [stateOf(OPEN_DAY, [freeAt(10, ...BOTH), freeAt(11, ...BOTH)])] } }, { name: 'none', answer: { to: 'soonest', days: [] } }];
    case 'book': return [
      { name: 'booked', answer: { to: 'book', done: VISIT } }, { name: 'held for its deposit', answer: { to: 'book', done: HELD } }, { name: 'taken', answer: { to: 'book', taken: 'full', nearest: [freeAt(11, 'tanaka')] } },
      { name: 'own visit then', answer: { to: 'book', taken: 'self_overlap', nearest: [], clash: VISIT } }, { name: 'refused', answer: { to: 'book', cannot: 'too_soon', nearest: [] } },
      { name: 'as many as allowed', answer: { to: 'book', barred: { why: 'open_bookings', most: 1, open: [VISIT] } } }, { name: 'only by the shop', answer: { to: 'book', barred: { why: 'no_shows' } } },
    ];
    case 'move': return [
      { name: 'moved', answer: { to: 'move', done: visit('visit', 11) } }, { name: 'taken', answer: { to: 'move', taken: 'full', nearest: [] } },
      { name: 'gone', answer: { to: 'move', gone: true } }, { name: 'too late', answer: { to: 'move', tooLate: VISIT } },
    ];
    case 'cancel': return [{ name: 'cancelled', answer: { to: 'cancel', done: { ...VISIT, status: 'canceled' } } }, { name: 'gone', answer: { to: 'cancel', done: null } }, { name: 'too late', answer: { to: 'cancel', done: null, tooLate: VISIT } }];
    case 'wait': return [{ name: 'waiting', answer: { to: 'wait', entry: ENTRY, position: 1, already: false } }, { name: 'free after all', answer: { to: 'wait', free: [freeAt(10, ...BOTH)] } }, { name: 'refused', answer: { to: 'wait', cannot: 'closed' } }];
    case 'late': return [{ name: 'too late', answer: { to: 'late', visit: VISIT } }, { name: 'not late', answer: { to: 'late', visit: null } }];
    case 'leave': return [{ name: 'left', answer: { to: 'leave', done: { ...ENTRY, status: 'left' } } }, { name: 'gone', answer: { to: 'leave', done: null } }];
    case 'accept': return [
      { name: 'taken', answer: { to: 'accept', done: VISIT, again: false } }, { name: 'too late', answer: { to: 'accept', lost: 'late', offer: OFFER, entry: { ...ENTRY, position: 1 } } },
      { name: 'own visit then', answer: { to: 'accept', clash: VISIT, offer: OFFER } }, { name: 'as many as allowed', answer: { to: 'accept', barred: { why: 'open_bookings', most: 1, open: [VISIT] }, offer: OFFER } }, { name: 'unknown', answer: { to: 'accept', unknown: true } },
    ];
    case 'decline': return [{ name: 'declined', answer: { to: 'decline', offer: OFFER, entry: null, booked: null } }, { name: 'unknown', answer: { to: 'decline', unknown: true } }];
    case 'mine': return [
      { name: 'no visit', answer: { to: 'mine', visits: [], waits: [], last: null } }, { name: 'one visit', answer: { to: 'mine', visits: [VISIT], waits: [{ ...ENTRY, position: 1 }], last: VISIT } },
      { name: 'two visits', answer: { to: 'mine', visits: [VISIT, visit('visit 2', 11)], waits: [], last: null } },
    ];
  }
}
