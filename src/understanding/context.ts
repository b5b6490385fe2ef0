import type { BusinessHours } from '../model/hours.ts';
import type { Clock, Day, Instant } from '../model/time.ts';
import type { AskedContext, Days, Times } from './heard.ts';

/** The words of a shop: its menus and people with every spelling it taught us. */
export type Lexicon = {
  stores: { name: string; aliases: string[] }[];
  menus: { name: string; aliases: string[] }[];
  staff: { name: string; aliases: string[] }[];
};

/** What understanding knows besides the text. Nothing is read from anywhere else. */
export type HearingContext = {
  /** When the customer wrote: dates are resolved against this. */
  now: Instant;
  /** The past is judged by this moment (later than `now` for an event that waited). */
  judgedAt: Instant;
  /** The shop's hours; null when no shop is chosen yet. */
  hours: BusinessHours | null;
  lexicon: Lexicon;
  /** What our last question was about; null = nothing pending. */
  asked: AskedContext | null;
  /** Day and time the talk is about now, for shifts (「30分遅く」) and elliptical corrections (「16時で」). */
  known: { dates: Days | null; time: Times | null };
  /** The times on offer, as shown, for 「遅い方」 and 「15時の」. */
  offered: { day: Day; time: Clock }[];
};
