import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MeteredSender } from '../../src/line/metered.ts';
import type { SendResult } from '../../src/line/outcome.ts';
import { PURPOSES, allowance, levelOf } from '../../src/line/quota.ts';
import type { Level, Meter } from '../../src/line/quota.ts';
import { DAY, fromLocal } from '../../src/model/time.ts';

const NOW = fromLocal('2026-11-24T09:00');
const month = '2026-11';

describe('what a month still holds', () => {
  test.each([
    [{ limit: 200, used: 100 }, 'enough', 60],
    [{ limit: 200, used: 159 }, 'enough', 1],
    [{ limit: 200, used: 160 }, 'low', 0],
    [{ limit: 200, used: 199 }, 'low', 0],
    [{ limit: 200, used: 200 }, 'gone', 0],
    [{ limit: 200, used: 240 }, 'gone', 0],
    [{ limit: 0, used: 0 }, 'gone', 0],
    [{ limit: null, used: 90_000 }, 'enough', Infinity],
  ] as const)('of %j: %s, and so many reminders', (meter, level, reminders) => {
    expect(levelOf({ ...meter, month })).toBe(level);
    expect(allowance('reminder', { ...meter, month }, NOW)).toBe(reminders);
    expect(allowance('notice', { ...meter, month }, NOW)).toBe(reminders);
  });

  test('what cannot wait is always tried, reminders never take what is kept for it, and a month not asked about yet holds enough', () => {
    fc.assert(fc.property(fc.nat(40_000), fc.nat(50_000), (limit, used) => {
      const meter: Meter = { limit, used, month };
      for (const purpose of ['answer', 'news', 'alarm'] as const) expect(allowance(purpose, meter, NOW)).toBe(Infinity);
      const left = allowance('reminder', meter, NOW);
      expect(used + left <= Math.max(used, limit * 0.8)).toBe(true);
      expect(levelOf(meter) === 'enough').toBe(left > 0);
      for (const purpose of PURPOSES) expect([allowance(purpose, meter, NOW + 7 * DAY), allowance(purpose, null, NOW)]).toEqual([Infinity, Infinity]);
    }));
  });
});

describe('a channel with its meter', () => {
  const sent: SendResult = { kind: 'sent', requestId: null, messages: [] };
  function channel(quota: { limit: number | null; used: number } | null, answers: SendResult[] = []) {
    const line = { quota, answers, now: NOW, pushes: 0 };
    const reached: Level[] = [];
    let meter: Meter | null = null;
    const sender = new MeteredSender({
      reply: async () => sent,
      push: async () => {
        line.pushes++;
        return line.answers.shift() ?? sent;
      },
      quota: async () => {
        if (!line.quota) throw new Error('LINE is away');
        return line.quota;
      },
    }, () => line.now, { changed: (to) => void (meter = to), reached: (level) => void reached.push(level) });
    return { line, reached, sender, meter: () => meter, push: async (purpose: 'reminder' | 'news') => (await sender.push('U', [], 'key', purpose)).kind };
  }

  test('what is pushed counts, up to the part that is kept; then reminders stay and news go, and each level is said once', async () => {
    const { sender, push, reached, meter, line } = channel({ limit: 10, used: 6 });
    await sender.read();
    expect([await push('reminder'), await push('reminder'), await push('reminder')]).toEqual(['sent', 'sent', 'kept_back']);
    expect([await push('news'), await push('news'), await push('news')]).toEqual(['sent', 'sent', 'sent']);
    expect(meter()).toEqual({ limit: 10, used: 11, month });
    expect(reached).toEqual(['low', 'gone']);
    line.quota = { limit: 10, used: 10 };
    await sender.read();
    expect(reached).toEqual(['low', 'gone']);
  });

  test("LINE's word that the month is over counts at once and stays, though its number is lower, until the plan or the month is another", async () => {
    const { sender, push, reached, line } = channel({ limit: 200, used: 20 }, [{ kind: 'quota_exhausted' }]);
    await sender.read();
    expect(await push('news')).toBe('quota_exhausted');
    expect([reached, await push('reminder')]).toEqual([['gone'], 'kept_back']);
    await sender.read();
    expect(await push('reminder')).toBe('kept_back');
    line.quota = { limit: 5_000, used: 20 };
    await sender.read();
    expect(await push('reminder')).toBe('sent');
    line.answers = [{ kind: 'quota_exhausted' }];
    await push('news');
    expect(await push('reminder')).toBe('kept_back');
    line.now += 7 * DAY;
    expect(await push('reminder')).toBe('sent');
    line.quota = { limit: 5_000, used: 0 };
    await sender.read();
    expect(sender.allowance('reminder')).toBe(4_000);
  });

  test('while LINE does not say, everything is tried, and what it said last holds', async () => {
    const { sender, push, line } = channel(null);
    await expect(sender.read()).rejects.toThrow('away');
    expect(await push('reminder')).toBe('sent');
    line.quota = { limit: 10, used: 9 };
    await sender.read();
    line.quota = null;
    await sender.read().catch(() => undefined);
    expect(await push('reminder')).toBe('kept_back');
  });
});
