/** The turns of a log: what was heard, and what was answered to it. */
import { isJson, textAt } from '../json.ts';
import type { LogEntry } from '../record.ts';
import type { Instant } from '../../model/time.ts';

/** One turn as it lies in the log. `said` null: nothing was answered, or the answer is missing. */
export type LoggedTurn = { userId: string; heard: LogEntry; said: LogEntry | null };

/** An answer that has not come within so many entries does not come. */
const PATIENCE = 50;

/**
 * The turns of one customer in the order they began, from entries in the order of time: an answer may stand behind later
 * messages. What was said outside of turns is left out, and so is an answer whose question came before.
 */
export async function* turnsIn(userId: string, entries: AsyncIterable<LogEntry>, until: Instant = Infinity): AsyncGenerator<LoggedTurn> {
  let waiting: { turn: LoggedTurn; since: number }[] = [];
  let count = 0;
  for await (const entry of entries) {
    count++;
    const open = waiting.find(({ turn }) => turn.heard.turnId === entry.turnId);
    if (entry.role === 'user' && !open && entry.timestamp < until) waiting.push({ turn: { userId, heard: entry, said: null }, since: count });
    else if (entry.role === 'system' && open && !open.turn.said) open.turn.said = entry;
    while (waiting[0] && (isWhole(waiting[0].turn) || count - waiting[0].since > PATIENCE)) {
      yield waiting[0].turn;
      waiting = waiting.slice(1);
    }
    if (waiting.length === 0 && entry.timestamp >= until) return;
  }
  for (const { turn } of waiting) yield turn;
}

const isWhole = ({ heard, said }: LoggedTurn): boolean => said !== null || (isJson(heard.turn) && isSilent(heard));

/** Whether nothing was answered, and nothing is missing: a message that was taken back, a chat that is a person's. */
export const isSilent = ({ turn }: LogEntry): boolean => turn?.acts?.length === 0 || textAt(turn?.events?.[0], 'type') === 'unsend';
