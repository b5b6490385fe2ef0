/** Openings as people write them, read into `Opening`s, with what is wrong about them in plain English. */
import type { Opening } from './hours.ts';
import { toClock, toMinute, WEEKDAYS } from './time.ts';
import type { Minute, Weekday } from './time.ts';

/** The latest closing that can be said: 30:00 is six in the morning after. */
export const LATEST: Minute = 30 * 60;

export type ReadOpening = { opening: Opening } | { wrong: string };

const WRITTEN = /^(\d{1,2}:\d{2})\s*[-–~〜～]\s*(\d{1,2}:\d{2})$/;

const wrongClock = (clock: string, latest: Minute): string | null => {
  if (+clock.slice(clock.indexOf(':') + 1) > 59) return `${clock} is not a time: minutes go from 00 to 59`;
  if (toMinute(clock) > latest) return `${clock} is not a time here: the latest is ${toClock(latest)}`;
  return null;
};

/** `10:00-20:00`, closing after midnight as `18:00-25:30`. */
export function readOpening(said: unknown): ReadOpening {
  const [, from, to] = (typeof said === 'string' && WRITTEN.exec(said.trim())) || [];
  if (!from || !to) return { wrong: `${JSON.stringify(said)} is not an opening: write it as 10:00-20:00, or closed` };
  const wrong = wrongClock(from, 24 * 60 - 1) ?? wrongClock(to, LATEST);
  if (wrong) return { wrong: `${wrong} (in ${JSON.stringify(said)})` };
  const [start, end] = [toMinute(from), toMinute(to)];
  if (start >= end) {
    const night = end + 1440 <= LATEST ? `; a closing after midnight is said as ${from}-${toClock(end + 1440)}` : '';
    return { wrong: `${said} ends before it begins${night}` };
  }
  return { opening: [toClock(start), toClock(end)] };
}

/** The first two openings of a day that overlap, as indexes. */
export function overlapOf(openings: readonly Opening[]): [number, number] | null {
  for (const [i, [from, to]] of openings.entries()) {
    const j = openings.findIndex(([f, t], at) => at < i && toMinute(f) < toMinute(to) && toMinute(from) < toMinute(t));
    if (j >= 0) return [j, i];
  }
  return null;
}

/** Weekdays whose night runs into the next morning's opening. */
export const nightsTooLong = (weekly: Record<Weekday, Opening[]>): { day: Weekday; next: Weekday }[] =>
  WEEKDAYS.flatMap((day, i) => {
    const next = WEEKDAYS[(i + 1) % 7]!;
    const end = Math.max(0, ...weekly[day].map(([, to]) => toMinute(to) - 1440));
    return weekly[next].some(([from]) => toMinute(from) < end) ? [{ day, next }] : [];
  });
