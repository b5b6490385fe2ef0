import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { forgetNow, monthsBefore } from '../../src/jobs/forget.ts';
import { addDays, at, isDay } from '../../src/model/time.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { line } from '../storage/chat-log.contract.ts';

describe('what the house forgets by itself', () => {
  const NOW = at('2026-11-26', 12 * 60);
  const round = (log: ReturnType<typeof memoryChatLog>, { keepMonths = null, erased = [] }: { keepMonths?: number | null; erased?: string[] }) => forgetNow({
    inbox: { forgetSeen: async () => undefined }, log, keepMonths, now: () => NOW, logger: { warn: () => undefined },
    people: { erasedSince: async () => erased, eraseWordsBefore: async () => undefined },
  });

  test('words go after the months that were set, by the day; without a setting they stay', async () => {
    const log = memoryChatLog();
    await log.append([line('u', 'old', { timestamp: at('2026-05-25', 600) }), line('u', 'kept', { timestamp: at('2026-05-26', 600) })]);
    await round(log, {});
    expect(await log.read('u')).toHaveLength(2);
    await round(log, { keepMonths: 6 });
    expect((await log.read('u')).map((entry) => entry.id)).toEqual(['kept']);
  });

  test('what a process wrote late of a forgotten customer is gone with the next round', async () => {
    const log = memoryChatLog();
    await log.append([line('gone', 'late'), line('other', 'stays')]);
    await round(log, { erased: ['gone'] });
    expect([await log.read('gone'), await log.read('other')].map((entries) => entries.length)).toEqual([0, 1]);
  });

  test('one part that fails does not keep the others from theirs', async () => {
    const log = memoryChatLog();
    await log.append([line('gone', 'late')]);
    await forgetNow({
      inbox: { forgetSeen: async () => Promise.reject(new Error('away')) }, log, keepMonths: 1, now: () => NOW, logger: { warn: () => undefined },
      people: { erasedSince: async () => ['gone'], eraseWordsBefore: async () => undefined },
    });
    expect(await log.read('gone')).toEqual([]);
  });

  test('a month ago is the same day of the month before, or its last one', () => {
    const months: [string, number][] = [['2026-11-26', 1], ['2026-03-31', 1], ['2024-03-30', 1], ['2026-01-15', 1], ['2026-11-26', 24]];
    expect(months.map(([from, n]) => monthsBefore(from, n))).toEqual(['2026-10-26', '2026-02-28', '2024-02-29', '2025-12-15', '2024-11-26']);
    fc.assert(fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 1200 }), (days, n) => {
      const from = addDays('2020-01-01', days);
      const before = monthsBefore(from, n);
      return isDay(before) && before < from && before.slice(8) <= from.slice(8);
    }));
  });
});
