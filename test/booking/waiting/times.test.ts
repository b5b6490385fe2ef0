/** Until when an offer stands: by how long before the visit it is made, with the clock stopped in quiet hours. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { afterQuiet, offerTimes, runClock } from '../../../src/booking/waiting/times.ts';
import { DEFAULT_POLICY } from '../../../src/model/policy.ts';
import type { Policy } from '../../../src/model/policy.ts';
import { HOUR, MINUTE, fromLocal, minuteOf, toClock, toMinute } from '../../../src/model/time.ts';
import type { Instant } from '../../../src/model/time.ts';
import { salonHours } from '../../support/salon.ts';

const at = (local: string): Instant => fromLocal(local);
const shop = (waiting: Partial<Policy['waiting']> = {}, quiet: Policy['quiet'] = DEFAULT_POLICY.quiet) =>
  ({ hours: salonHours(), policy: { ...DEFAULT_POLICY, quiet, waiting: { ...DEFAULT_POLICY.waiting, ...waiting } } });
const visit = at('2026-11-28T15:00');

describe('an offer is held', () => {
  test.each([
    ['an hour where the visit is a day away or more', '2026-11-27T15:00', '2026-11-27T16:00'],
    ['a quarter of an hour from three hours on', '2026-11-28T12:00', '2026-11-28T12:15'],
    ['a quarter of an hour just under a day before', '2026-11-27T15:01', '2026-11-27T15:16'],
    ['over the night, in which its clock stands still', '2026-11-26T20:40', '2026-11-27T09:40'],
    ['from the end of the quiet hours in which it was made', '2026-11-26T23:30', '2026-11-27T10:00'],
    ['from the end of those that began the evening before', '2026-11-27T02:00', '2026-11-27T10:00'],
  ])('%s', (_what, now, until) => {
    expect(offerTimes(shop(), visit, at(now))).toEqual({ tellAt: afterQuiet(DEFAULT_POLICY.quiet, at(now)), until: at(until), held: true });
  });

  test('never into the notice before the visit', () => {
    const early = at('2026-11-28T09:30');
    expect(offerTimes(shop(), early, at('2026-11-27T20:50'))).toEqual({ tellAt: at('2026-11-27T20:50'), until: at('2026-11-28T08:30'), held: true });
  });

  test('as the shop says', () => {
    const own = shop({ holds: [{ leadMinutes: 600, holdMinutes: 120 }] }, null);
    expect(offerTimes(own, visit, at('2026-11-28T01:00'))).toMatchObject({ held: true, until: at('2026-11-28T03:00') });
    expect(offerTimes(own, visit, at('2026-11-28T06:00'))).toMatchObject({ held: false });
  });
});

describe('near its time a slot', () => {
  test('is held for nobody, and can be taken until the notice', () => {
    expect(offerTimes(shop(), visit, at('2026-11-28T12:01'))).toEqual({ tellAt: at('2026-11-28T12:01'), until: at('2026-11-28T14:00'), held: false });
  });

  test('is not offered any more once nobody could answer in time', () => {
    expect(offerTimes(shop(), visit, at('2026-11-28T14:00'))).toBeNull();
    // Told at nine at the earliest, which is after the notice of this one.
    expect(offerTimes(shop(), at('2026-11-28T10:00'), at('2026-11-27T22:00'))).toBeNull();
  });
});

const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => toClock(minute));
const quietHours = fc.option(fc.tuple(clock, clock).filter(([from, until]) => from !== until).map(([from, until]) => ({ from, until })), { nil: null });
const moment = fc.integer({ min: at('2026-11-20T00:00'), max: at('2026-12-20T00:00') });

describe('whatever the quiet hours are', () => {
  /** Whether a moment lies in them, minute by minute. */
  const quietAt = (quiet: Policy['quiet'], now: Instant): boolean => {
    if (!quiet) return false;
    const [from, until, minute] = [toMinute(quiet.from), toMinute(quiet.until), minuteOf(now)];
    return from < until ? from <= minute && minute < until : minute >= from || minute < until;
  };

  test('nothing is told in them, and what is told is told as soon as they are over', () => {
    fc.assert(fc.property(quietHours, moment, (quiet, now) => {
      const told = afterQuiet(quiet, now);
      expect(told).toBeGreaterThanOrEqual(now);
      expect(quietAt(quiet, told)).toBe(false);
      if (told > now) expect(quietAt(quiet, told - 1)).toBe(true);
    }));
  });

  test('the clock runs just so long outside of them', () => {
    fc.assert(fc.property(quietHours, moment.map((ms) => ms - (ms % MINUTE)), fc.integer({ min: 1, max: 90 }), (quiet, from, minutes) => {
      const end = runClock(quiet, from, minutes * MINUTE);
      let awake = 0;
      for (let now = from; now < end; now += MINUTE) if (!quietAt(quiet, now)) awake++;
      expect(awake).toBe(minutes);
      expect(quietAt(quiet, end - 1)).toBe(false);
    }), { numRuns: 60 });
  });

  test('who is offered something later has until later', () => {
    fc.assert(fc.property(quietHours, moment, fc.integer({ min: 0, max: 3 * HOUR }), (quiet, from, later) => {
      expect(runClock(quiet, from + later, HOUR)).toBeGreaterThanOrEqual(runClock(quiet, from, HOUR));
    }));
  });

  test('an offer ends after it was told and before the notice of its visit', () => {
    fc.assert(fc.property(quietHours, moment, fc.integer({ min: 0, max: 5 * 24 * 60 }), (quiet, now, lead) => {
      const start = now + lead * MINUTE;
      const times = offerTimes(shop({}, quiet), start, now);
      if (!times) return;
      expect(times.tellAt).toBeLessThan(times.until);
      expect(times.until).toBeLessThanOrEqual(start - HOUR);
    }));
  });
});
