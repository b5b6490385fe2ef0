import { en } from 'chrono-node';
import type { ParsedComponents, ParsedResult } from 'chrono-node';
import type { Instant } from '../../model/time.ts';
import { dayOfCalendar } from '../dates/days.ts';
import type { DateItem, Item, TimeItem } from './item.ts';
import type { Clocked, TimeSaid } from '../times/atoms.ts';
import { bent, rangeOf } from '../times/said.ts';

/** Nobody writes a longer English message; what is behind is not read. */
const LONGEST = 300;
const JAPANESE = /[ぁ-ヿ一-鿿]/;
const DATE_WORDS = /(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|\b(?:mon|tue|wed|thu|fri)\b|tomorrow|today|tonight|next|this|weekend|\b(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\b(?:march|may)\s\d|noon|midnight|\d\s?(?:am|pm|days|weeks|hours)\b|\d(?:st|nd|rd|th)\b|morning|afternoon|evening|T\d\d:\d\d/i;
/** Words that are days only beside a number. */
const AMBIGUOUS = /^(sat|sun|may|march|mar|wed|second)$/i;
const OR = /\bor\b|,|\//i;

/** Days and times of a message without any Japanese, read by chrono; null when there are none for it to read. */
export function english(text: string, now: Instant): Item[] | null {
  const head = text.slice(0, LONGEST);
  if (!/[a-z]/i.test(head) || JAPANESE.test(text) || !DATE_WORDS.test(head)) return null;
  const results = en.casual.parse(head, { instant: new Date(now), timezone: 9 * 60 }, { forwardDate: true });
  const items: Item[] = impossible(head);
  for (const result of results) {
    if (AMBIGUOUS.test(result.text)) continue;
    // A whole week is a range, which our own words say.
    if (/^(next|this) week$/i.test(result.text)) return null;
    const last = items.at(-1);
    const link = last === undefined ? 'text' : OR.test(head.slice(last.to, result.index)) ? 'or' : 'topic';
    items.push(...itemsOf(result, head, link));
  }
  return items.length > 0 ? between(items, head) : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_AND_DAY = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(\d{1,2})(?:st|nd|rd|th)?\b(?!:)/i;

/** chrono passes over days that no year has (Feb 30); they are refused. */
function impossible(text: string): Item[] {
  const said = MONTH_AND_DAY.exec(text);
  if (said === null || dayOfCalendar(2028, MONTHS.indexOf(said[1]!.toLowerCase()) + 1, +said[2]!) !== null) return [];
  const found: DateItem['found'] = { days: [], grain: 'day', scope: {}, refuse: { reason: 'impossible_date' } };
  return [{ is: 'date', found, atoms: [{ kind: 'calendar' }], from: said.index, to: said.index + said[0].length, link: 'text', open: false, except: false, till: false, bent: false }];
}

const common = (result: ParsedResult, link: Item['link']): Pick<Item, 'from' | 'to' | 'link' | 'open' | 'except' | 'till'> => ({
  from: result.index, to: result.index + result.text.length, link, open: false, except: false, till: false,
});

function itemsOf(result: ParsedResult, text: string, link: Item['link']): Item[] {
  const out: Item[] = [];
  const from = dayOf(result.start);
  if (from !== null) {
    const to = result.end && says(result.end, 'day', 'weekday') ? dayOf(result.end) : null;
    const weekly = /\bweek(end)?\b/i.exec(result.text);
    out.push({ is: 'date', ...common(result, link), found: { days: to === null ? [from] : { from, to }, grain: 'day', scope: {}, ...(weekly && { assumed: ['fuzzy'] }) }, atoms: [{ kind: 'calendar' }], bent: false });
  }
  const time = timeOf(result, text);
  if (time) out.push({ is: 'time', ...common(result, from === null ? link : 'join'), time } satisfies TimeItem);
  return out;
}

const says = (parsed: ParsedComponents, ...parts: ('day' | 'weekday' | 'hour' | 'meridiem')[]): boolean => parts.some((part) => parsed.isCertain(part));
const dayOf = (parsed: ParsedComponents): string | null =>
  says(parsed, 'day', 'weekday') ? dayOfCalendar(parsed.get('year')!, parsed.get('month')!, parsed.get('day')!) : null;

/** An hour without am or pm is read by the shop's hours, as in Japanese. */
const clockOf = (parsed: ParsedComponents): Clocked => ({
  minute: parsed.get('hour')! * 60 + (parsed.get('minute') ?? 0),
  exact: says(parsed, 'meridiem') || parsed.get('hour')! > 12,
});
const point = (parsed: ParsedComponents): TimeSaid => ({ from: clockOf(parsed), to: null, point: true, assumed: [] });

const PARTS: readonly [RegExp, number, number | null][] = [[/morning/i, 0, 12], [/afternoon/i, 12, null], [/evening|tonight/i, 17, null]];

function timeOf(result: ParsedResult, text: string): TimeSaid | null {
  if (!says(result.start, 'hour')) {
    const part = PARTS.find(([word]) => word.test(result.text));
    if (!part) return null;
    const edge = (hour: number | null): Clocked | null => (hour === null ? null : { minute: hour * 60, exact: true });
    return { from: part[1] === 0 ? null : edge(part[1]), to: edge(part[2]), point: false, assumed: ['daypart'] };
  }
  const start = point(result.start);
  if (result.end && says(result.end, 'hour')) return rangeOf(start, point(result.end));
  const before = text.slice(Math.max(0, result.index - 10), result.index);
  if (/\b(after|from)\s+$/i.test(before)) return bent(start, 'after');
  if (/\b(before|by|until)\s+$/i.test(before)) return bent(start, 'till');
  return start;
}

/** "between 2pm and 4pm" */
function between(items: Item[], text: string): Item[] {
  return items.flatMap((item, i): Item[] => {
    const next = items[i + 1];
    const before = items[i - 1];
    const pair = (a: Item, b: Item) => a.is === 'time' && b.is === 'time' && /between\s+$/i.test(text.slice(0, a.from)) && /^\s+and\s+$/i.test(text.slice(a.to, b.from));
    if (next?.is === 'time' && item.is === 'time' && pair(item, next)) return [{ ...item, to: next.to, time: rangeOf(item.time, next.time) }];
    return before !== undefined && pair(before, item) ? [] : [item];
  });
}
