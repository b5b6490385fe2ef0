/** What the house forgets by itself: ids it only kept to know an event again, words after a time, and once more whom it was asked to forget. */
import type { ChatLog } from '../chatlog/record.ts';
import type { PersonalData } from '../chatlog/personal.ts';
import { conversationSpan } from '../model/conversation-day.ts';
import { DAY, HOUR, addDays, dayOf } from '../model/time.ts';
import type { Day, Now } from '../model/time.ts';
import type { Inbox } from './ports.ts';

/** How long an event's id is remembered; LINE's redeliveries come within minutes. */
const REMEMBERED_MS = 30 * DAY;
/** What was in the hands of a process when somebody was forgotten is written within this time or never: longer than any row of the outbox is tried. */
const ONCE_MORE_MS = 2 * DAY;

export type ForgetHouse = {
  inbox: Pick<Inbox, 'forgetSeen'>;
  log: Pick<ChatLog, 'erase' | 'eraseBefore'>;
  people: Pick<PersonalData, 'erasedSince' | 'eraseWordsBefore'>;
  /** Months after which words go; null = they stay. */
  keepMonths: number | null;
  now: Now;
  logger: { warn: (fields: Record<string, unknown>, message: string) => void };
};

/** Forgets, at the start and once an hour. Gives a function that stops it. */
export function forgetHourly(house: ForgetHouse): () => void {
  const round = () => void forgetNow(house);
  round();
  const timer = setInterval(round, HOUR);
  return () => clearInterval(timer);
}

/** One round. One part that fails does not keep the others from theirs; the next round tries again. */
export async function forgetNow({ inbox, log, people, keepMonths, now, logger }: ForgetHouse): Promise<void> {
  const parts: [string, () => Promise<unknown>][] = [
    ['old event ids could not be forgotten', () => inbox.forgetSeen(now() - REMEMBERED_MS)],
    ['people who were forgotten could not be looked for once more', async () => {
      for (const userId of await people.erasedSince(now() - ONCE_MORE_MS)) {
        if ((await log.erase(userId)) > 0) logger.warn({ user: userId }, 'words of a forgotten customer were written late, and are gone again');
      }
    }],
    ['old words could not be removed', async () => {
      if (keepMonths === null) return;
      const before = conversationSpan(monthsBefore(dayOf(now()), keepMonths)).start;
      await log.eraseBefore(before);
      await people.eraseWordsBefore(before);
    }],
  ];
  for (const [trouble, part] of parts) await part().catch((error: Error) => logger.warn({ err: error.message }, trouble));
}

/** The day so many calendar months ago; of a month that is shorter, its last day. */
export function monthsBefore(from: Day, months: number): Day {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
  const first = (n: number) => `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}-01`;
  const n = year * 12 + month - 1 - months;
  const wanted = addDays(first(n), day - 1);
  return wanted < first(n + 1) ? wanted : addDays(first(n + 1), -1);
}
