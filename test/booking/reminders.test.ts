import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AGREED, APART, LEAST, lookAt, remindersOf } from '../../src/booking/reminders.ts';
import type { ReminderKind } from '../../src/booking/reminders.ts';
import { quietAt } from '../../src/model/quiet.ts';
import { DAY, HOUR, MINUTE, fromLocal, toClock, toLocal } from '../../src/model/time.ts';
import type { Instant } from '../../src/model/time.ts';

const NIGHT = { from: '21:00', until: '09:00' };
const rules = (dayBefore: string | null, hoursBefore: number | null, quiet: { from: string; until: string } | null = NIGHT) => ({ reminders: { dayBefore, hoursBefore }, quiet });
const LONG_AGO = fromLocal('2026-11-01T12:00');
const at = (start: string, of: ReturnType<typeof rules>, agreed = LONG_AGO) => remindersOf({ start: fromLocal(start) }, agreed, of).map((r) => `${r.kind} ${toLocal(r.at).slice(5)}`);

describe('quiet hours', () => {
  test.each([
    ['2026-11-24T20:59', null],
    ['2026-11-24T21:00', '11-24T21:00 11-25T09:00'],
    ['2026-11-25T00:30', '11-24T21:00 11-25T09:00'],
    ['2026-11-25T08:59', '11-24T21:00 11-25T09:00'],
    ['2026-11-25T09:00', null],
  ])('over midnight: %s is in %s', (moment, stretch) => {
    const found = quietAt(NIGHT, fromLocal(moment));
    expect(found && `${toLocal(found.start).slice(5)} ${toLocal(found.end).slice(5)}`).toBe(stretch);
  });

  test('within a day, and never', () => {
    expect(quietAt({ from: '12:00', until: '13:00' }, fromLocal('2026-11-24T12:30'))).toEqual({ start: fromLocal('2026-11-24T12:00'), end: fromLocal('2026-11-24T13:00') });
    expect(quietAt({ from: '12:00', until: '13:00' }, fromLocal('2026-11-24T13:00'))).toBeNull();
    expect(quietAt(null, fromLocal('2026-11-24T03:00'))).toBeNull();
  });
});

describe('the reminders of a visit', () => {
  test.each([
    ['the day before at the time of the shop', '2026-11-25T15:00', rules('18:00', null), ['day_before 11-24T18:00']],
    ['and some hours before', '2026-11-25T15:00', rules('18:00', 2), ['day_before 11-24T18:00', 'hours_before 11-25T13:00']],
    ['only hours before', '2026-11-25T15:00', rules(null, 3), ['hours_before 11-25T12:00']],
    ['none', '2026-11-25T15:00', rules(null, null), []],
    ['too early in the morning: when quiet hours are over', '2026-11-25T10:30', rules(null, 2), ['hours_before 11-25T09:00']],
    ['too early even then: the evening before', '2026-11-25T09:00', rules(null, 2), ['hours_before 11-24T20:30']],
    ['the evening before, where the day before was told already: not again', '2026-11-25T09:00', rules('18:00', 2), ['day_before 11-24T18:00']],
    ['a time of the shop in its own quiet hours: the next morning', '2026-11-25T15:00', rules('22:00', null), ['day_before 11-25T09:00']],
    ['the next morning is too late for the first visit: before the evening is quiet', '2026-11-25T09:00', rules('22:00', null), ['day_before 11-24T20:30']],
    ['without quiet hours whenever', '2026-11-25T01:00', rules('23:30', 2, null), ['day_before 11-24T23:30']],
    ['after midnight: the calendar day before', '2026-11-26T00:30', rules('18:00', null), ['day_before 11-25T18:00']],
  ] as const)('%s', (_, start, of, expected) => {
    expect(at(start, of)).toEqual(expected);
  });

  test('who has just booked needs none; who booked an hour before is told', () => {
    expect(at('2026-11-25T15:00', rules('18:00', 2), fromLocal('2026-11-24T17:01'))).toEqual(['hours_before 11-25T13:00']);
    expect(at('2026-11-25T15:00', rules('18:00', 2), fromLocal('2026-11-24T17:00'))).toEqual(['day_before 11-24T18:00', 'hours_before 11-25T13:00']);
    expect(at('2026-11-25T15:00', rules('18:00', 2), fromLocal('2026-11-25T12:30'))).toEqual([]);
  });
});

// ---- whatever a shop sets ----------------------------------------------------------------------------------------

