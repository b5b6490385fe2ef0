import { openingsOn } from '../../model/hours.ts';
import type { BusinessHours, Opening } from '../../model/hours.ts';
import { toClock, toMinute, WEEKDAYS } from '../../model/time.ts';
import type { Day } from '../../model/time.ts';
import type { Times } from '../heard.ts';
import type { Clocked, Edge, TimeSaid } from './atoms.ts';

type Minutes = [from: number, to: number];

/** Where no shop is known, 7 to 11 are in the morning and 1 to 6 in the afternoon. */
const UNKNOWN: Minutes[] = [[7 * 60, 24 * 60]];

const minutes = (openings: readonly Opening[]): Minutes[] => openings.map(([from, to]) => [toMinute(from), toMinute(to)]);

/** The openings a time is read against: those of the day, or of the whole week where no day is known or it is closed. */
export function openingsFor(hours: BusinessHours | null, day: Day | null): Minutes[] {
  if (hours === null) return UNKNOWN;
  const onDay = day === null ? [] : minutes(openingsOn(hours, day));
  if (onDay.length > 0) return onDay;
  const all = WEEKDAYS.flatMap((weekday) => minutes(hours.weekly[weekday]));
  return all.length > 0 ? all : UNKNOWN;
}

/** Convention 5: the half of the day in which the shop is open; the morning if both fit; after `start` for the end of a range. */
function minuteOf(clock: Clocked, openings: readonly Minutes[], start: number | null): { minute: number; assumed: boolean } {
  const { minute } = clock;
  if (clock.exact || minute >= 720) return { minute: start !== null && minute <= start && minute < 720 ? minute + 1440 : minute, assumed: false };
  if (start !== null) return { minute: [minute, minute + 720, minute + 1440].find((m) => m > start)!, assumed: minute <= start };
  const evening = minute + 720;
  const within = (m: number, closing: boolean) => openings.some(([from, to]) => m >= from && (closing ? m <= to : m < to));
  if (within(minute, false)) return { minute, assumed: within(evening, false) };
  if (within(evening, true)) return { minute: evening, assumed: true };
  const [first, last] = [Math.min(...openings.map((o) => o[0])), Math.max(...openings.map((o) => o[1]))];
  const between = evening >= first && evening <= last;
  return { minute: between || minute < 360 ? evening : minute, assumed: true };
}

/** A time as said, on a clock. `closed`: a point at which the shop is not open on any of the openings. */
export type ResolvedTime = { times: Times; twelveHour: boolean; closed: boolean };

export function resolveTime(time: TimeSaid, openings: readonly Minutes[], known: boolean): ResolvedTime {
  let twelveHour = false;
  const first = Math.min(...openings.map((o) => o[0]));
  const last = Math.max(...openings.map((o) => o[1]));
  const edge = (e: Edge | null, start: number | null): number | null => {
    if (e === null) return null;
    if (e === 'open') return known ? first : null;
    if (e === 'close') return null;
    const read = minuteOf(e, openings, start);
    twelveHour ||= read.assumed;
    return read.minute;
  };
  // 朝イチ without known hours is the morning.
  if (time.point && time.from === 'open' && !known) return { times: { from: null, to: '11:00' }, twelveHour, closed: false };
  const from = edge(time.from, null);
  if (time.point) {
    const clock = toClock(from!);
    const open = openings.some(([a, b]) => from! >= a && from! < b) || openings.some(([a, b]) => from! + 1440 >= a && from! + 1440 < b);
    return { times: { from: clock, to: clock }, twelveHour, closed: known && !open };
  }
  const to = edge(time.to, from);
  // A window that opens with the shop starts where the shop does: 午前中 is until noon.
  const start = time.from === 'open' && time.to !== null ? null : from;
  const within = clipped(start, to, first, last);
  return { times: within, twelveHour, closed: known && ((from !== null && from >= last) || (to !== null && to <= first)) };
}

/** An end of a window that lies outside the shop's day is moved to its edge, so that an answer reads well. */
function clipped(from: number | null, to: number | null, first: number, last: number): Times {
  const a = from !== null && from < first && (to === null || to > first) ? first : from;
  const b = to !== null && to > last && (from === null || from < last) ? last : to;
  return { from: a === null ? null : toClock(a), to: b === null ? null : toClock(b) };
}
