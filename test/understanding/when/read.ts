import type { HearingContext } from '../../../src/understanding/context.ts';
import type { Days, Exclusion, Times } from '../../../src/understanding/heard.ts';
import { normalise } from '../../../src/understanding/normalise.ts';
import { readWhen } from '../../../src/understanding/when.ts';
import type { WhenReading } from '../../../src/understanding/when.ts';
import type { BusinessHours, Opening } from '../../../src/model/hours.ts';

const week = (openings: Opening[]): BusinessHours['weekly'] => ({ mon: openings, tue: openings, wed: openings, thu: openings, fri: openings, sat: openings, sun: openings });
export const openFrom = (from: string, to: string, more: Partial<BusinessHours> = {}): BusinessHours => ({
  v: 1, timeZone: 'Asia/Tokyo', weekly: week([[from, to]]), holidays: 'open', exceptions: [], gridMinutes: 30, noticeMinutes: 0,
  windowDays: 400, cancelDeadlineMinutes: 0, ...more,
});

/** A Tuesday at noon; Monday the 23rd was 勤労感謝の日. */
export const NOW = '2026-11-24T12:00';
type Options = { now?: string; hours?: BusinessHours | null; known?: { day?: string; time?: string }; asked?: HearingContext['asked']; menus?: string[] };

export function reading(text: string, { now = NOW, hours = openFrom('10:00', '20:00'), known = {}, asked = null, menus = [] }: Options = {}): WhenReading {
  const instant = Date.parse(`${now}:00+09:00`);
  return readWhen(normalise(text), {
    now: instant, judgedAt: instant, hours, asked, offered: [],
    lexicon: { stores: [], menus: menus.map((name) => ({ name, aliases: [] })), staff: [] },
    known: { dates: known.day === undefined ? null : [known.day], time: known.time === undefined ? null : { from: known.time, to: known.time } },
  });
}

const short = (day: string | null): string => (day ?? '').replace(/^2026-/, '');
const days = (of: Days): string => (Array.isArray(of) ? of.map(short).join(' ') : `${short(of.from)}..${short(of.to)}`);
const time = (of: Times): string => (of.from === of.to ? `@${of.from}` : `@${of.from ?? ''}~${of.to ?? ''}`);
const without = (of: Exclusion): string =>
  [...(of.weekdays ?? []), ...(of.dates ?? []).map(short), ...(of.holidays ? ['holidays'] : []), ...(of.time ? [time(of.time)] : [])].map((x) => ` -${x}`).join('');

/** What was read, in one line: `11-25 @15:00`, `11-25..11-27`, `11-25 @15:00 | 11-26`, ` -sat -sun`, `past!`, '' for nothing. */
export function read(text: string, options?: Options): string {
  const r = reading(text, options);
  if (r.refuse) return `${r.refuse.reason}!`;
  const wishes = r.when.map((w) => [w.dates && days(w.dates), w.time && time(w.time)].filter(Boolean).join(' ')).join(' | ');
  return (wishes + (r.exclude ? without(r.exclude) : '')).trim();
}
