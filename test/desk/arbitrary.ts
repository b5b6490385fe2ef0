/** Anything one of the shop's people could write, and anything booking could answer him. */
import fc from 'fast-check';
import type { DeskAnswer, DeskEffect, LeftToUs, TimeKept, VisitSeen } from '../../src/booking/desk/ports.ts';
import type { DeskEvent } from '../../src/desk/hop.ts';
import { DESK_VERBS } from '../../src/desk/tap.ts';
import { fromLocal } from '../../src/model/time.ts';
import type { Heard } from '../../src/understanding/heard.ts';
import { ORDERS } from '../../src/understanding/order.ts';
import type { OrderKind } from '../../src/understanding/order.ts';
import { heardOf } from '../../src/commands/walk/events.ts';
import { heard } from '../dialogue/arbitrary.ts';

export const NOW = fromLocal('2026-11-24T11:00');

const order = fc.record({
  heard, kind: fc.constantFrom(...ORDERS), customer: fc.option(fc.constantFrom('山田', 'やまだ', '')), to: fc.option(fc.constantFrom('tanaka', 'sato', 'nobody')),
  code: fc.option(fc.string()), minutes: fc.option(fc.integer({ min: 1, max: 6_000 })),
}).map(({ heard: h, kind, ...rest }) => ({ ...h, ...rest, order: kind }));

export const event: fc.Arbitrary<DeskEvent> = fc.oneof(
  { arbitrary: order.map((o): DeskEvent => ({ type: 'ordered', order: o })), weight: 6 },
  { arbitrary: fc.record({ verb: fc.constantFrom(...DESK_VERBS), value: fc.oneof(fc.string(), fc.constantFrom('visit-0', 'visit-1')), seq: fc.nat(6) }).map((tap): DeskEvent => ({ type: 'tapped', tap })), weight: 3 },
  fc.constantFrom<DeskEvent>({ type: 'tapped', tap: null }, { type: 'sent' }, { type: 'followed' }, { type: 'unsent' }),
);

const plain = (kind: OrderKind, more: Partial<Heard> = {}): DeskEvent => ({ type: 'ordered', order: { ...heardOf('out_of_scope', more), order: kind, customer: null, to: null, code: null, minutes: null } });
/** What leads somewhere: orders that ask, and their answers. */
export const YES: DeskEvent[] = [
  ...(['cancel', 'decline', 'paid', 'no_show'] as const).map((kind) => plain(kind)), plain('off', { when: [{ dates: ['2026-12-02'], time: null }] }), plain('other', { answer: 'yes' }), plain('other', { answer: 'yes' }),
  ...[1, 2, 3].map((seq): DeskEvent => ({ type: 'tapped', tap: { verb: 'yes', value: '', seq } })),
];

const visit = (n: number): VisitSeen => ({
  id: `visit-${n}`, userId: `user-${n}`, storeId: 'shop', staffId: n % 2 ? 'sato' : 'tanaka', menuIds: ['cut'], start: NOW + n * 3_600_000, end: NOW + (n + 1) * 3_600_000,
  status: n === 3 ? 'pending' : 'confirmed', nominated: n % 2 === 0, customer: n === 2 ? null : `客${n}`, phone: n ? '09012345678' : null, notes: n === 1 ? 'お名前: 山田' : null, reachable: n !== 2, unreminded: n === 2,
  ...(n === 3 ? { hold: { for: 'approval' as const, until: NOW + 3_600_000 } } : {}), ...(n === 1 ? { deposit: { id: 'paid', yen: 2_000, by: 'stripe' as const, state: 'paid' as const } } : {}), ...(n === 4 ? { came: 'arrived' as const } : {}),
});
const chat = (n: number): LeftToUs => ({ userId: `user-${n}`, customer: n === 2 ? null : `客${n}`, storeId: 'shop', since: NOW - n * 3_000_000, touched: NOW, last: n % 2 ? '長い\n'.repeat(40) : null, handedBack: null });
const visits = (count: number): VisitSeen[] => Array.from({ length: count }, (_, n) => visit(n));

const kept: TimeKept = { id: 'kept', staffId: 'sato', kind: 'block', start: NOW, end: NOW + 3_600_000 };
const NOT_YOURS: DeskAnswer = { to: 'not_yours', staffId: 'tanaka' };

