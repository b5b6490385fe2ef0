/** Any customers doing anything in any shop: what holds of every row, and of every answer. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { whyNot } from '../../src/booking/judge.ts';
import { perform } from '../../src/booking/perform.ts';
import { planOf } from '../../src/booking/plan.ts';
import type { Answer, Busy, Effect } from '../../src/booking/ports.ts';
import { overlaps } from '../../src/model/span.ts';
import { needsOf } from '../../src/model/store.ts';
import type { Store } from '../../src/model/store.ts';
import { HOUR, MINUTE, addDays, at } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';
import { MemoryBooking } from '../../src/storage/memory/booking.ts';
import { noBookings } from '../../src/storage/memory/rows.ts';
import type { KeptReservation } from '../../src/storage/memory/rows.ts';
import { DAYS, TODAY, canStart, shops } from './calendars.ts';

type Deed = { who: number; does: 'book' | 'move' | 'cancel' | 'wait' | 'sleep'; menus: number[]; staff: number | null; minute: number; which: number };
const deeds = fc.array(fc.record<Deed>({
  who: fc.integer({ min: 0, max: 2 }), does: fc.constantFrom('book', 'book', 'book', 'move', 'move', 'cancel', 'wait', 'sleep'),
  menus: fc.subarray([0, 1, 2], { minLength: 1 }), staff: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
  minute: fc.integer({ min: 7 * 12, max: 3 * 24 * 12 }).map((n) => n * 5), which: fc.nat({ max: 20 }),
}), { minLength: 1, maxLength: 25 });

const busyOf = (rows: readonly KeptReservation[]): Busy[] => rows.map((r) => ({ staffId: r.staffId, userId: r.userId, reservationId: r.id, start: r.start, end: r.blockedUntil, ...(r.lanes ? { lanes: r.lanes } : {}) }));

function effectOf(deed: Deed, store: Store, own: readonly KeptReservation[]): Effect {
  const visit = { storeId: store.id, menuIds: deed.menus.flatMap((n) => store.menus[n]?.id ?? []), staffId: deed.staff === null ? null : (store.staff[deed.staff]?.id ?? null) };
  // Mostly on the grid, as what is on offer is.
  const step = deed.which % 5 === 0 ? 5 : store.hours.gridMinutes;
  const start = at(TODAY, Math.floor(deed.minute / step) * step);
  const one = own[deed.which % Math.max(1, own.length)]?.id ?? 'none';
  switch (deed.does) {
    case 'move': return { do: 'move', reservationId: one, visit, start };
    case 'cancel': return { do: 'cancel', reservationId: one };
    case 'wait': return { do: 'wait', visit, from: start, until: start + HOUR };
    default: return { do: 'book', visit, start, notes: null };
  }
}

/** What an answer claims, checked by trying every person. */
function check(answer: Answer, effect: Effect, store: Store, before: readonly KeptReservation[], userId: string, now: Instant): void {
  if (effect.do !== 'book' && effect.do !== 'move') return;
  const others = before.filter((r) => effect.do !== 'move' || r.id !== effect.reservationId);
  const plan = planOf(store, effect.visit);
  if ('cannot' in answer) return expect(answer.cannot).toBe(effect.visit.menuIds.length === 0 ? 'unknown' : typeof plan === 'string' ? plan : whyNot(store, plan, effect.start, now));
  if (typeof plan === 'string' || 'gone' in answer || 'tooLate' in answer) return;
  const end = effect.start + plan.duration;
  const free = [addDays(DAYS[0]!, -1), ...DAYS].flatMap((day) => store.staff.filter((s) => (effect.visit.staffId ?? s.id) === s.id
    && canStart(store, s.id, effect.visit.menuIds, day, (effect.start - at(day, 0)) / MINUTE, busyOf(others))).map((s) => s.id));
  const clash = others.some((r) => r.userId === userId && overlaps(r, { start: effect.start, end }));
  if ('taken' in answer) {
    expect(answer.taken).toBe(clash ? 'self_overlap' : 'full');
    if (!clash) expect(free).toEqual([]);
    for (const near of answer.nearest) {
      expect(near.start).toBeGreaterThanOrEqual(now + store.hours.noticeMinutes * MINUTE);
      expect(others.some((r) => r.userId === userId && overlaps(r, { start: near.start, end: near.start + plan.duration }))).toBe(false);
    }
  } else if ('done' in answer && answer.to === effect.do) {
    expect(clash).toBe(false);
    expect(free).toContain(answer.done?.staffId);
    expect(answer.done).toMatchObject({ start: effect.start, end, status: 'confirmed' });
  }
}

test('nothing overlaps, nothing lies outside of hours, every answer is true, every change has a version', async () => {
  await fc.assert(fc.asyncProperty(shops, deeds, async (store, all) => {
    const kept = noBookings();
    let now = at(TODAY, 6 * 60);
    let ids = 0;
    for (const deed of all) {
      if (deed.does === 'sleep') {
        now += deed.which * 20 * MINUTE;
        continue;
      }
      const userId = `customer ${deed.who}`;
      const booking = new MemoryBooking(kept, () => now, () => [], () => [store]);
      const before = structuredClone(kept.reservations.filter((r) => r.status !== 'canceled'));
      const version = kept.slotsVersions[store.id] ?? 1;
      const effect = effectOf(deed, store, before.filter((r) => r.userId === userId));
      const { answer, changed, freed } = await perform(effect, { now, userId, stores: [store], reader: booking, writer: booking, slots: { starts: async () => [] }, newId: () => `id ${++ids}` });
      check(answer, effect, store, before, userId, now);
      const after = kept.reservations.filter((r) => r.status !== 'canceled');
      const same = JSON.stringify(after) === JSON.stringify(before);
      const bumped = changed.some((c) => c.slotsVersion !== null);
      if (!same) expect(bumped).toBe(true);
      expect(kept.slotsVersions[store.id] ?? 1).toBe(version + (bumped ? 1 : 0));
      // What was freed was booked before.
      for (const f of freed) expect(before.some((r) => r.staffId === f.staffId && r.start === f.start && r.end === f.end)).toBe(true);
      for (const [n, r] of after.entries()) {
        const span = { start: r.start, end: r.blockedUntil };
        for (const o of after.slice(n + 1)) {
          for (const lane of r.lanes ?? []) if (o.lanes?.some((l) => l.resourceId === lane.resourceId && l.lane === lane.lane)) expect(overlaps(span, { start: o.start, end: o.blockedUntil })).toBe(false);
          if (o.staffId === r.staffId) expect(overlaps(span, { start: o.start, end: o.blockedUntil })).toBe(false);
          if (o.userId === r.userId) expect(overlaps(r, o)).toBe(false);
        }
        expect((r.lanes ?? []).map((lane) => lane.resourceId).toSorted()).toEqual(needsOf(store, r.menuIds).map((resource) => resource.id).toSorted());
        expect([addDays(DAYS[0]!, -1), ...DAYS].some((day) => canStart(store, r.staffId, r.menuIds, day, (r.start - at(day, 0)) / MINUTE, []))).toBe(true);
      }
    }
  }), { numRuns: 150 });
});
