import { expect, test } from '@jest/globals';
import { worksOn } from '../../src/model/shifts.ts';
import { isOff } from '../../src/model/store.ts';
import type { Staff } from '../../src/model/store.ts';
import { fromLocal, toLocal } from '../../src/model/time.ts';
import { person } from '../support/salon.ts';

/** A Thursday the shop is open from ten to eight. */
const DAY = '2026-11-26';
const open = [{ start: fromLocal(`${DAY}T10:00`), end: fromLocal(`${DAY}T20:00`) }];
const hours = (change: Partial<Staff>): string =>
  worksOn(person('田中', [], change), open, DAY).map((span) => [span.start, span.end].map((at) => toLocal(at).slice(11)).join('-')).join(' ');

test.each<[string, Partial<Staff>, string]>([
  ['the shop is open, where nothing else is said', {}, '10:00-20:00'],
  ['the own shift says, as far as the shop is open', { shifts: { thu: [['09:00', '15:00']] } }, '10:00-15:00'],
  ['the shop is open on weekdays without a shift', { shifts: { wed: [] } }, '10:00-20:00'],
  ['there is no break', { breaks: { thu: [['13:00', '14:00']] } }, '10:00-13:00 14:00-20:00'],
  ['the shift says, but for breaks', { shifts: { thu: [['12:00', '18:00']] }, breaks: { thu: [['11:00', '12:30'], ['15:00', '15:15']] } }, '12:30-15:00 15:15-18:00'],
  ['the day itself says, whatever the weekday is', { daysOff: ['thu'], shifts: { thu: [] }, breaks: { thu: [['13:00', '14:00']] }, exceptions: [{ day: DAY, openings: [['12:00', '16:00']] }] }, '12:00-16:00'],
  ['the shop is open, also on a day of own hours', { exceptions: [{ day: DAY, openings: [['08:00', '11:00'], ['19:00', '23:00']] }] }, '10:00-11:00 19:00-20:00'],
  ['not on a day off', { daysOff: ['thu'] }, ''],
  ['not on a day of absence', { absences: [DAY] }, ''],
  ['not on a day of absence, even with hours said for it', { absences: [DAY], exceptions: [{ day: DAY, openings: [['12:00', '16:00']] }] }, ''],
  ['not on a day without hours', { exceptions: [{ day: DAY, openings: [] }] }, ''],
])('somebody works when %s', (_, change, wanted) => {
  expect(hours(change)).toBe(wanted);
  expect(isOff(person('田中', [], change), DAY)).toBe(wanted === '');
});
