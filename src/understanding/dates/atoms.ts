import type { Assumption, Days, Exclusion, Refusal } from '../heard.ts';
import type { BusinessHours } from '../../model/hours.ts';
import type { Day, Weekday } from '../../model/time.ts';

/** A part of a week, a month or a long holiday. */
export type Part =
  | 'start' | 'early' | 'middle' | 'late' | 'end' | 'firstHalf' | 'secondHalf' | 'last' | 'first' | 'midway' | 'after' | 'all';
/** Kinds of days: 平日, 土日, 祝日, 土日祝. */
export type DayClass = 'workdays' | 'weekend' | 'holidays' | 'daysOff';
export type Unit = 'day' | 'week' | 'month' | 'year';

/** The smallest thing that says something about days. A phrase is one or several: 来週 + の + 土曜. */
export type DateAtom =
  | { kind: 'relative'; days: number }
  | { kind: 'following'; days: number; unit?: Unit }
  | { kind: 'same'; weekday?: boolean }
  | { kind: 'week'; weeks: number }
  | { kind: 'weekend'; weeks: number | null }
  | { kind: 'month'; months: number }
  | { kind: 'year'; years: number }
  | { kind: 'part'; part: Part; of?: 'week' | 'month' | 'year' }
  | { kind: 'calendar'; year?: number; month?: number; day?: number }
  | { kind: 'weekday'; weekdays: Weekday[]; run?: boolean }
  | { kind: 'nth'; nth: number[]; week?: boolean }
  | { kind: 'class'; days: DayClass }
  | { kind: 'holiday'; name: string }
  | { kind: 'festival'; month: number; day: number; nth?: { weekday: Weekday; nth: number } }
  | { kind: 'season'; from: string; to: string; after?: boolean }
  | { kind: 'consecutive'; days: number }
  | { kind: 'offset'; counts: number[]; unit: Unit; within?: boolean; half?: boolean }
  | { kind: 'span'; days: number }
  | { kind: 'next'; more: number; thence?: boolean }
  | { kind: 'openDay' };

/** What a phrase so far can still be narrowed by. */
export type Grain = 'prefix' | 'day' | 'days' | 'weekday' | 'week' | 'weekend' | 'month' | 'part' | 'year' | 'class' | 'season' | 'around' | 'open';

/** What was named around a day, so that a list can go on in it: 「来週の月・水」「3/20、21」. */
export type Scope = { week?: Day; month?: Day };

/** The days a phrase means, as far as it was read. */
export type Found = {
  days: Days;
  grain: Grain;
  scope: Scope;
  /** Days within `days` that are not meant (平日), where they cannot be listed because the days are open. */
  exclude?: Exclusion;
  /** The stretch the days were picked from, when it was said: 「来週の火曜以外」 leaves the rest of the week. */
  base?: Days;
  /** Waiting for the word it counts: 第2 …, 次の …. */
  nth?: number[];
  next?: { more: number; from: Day };
  /** Open only because nobody says where it ends (GW明け): a weekday of it is the first. */
  soon?: boolean;
  assumed?: Assumption['why'][];
  refuse?: Omit<Refusal, 'words'>;
};

/** What dates are resolved against. */
export type Calendar = {
  today: Day;
  /** The day the talk is about, for 「次の日」「その日」. */
  spoken: Day | null;
  /** Whether 「1週間後」 counts from that day and not from today: 「1週間後の同じ時間」. */
  fromSpoken?: boolean;
  /** What the phrase before it named, for lists and corrections. */
  scope: Scope;
  hours: BusinessHours | null;
};
