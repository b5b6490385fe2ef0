/** Visits, people and time of the shop in words, for its own people. */
import type { LeftToUs, TimeKept, VisitSeen } from '../booking/desk/ports.ts';
import type { Reservation } from '../model/reservation.ts';
import { MINUTE, dayOf, minuteOf, toClock } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import { jaStaff } from './ja-staff.ts';
import { nameWords, shortened } from './limits.ts';
import { menuWords, staffWords, storeOf } from './names.ts';
import type { Words } from './names.ts';
import { clockWords, dayWords } from './when.ts';

export const personWords = (staffId: string, { stores }: Words): string =>
  nameWords(stores.flatMap((store) => store.staff).find((person) => person.id === staffId)?.name ?? '');
export const shopWords = (staffId: string, { stores }: Words): string => nameWords(stores.find((store) => store.staff.some((person) => person.id === staffId))?.name ?? '');

const clock = (at: Instant): string => clockWords(toClock(minuteOf(at)));
export const spanOf = ({ start, end }: { start: Instant; end: Instant }): string => `${clock(start)}〜${clock(end)}`;

export const customerOf = ({ customer }: VisitSeen): string => (customer ? jaStaff.customer(nameWords(customer)) : jaStaff.someone);

/** 「指名 佐藤」, or 「担当 佐藤」 where the customer did not ask for anybody. */
export const whoWords = (visit: Pick<Reservation, 'storeId' | 'staffId' | 'nominated'>, words: Words): string =>
  (visit.nominated ? jaStaff.nominated : jaStaff.charge)(staffWords(storeOf(visit.storeId, words), visit.staffId));

/** 「15:00〜16:00 カット 山田様（指名 佐藤）」 */
export function visitWords(visit: VisitSeen, words: Words, withWho: boolean): string {
  const mark = visit.hold ? jaStaff.marks[visit.hold.for] : visit.came ? jaStaff.marks[visit.came] : '';
  return mark + jaStaff.visit(spanOf(visit), menuWords(storeOf(visit.storeId, words), visit.menuIds), customerOf(visit), withWho ? whoWords(visit, words) : null);
}

/** Whom the shop may want to telephone, while that is of use. */
export const unremindedMark = ({ unreminded, came, start }: VisitSeen, { now }: Words): string => (unreminded && !came && start > now ? jaStaff.unreminded : '');

/** The same with its day. */
export const datedVisit = (visit: VisitSeen, words: Words): string => `${dayWords(dayOf(visit.start), words.now)} ${visitWords(visit, words, true)}`;

/** 「山田様 25分前から「…」」 */
export function chatWords({ customer, since, last }: LeftToUs, now: Instant): string {
  return jaStaff.chat(customer ? jaStaff.customer(nameWords(customer)) : jaStaff.someone, agoWords(now - since), last === null ? null : shortened(last.replaceAll(/\s+/g, ' ').trim(), 60));
}

/** 「25分前」「2時間10分前」「3日前」 */
function agoWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 1) return jaStaff.justNow;
  if (minutes >= 2 * 1440) return jaStaff.ago(`${Math.floor(minutes / 1440)}日`);
  return jaStaff.ago([minutes >= 60 ? `${Math.floor(minutes / 60)}時間` : '', minutes % 60 > 0 ? `${minutes % 60}分` : ''].join(''));
}

export const keptWords = (time: TimeKept, words: Words, withWho: boolean): string => jaStaff.kept(spanOf(time), time.kind, withWho ? personWords(time.staffId, words) : null);
export const datedSpan = (time: { start: Instant; end: Instant }, { now }: Words): string => `${dayWords(dayOf(time.start), now)} ${spanOf(time)}`;

export const inOrder = (visits: readonly VisitSeen[], kept: readonly TimeKept[]): (VisitSeen | TimeKept)[] => [...visits, ...kept].sort((a, b) => a.start - b.start);

/** What a customer told besides: telephone, notes. */
export const ownWords = ({ phone, notes }: VisitSeen): string => `${phone ? jaStaff.phone(phone) : ''}${notes ? jaStaff.notes(shortened(notes.replaceAll(/\s+/g, ' '), 200)) : ''}`;
