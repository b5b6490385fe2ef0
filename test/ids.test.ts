import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { idMaker } from '../src/ids.ts';

test('ids are uuids of version 7, all different, and sort in the order they were made', () => {
  let now = 1_790_000_000_000;
  const newId = idMaker(() => now, randomBytes);
  const ids = Array.from({ length: 20_000 }, (_, n) => {
    // A clock that stands, jumps and even runs back.
    if (n % 5_000 === 4_999) now += n % 10_000 === 9_999 ? -50 : 3;
    return newId();
  });
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