const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => toClock(minute));
const anyRules = fc.record({
  reminders: fc.record({ dayBefore: fc.option(clock, { nil: null }), hoursBefore: fc.option(fc.integer({ min: 1, max: 23 }), { nil: null }) }),
  quiet: fc.option(fc.record({ from: clock, until: clock }).filter(({ from, until }) => from !== until), { nil: null }),
});
const start = fc.integer({ min: 0, max: 14 * 24 * 12 }).map((n) => fromLocal('2026-11-24T00:00') + n * 5 * MINUTE);
const agreedBefore = fc.integer({ min: 0, max: 5 * 24 * 60 }).map((minutes) => minutes * MINUTE);

test('always: at most one of a kind, far apart, in time before the visit, not right after it was agreed, never in quiet hours', () => {
  fc.assert(fc.property(anyRules, start, agreedBefore, (of, when, before) => {
    const plan = remindersOf({ start: when }, when - before, of);
    expect(new Set(plan.map((r) => r.kind)).size).toBe(plan.length);
    for (const [i, reminder] of plan.entries()) {
      expect(quietAt(of.quiet, reminder.at)).toBeNull();
      expect(reminder.at).toBeLessThanOrEqual(when - LEAST);
      expect(reminder.at).toBeGreaterThanOrEqual(when - before + AGREED);
      if (i > 0) expect(reminder.at).toBeGreaterThanOrEqual(plan[i - 1]!.at + APART);
    }
  }), { numRuns: 2_000 });
});

test('always: a moment that is not quiet and in time is kept; one that is quiet moves by less than a day', () => {
  fc.assert(fc.property(anyRules, start, (of, when) => {
    const hours = of.reminders.hoursBefore;
    const [only] = remindersOf({ start: when }, 0, { ...of, reminders: { dayBefore: null, hoursBefore: hours } });
    if (hours === null) return;
    const wished = when - hours * HOUR;
    expect(only).toBeDefined();
    if (quietAt(of.quiet, wished) === null) expect(only!.at).toBe(wished);
    else expect(Math.abs(only!.at - wished)).toBeLessThan(DAY);
  }), { numRuns: 2_000 });
});

/** Looks at a visit as the house does: at once, then whenever it said, but `late` by so much, and at `extra` moments besides. */
function lived(of: Parameters<typeof lookAt>[3], when: Instant, agreed: Instant, late: number, extra: readonly Instant[]): { kind: ReminderKind; at: Instant }[] {
  const said: { kind: ReminderKind; at: Instant }[] = [];
  let again: Instant | null = agreed;
  const moments = [...extra].sort((a, b) => a - b);
  for (let n = 0; n < 200; n++) {
    const unasked: Instant | undefined = moments[0];
    const asked: Instant | null = again === null ? null : again + (n === 0 ? 0 : late);
    const now: Instant | null = unasked !== undefined && (asked === null || unasked < asked) ? moments.shift()! : asked;
    if (now === null) return said;
    const look = lookAt({ start: when }, agreed, said.map((s) => s.kind), of, now);
    if (look.say) said.push({ kind: look.say, at: now });
    again = look.again;
    expect(again === null || again > now).toBe(true);
  }
  throw new Error('looked at for ever');
}

test('always: looked at in time, everything planned is said when it was planned, once, however often it is looked at besides', () => {
  fc.assert(fc.property(anyRules, start, agreedBefore, fc.array(fc.integer({ min: 0, max: 6 * 24 * 60 }), { maxLength: 6 }), (of, when, before, more) => {
    const agreed = when - before;
    const extra = more.map((minutes) => agreed + minutes * MINUTE);
    const plan = remindersOf({ start: when }, agreed, of);
    expect(lived(of, when, agreed, 0, [])).toEqual(plan);
    expect(lived(of, when, agreed, 0, extra).map((s) => s.kind)).toEqual(plan.map((r) => r.kind));
  }), { numRuns: 1_000 });
});

test('always: looked at too late, at most one of a kind is said, never in quiet hours, never too near', () => {
  fc.assert(fc.property(anyRules, start, agreedBefore, fc.integer({ min: 0, max: 40 * 60 }), (of, when, before, late) => {
    const said = lived(of, when, when - before, late * MINUTE, []);
    expect(new Set(said.map((s) => s.kind)).size).toBe(said.length);
    for (const { at: moment } of said) {
      expect(quietAt(of.quiet, moment)).toBeNull();
      expect(moment).toBeLessThanOrEqual(when - LEAST);
    }
  }), { numRuns: 2_000 });
});
