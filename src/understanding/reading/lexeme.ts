import type { DateAtom } from '../dates/atoms.ts';
import type { Signal } from './signals.ts';
import type { TimeAtom } from '../times/atoms.ts';

/** A length of time: 30分, 2時間, 3日. By itself it is no time; 「30分遅く」 makes a shift of it. */
export type Duration = { minutes?: number; days?: number };

/** Nobody names more days, times and numbers in one message; what follows is not read, so that any input costs little. */
export const MOST_PHRASES = 48;

/** What a stretch of the text was read as. `width` is how many digits a bare number has. */
export type Lexeme =
  | { is: 'date'; atom: DateAtom }
  | { is: 'time'; atom: TimeAtom }
  | { is: 'number'; value: number; width: number }
  | { is: 'duration'; duration: Duration }
  | { is: 'signal'; signal: Signal }
  | { is: 'mask' };

export type Lexed = { lexeme: Lexeme; to: number };
export type Placed = Lexeme & { from: number; to: number };
