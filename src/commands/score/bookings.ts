import { addDays, at, toClock } from '../../model/time.ts';
import { understand } from '../../understanding/pipeline.ts';
import { normalise } from '../../understanding/normalise.ts';
import { hearing, settingOf } from '../understand/setting.ts';
import type { Item, Kind } from './run.ts';
import type { Outcome } from './table.ts';

type Wanted = { month: number; day: number; hour?: number; minute?: number; people?: number };
type Turn = { id: string; domain?: string; text: string; want: Wanted; repair: boolean; previous: Wanted | null };

let shops: ReturnType<typeof settingOf> | undefined;
const dayIn = (year: number, { month, day }: Wanted): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
const clockOf = (w: Wanted): string | null => (w.hour === undefined ? null : toClock(w.hour * 60 + (w.minute ?? 0)));
const names = (numbers: readonly string[], value: number | undefined): boolean => value === undefined || numbers.includes(String(value)) || numbers.includes(String(value - 12));

/** Written 7 to 20 days before the day wanted; which of them, the id decides. */
const lead = (id: string): number => 7 + ([...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1009, 0) % 14);

/**
 * Booking turns of JMultiWOZ-TC: the day and the time a customer wanted. A correction is given the previous values; a
 * first booking counts when its one message names both.
 */
export const bookings: Kind = {
  name: 'JMultiWOZ bookings',
  measures: ['both', 'date', 'time', 'people'],
  holds: (item) => typeof item['text'] === 'string' && typeof item['want'] === 'object' && 'repair' in item,
  judge(item: Item): Outcome | null {
    const { id, domain, text, want, repair, previous } = item as Turn;
    const numbers = (normalise(text).text.match(/\d+/g) ?? []).map((n) => String(+n));
    if (!repair && !(names(numbers, want.month) && names(numbers, want.day) && names(numbers, want.hour))) return null;
    shops ??= settingOf();
    const wanted = dayIn(2027, want);
    const now = at(addDays(wanted, -lead(id)), 10 * 60);
    const before = repair && previous ? previous : null;
    const knownTime = before ? clockOf(before) : null;
    const heard = understand(text, {
      ...hearing(shops, now, repair ? 'confirming' : null),
      known: { dates: before ? [dayIn(2027, before)] : null, time: knownTime === null ? null : { from: knownTime, to: knownTime } },
    });
    const when = heard.when[0];
    const dates = heard.when.length > 1 ? null : (when?.dates ?? (before ? [dayIn(2027, before)] : null));
    const time = when?.time ? when.time.from : knownTime;
    const date = Array.isArray(dates) ? dates.length === 1 && dates[0] === wanted : dates !== null && dates.from === wanted;
    const timeRight = clockOf(want) === null || (heard.when.length <= 1 && time === clockOf(want));
    const people = want.people === undefined ? null : (heard.people ?? before?.people ?? 1) === want.people;
    const right = date && timeRight && heard.refuse === null;
    return {
      id, family: `${domain ?? 'booking'}${repair ? ', corrected' : ''}`, marks: { both: right, date, time: timeRight, people },
      wrong: right ? null : `${text} (${addDays(wanted, -lead(id))}): wanted ${wanted} ${clockOf(want) ?? ''}, heard ${JSON.stringify(heard.when)} ${heard.refuse?.reason ?? ''}`,
    };
  },
};
