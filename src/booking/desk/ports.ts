/** What a person of the shop may ask of booking, what comes back, and what storage gives for it. */
import type { Reservation } from '../../model/reservation.ts';
import type { Span } from '../../model/span.ts';
import type { Clock, Day, Instant } from '../../model/time.ts';

/** A visit as the shop sees it: who comes, and what was written down. */
export type VisitSeen = Reservation & { customer: string | null; phone: string | null; notes: string | null };

/** Which visit is meant, as far as it was said. */
export type VisitOf = { customer: string | null; days: Day[] | null; time: { from: Clock | null; to: Clock | null } | null; staffId: string | null };

/** How a day stands for the people of a shop, earliest first. */
export type Agenda = { day: Day; closed: boolean; visits: VisitSeen[]; off: string[] };

export type DeskEffect =
  | { do: 'link'; code: string }
  | { do: 'unlink' }
  /** One person's, or everybody's. */
  | { do: 'agenda'; days: Day[]; staffId: string | null }
  /** The next visit of this person, or of anybody where he has none. */
  | { do: 'next'; staffId: string }
  /** The visits a description fits, of those to come or of those just over, nearest first. */
  | { do: 'find'; of: VisitOf; when: 'ahead' | 'lately' };

export type DeskAnswer =
  /** `wrong`: no such code, over or used; nothing else is told apart. `already`: the account is somebody's. */
  | { to: 'link'; staffId: string }
  | { to: 'link'; refused: 'wrong' | 'later' }
  | { to: 'link'; refused: 'already'; staffId: string | null }
  | { to: 'unlink' }
  | { to: 'agenda'; days: Agenda[] }
  | { to: 'next'; visit: VisitSeen | null }
  | { to: 'find'; visits: VisitSeen[]; more: boolean };

/** A LINE account at one of our channels. */
export type Account = { channel: string; lineId: string };

export interface DeskReader {
  /** A store's visits that overlap the window, canceled ones left out, holds that ended by `now` too; earliest first. Customers as the channel knows them. */
  visits(storeId: string, channel: string, window: Span, now: Instant): Promise<VisitSeen[]>;
}

/** Inside a turn's transaction. */
export interface DeskWriter extends DeskReader {
  /** Wrong codes since then, of this account and of all at its channel. Whoever asks next waits, so that nobody guesses side by side. */
  guesses(account: Account, since: Instant): Promise<{ own: number; all: number }>;
  guessed(account: Account, at: Instant): Promise<void>;
  /** A code of a person; those he has already stay. */
  newCode(code: { id: string; staffId: string; code: string; expiresAt: Instant; at: Instant }): Promise<void>;
  /** Uses a code of these shops up; gives whose it was. Null = there is none such, or it is over or used. */
  useCode(code: string, storeIds: readonly string[], now: Instant): Promise<string | null>;
  /** Whose account it is from now on; null = nobody's. False = it is another person's. */
  setAccount(staffId: string, lineId: string | null): Promise<boolean>;
}
