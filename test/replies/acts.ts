/** One example of every act, about a shop of any names. */
import type { Act } from '../../src/dialogue/says.ts';
import type { Reservation, SlotOffer, WaitlistEntry } from '../../src/model/reservation.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { Menu, Staff, Store } from '../../src/model/store.ts';
import { HOUR } from '../../src/model/time.ts';
import { TOPICS } from '../../src/understanding/heard.ts';

const DAY_HOURS: [string, string][] = [['10:00', '13:00'], ['14:00', '25:00']];

/** A shop whose every text is one of these names. */
export function shopWith(names: readonly string[], several: boolean): Store[] {
  const named = (i: number) => names[i % names.length]!;
  const menus = names.map((n, i): Menu => ({ id: `menu-${i}`, name: n, aliases: [], price: 4400, duration: 60, buffer: 0, active: true }));
  const staff = names.map((n, i): Staff => ({ id: `staff-${i}`, name: n, aliases: [], role: n, menuIds: menus.map((m) => m.id), daysOff: ['wed'], absences: [], shifts: null, breaks: {}, exceptions: [], manager: false, lineId: null, active: true }));
  const store = (id: string): Store => ({
    id, name: named(0), kind: 'clinic', address: named(1), phone: '03-0000-0000', menus, staff, resources: [{ id: 'resource-0', name: named(3), count: 1, menuIds: ['menu-0'], active: true }],
    hours: { v: 1, timeZone: 'Asia/Tokyo', weekly: { mon: [], tue: DAY_HOURS, wed: DAY_HOURS, thu: DAY_HOURS, fri: DAY_HOURS, sat: [['9:00', '19:00']], sun: [] }, holidays: 'closed', exceptions: [], gridMinutes: 30, noticeMinutes: 60, windowDays: 60, cancelDeadlineMinutes: 120 },
    policy: DEFAULT_POLICY, channel: 'default',
    info: { access: named(2), payment: named(3), parking: named(4) },
  });
  return several ? Array.from({ length: 20 }, (_, i) => store(`store-${i}`)) : [store('store-0')];
}

const START = Date.UTC(2026, 10, 28, 6);
const days = Array.from({ length: 14 }, (_, i) => `2026-12-${String(i + 1).padStart(2, '0')}`);

