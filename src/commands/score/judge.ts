/**
 * Whether a reading of days and times means the same as what was expected. Ranges are expanded to their days; windows
 * are cut to the hours before they are compared; a point said loosely may be widened as far as its item allows.
 */
import { isHoliday } from '../../model/holidays.ts';
import { addDays, daysBetween, toMinute, weekdayOf } from '../../model/time.ts';
import type { Day, Weekday } from '../../model/time.ts';
import type { Days, Exclusion, Times } from '../../understanding/heard.ts';

/** What is expected of a phrase, or was heard. */
export type Expected = { dates?: Days | null; time?: Times | null; exclude?: Exclusion | null; refuse?: string | null; none?: boolean; slots?: { dates?: Days | null; time?: Times | null }[] };
export type DateItem = { now: string; hours?: { open: string; close: string }; expect: Expected; alsoAccept?: Expected[]; fuzzy?: { time?: number; dateDays?: number } };

type DaySet = { is: 'unsaid' } | { is: 'any' } | { is: 'from'; from: Day } | { is: 'days'; days: Day[] };
type Slot = { days: DaySet; time: Times | null };
type Meaning = { refused: boolean; slots: Slot[]; excludedDays: string | null; excludedTime: Times | null };

function daySet(said: Days | null | undefined, exclude: Exclusion | null, today: Day): DaySet {
  if (!said || (Array.isArray(said) && said.length === 0)) return { is: 'unsaid' };
  let days: Day[];
  if (Array.isArray(said)) days = [...new Set(said)].toSorted();
  else {
    if (said.to === null) return said.from === null || said.from <= today ? { is: 'any' } : { is: 'from', from: said.from };
    const from = said.from === null || (said.from < today && said.to >= today) ? today : said.from;
    days = Array.from({ length: Math.max(0, Math.min(800, daysBetween(from, said.to) + 1)) }, (_, i) => addDays(from, i));
  }
  return { is: 'days', days: exclude ? days.filter((day) => !isExcluded(day, exclude)) : days };
}

const listed = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const isExcluded = (day: Day, exclude: Exclusion): boolean =>
  listed<Weekday>(exclude.weekdays).includes(weekdayOf(day)) || listed<Day>(exclude.dates).includes(day) || (exclude.holidays === true && isHoliday(day));
const saidTime = (time: Times | null | undefined): Times | null => (!time || (time.from === null && time.to === null) ? null : time);

function meaning(said: Expected, today: Day): Meaning {
  if (said.refuse) return { refused: true, slots: [], excludedDays: null, excludedTime: null };
  const exclude = said.exclude && Object.keys(said.exclude).length > 0 ? said.exclude : null;
  const slots = (said.none ? [] : (said.slots ?? [{ dates: said.dates ?? null, time: said.time ?? null }]))
    .map((s): Slot => ({ days: daySet(s.dates, exclude, today), time: saidTime(s.time) })).filter((s) => s.days.is !== 'unsaid' || s.time !== null);
  const bounded = slots.length > 0 && slots.every((s) => s.days.is === 'days');
  const key = exclude && !bounded ? JSON.stringify([listed(exclude.weekdays).toSorted(), listed(exclude.dates).toSorted(), exclude.holidays === true]) : null;
  const excludedDays = key === '[[],[],false]' ? null : key;
  const excludedTime = saidTime(exclude?.time);
  // A time or an exclusion without a day is about any day.
  const anyDay = slots.some((s) => s.time !== null) || excludedDays !== null || excludedTime !== null;
  const filled = slots.map((s): Slot => (anyDay && s.days.is === 'unsaid' ? { ...s, days: { is: 'any' } } : s));
  return { refused: false, slots: filled.length === 0 && (excludedDays !== null || excludedTime !== null) ? [{ days: { is: 'any' }, time: null }] : filled, excludedDays, excludedTime };
}

const isPoint = (time: Times): boolean => time.from !== null && time.from === time.to;
function window(time: Times, hours: DateItem['hours']): [number, number] {
  const open = hours ? toMinute(hours.open) : 0;
  const close = hours ? toMinute(hours.close) : 1440;
  const from = time.from === null ? null : toMinute(time.from);
  const to = time.to === null ? null : toMinute(time.to);
  const cut: [number, number] = [Math.max(open, from ?? open), Math.min(close, to ?? close)];
  return cut[0] < cut[1] ? cut : [from ?? open, to ?? close];
}

