import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { conversationsIn, entriesIn } from '../../src/chatlog/conversations.ts';
import { conversationDay, conversationSpan } from '../../src/model/conversation-day.ts';
import { at, DAY } from '../../src/model/time.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { line } from '../storage/chat-log.contract.ts';

const all = async <T>(them: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const one of them) list.push(one);
  return list;
};

test('page by page, every entry comes once and in order, however many are of one moment', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), async (moments, page) => {
    const log = memoryChatLog();
    await log.append(moments.map((timestamp, i) => line('u', `${i}`, { timestamp })));
    expect(await all(entriesIn(log, 'u', {}, page))).toEqual(await log.read('u'));
    expect(await all(entriesIn(log, 'u', { from: 2, to: 5 }, page))).toEqual(await log.read('u', { from: 2, to: 5 }));
  }));
});

test('every conversation comes once, whatever the page holds, and its entries are those of its day', async () => {
  const log = memoryChatLog();
  const noon = at('2026-11-24', 720);
  await log.append(Array.from({ length: 60 }, (_, i) => line(`u${i % 7}`, `${i}`, { timestamp: noon + Math.floor(i / 20) * DAY })));
  const whole = await all(conversationsIn(log, {}));
  expect(whole).toHaveLength(21);
  for (const page of [1, 2, 7, 21, 22]) expect(await all(conversationsIn(log, {}, page))).toEqual(whole);
  const entries = (await Promise.all(whole.map(({ userId, day }) => { const { start: from, end: to } = conversationSpan(day); return all(entriesIn(log, userId, { from, to })); }))).flat();
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(60);
});

test('a moment is in the span of its own day and in no other', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (moment) => {
    const { start, end } = conversationSpan(conversationDay(moment));
    expect(start <= moment && moment < end && end - start === DAY).toBe(true);
    expect(conversationDay(end)).not.toBe(conversationDay(start));
  }));
});
