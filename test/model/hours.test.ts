import { expect, test } from '@jest/globals';
import { nextOpening, openingsOn } from '../../src/model/hours.ts';
import { readShop, storeOf } from '../../src/model/shop-file.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const clinic = readShop(readFileSync(path.resolve(import.meta.dirname, '../../prisma/shops/clinic.yml'), 'utf8'));
if ('mistakes' in clinic) throw new Error('the example clinic cannot be read');
const { hours } = storeOf(clinic.shop);
const moment = (text: string) => Date.parse(`${text}:00+09:00`);

test.each([
  ['before the day begins', '2026-11-24T08:00', '2026-11-24T09:30'],
  ['in the lunch break', '2026-11-24T13:00', '2026-11-24T14:30'],
  ['after closing', '2026-11-24T19:00', '2026-11-25T09:30'],
  ['on the evening before a closing day', '2026-11-28T22:40', '2026-11-30T09:30'],
])('%s the shop opens next when its hours say', (_when, now, opens) => {
  expect(nextOpening(hours, moment(now))).toBe(moment(opens));
});

test('while it is open there is no next opening, nor where it never opens', () => {
  expect(nextOpening(hours, moment('2026-11-24T10:00'))).toBeNull();
  const never = { ...hours, weekly: Object.fromEntries(Object.keys(hours.weekly).map((day) => [day, []])) as unknown as typeof hours.weekly, exceptions: [] };
  expect(nextOpening(never, moment('2026-11-24T10:00'))).toBeNull();
});

test('public holidays are as the shop chooses: substitutes and citizens\' holidays, too; dated hours win over them', () => {
  // 勤労感謝の日, a Monday; 国民の休日 between two others; 振替休日 after a Sunday; the day after a holiday is none.
  const days = ['2026-11-23', '2026-09-22', '2027-03-22', '2027-03-23'];
  const on = (change: Partial<typeof hours>) => days.map((day) => openingsOn({ ...hours, ...change }, day).length);
  expect(on({ holidays: 'open' })).toEqual([2, 2, 2, 2]);
  expect(on({ holidays: 'closed' })).toEqual([0, 0, 0, 2]);
  expect(on({ holidays: [['10:00', '12:00']] })).toEqual([1, 1, 1, 2]);
  expect(on({ holidays: 'closed', exceptions: [{ day: '2026-11-23', openings: [['10:00', '12:00']] }] })).toEqual([1, 0, 0, 2]);
});
