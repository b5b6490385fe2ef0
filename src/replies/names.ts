/** Ids of a shop in words; an id that is no more is left out, never shown. */
import type { Proposal } from '../dialogue/says.ts';
import type { Known } from '../dialogue/talk.ts';
import type { Reservation, WaitlistEntry } from '../model/reservation.ts';
import { deadlineOf, openSpans } from '../model/hours.ts';
import type { BusinessHours } from '../model/hours.ts';
import { menusOf } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { DAY, MINUTE, dayOf, minuteOf, toClock } from '../model/time.ts';
import type { Instant } from '../model/time.ts';
import type { Days, Times } from '../understanding/heard.ts';
import { ja } from './ja.ts';
import { jaDeposit } from './ja-deposit.ts';
import { nameWords } from './limits.ts';
import { clockWords, dayWords, leadWords, listWords, minuteWords, momentWords, visitWords, yen } from './when.ts';

export type Words = { now: Instant; stores: readonly Store[] };

export const storeOf = (id: string | null, { stores }: Words): Store | null => stores.find((s) => s.id === id) ?? null;

export const menuWords = (store: Store | null, ids: readonly string[]): string => (store ? listWords(menusOf(store, ids).map((m) => nameWords(m.name)), 6) : '');

export const resourceWords = (store: Store | null, ids: readonly string[]): string =>
  listWords(ids.flatMap((id) => store?.resources.find((resource) => resource.id === id)?.name ?? []).map(nameWords), 3);

/** The person, or 指名なし. */
export const staffWords = (store: Store | null, id: string | null): string => nameWords(store?.staff.find((s) => s.id === id)?.name ?? ja.anyone);

export const staffListWords = (store: Store | null, ids: readonly string[]): string =>
  listWords(ids.flatMap((id) => store?.staff.find((s) => s.id === id)?.name ?? []).map(nameWords), 6);

export const timeWords = ({ from, to }: Times): string =>
  from !== null && from === to ? clockWords(from) : `${from === null ? '' : clockWords(from)}〜${to === null ? '' : clockWords(to)}`;

export const daysWords = (dates: Days, now: Instant): string =>
  Array.isArray(dates) ? listWords(dates.map((d) => dayWords(d, now)), 3, '日') : `${dates.from ? dayWords(dates.from, now) : ''}〜${dates.to ? dayWords(dates.to, now) : ''}`;

const sum = (store: Store | null, ids: readonly string[], of: (m: Store['menus'][number]) => number): number =>
  store ? menusOf(store, ids).reduce((total, m) => total + of(m), 0) : 0;

export const priceWords = (store: Store | null, ids: readonly string[]): string => yen(sum(store, ids, (m) => m.price));
export const durationWords = (store: Store | null, ids: readonly string[]): string => minuteWords(sum(store, ids, (m) => m.duration));

/** What is known, in a line: 「カット（指名なし）、11/28(土) 15:00」; the shop where there are several and it is asked for. */
export function knownWords(known: Known, words: Words, withShop = words.stores.length > 1): string {
  const store = storeOf(known.storeId ?? null, words) ?? (words.stores.length === 1 ? words.stores[0]! : null);
  const when = [known.dates ? daysWords(known.dates, words.now) : '', known.time ? timeWords(known.time) : ''].filter(Boolean).join(' ');
  const menus = known.menuIds?.length ? menuWords(store, known.menuIds) : '';
  const who = known.staff === undefined ? '' : known.staff === 'anyone' ? ja.anyone : `担当: ${staffWords(store, known.staff)}`;
  const shop = withShop && words.stores.length > 1 && store ? nameWords(store.name) : '';
  return [shop, menus && who ? `${menus}（${who}）` : menus || who, known.or?.length ? '' : when].filter(Boolean).join('、');
}

/** How long before a visit one may cancel or move it; null = until it begins. */
export const deadlineWords = (hours: BusinessHours, wish: 'cancel' | 'move'): string | null => {
  const minutes = deadlineOf(hours, wish);
  return minutes > 0 ? leadWords(minutes) : null;
};

/** A visit in a line: 「11/28(土) 15:00〜16:00 カット（担当: 田中）」. */
export function visitLine(visit: Proposal | Reservation, words: Words): string {
  const store = storeOf(visit.storeId, words);
  const shop = words.stores.length > 1 && store ? ` ${nameWords(store.name)}` : '';
  return `${visitWords(visit.start, visit.end, words.now)} ${menuWords(store, visit.menuIds)}（担当: ${staffWords(store, visit.staffId)}）${shop}${waitingWords(visit, words.now)}`;
}

/** What a visit still waits for, behind its line. */
const waitingWords = (visit: Proposal | Reservation, now: Instant): string =>
  !('hold' in visit) || visit.status !== 'pending' ? '' : visit.hold?.for === 'approval' ? ja.provisionalMark : visit.hold?.for === 'deposit' ? jaDeposit.waiting(momentWords(visit.deposit?.until ?? visit.hold.until, now)) : '';

/** The facts of a card about a visit. */
export function visitRows(visit: Proposal | Reservation, words: Words): [string, string][] {
  const store = storeOf(visit.storeId, words);
  return [
    [ja.rows.when, visitWords(visit.start, visit.end, words.now)], [ja.rows.menus, menuWords(store, visit.menuIds)], [ja.rows.staff, staffWords(store, visit.staffId)],
    [ja.rows.price, priceWords(store, visit.menuIds)], [ja.rows.minutes, minuteWords(Math.round((visit.end - visit.start) / MINUTE))],
    ...(words.stores.length > 1 && store ? [[ja.rows.store, nameWords(store.name)] as [string, string]] : []),
  ];
}

/** A wait in words: 「11/29(日)のカット（担当: 佐藤）」. */
export function waitWords(entry: WaitlistEntry, words: Words): string {
  const store = storeOf(entry.storeId, words);
  const who = entry.staffId ? `（担当: ${staffWords(store, entry.staffId)}）` : '';
  return `${waitWhen(entry, words)}の${menuWords(store, entry.menuIds)}${who}`;
}

/** The day of a wait, with the times where they are not the whole day. */
export function waitWhen(entry: WaitlistEntry, words: Words): string {
  const store = storeOf(entry.storeId, words);
  const day = dayWords(dayOf(entry.from), words.now);
  const open = store ? openSpans(store.hours, dayOf(entry.from)) : [];
  const whole = dayOf(entry.from) !== dayOf(entry.until - 1) || (open.length > 0 && entry.from <= open[0]!.start && entry.until >= open.at(-1)!.end);
  const grid = (store?.hours.gridMinutes ?? 30) * MINUTE;
  const times = whole ? '' : entry.until - entry.from <= grid ? ` ${clockWords(toClock(minuteOf(entry.from)))}` : ` ${clockWords(toClock(minuteOf(entry.from)))}〜${clockWords(toClock(minuteOf(entry.until)))}`;
  const till = entry.until - entry.from > DAY ? `〜${dayWords(dayOf(entry.until - 1), words.now)}` : '';
  return `${day}${till}${times}`;
}

