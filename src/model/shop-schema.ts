/** What a shop file may hold (docs/shop-file.md), field by field; each mistake says what would be right. */
import { z } from 'zod';
import type { Opening } from './hours.ts';
import { overlapOf, readOpening } from './openings.ts';
import { addDays, daysBetween, isDay, WEEKDAYS } from './time.ts';
import type { Day, Weekday } from './time.ts';

/** A value as the file has it, for a message; long ones are cut. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** What may also be missing; whether it may is for its reader to say. */
const anything = z.unknown().optional();

/** One value: `read` gives it as we keep it, or undefined when it is not `right`. */
const value = <T>(right: string, read: (said: unknown) => T | undefined, otherwise?: T) =>
  anything.transform((said, context): T => {
    if ((said === undefined || said === null) && otherwise !== undefined) return otherwise;
    const got = read(said);
    if (got !== undefined) return got;
    context.addIssue({ code: 'custom', message: said === undefined || said === null ? `is missing: write ${right}` : `${shown(said)} cannot be: write ${right}` });
    return z.NEVER;
  });

// Numbers are refused as text: YAML makes 0312345678 a number and loses its zero.
const readText = (max: number) => (said: unknown): string | undefined => {
  const text = typeof said === 'string' ? said.trim() : '';
  // oxlint-disable-next-line no-control-regex
  return text && text.length <= max && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? text : undefined;
};
const text = (max: number, example: string) => value(`text of at most ${max} characters, such as ${example}`, readText(max));
const matching = (pattern: RegExp, right: string, otherwise?: string) =>
  value(right, (said) => (typeof said === 'string' && pattern.test(said.trim()) ? said.trim() : undefined), otherwise);
const readWhole = (min: number, max: number) => (said: unknown): number | undefined =>
  Number.isInteger(said) && (said as number) >= min && (said as number) <= max ? (said as number) : undefined;
const whole = (min: number, max: number, unit: string, otherwise?: number) =>
  value(`${unit}, a whole number from ${min} to ${max.toLocaleString('en')}`, readWhole(min, max), otherwise);
const oneOf = <const T extends string>(options: readonly T[], otherwise?: T) =>
  value(`one of ${options.join(', ')}`, (said) => options.find((option) => option === said), otherwise);

/** What a transform may complain to. */
type Context = { addIssue(issue: { code: 'custom'; path?: PropertyKey[]; message: string }): void };

/** Reads the members of a list one by one; nothing said is an empty list. */
function readList<T>(said: unknown, context: Context, right: string, read: (member: unknown) => T[] | undefined): T[] {
  if (said === undefined || said === null) return [];
  if (!Array.isArray(said)) {
    context.addIssue({ code: 'custom', message: `${shown(said)} is not a list: write ${right}` });
    return [];
  }
  const seen = new Set<T>();
  return said.flatMap((member: unknown, i) => {
    const got = read(member);
    const again = got?.find((one) => seen.has(one));
    if (!got) context.addIssue({ code: 'custom', path: [i], message: `${shown(member)} cannot be: write ${right}` });
    else if (again !== undefined) context.addIssue({ code: 'custom', path: [i], message: `${shown(again)} is said twice` });
    for (const one of got ?? []) seen.add(one);
    return got ?? [];
  });
}
const list = <T>(right: string, read: (member: unknown) => T[] | undefined) =>
  anything.transform((said, context) => readList(said, context, right, read));
const readWord = (said: unknown): string[] | undefined => {
  const word = readText(255)(said);
  return word === undefined ? undefined : [word];
};

/** `2026-12-31`, or the days of `2026-12-29..2027-01-03`, both ends included. */
export function readDays(said: unknown): Day[] | undefined {
  const [from, until = from, more] = typeof said === 'string' ? said.trim().split(/\s*\.\.\s*/) : [];
  if (!from || !until || more !== undefined || !isDay(from) || !isDay(until)) return undefined;
  const count = daysBetween(from, until);
  return count < 0 || count > 366 ? undefined : Array.from({ length: count + 1 }, (_, i) => addDays(from, i));
}
const DAYS = 'a day that exists as 2026-12-31, or a stretch as 2026-12-29..2027-01-03';

/** `closed`, one opening, or a list of them. */
function readOpenings(said: unknown, context: Context): Opening[] {
  if (said === 'closed') return [];
  if (said === undefined || said === null) {
    context.addIssue({ code: 'custom', message: 'is missing: write an opening as 10:00-20:00, a list of them, or closed' });
    return [];
  }
  const read = (Array.isArray(said) ? said : [said]).map(readOpening);
  for (const [i, one] of read.entries()) {
    if ('wrong' in one) context.addIssue({ code: 'custom', path: Array.isArray(said) ? [i] : [], message: one.wrong });
  }
  const good = read.flatMap((one) => ('opening' in one ? [one.opening] : []));
  const overlap = overlapOf(good);
  if (overlap) {
    const [a, b] = overlap.map((i) => good[i]!.join('-'));
    context.addIssue({ code: 'custom', message: `${a} and ${b} overlap: let one end before the next begins` });
  }
  return good.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}
const openings = anything.transform(readOpenings);

const strict = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, {
  error: (issue) => issue.code === 'unrecognized_keys' ? undefined
    : issue.input === undefined || issue.input === null ? `is missing: write its ${Object.keys(shape).join(', ')}`
      : `${shown(issue.input)} cannot be: write ${Object.keys(shape).join(', ')}, one a line`,
});
const listOf = <T extends z.ZodType>(member: T, what: string) =>
  z.array(member, { error: (issue) => (issue.input === undefined || issue.input === null ? `is missing: write a list of ${what}` : `${shown(issue.input)} is not a list of ${what}`) });
const byWeekday = <T extends z.ZodType>(member: T) =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, member])) as Record<Weekday, T>;

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

const menu = strict({
  name: text(255, 'カット'),
  price: whole(0, 99_999_999, 'the price in yen, tax included'),
  minutes: whole(1, 1440, 'how long the visit takes in minutes'),
  buffer: whole(0, 240, 'minutes to clear up after the visit', 0),
  aliases: list('other words for the menu as [散髪, ヘアカット]', readWord),
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
  aliases: list('other ways to say the name as [たなか]', readWord),
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
  hours,
  booking: z.preprocess((said) => said ?? {}, strict({
    grid_minutes: value('how many minutes lie between two starts, one of 5, 10, 15, 20, 30, 60', (said) => [5, 10, 15, 20, 30, 60].find((n) => n === said), 30),
    notice_minutes: whole(0, 43_200, 'how many minutes ahead a visit must be booked', 60),
    window_days: whole(1, 730, 'how many days ahead can be booked', 60),
    cancel_deadline_minutes: whole(0, 43_200, 'until how many minutes before the visit a customer may cancel or move it', 0),
  })),
  info: z.preprocess((said) => said ?? {}, strict({
    access: optionalText, parking: optionalText, payment: optionalText, prepay: optionalText, belongings: optionalText,
    nomination_fee: value('the fee for choosing a person in yen, a whole number', readWhole(0, 99_999_999), null as number | null),
  })),
  menus: listOf(menu, 'menus, each with name, price and minutes').min(1, 'is empty: write at least one menu'),
  staff: listOf(person, 'people, each with name, role and menus').min(1, 'is empty: write at least one person'),
});

/** The file as its schema gives it. */
export type ShopData = z.output<typeof shopSchema>;
