/** What the shop's people are told: to whom a piece of news goes, and when he hears it. */
import { ALWAYS_TOLD } from '../booking/news.ts';
import type { News, StaffNews } from '../booking/news.ts';
import type { Purpose } from '../line/quota.ts';
import type { Staff, Store } from '../model/store.ts';
import { activeStaff } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { Instant } from '../model/time.ts';

/** After a push a person is left in peace so long; what happens meanwhile is told in one message. */
export const PAUSE = MINUTE;
/** How long after a person heard of a customer who waits for somebody he hears what else that customer wrote. */
export const WAITING_PAUSE = 10 * MINUTE;

/** One piece of news for one person, kept until he was told. */
export type Notice = {
  /** The row of the outbox it came with: once for each person. */
  rowId: string;
  staffId: string;
  storeId: string;
  news: StaffNews;
  /** The customer it is about, where he waits for somebody. */
  about: string | null;
  madeAt: Instant;
  /** Milliseconds it waits where he was told of the same customer. */
  calm: number;
};

/** Who it is told to: LINE's id, our id of that account, and whether it blocked us. */
export type Listener = { lineId: string; userId: string; blocked: boolean };

/** What a person has not heard yet, earliest first; when the first of it is due, and when he was told last. `listener` null = he is not on LINE. */
export type Untold = { listener: Listener | null; notices: { rowId: string; news: StaffNews }[]; due: Instant | null; toldAt: Instant | null };

const ALARMS: ReadonlySet<StaffNews['kind']> = new Set(['handover', 'unreachable', 'quota', ...ALWAYS_TOLD]);
/** What their push is for: somebody waits for a person of the shop, or what happened is told. */
export const purposeOf = (notices: Untold['notices']): Purpose => (notices.some(({ news }) => ALARMS.has(news.kind)) ? 'alarm' : 'notice');

/** When he is to hear it; null = there is nothing. */
export const hearsAt = ({ due, toldAt }: Untold): Instant | null => (due === null ? null : Math.max(due, toldAt === null ? due : toldAt + PAUSE));

/** Whose turn it is to hear something. */
export interface NoticeReader {
  /** People with something that was due by `now`, whenever they were told last. */
  waiting(now: Instant): Promise<string[]>;
}

/** Inside a transaction. */
export interface NoticeWriter {
  /** Each once. */
  keep(notices: readonly Notice[]): Promise<void>;
  /** Holds the person until the end of the transaction, so that two processes do not tell him at once. `channel`: his shop's. */
  untold(staffId: string, channel: string): Promise<Untold>;
  /** A customer's chat is left to the shop from now on, as long as his talk says so. */
  left(channel: string, userId: string, at: Instant): Promise<void>;
  /** He was told these, or cannot be. */
  told(staffId: string, rowIds: readonly string[], at: Instant): Promise<void>;
}

/** That a customer waits is told at once, what he goes on writing after a pause. */
export const noticeOf = (rowId: string, staffId: string, storeId: string, news: StaffNews, madeAt: Instant): Notice => ({
  rowId, staffId, storeId, news, madeAt,
  ...(news.kind === 'handover' ? { about: news.userId, calm: news.why === 'waiting' ? WAITING_PAUSE : 0 } : { about: null, calm: 0 }),
});

/**
 * The people of the shop who are told: the one of the visit and the managers, as the shop has it, without who did it
 * himself. What waits for somebody's answer is everybody's where none of those is on LINE.
 */
export function listenersOf(store: Store, { staffId, by, news }: Extract<News, { to: 'staff' }>): Staff[] {
  const { nominated, managers, of } = store.policy.notices;
  const always = ALWAYS_TOLD.some((kind) => kind === news.kind);
  if (!always && !of.some((kind) => kind === news.kind)) return [];
  const reachable = activeStaff(store).filter((person) => person.lineId !== null && person.id !== by);
  const own = new Set([staffId, 'was' in news ? news.was?.staffId : undefined]);
  const told = reachable.filter((person) => (nominated && own.has(person.id)) || (managers && person.manager));
  return told.length === 0 && (always || news.kind === 'handover') ? reachable : told;
}
