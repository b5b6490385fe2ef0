/** Readers of single values in a shop file; each mistake says what would be right. */
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
export const anything = z.unknown().optional();

/** One value: `read` gives it as we keep it, or undefined when it is not `right`. */
export const value = <T>(right: string, read: (said: unknown) => T | undefined, otherwise?: T) =>
  anything.transform((said, context): T => {
    if ((said === undefined || said === null) && otherwise !== undefined) return otherwise;
    const got = read(said);
    if (got !== undefined) return got;
    context.addIssue({ code: 'custom', message: said === undefined || said === null ? `is missing: write ${right}` : `${shown(said)} cannot be: write ${right}` });
    return z.NEVER;
  });

// Numbers are refused as text: YAML makes 0312345678 a number and loses its zero.
export const readText = (max: number) => (said: unknown): string | undefined => {
  const text = typeof said === 'string' ? said.trim() : '';
  // oxlint-disable-next-line no-control-regex
  return text && text.length <= max && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? text : undefined;
};
export const text = (max: number, example: string) => value(`text of at most ${max} characters, such as ${example}`, readText(max));
export const matching = (pattern: RegExp, right: string, otherwise?: string) =>
  value(right, (said) => (typeof said === 'string' && pattern.test(said.trim()) ? said.trim() : undefined), otherwise);
export const readWhole = (min: number, max: number) => (said: unknown): number | undefined =>
  Number.isInteger(said) && (said as number) >= min && (said as number) <= max ? (said as number) : undefined;
export const whole = (min: number, max: number, unit: string, otherwise?: number) =>
  value(`${unit}, a whole number from ${min} to ${max.toLocaleString('en')}`, readWhole(min, max), otherwise);
export const oneOf = <const T extends string>(options: readonly T[], otherwise?: T) =>
  value(`one of ${options.join(', ')}`, (said) => options.find((option) => option === said), otherwise);

/** What a transform may complain to. */
type Context = { addIssue(issue: { code: 'custom'; path?: PropertyKey[]; message: string }): void };

/** Reads the members of a list one by one; nothing said is an empty list. */
export function readList<T>(said: unknown, context: Context, right: string, read: (member: unknown) => T[] | undefined): T[] {
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
export const list = <T>(right: string, read: (member: unknown) => T[] | undefined) =>
  anything.transform((said, context) => readList(said, context, right, read));
export const readWord = (said: unknown): string[] | undefined => {
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
export const DAYS = 'a day that exists as 2026-12-31, or a stretch as 2026-12-29..2027-01-03';

/** `closed`, one opening, or a list of them. */
export function readOpenings(said: unknown, context: Context): Opening[] {
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
export const openings = anything.transform(readOpenings);

export const strict = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, {
  error: (issue) => issue.code === 'unrecognized_keys' ? undefined
    : issue.input === undefined || issue.input === null ? `is missing: write its ${Object.keys(shape).join(', ')}`
      : `${shown(issue.input)} cannot be: write ${Object.keys(shape).join(', ')}, one a line`,
});
export const listOf = <T extends z.ZodType>(member: T, what: string) =>
  z.array(member, { error: (issue) => (issue.input === undefined || issue.input === null ? `is missing: write a list of ${what}` : `${shown(issue.input)} is not a list of ${what}`) });
export const byWeekday = <T extends z.ZodType>(member: T) =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, member])) as Record<Weekday, T>;
