/** The parts of a shop file about the day around a booking; what is left out is DEFAULT_POLICY. */
import { z } from 'zod';
import { DEFAULT_POLICY, FIRST_VISIT, NOTICES } from './policy.ts';
import type { Policy } from './policy.ts';
import { list, listOf, oneOf, readText, readWhole, readWord, strict, value, whole } from './shop-values.ts';
import type { Clock } from './time.ts';

const LEFT_OUT = DEFAULT_POLICY;
const part = <T extends z.ZodRawShape>(shape: T) => z.preprocess((said) => said ?? {}, strict(shape));
const yesNo = (otherwise: boolean) => value('true or false', (said) => (typeof said === 'boolean' ? said : undefined), otherwise);
/** A number, or `none`. */
const wholeOrNone = (min: number, max: number, unit: string, otherwise: number | null) =>
  value(`${unit}, a whole number from ${min} to ${max.toLocaleString('en')}, or none`, (said): { n: number | null } | undefined => {
    const n = said === 'none' ? null : readWhole(min, max)(said);
    return n === undefined ? undefined : { n };
  }, { n: otherwise }).transform(({ n }) => n);

const readClock = (said: unknown): Clock | undefined => (typeof said === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(said) ? said : undefined);

export const waitingList = part({
  offers: yesNo(LEFT_OUT.waiting.offers),
  holds: z.preprocess((said) => said ?? LEFT_OUT.waiting.holds.map((hold) => ({ lead_minutes: hold.leadMinutes, hold_minutes: hold.holdMinutes })), listOf(strict({
    lead_minutes: whole(1, 100_000, 'how many minutes before the visit the offer is made, at least'),
    hold_minutes: whole(1, 10_080, 'how many minutes the offer is held'),
  }), 'holds, each with lead_minutes and hold_minutes')),
  at_once: whole(1, 20, 'how many are asked at once when it is too near for holding', LEFT_OUT.waiting.atOnce),
  misses: whole(1, 20, 'after how many unanswered offers the wait ends', LEFT_OUT.waiting.misses),
});

type Quiet = { span: Policy['quiet'] };
export const quietHours = value<Quiet>('a stretch in quotes as "21:00-09:00", or none', (said) => {
  if (said === 'none') return { span: null };
  const [from, until, more] = typeof said === 'string' ? said.split('-').map((clock) => readClock(clock.trim())) : [];
  return from && until && more === undefined && from !== until ? { span: { from, until } } : undefined;
}, { span: LEFT_OUT.quiet }).transform(({ span }) => span);

type Time = { clock: Clock | null };
export const reminders = part({
  day_before: value<Time>('a time in quotes as "18:00", or none', (said) => {
    const clock = said === 'none' ? null : readClock(said);
    return clock === undefined ? undefined : { clock };
  }, { clock: LEFT_OUT.reminders.dayBefore }).transform(({ clock }) => clock),
  words: value<{ text: string | null }>('text of at most 200 characters, such as 保険証をお持ちください, or none', (said) => {
    const text = said === 'none' ? null : readText(200)(said);
    return text === undefined ? undefined : { text };
  }, { text: LEFT_OUT.reminders.words }).transform(({ text }) => text),
  hours_before: wholeOrNone(1, 23, 'how many hours before the visit', LEFT_OUT.reminders.hoursBefore),
});

const among = <T extends string>(all: readonly T[]) => list(`some of ${all.join(', ')}`, (said) => {
  const one = all.find((known) => known === said);
  return one && [one];
});

export const notices = part({
  nominated: yesNo(LEFT_OUT.notices.nominated),
  managers: yesNo(LEFT_OUT.notices.managers),
  of: z.preprocess((said) => said ?? [...NOTICES], among(NOTICES)),
});
export const handoff = whole(5, 10_080, 'after how many minutes of silence the bot takes a chat back', LEFT_OUT.handoffMinutes);
export const approval = part({
  when: oneOf(['never', 'first', 'always'], LEFT_OUT.approval.when),
  expiry_minutes: whole(10, 10_080, 'how many minutes a booking waits for the yes of the shop', LEFT_OUT.approval.expiryMinutes),
});
export const limits = part({
  open_bookings: wholeOrNone(1, 100, 'how many bookings one customer may have ahead', LEFT_OUT.limits.openBookings),
  no_shows: wholeOrNone(1, 100, 'after how many no-shows only the shop itself books', LEFT_OUT.limits.noShows),
});
export const firstVisit = among(FIRST_VISIT);
export const deposit = z.preprocess((said) => said ?? undefined, strict({
  yen: whole(50, 9_999_999, 'the deposit in yen'),
  menus: z.preprocess((said) => (said === 'all' ? undefined : said ?? undefined), list('names of menus as [カラー], or all', readWord).optional()),
  refund_minutes: whole(0, 100_000, 'how many minutes before the visit a cancellation still gives it back', 1440),
  // Stripe's links live for half an hour at least, and the visit must outlive its link.
  hold_minutes: whole(35, 1440, 'how many minutes the visit is held for the payment', 35),
  how: value<string | null>('how the shop is paid where there is no link, a sentence of at most 500 characters', readText(500), null),
}).optional());

type Out<T extends z.ZodType> = z.output<T>;
/** The policy a file says, its missing parts filled in. */
export function policyOf(data: {
  waiting_list: Out<typeof waitingList>; quiet_hours: Policy['quiet']; reminders: Out<typeof reminders>; notices: Out<typeof notices>; handoff_minutes: number;
  approval: Out<typeof approval>; limits: Out<typeof limits>; first_visit: Policy['firstVisit']; deposit?: Out<typeof deposit>;
}): Policy {
  const { waiting_list: waiting, deposit: paid } = data;
  return {
    v: 1,
    waiting: {
      offers: waiting.offers, atOnce: waiting.at_once, misses: waiting.misses,
      holds: waiting.holds.map((hold) => ({ leadMinutes: hold.lead_minutes, holdMinutes: hold.hold_minutes })).sort((a, b) => b.leadMinutes - a.leadMinutes),
    },
    quiet: data.quiet_hours,
    reminders: { dayBefore: data.reminders.day_before, hoursBefore: data.reminders.hours_before, words: data.reminders.words },
    notices: data.notices,
    handoffMinutes: data.handoff_minutes,
    approval: { when: data.approval.when, expiryMinutes: data.approval.expiry_minutes },
    limits: { openBookings: data.limits.open_bookings, noShows: data.limits.no_shows },
    firstVisit: data.first_visit,
    deposit: paid ? { yen: paid.yen, menus: paid.menus?.length ? paid.menus : null, refundMinutes: paid.refund_minutes, holdMinutes: paid.hold_minutes, how: paid.how } : null,
  };
}
