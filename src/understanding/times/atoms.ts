import type { Assumption, Refusal } from '../heard.ts';

/** Words that say which half of the day an hour belongs to, and a window when they stand alone. */
export type Period = 'am' | 'pm' | 'dawn' | 'morning' | 'noon' | 'evening' | 'night' | 'midnight';

/** An end of a window: a clock as said, or an edge of the shop's day. */
export type Edge = Clocked | 'open' | 'close';
/** `minute` as said since midnight (25:00 is 1500). `exact`: the half of the day is said too. */
export type Clocked = { minute: number; exact: boolean; period?: Period };

export type TimeAtom =
  | { kind: 'clock'; clock: Clocked; impossible?: boolean }
  | { kind: 'period'; period: Period; from: Edge; to: Edge; until?: number; exactly?: boolean }
  | { kind: 'moment'; at: Edge }
  | { kind: 'later'; minutes: number }
  | { kind: 'now' }
  | { kind: 'same' }
  | { kind: 'thence' }
  | { kind: 'shade'; by: 'early' | 'late' };

/** A time as said, not yet read against the hours of a day. `point`: `from` alone is meant. */
export type TimeSaid = {
  from: Edge | null;
  to: Edge | null;
  point: boolean;
  /** The part of the day named, which later clocks of the same phrase share (午後1時〜3時). */
  period?: Period;
  /** Minutes from now (1時間後): says the day, too. */
  later?: number;
  assumed: Assumption['why'][];
  refuse?: Refusal['reason'];
};
