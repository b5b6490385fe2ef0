/** Shops, menus and people by their ids, as an operator reads them; what is no more is said to be. */
import type { Reservation, WaitlistEntry } from '../../model/reservation.ts';
import type { Store } from '../../model/store.ts';
import { dayOf, minuteOf, toClock } from '../../model/time.ts';
import type { Day, Instant } from '../../model/time.ts';
import type { Proposal } from '../../dialogue/says.ts';
import type { Days, Times } from '../../understanding/heard.ts';
import { clockWords, dayWords, momentWords } from '../../replies/when.ts';

/** `now` = when it was said: days are named as of then. */
export type Naming = { stores: readonly Store[]; now: Instant };

const GONE = { store: '（今はないお店）', menu: '（今はないメニュー）', staff: '（今はない担当）' };
export const ANYONE = '指名なし';

export const storeName = (id: string, { stores }: Naming): string => stores.find((store) => store.id === id)?.name ?? GONE.store;

export const menuNames = (ids: readonly string[], { stores }: Naming): string =>
  ids.map((id) => stores.flatMap((store) => store.menus).find((menu) => menu.id === id)?.name ?? GONE.menu).join('＋');

/** Null and `anyone` are no preference. */
export const staffName = (id: string | null | undefined, { stores }: Naming): string =>
  id === null || id === undefined || id === 'anyone' ? ANYONE : (stores.flatMap((store) => store.staff).find((staff) => staff.id === id)?.name ?? GONE.staff);

export const dayName = (day: Day, { now }: Naming): string => dayWords(day, now);
export const moment = (at: Instant, { now }: Naming): string => momentWords(at, now);
export const clock = (at: Instant): string => clockWords(toClock(minuteOf(at)));

export const timesName = ({ from, to }: Times): string =>
  from !== null && from === to ? clockWords(from) : `${from === null ? '' : clockWords(from)}〜${to === null ? '' : clockWords(to)}`;

/** Three days by name; of more the first, the last and how many. */
export function daysName(days: Days, naming: Naming): string {
  if (!Array.isArray(days)) return `${days.from ? dayName(days.from, naming) : ''}〜${days.to ? dayName(days.to, naming) : ''}`;
  if (days.length <= 3) return days.map((day) => dayName(day, naming)).join('・');
  return `${dayName(days[0]!, naming)}〜${dayName(days.at(-1)!, naming)}の${days.length}日`;
}

/** `11/28(土) 15:00 カット 佐藤`, and the shop where there are several. */
export function visitName(visit: Pick<Reservation | Proposal, 'storeId' | 'menuIds' | 'staffId' | 'start'>, naming: Naming): string {
  const shop = naming.stores.length > 1 ? [storeName(visit.storeId, naming)] : [];
  return [moment(visit.start, naming), menuNames(visit.menuIds, naming), staffName(visit.staffId, naming), ...shop].join(' ');
}

/** `11/29(日) カット 佐藤`, with the times where it is one stretch of a day. */
export function waitName({ from, until, menuIds, staffId }: Pick<WaitlistEntry, 'from' | 'until' | 'menuIds' | 'staffId'>, naming: Naming): string {
  const oneDay = dayOf(from) === dayOf(until - 1);
  const when = oneDay ? `${moment(from, naming)}〜${clock(until)}` : `${moment(from, naming)}〜${moment(until, naming)}`;
  return [when, menuNames(menuIds, naming), staffName(staffId, naming)].join(' ');
}
