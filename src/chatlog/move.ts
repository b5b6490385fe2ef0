/**
 * Carries the log documents from one store to another (PostgreSQL to MongoDB) while either may be in use. Everything
 * is idempotent, so that a run that ended anywhere is simply run again.
 */
import { isDeepStrictEqual } from 'node:util';
import { objectAt, listAt, textAt } from './json.ts';
import type { ChatLog, HistoryEntry, LogAppend, LogEntry, ReservationHistory } from './record.ts';

/** An entry where it is now. `version` changes with every change of it. */
export type Held = LogAppend & { place: number; version: string };
export type HeldHistory = { userId: string; history: HistoryEntry[]; version: string };

/** Where documents are carried from. */
export interface LogSource {
  count(): Promise<{ entries: number; customers: number }>;
  /** The next entries after a place, in the order they were appended. */
  entries(after: number, limit: number): Promise<Held[]>;
  /** Removes those that did not change since; gives how many. */
  remove(held: Held[]): Promise<number>;
  histories(after: string | null, limit: number): Promise<HeldHistory[]>;
  removeHistory(held: HeldHistory): Promise<boolean>;
}

/** Where they are carried to. */
export interface LogTarget {
  log: ChatLog;
  history: ReservationHistory;
  /** The entries of those ids that are there. */
  held(ids: string[]): Promise<LogAppend[]>;
  /** Messages these customers took back, as far as the log heard of it. */
  unsent(userIds: string[]): Promise<{ userId: string; messageId: string }[]>;
}

export type Moved = {
  entries: number;
  histories: number;
  /** Carried, but kept at the source too until it is known whether LINE took them. */
  waiting: number;
  /** Ids of entries that could not be read back as they were; they stay at the source. */
  different: string[];
};

const BATCH = 200;
/** A busy app goes on writing; what comes after that many rounds is left for another run. */
const PASSES = 5;

/**
 * Carries everything, oldest first, and removes at the source what the target was read back to hold. `report` is told
 * how many entries were carried so far. Throws what the stores throw; what was removed until then is at the target.
 */
export async function moveLogs(from: LogSource, to: LogTarget, report: (entries: number) => void = () => {}): Promise<Moved> {
  const moved: Moved = { entries: 0, histories: 0, waiting: 0, different: [] };
  for (let pass = 0; pass < PASSES; pass++) {
    const before = moved.entries;
    Object.assign(moved, { waiting: 0, different: [] });
    let after = 0;
    for (;;) {
      const held = await from.entries(after, BATCH);
      if (held.length === 0) break;
      after = held.at(-1)!.place;
      moved.entries += await carry(held, from, to, moved);
      report(moved.entries);
    }
    // An entry written meanwhile may have a place that was passed already.
    if (moved.entries === before) break;
  }
  moved.histories = await moveHistories(from, to);
  return moved;
}

async function carry(held: Held[], from: LogSource, to: LogTarget, moved: Moved): Promise<number> {
  await to.log.append(held);
  await forgetAgain(held, to);
  const there = new Map((await to.held(held.map((it) => it.entry.id))).map((it) => [it.entry.id, it]));
  const done: Held[] = [];
  for (const mine of held) {
    const theirs = there.get(mine.entry.id);
    if (!theirs || !isSame(mine, theirs)) {
      moved.different.push(mine.entry.id);
      continue;
    }
    const delivery = settled(mine.entry) && !settled(theirs.entry) ? mine.entry.delivery : undefined;
    if (delivery) await to.log.setDelivery(mine.userId, mine.entry.id, delivery);
    if (delivery || settled(mine.entry) || settled(theirs.entry)) done.push(mine);
    else moved.waiting++;
  }
  return await from.remove(done);
}

/** What was taken back at either side, before or after its entry was carried, is taken back at the target. */
async function forgetAgain(held: readonly Held[], to: LogTarget): Promise<void> {
  const here = held.flatMap(({ userId, entry }) => [...(entry.forgotten ?? []), ...unsentIn(entry)].map((messageId) => ({ userId, messageId })));
  const there = await to.unsent([...new Set(held.map((it) => it.userId))]);
  const unique = new Map([...here, ...there].map((it) => [`${it.userId} ${it.messageId}`, it]));
  for (const { userId, messageId } of unique.values()) await to.log.forget(userId, messageId);
}

const unsentIn = (entry: LogEntry): string[] => listAt(entry.turn, 'events').map((event) => textAt(objectAt(event, 'unsend'), 'messageId')).filter(Boolean);

/** Without a delivery there is nothing to wait for. */
const settled = (entry: LogEntry): boolean => entry.delivery?.status !== 'waiting';

/** The same, but for how the delivery went, and for words that only the target has heard were taken back. */
function isSame(mine: LogAppend, theirs: LogAppend): boolean {
  const { delivery: _mine, ...here } = mine.entry;
  const { delivery: _theirs, ...there } = theirs.entry;
  if (mine.userId !== theirs.userId || mine.channel !== theirs.channel) return false;
  if (isDeepStrictEqual(plain(here), plain(there))) return true;
  const further = (there.forgotten ?? []).some((id) => !here.forgotten?.includes(id));
  return further && here.id === there.id && here.timestamp === there.timestamp && here.role === there.role && here.turnId === there.turnId;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function moveHistories(from: LogSource, to: LogTarget): Promise<number> {
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const held: HeldHistory[] = await from.histories(after, BATCH);
    if (held.length === 0) return count;
    after = held.at(-1)!.userId;
    for (const mine of held) {
      for (const entry of mine.history) await to.history.record(mine.userId, entry);
      const there = await to.history.read(mine.userId);
      const holds = mine.history.every((entry) => there.some((it) => isDeepStrictEqual(it, entry)));
      if (holds && (await from.removeHistory(mine))) count++;
    }
  }
}
