/** Anything one of the shop's people could write, and anything booking could answer him. */
import fc from 'fast-check';
import type { DeskAnswer, DeskEffect, VisitSeen } from '../../src/booking/desk/ports.ts';
import type { DeskEvent } from '../../src/desk/hop.ts';
import { DESK_VERBS } from '../../src/desk/tap.ts';
import { fromLocal } from '../../src/model/time.ts';
import { ORDERS } from '../../src/understanding/order.ts';
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

const visit = (n: number): VisitSeen => ({
  id: `visit-${n}`, userId: `user-${n}`, storeId: 'shop', staffId: n % 2 ? 'sato' : 'tanaka', menuIds: ['cut'], start: NOW + n * 3_600_000, end: NOW + (n + 1) * 3_600_000,
  status: n === 3 ? 'pending' : 'confirmed', nominated: n % 2 === 0, customer: n === 2 ? null : `客${n}`, phone: n ? '09012345678' : null, notes: n === 1 ? 'お名前: 山田' : null,
  ...(n === 3 ? { hold: { for: 'approval' as const, until: NOW + 3_600_000 } } : {}), ...(n === 4 ? { came: 'arrived' as const } : {}),
});
const visits = (count: number): VisitSeen[] => Array.from({ length: count }, (_, n) => visit(n));

/** Every kind of answer there is to an effect. */
export function answersTo(effect: DeskEffect): DeskAnswer[] {
  switch (effect.do) {
    case 'link': return [{ to: 'link', staffId: 'sato' }, { to: 'link', refused: 'wrong' }, { to: 'link', refused: 'later' }, { to: 'link', refused: 'already', staffId: 'tanaka' }, { to: 'link', refused: 'already', staffId: null }];
    case 'unlink': return [{ to: 'unlink' }];
    case 'agenda': return [{ to: 'agenda', days: effect.days.map((day, i) => ({ day, closed: i % 2 === 1, visits: visits(i % 5), off: i % 3 ? [] : ['sato'] })) }, { to: 'agenda', days: [] }];
    case 'next': return [{ to: 'next', visit: null }, { to: 'next', visit: visit(1) }];
    case 'find': return [0, 1, 3].map((count) => ({ to: 'find', visits: visits(count), more: count === 3 }));
  }
}
