/**
 * Everything the bot can say, as data: ids, days and clocks, no wording. `replies/` turns each act into Japanese and
 * LINE messages; `conversations/` and the replay compare these.
 */
import type { CustomerNews } from '../booking/news.ts';
import type { Barred, DayState, LostOffer, QueuedWait } from '../booking/ports.ts';
import type { DepositFate } from '../model/payment.ts';
import type { Reservation, SlotOffer, WaitlistEntry } from '../model/reservation.ts';
import type { Clock, Day, Instant } from '../model/time.ts';
import type { Assumption, Refusal, Times, Topic } from '../understanding/heard.ts';
import type { Goal, Known, Pending, SlotName } from './talk.ts';

/** Messages that hold no text. */
export type Sent = 'sticker' | 'image' | 'video' | 'audio' | 'file' | 'location' | 'unknown';

/** A visit that is proposed; `staffId` null = anyone. */
export type Proposal = { storeId: string; menuIds: string[]; staffId: string | null; start: Instant; end: Instant };
/** A start on offer; `staffId` only where another person than the one asked for goes with it. */
export type Offer = { day: Day; time: Clock; staffId?: string };
/** A stretch of free time during which a visit fits. */
export type OpenSpan = { from: Clock; to: Clock };
export type OpenDay = { day: Day; spans: OpenSpan[] };
/** What was looked for; no menu = the shortest one. */
export type LookedFor = { storeId: string; menuIds: string[]; staffId: string | null; days: Day[]; time: Times | null };

/** Why a wish cannot be, with a way on where there is one. */
export type Problem =
  | { why: 'past'; day: Day; time?: Clock }
  | { why: 'too_soon'; day: Day; time?: Clock; noticeMinutes: number }
  | { why: 'beyond_window'; day: Day; last: Day }
  | { why: 'closed'; day: Day; because: NonNullable<DayState['closed']>; instead: Day[] }
  | { why: 'outside_hours'; day: Day | null; time: Times; openings: [Clock, Clock][] }
  | { why: 'staff_off'; staffId: string; day: Day; others: string[]; instead: Day[] }
  /** The shop is open then, but the person (null = nobody who could do it) is not there, or not long enough; `openings` = when he is. */
  | { why: 'staff_hours'; staffId: string | null; day: Day; time: Times; openings: [Clock, Clock][]; others: string[] }
  | { why: 'staff_cannot'; staffId: string; menuIds: string[]; can: string[] }
  | { why: 'nobody_can'; menuIds: string[] }
  /** It would run past `until`; `latest` = the last start that would not, if any. */
  | { why: 'too_long'; day: Day; time: Clock; menuIds: string[]; until: Clock; latest: Clock | null }
  | { why: 'off_grid'; day: Day; time: Clock; gridMinutes: number }
  | { why: 'no_phone'; phone: string }
  | { why: 'unknown_menu' | 'unknown_staff' };

