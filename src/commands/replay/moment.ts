import { realNow } from '../../main.ts';
import { isDay, fromLocal } from '../../model/time.ts';
import type { Instant } from '../../model/time.ts';
import { PlainError } from '../../plain-error.ts';

/** What `--now` names: a moment on the shop's clock, a day, or by itself now. Null = not given. Throws a PlainError with what would be right. */
export function momentOf(given: string | true | undefined): Instant | null {
  if (given === undefined) return null;
  if (given === true || given === 'today' || given === 'now') return realNow();
  const [, day = '', time = '10:00', zone] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(given) ?? [];
  const moment = !isDay(day) ? NaN : zone ? Date.parse(`${day}T${time}:00${zone}`) : fromLocal(`${day}T${time}`);
  if (Number.isNaN(moment)) throw new PlainError(`--now ${given}: not a moment; expected one such as 2026-11-24T10:00.`, 2);
  return moment;
}
