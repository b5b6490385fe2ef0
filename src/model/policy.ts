/** The shop's own rules for the day around a booking, `stores.policy` version 1. Documented in `docs/shop-file.md`. */
import type { Clock } from './time.ts';

/** What staff can be told about. */
export const NOTICES = ['booked', 'moved', 'cancelled', 'handover', 'offer_failed', 'unreachable', 'quota', 'deposit'] as const;
export type NoticeKind = (typeof NOTICES)[number];

/** What a customer can be asked before the first visit. */
export const FIRST_VISIT = ['name', 'phone', 'notes'] as const;
export type FirstVisitQuestion = (typeof FIRST_VISIT)[number];

export type WaitingPolicy = {
  /** Whether what frees is offered by itself. */
  offers: boolean;
  /** How long an offer is held, by how long before the visit it is made; longest lead first, the first that fits counts. */
  holds: { leadMinutes: number; holdMinutes: number }[];
  /** Nearer than every lead: offered to so many at once, held for nobody. */
  atOnce: number;
  /** So many offers unanswered end the wait. */
  misses: number;
};

export type DepositPolicy = {
  /** 円 a visit. */
  yen: number;
  /** Names of the menus that need one; null = all. */
  menus: string[] | null;
  /** Given back when cancelled at least so long before the start. */
  refundMinutes: number;
  /** How long the visit is held for the payment, where it is paid by a link. */
  holdMinutes: number;
  /** Where there is no link: how to pay the shop, in its own sentence. */
  how: string | null;
};

export type Policy = {
  v: 1;
  waiting: WaitingPolicy;
  /** Nothing is pushed to customers then, and the clock of an offer stands still. May run over midnight. */
  quiet: { from: Clock; until: Clock } | null;
  reminders: {
    /** The time on the day before; null = none. */
    dayBefore: Clock | null;
    /** Null = none. */
    hoursBefore: number | null;
    /** The shop's own words in it: what to bring, where to park. */
    words: string | null;
  };
  /** Who is told by push, and of what. */
  notices: { nominated: boolean; managers: boolean; of: NoticeKind[] };
  /** After so long without a word a chat left to a person is the bot's again. */
  handoffMinutes: number;
  /** 仮予約: which bookings wait for a yes of the shop, and for how long. */
  approval: { when: 'never' | 'first' | 'always'; expiryMinutes: number };
  /** Null = no limit. After so many no-shows only the shop itself books. */
  limits: { openBookings: number | null; noShows: number | null };
  firstVisit: FirstVisitQuestion[];
  deposit: DepositPolicy | null;
};

/** What holds where a shop says nothing. Holds and quiet hours: what fills chairs elsewhere (docs/decisions/8-how-long-an-offer-is-held.md). */
export const DEFAULT_POLICY: Policy = {
  v: 1,
  waiting: { offers: true, holds: [{ leadMinutes: 1440, holdMinutes: 60 }, { leadMinutes: 180, holdMinutes: 15 }], atOnce: 5, misses: 2 },
  quiet: { from: '21:00', until: '09:00' },
  reminders: { dayBefore: '18:00', hoursBefore: null, words: null },
  notices: { nominated: true, managers: true, of: [...NOTICES] },
  handoffMinutes: 720,
  approval: { when: 'never', expiryMinutes: 1440 },
  limits: { openBookings: null, noShows: null },
  firstVisit: [],
  deposit: null,
};
