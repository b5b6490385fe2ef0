import { expect, test } from '@jest/globals';
import { batchedLog } from '../../src/storage/batched-log.ts';
import { memoryChatLog } from '../../src/storage/memory/chat-log.ts';
import { line } from './chat-log.contract.ts';

/** A log that counts its appends and refuses the entries of one customer. */
const counted = (refused = 'nobody') => {
  const sizes: number[] = [];
  const log = memoryChatLog();
  return { sizes, log: { ...log, append: async (entries: Parameters<typeof log.append>[0]) => {
    sizes.push(entries.length);
    if (entries.some((e) => e.userId === refused)) throw new Error('refused');
    await log.append(entries);
  } } };
};

test('appends that come together leave together, each in its order', async () => {
  const { log, sizes } = counted();
  const joined = batchedLog(log);
  await Promise.all(Array.from({ length: 120 }, (_, i) => joined.append([line('u', `${i}`, { timestamp: 1 })])));
  expect(sizes).toEqual([100, 20]);
  expect((await joined.read('u')).map((e) => e.id)).toEqual(Array.from({ length: 120 }, (_, i) => `${i}`));
});

test('an append alone goes at once and whole', async () => {
  const { log, sizes } = counted();
  const joined = batchedLog(log);
  await joined.append([line('u', 'a')]);
  await joined.append(['b', 'c', 'd'].map((id) => line('u', id)));
  expect(sizes).toEqual([1, 3]);
});

test('nobody fails for what another one brought, and a later append is not held up', async () => {
  const { log } = counted('bad');
  const joined = batchedLog(log);
  const [good, bad, also] = await Promise.allSettled([joined.append([line('good', '1')]), joined.append([line('bad', '2')]), joined.append([line('good', '3')])]);
  expect([good.status, bad.status, also.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await joined.append([line('good', '4')]);
  expect((await joined.read('good')).map((e) => e.id)).toEqual(['1', '3', '4']);
});