/** Every kind of answer there is to an effect. */
export function answersTo(effect: DeskEffect): DeskAnswer[] {
  switch (effect.do) {
    case 'link': return [{ to: 'link', staffId: 'sato' }, { to: 'link', refused: 'wrong' }, { to: 'link', refused: 'later' }, { to: 'link', refused: 'already', staffId: 'tanaka' }, { to: 'link', refused: 'already', staffId: null }];
    case 'unlink': return [{ to: 'unlink' }];
    case 'agenda': return [{ to: 'agenda', days: effect.days.map((day, i) => ({ day, closed: i % 2 === 1, visits: visits(i % 5), kept: i % 2 ? [kept] : [], off: i % 3 ? [] : ['sato'] })) }, { to: 'agenda', days: [] }];
    case 'next': return [{ to: 'next', visit: null }, { to: 'next', visit: visit(1) }];
    case 'find': return [0, 1, 3].map((count) => ({ to: 'find', visits: visits(count), more: count === 3 }));
    case 'cancel_visit': case 'approve': case 'decline': return [{ to: effect.do, done: visit(0) }, { to: effect.do, done: null }, { to: effect.do, done: visit(0), deposit: { yen: 2_000, by: 'shop', fate: 'returned' } }, NOT_YOURS];
    case 'move_visit': return [
      { to: 'move_visit', done: { ...visit(0), staffId: 'sato' }, was: visit(0) }, { to: 'move_visit', done: { ...visit(2), start: NOW + 90_000_000, end: NOW + 93_600_000 }, was: visit(2) }, { to: 'move_visit', gone: true },
      ...(['taken', 'self_overlap', 'unanswered', 'past', 'staff_off', 'staff_cannot', 'unknown', 'closed'] as const).map((cannot): DeskAnswer => ({ to: 'move_visit', cannot })), NOT_YOURS,
    ];
    case 'paid': return [{ to: 'paid', done: visit(0), yen: 2_000 }, ...(['none', 'already', 'gone'] as const).map((refused): DeskAnswer => ({ to: 'paid', refused })), NOT_YOURS];
    case 'mark': return [{ to: 'mark', marked: { ...visit(0), ...(effect.came ? { came: effect.came } : {}) } }, { to: 'mark', marked: 'too_early' }, { to: 'mark', marked: null }, NOT_YOURS];
    case 'book_visit': return [{ to: 'book_visit', done: visit(2) }, { to: 'book_visit', cannot: 'taken' }, { to: 'book_visit', cannot: 'closed' }, NOT_YOURS];
    case 'calendar': return [true, false].flatMap((made) => [true, false].map((offered): DeskAnswer => ({ to: 'calendar', made, offered })));
    case 'new_calendar': return [{ to: 'new_calendar', url: 'https://aiteru.example.com/calendar/●.ics' }, { to: 'new_calendar', url: null }];
    case 'drop_calendar': return [{ to: 'drop_calendar', ended: true }, { to: 'drop_calendar', ended: false }];
    case 'handoffs': return [0, 1, 3, 25].map((count) => ({ to: 'handoffs', chats: Array.from({ length: count }, (_, n) => chat(n)) }));
    case 'hand_back': return [{ to: 'hand_back', chat: chat(0) }, { to: 'hand_back', chat: null }];
    case 'before_off': return [[], [{ visit: visit(0), staffId: 'sato' }, { visit: visit(2), staffId: null }], [{ visit: visit(2), staffId: null }]].map((there): DeskAnswer => ({ to: 'before_off', visits: there })).concat(NOT_YOURS);
    case 'off': return [{ to: 'off', days: effect.days, moved: [{ visit: visit(1), was: visit(0) }], left: visits(2) }, { to: 'off', days: [], moved: [], left: [] }, NOT_YOURS];
    case 'on': return [{ to: 'on', days: ['2026-12-02'], fixed: [] }, { to: 'on', days: [], fixed: ['2026-12-02'] }, { to: 'on', days: [], fixed: [] }, { to: 'on', which: ['2026-12-02', '2026-12-03'] }, NOT_YOURS];
    case 'block': return [{ to: 'block', done: kept }, { to: 'block', visits: visits(2) }, { to: 'block', past: true }, NOT_YOURS];
    case 'unblock': return [{ to: 'unblock', done: kept }, { to: 'unblock', done: null }, { to: 'unblock', which: [kept, { ...kept, id: 'other' }] }, NOT_YOURS];
  }
}
