/** What a person of the shop may ask of booking, what comes back, and what storage gives for it. */
import type { Hold, Reservation } from '../../model/reservation.ts';
import type { DepositFate } from '../../model/payment.ts';
import type { CannotBook } from '../ports.ts';
import type { Span } from '../../model/span.ts';
import type { Clock, Day, Instant } from '../../model/time.ts';

/** A visit as the shop sees it: who comes, what was written down, whether a message would reach the customer, and whether a reminder was due that did not. */
export type VisitSeen = Reservation & { customer: string | null; phone: string | null; notes: string | null; reachable: boolean; unreminded: boolean };

/** Which visit is meant, as far as it was said; `id` = just that one. */
export type VisitOf = { id?: string; customer: string | null; days: Day[] | null; time: { from: Clock | null; to: Clock | null } | null; staffId: string | null };

/** How a day stands for the people of a shop, earliest first; `off` = who is away the whole day. */
export type Agenda = { day: Day; closed: boolean; visits: VisitSeen[]; kept: TimeKept[]; off: string[] };

/** Why a person of the shop ends or moves a customer's visit: for the shop's sake, or because the customer asked for it. */
export type OnWhoseWish = 'shop' | 'customer';

export type DeskEffect =
  | { do: 'link'; code: string }
  | { do: 'unlink' }
  /** One person's, or everybody's. */
  | { do: 'agenda'; days: Day[]; staffId: string | null }
  /** The next visit of this person, or of anybody where he has none. */
  | { do: 'next'; staffId: string }
  /** The visits a description fits, nearest first: of those to come, of those just over, or of both where a deposit is due. `hold`: only those that wait for that. */
  | { do: 'find'; of: VisitOf; when: 'ahead' | 'lately' | 'due'; hold?: Hold['for'] }
  | { do: 'cancel_visit'; reservationId: string; wish: OnWhoseWish }
  /** `staffId` null = with whom it is, or, where nobody was asked for, with anyone. */
  | { do: 'move_visit'; reservationId: string; start: Instant; staffId: string | null; wish: OnWhoseWish }
  /** For somebody who is not on LINE; `staffId` null = with anybody. */
  | { do: 'book_visit'; customer: string; phone: string | null; menuIds: string[]; start: Instant; staffId: string | null }
  | { do: 'approve' | 'decline'; reservationId: string }
  /** Chats left to the shop, all or those of customers called so; `userId`: just that one. */
  | { do: 'handoffs'; customer: string | null; userId?: string }
  | { do: 'hand_back'; userId: string }
  /** Its deposit is in the shop's hands. */
  | { do: 'paid'; reservationId: string }
  /** Whether one has an own calendar; a new address for it, which ends the one before; none any more. */
  | { do: 'calendar' | 'new_calendar' | 'drop_calendar' }
  /** `null`: neither is known any more. */
  | { do: 'mark'; reservationId: string; came: Reservation['came'] | null }
  /** What stands in the way of days, or of a part of each, off. */
  | { do: 'before_off'; staffId: string; days: Day[]; part: Part | null }
  /** Days off, or a part of each. `move` = what is booked then goes to others who are free. */
  | { do: 'off'; staffId: string; days: Day[]; part: Part | null; move: boolean }
  /** Not off after all; null = the only time off ahead. */
  | { do: 'on'; staffId: string; days: Day[] | null }
  | { do: 'block'; staffId: string; start: Instant; end: Instant }
  /** The block that fits; with neither day nor time the only one ahead. */
  | { do: 'unblock'; staffId: string; days: Day[] | null; time: VisitOf['time'] };

/** A part of a day; an end that is null is that of the day. */
export type Part = { from: Clock | null; to: Clock | null };

