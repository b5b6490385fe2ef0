/** Days, times, prices and durations in the words of the house. A day always comes with its weekday. */
import { addDays, dayOf, minuteOf, toClock, weekdayOf } from '../model/time.ts';
import type { Clock, Day, Instant, Weekday } from '../model/time.ts';

export const WEEKDAY: Record<Weekday, string> = { mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土', sun: '日' };

/** `11/28(土)`; with the year where it is not this one. */
export function dayWords(day: Day, now: Instant): string {
  const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const words = `${month}/${date}(${WEEKDAY[weekdayOf(day)]})`;
  return year === dayOf(now).slice(0, 4) ? words : `${year}/${words}`;
}

/** Tomorrow is called so where the answer is about that one day. */
export const nearDayWords = (day: Day, now: Instant): string => (day === addDays(dayOf(now), 1) ? '明日' : dayWords(day, now));

/** `9:00`: hours without a leading zero. */
export const clockWords = (clock: Clock): string => clock.replace(/^0(\d)/, '$1');

export const spanWords = ({ from, to }: { from: Clock; to: Clock }): string => `${clockWords(from)}〜${clockWords(to)}`;

/** `11/28(土) 15:00` */
export const momentWords = (at: Instant, now: Instant): string => `${dayWords(dayOf(at), now)} ${clockWords(toClock(minuteOf(at)))}`;

/** `11/28(土) 15:00〜16:00` */
export const visitWords = (start: Instant, end: Instant, now: Instant): string => `${momentWords(start, now)}〜${clockWords(toClock(minuteOf(end)))}`;

export const yen = (amount: number): string => `${Math.round(amount).toLocaleString('ja-JP')}円`;

/** `約60分`; the customer's own clock is in minutes up to two hours. */
export const minuteWords = (minutes: number): string => `${minutes}分`;

/** A stretch of notice: `60分`, `2時間`, `3日`. */
export const leadWords = (minutes: number): string =>
  minutes % 1440 === 0 && minutes > 0 ? `${minutes / 1440}日` : minutes % 60 === 0 && minutes > 60 ? `${minutes / 60}時間` : `${minutes}分`;

/** 「A、B、ほか3件」: a list that stays short. */
export const listWords = (items: readonly string[], most = Infinity, counter = '件'): string =>
  items.length <= most ? items.join('、') : `${items.slice(0, most).join('、')}、ほか${items.length - most}${counter}`;
