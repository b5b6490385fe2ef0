/** What a shop file may hold (docs/shop-file.md), field by field; each mistake says what would be right. */
import { z } from 'zod';
import type { Opening } from './hours.ts';
import { approval, deposit, firstVisit, handoff, limits, notices, quietHours, reminders, waitingList } from './shop-policy.ts';
import {
  DAYS, anything, byWeekday, list, listOf, matching, oneOf, openings, readDays, readList, readOpenings, readText, readWhole, readWord, shown, strict, text, value, whole,
} from './shop-values.ts';
import { WEEKDAYS } from './time.ts';
import type { Weekday } from './time.ts';

const exception = strict({
  day: value(DAYS, readDays),
  hours: openings,
  note: value('text', readText(100), ''),
});

const hours = strict({
  weekly: strict(byWeekday(openings)),
  holidays: anything.transform((said, context) => ((said ?? 'open') === 'open' ? 'open' : said === 'closed' ? 'closed' : readOpenings(said, context))),
  exceptions: z.preprocess((said) => said ?? [], listOf(exception, 'exceptions, each with day and hours')),
});

const optionalText = anything.transform((said, context): string | undefined => {
  if (said === undefined || said === null) return undefined;
  const got = readText(500)(said);
  if (got === undefined) context.addIssue({ code: 'custom', message: `${shown(said)} cannot be: write a sentence of at most 500 characters` });
  return got;
});

/** YAML reads `#2f6f5e` without quotes as a comment, so nothing at all is a slip here. */
const colour = anything.transform((said, context): string | null => {
  if (said === undefined) return null;
  const [, digits] = typeof said === 'string' ? (/^#?([0-9a-f]{6})$/i.exec(said.trim()) ?? []) : [];
  if (!digits) context.addIssue({ code: 'custom', message: `${said === null ? 'nothing is read here' : `${shown(said)} is no colour`}: write six hexadecimal digits in quotes as "#2f6f5e"` });
  return digits ? `#${digits.toLowerCase()}` : null;
});

const menu = strict({
  name: text(255, 'カット'),
  price: whole(0, 99_999_999, 'the price in yen, tax included'),
  minutes: whole(1, 1440, 'how long the visit takes in minutes'),
  buffer: whole(0, 240, 'minutes to clear up after the visit', 0),
  aliases: list('other words for the menu as [散髪, ヘアカット]', readWord),
});

/** Openings for every weekday, or weekday by weekday. */
const breaks = anything.transform((said, context): Partial<Record<Weekday, Opening[]>> => {
  if (said === undefined || said === null) return {};
  if (typeof said !== 'object' || Array.isArray(said)) return Object.fromEntries(WEEKDAYS.map((day) => [day, readOpenings(said, context)]));
  return Object.fromEntries(Object.entries(said).map(([day, hours]) => {
    if (!WEEKDAYS.some((known) => known === day)) context.addIssue({ code: 'custom', path: [day], message: `is not known here; breaks are said as [13:00-14:00], or by weekday among ${WEEKDAYS.join(', ')}` });
    return [day, readOpenings(hours, { addIssue: (issue) => context.addIssue({ ...issue, path: [day, ...(issue.path ?? [])] }) })];
  }));
});

const resource = strict({
  name: text(255, 'シャンプー台'),
  count: whole(1, 100, 'how many of it there are'),
  menus: anything.transform((said, context): string[] | 'all' => {
    if (said === undefined || said === null || (Array.isArray(said) && said.length === 0)) context.addIssue({ code: 'custom', message: 'is missing: write which menus need it as [カラー, パーマ], or all' });
    return said === 'all' ? 'all' : readList(said, context, 'names of menus as [カラー, パーマ], or all', readWord);
  }),
});

const person = strict({
  name: text(255, '田中'),
  role: text(50, 'スタイリスト'),
  menus: anything.transform((said, context) => {
    if (said === undefined || said === null) context.addIssue({ code: 'custom', message: 'is missing: write what this person does as [カット, カラー], or all' });
    return said === 'all' ? 'all' : readList(said, context, 'names of menus as [カット, カラー], or all', readWord);
  }),
  days_off: list(`weekdays among ${WEEKDAYS.join(', ')}`, (said): Weekday[] | undefined => {
    const day = WEEKDAYS.find((d) => d === said);
    return day && [day];
  }),
  absences: list(DAYS, readDays),
  shifts: z.preprocess((said) => said ?? undefined, strict(byWeekday(openings.optional())).optional()),
  breaks,
  exceptions: z.preprocess((said) => said ?? [], listOf(strict({ day: value(DAYS, readDays), hours: openings }), 'exceptions, each with day and hours')),
  aliases: list('other ways to say the name as [たなか]', readWord),
  manager: value('true or false', (said) => (typeof said === 'boolean' ? said : undefined), false),
  line_id: value("this person's LINE user id, U and 32 characters of 0-9 and a-f", (said) => (typeof said === 'string' && /^U[0-9a-f]{32}$/.test(said) ? said : undefined), null as string | null),
});

/** The whole file. */
export const shopSchema = strict({
  version: value('1, the version of this format', (said) => (said === 1 ? 1 : undefined)),
  name: text(255, 'ヘアサロン みなも'),
  kind: oneOf(['salon', 'clinic', 'other'], 'other'),
  address: text(500, '東京都架空区さくら町1-2-3'),
  phone: matching(/^[0-9+() -]{3,20}$/, 'the number in quotes as "03-0000-1234"'),
  channel: matching(/^[A-Za-z0-9_-]{1,50}$/, 'the name of a LINE channel, letters and digits', 'default'),
  colour,
  hours,
  booking: z.preprocess((said) => said ?? {}, strict({
    grid_minutes: value('how many minutes lie between two starts, one of 5, 10, 15, 20, 30, 60', (said) => [5, 10, 15, 20, 30, 60].find((n) => n === said), 30),
    notice_minutes: whole(0, 43_200, 'how many minutes ahead a visit must be booked', 60),
    window_days: whole(1, 730, 'how many days ahead can be booked', 60),
    cancel_deadline_minutes: whole(0, 43_200, 'until how many minutes before the visit a customer may cancel it', 0),
    change_deadline_minutes: value('until how many minutes before the visit a customer may move it, a whole number from 0 to 43,200', readWhole(0, 43_200), null as number | null),
  })),
  info: z.preprocess((said) => said ?? {}, strict({
    access: optionalText, parking: optionalText, payment: optionalText, prepay: optionalText, belongings: optionalText,
    nomination_fee: value('the fee for choosing a person in yen, a whole number', readWhole(0, 99_999_999), null as number | null),
  })),
  waiting_list: waitingList,
  quiet_hours: quietHours,
  reminders,
  notices,
  handoff_minutes: handoff,
  approval,
  limits,
  first_visit: firstVisit,
  deposit,
  menus: listOf(menu, 'menus, each with name, price and minutes').min(1, 'is empty: write at least one menu'),
  resources: z.preprocess((said) => said ?? [], listOf(resource, 'rooms or chairs, each with name, count and menus')),
  staff: listOf(person, 'people, each with name, role and menus').min(1, 'is empty: write at least one person'),
});

/** The file as its schema gives it. */
export type ShopData = z.output<typeof shopSchema>;
