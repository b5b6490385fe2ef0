/** Everything the desk can say to a person of the shop, as data. `replies/desk.ts` has the words. */
import type { Agenda, DeskAnswer, LeftToUs, Part, TimeKept, VisitSeen } from '../booking/desk/ports.ts';
import type { DepositFate } from '../model/payment.ts';
import type { Reservation } from '../model/reservation.ts';
import type { Day, Instant } from '../model/time.ts';
import type { Wish } from './talk.ts';

/** Why a visit cannot be where it was wished. */
export type CannotMove = Extract<DeskAnswer, { to: 'move_visit'; cannot: unknown }>['cannot'];

export type DeskAct =
  // ---- who one is
  | { say: 'linked'; staffId: string }
  /** `wrong`: whatever was wrong about the code; `later`: too many were; `already`: the account is that person's, `elsewhere` one's of another account of ours. */
  | { say: 'not_linked'; why: 'wrong' | 'later' | 'elsewhere' | 'no_code' }
  | { say: 'not_linked'; why: 'already'; staffId: string }
  | { say: 'unlinked'; staffId: string }
  | { say: 'as_customer' }
  | { say: 'as_staff' }
  | { say: 'desk_hello' }
  /** All commands; `unknown` = nothing of ours was understood. */
  | { say: 'desk_help'; unknown: boolean }
  // ---- what there is
  | { say: 'agenda'; days: Agenda[]; staffId: string | null; more: boolean }
  | { say: 'next_visit'; visit: VisitSeen | null }
  | { say: 'found'; visits: VisitSeen[]; more: boolean; for: Wish['do'] }
  // ---- a customer's visit
  | { say: 'confirm_booking'; storeId: string; customer: string; phone: string | null; menuIds: string[]; start: Instant; staffId: string | null }
  | { say: 'ask_booking' }
  | { say: 'visit_booked'; visit: VisitSeen }
  | { say: 'ask_visit'; for: Wish['do']; visits: VisitSeen[]; more: boolean }
  | { say: 'confirm_visit_cancel'; visit: VisitSeen }
  /** `staffId`: with whom it is to be; null = as it comes. */
  | { say: 'confirm_visit_move'; visit: VisitSeen; start: Instant; staffId: string | null }
  | { say: 'confirm_no_show'; visit: VisitSeen }
  | { say: 'confirm_decline'; visit: VisitSeen }
  | { say: 'confirm_paid'; visit: VisitSeen }
  | { say: 'ask_new_time'; visit: VisitSeen }
  | { say: 'visit_cancelled' | 'visit_approved' | 'visit_declined'; visit: VisitSeen; deposit?: DepositFate }
  | { say: 'visit_paid'; visit: VisitSeen; yen: number }
  | { say: 'visit_not_paid'; why: 'none' | 'already' | 'gone' }
  | { say: 'visit_moved'; visit: VisitSeen; was: VisitSeen }
  | { say: 'visit_marked'; visit: VisitSeen; came: NonNullable<Reservation['came']> | null }
  | { say: 'too_early' }
  | { say: 'visit_gone' }
  | { say: 'visit_cannot_move'; why: CannotMove }
  | { say: 'not_yours'; staffId: string }
  | { say: 'left_as_is' }
  // ---- chats left to the shop
  /** `ask`: which of them is meant. */
  | { say: 'handoffs'; chats: LeftToUs[]; ask: boolean }
  | { say: 'no_handoff' }
  | { say: 'handed_back'; chat: LeftToUs }
  // ---- one's own calendar
  | { say: 'calendar_made'; url: string }
  /** There is one, and its address cannot be said again. */
  | { say: 'confirm_calendar' }
  | { say: 'calendar_dropped'; done: boolean }
  | { say: 'no_calendar' }
  // ---- one's own time
  /** Who could take each of the visits; null = nobody. */
  | { say: 'confirm_off'; staffId: string; days: Day[]; part: Part | null; visits: { visit: VisitSeen; staffId: string | null }[] }
  | { say: 'off_taken'; staffId: string; days: Day[]; part: Part | null; moved: { visit: VisitSeen; was: VisitSeen }[]; left: VisitSeen[] }
  | { say: 'off_over' }
  | { say: 'ask_off_day' }
  /** `fixed`: off by the shop's file all the same. */
  | { say: 'off_undone'; staffId: string; days: Day[]; fixed: Day[] }
  | { say: 'which_off'; days: Day[] }
  | { say: 'weekly_off' }
  | { say: 'blocked' | 'unblocked'; time: TimeKept }
  | { say: 'block_clash'; visits: VisitSeen[] }
  | { say: 'block_over' }
  | { say: 'ask_block_time' }
  | { say: 'no_block' }
  | { say: 'which_block'; times: TimeKept[] }
  // ---- otherwise
  | { say: 'stale_tap' };
