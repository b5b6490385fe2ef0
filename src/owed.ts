/** The end of a turn: what is owed to the world once it is committed. */
import type { LogAppend } from './chatlog/record.ts';
import { saidId } from './chatlog/compose.ts';
import { laneKey } from './jobs/ports.ts';
import type { Claim, OutboxRow, WaitingEvent } from './jobs/ports.ts';
import type { IncomingEvent } from './model/incoming.ts';
import type { Instant } from './model/time.ts';

export type Ending = {
  claim: Claim;
  event: WaitingEvent;
  incoming: IncomingEvent;
  /** Whether something is said; the messages are in the log of it. */
  speaks: boolean;
  log: LogAppend[];
  /** What the turn owes others. */
  others: OutboxRow[];
  now: Instant;
  newId: () => string;
  /** What the messages have a mark for. */
  secret?: string;
};

/** Rows in the order they leave: what others must hear, what LINE is told with the log of it, what the customer must hear besides, what is to be forgotten. */
export function owedBy({ claim, event, incoming, speaks, log, others, now, newId, secret }: Ending): OutboxRow[] {
  const row = { lane: laneKey(claim.lane), at: now };
  const userId = claim.customer.id;
  // What the customer himself must hear besides comes after the answer.
  const [own, before] = [others.filter((other) => other.kind === 'say' && other.lane === row.lane), others.filter((other) => other.kind !== 'say' || other.lane !== row.lane)];
  const rows: OutboxRow[] = [...before];
  if (speaks) {
    rows.push({
      ...row, id: newId(), kind: 'say',
      payload: {
        channel: event.channel, to: event.lineId, userId, replyToken: incoming.replyToken, purpose: 'answer', tokenAt: event.receivedAt,
        retryKey: newId(), turnId: event.id, log, entryId: saidId(event.id), ...(secret === undefined ? {} : { secret }),
      },
    });
  } else if (userId !== '') rows.push({ ...row, id: newId(), kind: 'log', payload: { log } });
  rows.push(...own.map((other) => ({ ...other, id: newId() })));
  if (incoming.what.kind === 'unsend') rows.push({ ...row, id: newId(), kind: 'forget', payload: { userId, messageId: incoming.what.messageId } });
  return rows;
}
