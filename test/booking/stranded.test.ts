import { expect, test } from '@jest/globals';
import { strandingOf } from '../../src/booking/stranded.ts';
import type { Reservation } from '../../src/model/reservation.ts';
import { storeOf } from '../../src/model/shop-file.ts';
import type { Shop } from '../../src/model/shop-file.ts';
import { fromLocal } from '../../src/model/time.ts';
import { exampleShop } from '../support/shops.ts';

/** 佐藤 cuts on Thursday the 26th, 15:00 to 16:00. */
const visit: Reservation = {
  id: 'r', userId: 'u', storeId: 's', staffId: '佐藤', menuIds: ['カット'], status: 'confirmed', nominated: true,
  start: fromLocal('2026-11-26T15:00'), end: fromLocal('2026-11-26T16:00'),
};
const after = (change: (shop: Shop) => void): ReturnType<typeof strandingOf> => {
  const shop = exampleShop('salon');
  change(shop);
  return strandingOf(storeOf(shop), visit);
};

test('a visit that still fits is not stranded', () => {
  expect(after(() => {})).toBeNull();
  expect(after((shop) => (shop.menus[0]!.duration = 90))).toBeNull();
});

test.each<[string, string, (shop: Shop) => void]>([
  ['closed', 'an exception closes its day', (shop) => shop.hours.exceptions.push({ day: '2026-11-26', openings: [] })],
  ['closed', 'its weekday becomes a closing day', (shop) => (shop.hours.weekly.thu = [])],
  ['outside_hours', 'the shop closes before it ends', (shop) => (shop.hours.weekly.thu = [['10:00', '15:30']])],
  ['outside_hours', 'a lunch break falls into it', (shop) => (shop.hours.weekly.thu = [['10:00', '15:30'], ['16:00', '20:00']])],
  ['staff_off', 'its person has that weekday off', (shop) => shop.staff[1]!.daysOff.push('thu')],
  ['staff_off', 'its person is away that day', (shop) => shop.staff[1]!.absences.push('2026-11-26')],
  ['staff_off', 'its person goes home before', (shop) => (shop.staff[1]!.shifts = { thu: [['10:00', '15:00']] })],
  ['staff_gone', 'its person has left', (shop) => shop.staff.pop()],
  ['menu_gone', 'its menu is no more', (shop) => shop.menus.shift()],
  ['staff_cannot', 'its person does not do its menu any more', (shop) => (shop.staff[1]!.menus = ['カラー'])],
])('it is %s when %s', (why, _, change) => {
  expect(after(change)).toBe(why);
});

test('a visit after midnight belongs to the evening before', () => {
  const store = storeOf({ ...exampleShop('salon') });
  store.hours.weekly.thu = [['18:00', '26:00']];
  store.hours.weekly.fri = [];
  const late = { ...visit, start: fromLocal('2026-11-27T01:00'), end: fromLocal('2026-11-27T02:00') };
  expect(strandingOf(store, late)).toBeNull();
  expect(strandingOf(store, { ...late, end: late.end + 1 })).toBe('closed');
});
