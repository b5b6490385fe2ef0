import { realNow } from '../../main.ts';
import { HOUR, at } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import { readBound } from '../logs/when.ts';

/** What `--now` names: by itself the present, a moment, or ten in the morning of a day. Null = not given. Throws a PlainError with what would be right. */
export function momentOf(given: string | true | undefined): Instant | null {
  if (given === undefined) return null;
  if (given === true || given === 'now') return realNow();
  const { day, moment } = readBound('--now', given, realNow());
  return moment ?? at(day, 0) + 10 * HOUR;
}
