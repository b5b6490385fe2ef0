/**
 * What was understood of one message. Everything here is plain JSON: it is logged, replayed and asserted in
 * `conversations/`. Names of menus and staff are the shop's own (canonical) names, not ids.
 */
import type { Clock, Day, Weekday } from '../model/time.ts';

/** Everything a customer can want. The labels are those our measuring sets use. */
export const INTENTS = [
  'check_availability', 'book', 'cancel', 'reschedule', 'list_reservations', 'join_waitlist', 'leave_waitlist',
  'hours_info', 'address_info', 'phone_info', 'menu_info', 'price_info', 'staff_info', 'payment_info',
  'talk_to_human', 'affirm', 'deny', 'greet', 'thanks', 'correct', 'choose', 'earliest', 'repeat_last',
  'start_over', 'help', 'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];

/** What the bot said last, as far as it decides what a short answer means. */
export const CONTEXTS = [
  'offered_times', 'confirming', 'confirming_cancel', 'asked_menu', 'asked_staff', 'asked_date', 'asked_time', 'asked_store',
  'asked_name', 'asked_phone', 'asked_notes', 'offered_waitlist', 'offered_freed_slot', 'asked_which_reservation', 'asked_change',
] as const;
export type AskedContext = (typeof CONTEXTS)[number];

/** Days: a list, or a range whose ends are included and may be open. */
export type Days = Day[] | { from: Day | null; to: Day | null };
/** Times: `from === to` is a point; an open end is null. */
export type Times = { from: Clock | null; to: Clock | null };
/** One wish for a day and a time; null = not said. */
export type When = { dates: Days | null; time: Times | null };
export type Exclusion = { weekdays?: Weekday[]; dates?: Day[]; holidays?: true; time?: Times };

export const REFUSALS = ['past', 'impossible_date', 'impossible_time', 'weekday_mismatch', 'out_of_hours', 'beyond_window'] as const;
export type Refusal = {
  reason: (typeof REFUSALS)[number];
  /** The words that cannot be. */
  words: string;
  /** What was meant as far as it could be read: the day named, the weekday named. */
  day?: Day;
  weekday?: Weekday;
  time?: Times;
  /** Days that would fit instead (weekday mismatch: the nearest days of that weekday). */
  instead?: Day[];
};

/** Why a part was taken as it was although it was not said in full. */
export const ASSUMPTIONS = [
  'twelve_hour', 'nearest_weekday', 'next_weekday', 'sunday_week', 'this_month', 'next_year', 'fuzzy', 'daypart', 'typo', 'shifted',
] as const;
export type Assumption = { part: 'date' | 'time' | 'menu' | 'staff'; why: (typeof ASSUMPTIONS)[number]; words: string };

/** The words of the message (offsets into the original text) that said a part. */
export type Evidence = { part: string; words: string; from: number; to: number };

/** A relative wish about a known time: 「30分遅く」「次の日」. Resolved into `when` where the time is known. */
export type Shift = { minutes?: number; days?: number; direction?: 'earlier' | 'later'; same?: 'time' | 'day' };

/** What is to be as at the last visit, besides the menu and the person. */
export type UsualHeard = 'time' | 'weekday';

/** Which of the things on offer: 「2番目」「遅い方」「それで」. `nth` counts from 1, from the end when negative. */
export type Choice = { nth: number } | { by: 'earlier' | 'later' | 'morning' | 'afternoon' | 'evening' } | { by: 'that' };

/** What is done to the menus already chosen. `set` replaces; the same message may add and remove. */
export type MenusHeard = { set?: string[]; add?: string[]; remove?: string[] };

/** 指名. `name: null` = anyone (指名なし); `same` = whoever did it last time. `not` = said not to be this one. */
export type StaffHeard = { name: string | null } | { same: true } | { not: string };

/** Topics of a question about the shop, finer than the intent. */
export const TOPICS = [
  'hours', 'closing_day', 'address', 'access', 'parking', 'phone', 'menus', 'price', 'duration', 'staff', 'payment', 'prepay',
  'belongings', 'nomination', 'cancel_policy', 'waitlist_state',
] as const;
export type Topic = (typeof TOPICS)[number];

/** A detail of a visit by its name. */
export type Detail = 'store' | 'menu' | 'staff' | 'day' | 'time' | 'name';

export type Heard = {
  /** The message as it came. */
  text: string;
  intent: Intent;
  /** Alternatives in the order said; one entry is one wish, several have days with different times. Empty = no date, no time. */
  when: When[];
  /** The booked visit that is spoken of, apart from what is wished instead (「14時の予約を16時に」: 14:00). Kept out of `when`. */
  of?: When;
  exclude: Exclusion | null;
  refuse: Refusal | null;
  /** いつでも / 最短 */
  prefer: 'any' | 'earliest' | 'latest' | null;
  shift: Shift | null;
  menus: MenusHeard | null;
  staff: StaffHeard | null;
  /** The shop, in a channel with several. */
  store: string | null;
  people: number | null;
  name: string | null;
  /** Digits only. */
  phone: string | null;
  choice: Choice | null;
  /** 「いつもの時間で」「前回と同じ曜日」. */
  usual?: UsualHeard[];
  /** はい / いいえ as a bare answer, besides the intent. */
  answer: 'yes' | 'no' | null;
  /** The message is plainly a yes, to whatever was asked (`any`) or to what it names; nothing else is in it but courtesy and what we said ourselves. */
  consent?: 'any' | 'book' | 'move' | 'cancel';
  /** The whole matter is given up, not only the last answer: 「やめます」「また今度にします」「見るだけでした」「今日はもう大丈夫です」. */
  stop?: boolean;
  /** Neither yes nor no yet: 「考えさせてください」「たぶん大丈夫です」. */
  undecided?: boolean;
  /** Details that are to be another without saying which: 「時間を変えたい」「担当の方を」. */
  detail?: Detail[];
  topics: Topic[];
  /** One piece of the text that carries the date and time, the new one where it is a change. */
  datePhrase: string | null;
  /** The message ends in a question; not a digression by itself. */
  question: boolean;
  assumed: Assumption[];
  evidence: Evidence[];
  /** Further wishes of the same message in order (「これをキャンセルして、あれを予約」), each heard by itself. */
  then: Heard[];
};