/** The `pick`-th act, modulo all there are. */
export function actOf(pick: number, stores: readonly Store[]): Act {
  const store = stores[0]!;
  const storeId = store.id;
  const menuIds = store.menus.map((m) => m.id);
  const staffIds = store.staff.map((s) => s.id);
  const staffId = staffIds[0]!;
  const visit: Reservation = { id: 'visit', userId: 'me', storeId, staffId, menuIds, start: START, end: START + HOUR, status: 'confirmed', nominated: true };
  const held: Reservation = {
    ...visit, status: 'pending', hold: { for: 'deposit', until: START }, deposit: { id: 'payment', yen: 3000, by: 'stripe', state: 'due', link: 'https://aiteru.example/pay/0198c1a2-0000-7000-8000-000000000000', until: START },
  };
  const entry: WaitlistEntry = { id: 'wait', userId: 'me', storeId, staffId, menuIds, from: START, until: START + 2 * HOUR, status: 'waiting' };
  const offer: SlotOffer = { id: '0190b1c4-0000-7000-8000-000000000000', entryId: 'wait', userId: 'me', storeId, staffId, menuIds, start: START, end: START + HOUR, held: true, toldAt: START - HOUR, expiresAt: START, state: 'open' };
  const queued = { ...entry, position: 3 };
  const offers = days.flatMap((day) => ['10:00', '10:30', '11:00'].map((time) => ({ day, time }))).slice(0, 36);
  const looked = { storeId, menuIds, staffId, days, time: { from: '15:00', to: null } };
  const open = days.map((day) => ({ day, spans: Array.from({ length: 9 }, (_, i) => ({ from: `1${i}:00`, to: `1${i}:30` })) }));
  const proposal = { storeId, menuIds, staffId: null, start: START, end: START + HOUR };
  const long = 'あ'.repeat(900);
  const known = { storeId, menuIds, staff: staffId, dates: days, time: { from: '10:00', to: '12:00' } };
  const problem = (p: Extract<Act, { say: 'cannot' }>['problem']): Act => ({ say: 'cannot', problem: p, storeId });
  const acts: Act[] = [
    { say: 'welcome', again: true }, { say: 'hello' }, { say: 'help' }, { say: 'thanked' }, { say: 'bye' }, { say: 'stopped', kept: Array.from({ length: 30 }, () => visit) }, { say: 'started_over' },
    { say: 'go_on', known }, { say: 'recap', known, goal: 'move' }, { say: 'noted', slots: ['store', 'menu', 'staff', 'day', 'time', 'name'], changed: ['time'], known: { ...known, name: long } },
    { say: 'stale' }, { say: 'trouble' }, { say: 'miss', nth: 1, about: 'time', storeId }, { say: 'miss', nth: 2, about: null, storeId: null }, { say: 'received', what: 'audio' }, { say: 'need_name' },
    { say: 'handover', reason: 'asked' }, { say: 'still_human', storeId }, { say: 'bot_again' }, { say: 'one_each', people: 99_999, storeId },
    { say: 'refused', refuse: { reason: 'weekday_mismatch', words: long, day: days[0]!, weekday: 'sun', instead: days }, storeId }, { say: 'refused', refuse: { reason: 'impossible_date', words: long }, storeId },
    problem({ why: 'past', day: days[0]! }), problem({ why: 'too_soon', day: days[0]!, time: '10:00', noticeMinutes: 1440 }), problem({ why: 'beyond_window', day: days[0]!, last: days[1]! }),
    problem({ why: 'closed', day: days[0]!, because: 'holiday', instead: days }), problem({ why: 'outside_hours', day: null, time: { from: null, to: '09:00' }, openings: DAY_HOURS }),
    problem({ why: 'staff_off', staffId, day: days[0]!, others: staffIds, instead: days }), problem({ why: 'staff_cannot', staffId, menuIds, can: staffIds }), problem({ why: 'nobody_can', menuIds }),
    problem({ why: 'too_long', day: days[0]!, time: '18:30', menuIds, until: '19:00', latest: null }), problem({ why: 'off_grid', day: days[0]!, time: '10:10', gridMinutes: 30 }), problem({ why: 'unknown_menu' }),
    { say: 'ask_store', storeIds: stores.map((s) => s.id) }, { say: 'at_store', storeId }, { say: 'ask_menu', storeId, menuIds }, { say: 'ask_staff', storeId, staffIds },
    { say: 'ask_day', storeId, days, first: days[0]!, last: days.at(-1)!, waiting: false }, { say: 'ask_day', storeId, days: [], first: days[0]!, last: days[0]!, waiting: true },
    { say: 'ask_time', looked, days: open, offers }, { say: 'ask_name' }, { say: 'ask_name', first: true }, { say: 'ask_phone' }, { say: 'need_phone' }, { say: 'ask_notes' }, problem({ why: 'no_phone', phone: '9'.repeat(11) }), { say: 'ask_change', slots: ['day', 'time', 'menu', 'staff'], goal: 'move', visit },
    { say: 'ask_which', for: 'cancel', visits: Array.from({ length: 40 }, () => visit) }, { say: 'ask_which_wait', entries: Array.from({ length: 40 }, () => entry) },
    { say: 'confirm', proposal, assumed: [{ part: 'time', why: 'twelve_hour', words: long }], changed: ['time'], free: true }, { say: 'confirm', proposal, assumed: [], changed: [], free: false, approval: true, told: { name: long, phone: '0'.repeat(11), notes: long } }, { say: 'confirm_move', from: visit, proposal, assumed: [] }, { say: 'confirm_cancel', visit }, { say: 'confirm_cancel', visit, deposit: { yen: 3000, by: 'stripe', fate: 'kept' } },
    { say: 'confirm_leave', entry }, { say: 'open', looked, days: open, exact: null, picked: null }, { say: 'open', looked, days: open.slice(0, 1), exact: offers[0]!, picked: 'earliest' },
    { say: 'full', looked, near: offers.map((o) => ({ ...o, staffId })), waitable: true, taken: false }, { say: 'full', looked: { ...looked, days: [] }, near: [], waitable: false, taken: true },
    { say: 'full', looked, near: offers, waitable: true, taken: false, lacks: ['resource-0', 'gone'] },
    { say: 'overlap', clash: visit, near: offers }, { say: 'near', near: offers }, { say: 'booked', visit }, { say: 'already_booked', visit }, { say: 'provisional', visit: { ...visit, status: 'pending', hold: { for: 'approval', until: START } }, moved: true },
    { say: 'approved', visit }, { say: 'declined', visit, near: offers.map((_, i) => ({ start: START + i * HOUR, staffIds })) }, { say: 'lapsed', visit, near: [] }, { say: 'moved', visit }, 
    { say: 'cancelled', visit }, { say: 'cancelled', visit, deposit: { yen: 3000, by: 'stripe', fate: 'returned' } },
    { say: 'deposit_asked', visit: held, approved: true }, { say: 'deposit_owed', visit: { ...visit, deposit: { id: 'payment', yen: 3000, by: 'shop', state: 'due' } } }, { say: 'deposit_paid', visit: held }, { say: 'deposit_lapsed', visit, why: 'failed' },
    { say: 'deposit_unneeded', visit, yen: 3000 }, { say: 'deposit_unneeded', visit: { ...visit, status: 'canceled' }, yen: 3000 },
    { say: 'too_late', visit, for: 'cancel' }, { say: 'barred', why: 'open_bookings', storeId, visits: Array.from({ length: 30 }, () => visit), most: 30 }, { say: 'barred', why: 'no_shows', storeId, visits: [], most: null }, { say: 'gone', for: 'move' }, { say: 'kept', visit: null }, { say: 'still_waiting' }, { say: 'waiting', entry, position: 3, already: false }, { say: 'wait_not_needed', offers },
    { say: 'left', entry }, { say: 'mine', visits: Array.from({ length: 40 }, () => visit), waits: Array.from({ length: 40 }, () => queued) }, { say: 'no_visits', for: 'list' }, { say: 'no_such_visit' }, { say: 'no_waits' }, { say: 'no_last' }, { say: 'no_more', storeId, menuIds, staffId }, { say: 'waited', entries: [entry, entry] },
    { say: 'offer', offer }, { say: 'offer', offer: { ...offer, held: false } }, { say: 'offer_revoked', offer, waits: true }, { say: 'wait_closed', entry }, { say: 'offer_again', offer },
    { say: 'offer_lost', offer, why: 'late', entry: queued }, { say: 'offer_lost', offer, why: 'taken', entry: null }, { say: 'offer_overlap', offer, clash: visit }, { say: 'offer_overlap', offer, clash: null },
    { say: 'offer_declined', offer, entry: queued }, { say: 'offer_unknown' }, { say: 'other_shop', visit },
    ...TOPICS.flatMap((topic): Act[] => [{ say: 'info', topic, storeId, menuIds, staffId, days: [] }, { say: 'info', topic, storeId, menuIds: [], staffId: null, days: days.slice(0, 3) }]),
    { say: 'info_unknown', storeId },
  ];
  return acts[pick % acts.length]!;
}