function sameTime(wanted: Times | null, got: Times | null, item: DateItem): boolean {
  if (wanted === null || got === null) return wanted === got;
  const slack = item.fuzzy?.time ?? 0;
  if (isPoint(wanted)) {
    if (isPoint(got)) return wanted.from === got.from;
    const [from, to] = [got.from, got.to].map((c) => (c === null ? null : toMinute(c)));
    return slack > 0 && from !== null && to !== null && from! <= toMinute(wanted.from!) && to! >= toMinute(wanted.from!) && to! - from! <= 120;
  }
  if (isPoint(got)) return false;
  const [a, b] = window(wanted, item.hours);
  const [x, y] = window(got, item.hours);
  return slack > 0 ? Math.abs(a - x) <= slack && Math.abs(b - y) <= slack && Math.min(b, y) > Math.max(a, x) : a === x && b === y;
}

const apart = (a: Day, b: Day): number => Math.abs(daysBetween(a, b));
function sameDays(wanted: DaySet, got: DaySet, slack: number): boolean {
  if (wanted.is === 'from' && got.is === 'from') return apart(wanted.from, got.from) <= slack;
  if (wanted.is !== 'days' || got.is !== 'days') return wanted.is === got.is;
  if (slack === 0) return wanted.days.join() === got.days.join();
  const enough = wanted.days.length < 3 || got.days.length >= wanted.days.length / 2;
  return got.days.length > 0 && enough && apart(wanted.days[0]!, got.days[0]!) <= slack && apart(wanted.days.at(-1)!, got.days.at(-1)!) <= slack;
}

/** Every wanted thing has one of its own among those heard, and there are no others. */
function covers<T>(wanted: readonly T[], got: readonly T[], same: (a: T, b: T) => boolean): boolean {
  const left = [...got];
  return wanted.length === got.length && wanted.every((w) => {
    const i = left.findIndex((g) => same(w, g));
    if (i >= 0) left.splice(i, 1);
    return i >= 0;
  });
}
const distinct = <T>(things: readonly T[]): T[] => [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
const dayByDay = (slots: readonly Slot[]): Slot[] => slots.flatMap((s) => (s.days.is === 'days' ? s.days.days.map((day): Slot => ({ ...s, days: { is: 'days', days: [day] } })) : [s]));

function compare(expected: Expected, heard: Expected, item: DateItem, today: Day): { all: boolean; date: boolean; time: boolean } {
  const wanted = meaning(expected, today);
  const got = meaning(heard, today);
  const whole = (right: boolean) => ({ all: right, date: right, time: right });
  if (expected.none) return whole(!got.refused && got.slots.length === 0);
  if (wanted.refused || got.refused) return whole(wanted.refused && got.refused);
  const slack = item.fuzzy?.dateDays ?? 0;
  const days = (slots: readonly Slot[]): DaySet[] => distinct(dayByDay(slots).map((s) => s.days));
  const times = (slots: readonly Slot[]): (Times | null)[] => distinct(slots.map((s) => s.time));
  const sameSets = slack > 0 ? wanted.slots.length === got.slots.length && wanted.slots.every((s, i) => sameDays(s.days, got.slots[i]!.days, slack)) : covers(days(wanted.slots), days(got.slots), (a, b) => sameDays(a, b, 0));
  const date = sameSets && wanted.excludedDays === got.excludedDays;
  const time = covers(times(wanted.slots), times(got.slots), (a, b) => sameTime(a, b, item)) && sameTime(wanted.excludedTime, got.excludedTime, item);
  const paired = slack > 0 || covers(distinct(dayByDay(wanted.slots)), distinct(dayByDay(got.slots)), (a, b) => sameDays(a.days, b.days, 0) && sameTime(a.time, b.time, item));
  return { all: date && time && paired, date, time };
}

/** Right when it means what is expected or one of the readings that are as good; date and time also by themselves. */
export function judge(item: DateItem, heard: Expected, today: Day): { all: boolean; date: boolean; time: boolean } {
  const each = [item.expect, ...(item.alsoAccept ?? [])].map((expected) => compare(expected, heard, item, today));
  return { all: each.some((r) => r.all), date: each.some((r) => r.date), time: each.some((r) => r.time) };
}