export type DeskAnswer =
  /** `wrong`: no such code, over or used; nothing else is told apart. `already`: the account is somebody's. */
  | { to: 'link'; staffId: string }
  | { to: 'link'; refused: 'wrong' | 'later' }
  | { to: 'link'; refused: 'already'; staffId: string | null }
  | { to: 'unlink' }
  | { to: 'agenda'; days: Agenda[] }
  | { to: 'next'; visit: VisitSeen | null }
  | { to: 'find'; visits: VisitSeen[]; more: boolean }
  /** Null: it is over, cancelled already, or was never the shop's. */
  | { to: 'cancel_visit' | 'approve' | 'decline'; done: VisitSeen | null; deposit?: DepositFate }
  /** `offered`: the house has an address customers and staff can reach. */
  | { to: 'calendar'; made: boolean; offered: boolean }
  /** With a mark in place of the secret. Null: see `offered`. */
  | { to: 'new_calendar'; url: string | null }
  /** False: there was none. */
  | { to: 'drop_calendar'; ended: boolean }
  | { to: 'handoffs'; chats: LeftToUs[] }
  /** Null: it is with the bot already. */
  | { to: 'hand_back'; chat: LeftToUs | null }
  | { to: 'paid'; done: VisitSeen; yen: number }
  | { to: 'paid'; refused: 'none' | 'already' | 'gone' }
  | { to: 'book_visit'; done: VisitSeen }
  | { to: 'book_visit'; cannot: 'taken' | 'self_overlap' | CannotBook }
  | { to: 'move_visit'; done: VisitSeen; was: VisitSeen }
  | { to: 'move_visit'; gone: true }
  /** Somebody has it, the customer himself is elsewhere, it waits for the shop's yes, or it cannot be whatever is booked. */
  | { to: 'move_visit'; cannot: 'taken' | 'self_overlap' | 'unanswered' | CannotBook }
  /** `too_early`: nobody can have missed what has not begun. */
  | { to: 'mark'; marked: VisitSeen | 'too_early' | null }
  | { to: 'before_off'; visits: { visit: VisitSeen; staffId: string | null }[] }
  /** `moved` went to others, `left` are still this person's; `days` are those that were not off already. */
  | { to: 'off'; days: Day[]; moved: { visit: VisitSeen; was: VisitSeen }[]; left: VisitSeen[] }
  /** `which`: several are off, and it was not said which; `fixed`: off by the shop's file. */
  | { to: 'on'; days: Day[]; fixed: Day[] }
  | { to: 'on'; which: Day[] }
  | { to: 'block'; done: TimeKept }
  | { to: 'block'; visits: VisitSeen[] }
  | { to: 'block'; past: true }
  | { to: 'unblock'; done: TimeKept | null }
  | { to: 'unblock'; which: TimeKept[] }
  /** Only this person, a manager, or in a shop without managers anybody may do that. */
  | { to: 'not_yours'; staffId: string };

/** Time a person of the shop keeps for himself. `off`: a day or part of one; `block`: anything else. */
export type TimeKept = Span & { id: string; staffId: string; kind: 'block' | 'off' };

/** A chat that was left to the shop's people: since when, when the customer last did something, what he wrote last, and when it was given back to the bot. */
export type LeftToUs = { userId: string; customer: string | null; storeId: string | null; since: Instant; touched: Instant; last: string | null; handedBack: Instant | null };

/** A LINE account at one of our channels. */
export type Account = { channel: string; lineId: string };

export interface DeskReader {
  /** A store's visits that overlap the window, canceled ones left out, holds that ended by `now` too; earliest first. Customers as the channel knows them. */
  visits(storeId: string, channel: string, window: Span, now: Instant): Promise<VisitSeen[]>;
  /** Time a store's people keep for themselves that overlaps the window, earliest first. */
  timeKept(storeId: string, window: Span): Promise<TimeKept[]>;
  hasCalendar(staffId: string): Promise<boolean>;
  /** Chats of a channel that are left to a person, given back or not. */
  leftToUs(channel: string): Promise<LeftToUs[]>;
  /** Whole days off of a person from a day on, said in the chat. */
  daysOffSaid(staffId: string, from: Day): Promise<Day[]>;
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
  /** Nobody books with this person until the end of the transaction, nor comes back to a hold that ended by `now`; taken last, after customers and visits. */
  lockPerson(staffId: string, now: Instant): Promise<void>;
  /** After `lockPerson`. What is booked then stays. */
  keepTime(time: TimeKept & { storeId: string }, at: Instant): Promise<void>;
  dropTime(ids: readonly string[]): Promise<void>;
  /** Days off, or not off after all; gives those that were not so. Days off by the shop's file are not touched. */
  setAway(staffId: string, days: readonly Day[], away: boolean): Promise<Day[]>;
  /** A customer the shop itself notes down, or the one it did before by this telephone number. Gives his id. */
  notedCustomer(customer: { id: string; name: string; phone: string | null; at: Instant }): Promise<string>;
  /** The secret of a person's calendar, of which only the hash is kept; null = none. Gives whether there was one. */
  setCalendar(staffId: string, secret: string | null, at: Instant): Promise<boolean>;
  /** The customer's next turn is the bot's. */
  handBack(channel: string, userId: string, at: Instant): Promise<void>;
  /** Whose account it is from now on; null = nobody's. False = it is another person's. */
  setAccount(staffId: string, lineId: string | null): Promise<boolean>;
}

/** A visit in a person's own calendar, cancelled ones too. */
export type CalendarVisit = Reservation & { customer: string | null; madeAt: Instant; changedAt: Instant };

/** What a calendar feed is made of. */
export interface CalendarReader {
  /** Whose calendar a secret opens; null = nobody's. */
  whose(secret: string): Promise<string | null>;
  /** A person's visits that overlap the window; cancelled ones that once were certain, holds but for offers. */
  visits(staffId: string, channel: string, window: Span, now: Instant): Promise<CalendarVisit[]>;
  kept(staffId: string, window: Span): Promise<(TimeKept & { madeAt: Instant })[]>;
}
