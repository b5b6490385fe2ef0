import type { DateAtom, Found } from '../dates/atoms.ts';
import type { TimeSaid } from '../times/atoms.ts';
import type { Signal } from './signals.ts';
import type { Link } from './suffixes.ts';

type Common = {
  from: number;
  to: number;
  /** How it hangs on the item before it. */
  link: Link;
  /** 〜 or から behind it: a range if another of its kind follows, an open start otherwise. */
  open: boolean;
  /** 以外 behind it. */
  except: boolean;
  /** まで behind it, as the end of a range across other words. */
  till: boolean;
};
/** A phrase about days and what it means so far. */
export type DateItem = Common & {
  is: 'date';
  found: Found;
  atoms: DateAtom[];
  /** Made open by 以降 and the like: only weekdays narrow it further. */
  bent: boolean;
  /** Named beside its week, not of it: 「来週で、水曜は無理」. */
  apart?: boolean;
  /** Its ends, while the end may still grow: 「来週の月曜から」+「再来週」+「の水曜」. */
  range?: { start: Found; end: Found };
};
/** A phrase about the time of day. */
export type TimeItem = Common & { is: 'time'; time: TimeSaid; range?: { start: TimeSaid; end: TimeSaid } };
export type Item = DateItem | TimeItem;
/** A signal and where it stands. */
export type PlacedSignal = { signal: Signal; from: number; to: number };
