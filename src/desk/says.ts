/** Everything the desk can say to a person of the shop, as data. `replies/desk.ts` has the words. */
import type { Agenda, VisitSeen } from '../booking/desk/ports.ts';

export type DeskAct =
  // ---- who one is
  | { say: 'linked'; staffId: string }
  /** `wrong`: whatever was wrong about the code; `later`: too many were; `already`: the account is that person's, `elsewhere` one's of another account of ours. */
  | { say: 'not_linked'; why: 'wrong' | 'later' | 'elsewhere' | 'no_code' }
  | { say: 'not_linked'; why: 'already'; staffId: string }
  | { say: 'unlinked'; staffId: string }
  | { say: 'as_customer' }
  | { say: 'as_staff' }
  /** All commands; `unknown` = nothing of ours was understood. */
  | { say: 'desk_help'; unknown: boolean }
  // ---- what there is
  | { say: 'agenda'; days: Agenda[]; staffId: string | null; more: boolean }
  | { say: 'next_visit'; visit: VisitSeen | null }
  | { say: 'found'; visits: VisitSeen[]; more: boolean }
  // ---- otherwise
  | { say: 'weekly_off' }
  | { say: 'stale_tap' };
