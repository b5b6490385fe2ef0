/** When a customer is reminded of a visit, by the shop's policy. Pure. */
import { quietAt } from '../model/quiet.ts';
import type { Policy } from '../model/policy.ts';
import type { Reservation } from '../model/reservation.ts';
import { DAY, HOUR, MINUTE, addDays, at, dayOf, toMinute } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Job } from './news.ts';

export const REMINDERS = ['day_before', 'hours_before'] as const;
export type ReminderKind = (typeof REMINDERS)[number];
export type Reminder = { kind: ReminderKind; at: Instant };
type Rules = { reminders: Omit<Policy['reminders'], 'words'>; quiet: Policy['quiet'] };

/** Nearer to the visit than this no reminder is of use. */
export const LEAST = 30 * MINUTE;
/** Who has booked or moved a visit so shortly before its reminder needs none. */
export const AGREED = HOUR;
/** Two reminders are so far apart at least, or the second is left out. */
export const APART = 3 * HOUR;
/** How long before quiet hours begin a reminder comes that would have fallen into them; many take their time. */
const EVENING = 30 * MINUTE;

/**
 * The reminders of a visit that stands since `agreed`, earliest first: never in quiet hours, at least LEAST before it.
 * One that would fall into quiet hours comes when they are over, or, where that is too late, before they begin.
 */
export function remindersOf({ start }: Pick<Reservation, 'start'>, agreed: Instant, { reminders, quiet }: Rules): Reminder[] {
  const { dayBefore, hoursBefore } = reminders;
  const planned = (kind: ReminderKind, wished: Instant): Reminder[] => {
    const when = awake(wished, start, quiet);
    return when !== null && when >= agreed + AGREED ? [{ kind, at: when }] : [];
  };
  const first = dayBefore === null ? [] : planned('day_before', at(addDays(dayOf(start), -1), toMinute(dayBefore)));
  const second = hoursBefore === null ? [] : planned('hours_before', start - hoursBefore * HOUR);
  return [...first, ...second.filter((later) => first.every((earlier) => later.at >= earlier.at + APART))];
}

/** The moment nearest to the one wished at which a customer may be reminded; null = there is none. */
function awake(wished: Instant, start: Instant, quiet: Rules['quiet']): Instant | null {
  const stretch = quietAt(quiet, wished);
  if (stretch === null) return wished <= start - LEAST ? wished : null;
  if (stretch.end <= start - LEAST) return stretch.end;
  // Where nearly the whole day is quiet, the evening begins when the quiet hours before have ended.
  return Math.max(stretch.start - EVENING, stretch.end - DAY);
}

/** What is to be said of a visit now, and when to look at it again; null = nothing, never. `said` = reminders that were, or were given up. */
export function lookAt(visit: Pick<Reservation, 'start'>, agreed: Instant, said: readonly ReminderKind[], rules: Rules, now: Instant): { say: ReminderKind | null; again: Instant | null } {
  const plan = remindersOf(visit, agreed, rules);
  const next = plan.find((reminder) => reminder.at > now)?.at ?? null;
  // Late as we may be, one reminder is enough: the last that is due.
  const due = plan.findLast((reminder) => reminder.at <= now);
  if (!due || said.includes(due.kind) || now > visit.start - LEAST) return { say: null, again: next };
  const stretch = quietAt(rules.quiet, now);
  if (stretch === null) return { say: due.kind, again: next };
  const wakes = stretch.end <= visit.start - LEAST ? stretch.end : null;
  return { say: null, again: wakes !== null && (next === null || wakes < next) ? wakes : next };
}

/** What becomes due with a visit that stands; one that is moved has it anew, at its own time. */
export const reminding = (reservationId: string, again: Instant | null): Job[] =>
  again === null ? [] : [{ name: 'remind', key: `remind:${reservationId}`, at: again, payload: { reservationId } }];
