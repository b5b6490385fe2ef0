import type { DateAtom } from '../dates/atoms.ts';
import type { Words } from './lexicon.ts';
import type { TimeAtom } from '../times/atoms.ts';

const ONES = ['', 'いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'];
const HOURS = ['れい', 'いち', 'に', 'さん', 'よ', 'ご', 'ろく', 'しち', 'はち', 'く'];
const MONTHS = ['', 'いち', 'に', 'さん', 'し', 'ご', 'ろく', 'しち', 'はち', 'く'];
const tens = (n: number): string => (n < 10 ? '' : (n < 20 ? '' : ONES[Math.floor(n / 10)]) + 'じゅう');

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
const hour = (n: number): string => `${tens(n)}${HOURS[n % 10] === 'れい' ? '' : HOURS[n % 10]}じ`;
const HALVES: readonly [string, number][] = [['', 0], ['はん', 30], ['半', 30], ['さんじゅっぷん', 30], ['じゅうごふん', 15], ['よんじゅうごふん', 45]];

/** Hours in kana alone: じゅうごじ, さんじはん. */
export const kanaHours: readonly Words<TimeAtom>[] = upTo(24).flatMap((n) =>
  HALVES.map(([word, minutes]): Words<TimeAtom> => [
    [hour(n), ...(n % 10 === 7 ? [`${tens(n)}ななじ`] : [])].map((h) => h + word).join(' '),
    { kind: 'clock', clock: { minute: n * 60 + minutes, exact: n > 12 } },
  ]));

/** Days of the month in kana that mean nothing else: みっか hides in みつかる, ようか in 見ようか. */
const OWN_NAMES: readonly Words<DateAtom>[] = [
  ['ついたち', { kind: 'calendar', day: 1 }], ['ふつか', { kind: 'calendar', day: 2 }], ['むいか', { kind: 'calendar', day: 6 }],
  ['ここのか', { kind: 'calendar', day: 9 }], ['とおか', { kind: 'calendar', day: 10 }], ['はつか', { kind: 'calendar', day: 20 }],
  ['じゅうよっか', { kind: 'calendar', day: 14 }], ['にじゅうよっか', { kind: 'calendar', day: 24 }],
];
export const kanaDays: readonly Words<DateAtom>[] = [
  ...OWN_NAMES,
  ...upTo(31).filter((n) => n > 10 && n % 10 !== 4).map((n): Words<DateAtom> => [`${tens(n)}${ONES[n % 10]}にち`, { kind: 'calendar', day: n }]),
  ...upTo(12).map((n): Words<DateAtom> => [`${tens(n)}${MONTHS[n % 10]}がつ`, { kind: 'calendar', month: n }]),
];