export type Act =
  // ---- politeness
  | { say: 'welcome'; again: boolean }
  | { say: 'hello' }
  | { say: 'help' }
  | { say: 'thanked' }
  | { say: 'bye' }
  /** The booking, move or cancelling under way was given up; `kept` = visits that stand. */
  | { say: 'stopped'; kept: Reservation[] }
  /** `about` = what we had asked. */
  | { say: 'miss'; nth: number; about: Pending['about'] | null; storeId: string | null }
  | { say: 'started_over' }
  | { say: 'handover'; reason: 'asked' | 'misses' }
  | { say: 'still_human'; storeId: string | null }
  | { say: 'bot_again' }
  /** Before the first answer after a person had the chat: he gave it back, or so long nothing was written. */
  | { say: 'bot_back'; why: 'given' | 'quiet'; storeId: string | null }
  /** A booking was interrupted: asks whether to go on with it. */
  | { say: 'go_on'; known: Known }
  | { say: 'received'; what: Sent }
  | { say: 'stale' }
  /** Something is broken on our side; said by the turn that gave up, with the shop's people as the way on. */
  | { say: 'trouble' }
  /** The thread is taken up again after a pause. */
  | { say: 'recap'; known: Known; goal: Goal }
  /** What this message said, echoed; `changed` = those that had another value before. */
  | { say: 'noted'; slots: SlotName[]; changed: SlotName[]; known: Known }
  | { say: 'one_each'; people: number; storeId: string | null }
  // ---- why not
  | { say: 'refused'; refuse: Refusal; storeId: string | null }
  | { say: 'cannot'; problem: Problem; storeId: string }
  // ---- questions
  | { say: 'ask_store'; storeIds: string[] }
  /** The shop is the one remembered from before. */
  | { say: 'at_store'; storeId: string }
  | { say: 'ask_menu'; storeId: string; menuIds: string[] }
  | { say: 'ask_staff'; storeId: string; staffIds: string[] }
  /** `first` and `last` bound the picker; `waiting` = to wait for. */
  | { say: 'ask_day'; storeId: string; days: Day[]; first: Day; last: Day; waiting: boolean }
  | { say: 'ask_time'; looked: LookedFor; days: OpenDay[]; offers: Offer[] }
  /** `first` = the shop asks everybody before the first visit. */
  | { say: 'ask_name'; first?: true }
  | { say: 'need_name' }
  | { say: 'ask_phone' }
  | { say: 'need_phone' }
  | { say: 'ask_notes' }
  | { say: 'ask_change'; slots: SlotName[]; goal: 'book' | 'move'; visit: Reservation | null }
  | { say: 'ask_which'; for: 'cancel' | 'move'; visits: Reservation[] }
  | { say: 'ask_which_wait'; entries: WaitlistEntry[] }
  /**
   * `free` = it answers whether that time is free; `name` = the one that was put right; `approval` = it will wait for the
   * shop's yes; `told` = what was asked before the first visit.
   */
  | { say: 'confirm'; proposal: Proposal; assumed: Assumption[]; changed: SlotName[]; free: boolean; name?: string; approval?: true; told?: { name?: string; phone?: string; notes?: string } }
  | { say: 'confirm_move'; from: Reservation; proposal: Proposal; assumed: Assumption[]; approval?: true }
  /** `deposit`: what becomes of one that is paid. */
  | { say: 'confirm_cancel'; visit: Reservation; deposit?: DepositFate }
  | { say: 'confirm_leave'; entry: WaitlistEntry }
  // ---- what the calendar says
  /** Free stretches, asking whether to book. `exact` = one start: the one asked for, or `picked` for the customer. */
  | { say: 'open'; looked: LookedFor; days: OpenDay[]; exact: Offer | null; picked: Known['prefer'] | null }
  /** Nothing as wished; `near` = free starts nearest to it, `taken` = it went between look and book, `lacks` = people are free, but these rooms are not. */
  | { say: 'full'; looked: LookedFor; near: Offer[]; waitable: boolean; taken: boolean; lacks?: string[] }
  | { say: 'overlap'; clash: Reservation | null; near: Offer[] }
  | { say: 'near'; near: Offer[] }
  // ---- what was done
  | { say: 'booked'; visit: Reservation }
  /** 仮予約: it waits for the shop's yes; `moved` = it was another time before. */
  | { say: 'provisional'; visit: Reservation; moved: boolean }
  /** The visit is certain, and the shop takes the deposit itself. */
  | { say: 'deposit_owed'; visit: Reservation }
  | { say: 'already_booked'; visit: Reservation }
  /** To who answers a reminder that he comes. */
  | { say: 'see_you'; visit: Reservation }
  | { say: 'moved'; visit: Reservation }
  | { say: 'cancelled'; visit: Reservation; deposit?: DepositFate }
  | { say: 'too_late'; visit: Reservation; for: 'cancel' | 'move' }
  /** He may not book by himself; `visits` = those that stand against one more, `most` = how many may be ahead. */
  | { say: 'barred'; why: Barred['why']; storeId: string; visits: Reservation[]; most: number | null }
  | { say: 'gone'; for: 'cancel' | 'move' | 'leave' }
  | { say: 'kept'; visit: Reservation | null }
  | { say: 'still_waiting' }
  /** The visit cannot go to another shop: it stands, and a booking is made there. */
  | { say: 'other_shop'; visit: Reservation }
  | { say: 'no_last' }
  /** Of the last visit: menus the shop does not offer, a person who is not there any more. */
  | { say: 'no_more'; storeId: string; menuIds: string[]; staffId: string | null }
  | { say: 'waiting'; entry: WaitlistEntry; position: number; already: boolean }
  | { say: 'wait_not_needed'; offers: Offer[] }
  | { say: 'left'; entry: WaitlistEntry }
  | { say: 'mine'; visits: Reservation[]; waits: QueuedWait[] }
  /** Waits that are over with the visit just booked. */
  | { say: 'waited'; entries: WaitlistEntry[] }
  // ---- a freed slot that was offered
  /** It is still to be answered. */
  | { say: 'offer_again'; offer: SlotOffer }
  /** `entry` = the wait that goes on. */
  | { say: 'offer_lost'; offer: SlotOffer; why: LostOffer; entry: QueuedWait | null }
  | { say: 'offer_overlap'; offer: SlotOffer; clash: Reservation | null }
  | { say: 'offer_declined'; offer: SlotOffer; entry: QueuedWait | null }
  | { say: 'offer_unknown' }
  /** No visit of the customer is the one described. */
  | { say: 'no_such_visit' }
  | { say: 'no_visits'; for: 'cancel' | 'move' | 'list' }
  | { say: 'no_waits' }
  // ---- about the shop
  | { say: 'info'; topic: Topic; storeId: string; menuIds: string[]; staffId: string | null; days: Day[] }
  | { say: 'info_unknown'; storeId: string | null }
  // ---- what the customer did not ask for
  | CustomerNews;
