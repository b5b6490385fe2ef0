import { expect, test } from '@jest/globals';
import { shownTap } from '../../src/chatlog/tapped.ts';
import { VERBS, writeTap } from '../../src/dialogue/tap.ts';
import type { Store } from '../../src/model/store.ts';

const store = { id: 's', name: '渋谷店', menus: [{ id: 'm', name: 'カット' }], staff: [{ id: 't', name: '田中' }] } as Store;
const reader = { customerId: 'u1', stores: [store], now: Date.UTC(2026, 10, 24) };
const tapped = (verb: (typeof VERBS)[number], value = '') => shownTap(writeTap({ seq: 3 }, 'u1', verb, value), reader);

test('a tap reads as what it says, not as its data', () => {
  expect(tapped('yes')).toBe('はい');
  expect(tapped('menu', 'm')).toBe('カット');
  expect(tapped('staff', 't')).toBe('田中');
  expect(tapped('staff', 'anyone')).toBe('指名なし');
  expect(tapped('store', 's')).toBe('渋谷店');
  expect(tapped('day', '2026-11-28')).toBe('11/28(土)');
  expect(tapped('at', '2026-11-28T09:00')).toBe('11/28(土) 9:00');
  expect(tapped('at', '2026-11-28T15:30/t')).toBe('11/28(土) 15:30 田中');
  expect(tapped('change', 'time')).toBe('時間を変更');
});

test('every button without a value has words', () => {
  for (const verb of VERBS.filter((v) => !['store', 'menu', 'staff', 'day', 'at', 'change', 'again'].includes(v))) expect(tapped(verb)).toMatch(/\S/);
});

test('what is not ours, or is no more, or comes with a picker, has none', () => {
  expect(shownTap('drop table', reader)).toBeNull();
  expect(shownTap(writeTap({ seq: 1 }, 'u2', 'yes'), reader)).toBeNull();
  expect(tapped('menu', 'gone')).toBeNull();
  expect(tapped('at', 'nonsense')).toBeNull();
  expect(tapped('change', 'constructor')).toBeNull();
  expect(tapped('day')).toBeNull();
});
