import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { ChatLog, LogAppend, LogEntry } from '../../src/chatlog/record.ts';
import { Deliverer } from '../../src/jobs/deliver.ts';
import type { OutboxRow } from '../../src/jobs/ports.ts';
import type { SendResult } from '../../src/line/outcome.ts';
import { MemoryOutbox, MemoryQueues } from '../../src/storage/memory/queues.ts';

type Call = { way: 'reply' | 'push'; key: string };

/** A house around one deliverer; `answers` are LINE's, in order, the last one for ever. */
function house(answers: (SendResult | 'hang')[], { logDownFor = 0 } = {}) {
  const queues = new MemoryQueues();
  const outbox = new MemoryOutbox(queues, 'me', () => Date.now());
  const calls: Call[] = [];
  const log = new Map<string, LogEntry>();
  let logFails = logDownFor;
  const found = { rows: 0 };
  const unsent: string[] = [];
  const ask = async (call: Call): Promise<SendResult> => {
    calls.push(call);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    return answer === 'hang' ? new Promise(() => undefined) : answer;
  };
  const chatlog: ChatLog = {
    append: async (entries: LogAppend[]) => {
      if (logFails-- > 0) throw new Error('the log is away');
      for (const { entry } of entries) if (!log.has(entry.id)) log.set(entry.id, entry);
    },
    setDelivery: async (_user, id, delivery) => void log.set(id, { ...log.get(id)!, delivery }),
    forget: async (_user, messageId) => {
      if (logFails > 0) throw new Error('the log is away');
      return [...log.values()].filter((entry) => entry.messageId === messageId && log.delete(entry.id)).length;
    },
    erase: async () => 0, eraseBefore: async () => 0, replace: async () => undefined,
    read: async () => [...log.values()],
  };
  const deliverer = new Deliverer({
    outbox, chatlog,
    sender: (channel) => channel === 'gone' ? null : ({
      reply: (token) => ask({ way: 'reply', key: token }),
      push: (_to, _messages, key) => ask({ way: 'push', key }),
    }),
    unsent: async ({ turnId }, outcome) => void unsent.push(`${turnId} ${outcome}`),
    jobs: { add: async () => undefined }, staff: { tell: async () => undefined }, slots: { invalidate: async () => undefined }, waitlist: { project: async () => undefined },
    now: () => Date.now(), random: () => 0, log: { warn: () => undefined }, observe: { line: () => undefined, found: (rows) => void (found.rows += rows) },
  });
  const owe = (row: OutboxRow) => queues.owed.set(row.id, { row: structuredClone(row), tries: 0, dueAt: Date.now() + 30_000, owner: 'me' });
  return { queues, deliverer, calls, log, owe, found, unsent };
}

let n = 0;
const say = (change: { lane?: string; replyToken?: string | null; channel?: string } = {}): OutboxRow => {
  const id = `row-${String(++n).padStart(4, '0')}`;
  return {
    id, lane: change.lane ?? 'default/U1', at: Date.now(), kind: 'say',
    payload: {
      channel: change.channel ?? 'default', to: `U${'0'.repeat(32)}`, userId: 'user', purpose: 'answer', replyToken: change.replyToken === undefined ? `token-${id}` : change.replyToken,
      tokenAt: Date.now(), retryKey: `key-${id}`, turnId: id, entryId: `${id}:said`,
      log: [{ userId: 'user', channel: 'LINE', entry: { id: `${id}:said`, timestamp: 0, role: 'system', message: 'はい', messages: [{ type: 'text', text: 'はい' }], turnId: id } }],
    },
  };
};
const sent: SendResult = { kind: 'sent', requestId: 'r', messages: [] };
const away: SendResult = { kind: 'unreachable', maybeDelivered: true, reason: 'timeout' };

describe('the deliverer', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_790_000_000_000 }));
  afterEach(() => void jest.useRealTimers());

  test('replies first, which is free, and then the row is gone and the log has the delivery', async () => {
    const { queues, deliverer, calls, log, owe } = house([sent]);
    const row = say();
    owe(row);
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toEqual([{ way: 'reply', key: `token-${row.id}` }]);
    expect(queues.owed.size).toBe(0);
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ way: 'reply', status: 'sent', requestId: 'r' });
  });

  test('pushes with the stored retry key when the token is no good', async () => {
    const { deliverer, calls, owe } = house([{ kind: 'invalid_reply_token' }, sent]);
    const row = say();
    owe(row);
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toEqual([{ way: 'reply', key: `token-${row.id}` }, { way: 'push', key: `key-${row.id}` }]);
  });

  test('an unclear reply is tried again with its token; a used token then means it was delivered', async () => {
    const { queues, deliverer, calls, owe } = house([away, { kind: 'invalid_reply_token' }]);
    const row = say();
    owe(row);
    deliverer.start();
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(calls.map((c) => c.way)).toEqual(['reply', 'reply']);
    expect(queues.owed.size).toBe(0);
  });

  test('a reply that certainly never left is pushed when its token is refused later', async () => {
    const { deliverer, calls, owe } = house([{ kind: 'unreachable', maybeDelivered: false, reason: 'refused' }, { kind: 'invalid_reply_token' }, sent]);
    const row = say();
    owe(row);
    deliverer.start();
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(calls.map((c) => c.way)).toEqual(['reply', 'reply', 'push']);
  });

  test('while LINE is away the row stays, the log says so, and the push goes out with one key', async () => {
    const { queues, deliverer, calls, log, owe } = house([...Array.from({ length: 75 }, () => away), sent]);
    const row = say();
    owe(row);
    deliverer.start();
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(1);
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ status: 'waiting' });
    await jest.advanceTimersByTimeAsync(23 * 3600_000);
    expect(queues.owed.size).toBe(0);
    expect(new Set(calls.filter((c) => c.way === 'push').map((c) => c.key))).toEqual(new Set([`key-${row.id}`]));
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ way: 'push', status: 'sent' });
  });

  test('a log that is away never makes us say a thing twice', async () => {
    const { queues, deliverer, calls, log, owe } = house([sent], { logDownFor: 3 });
    const row = say();
    owe(row);
    deliverer.start();
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(queues.owed.size).toBe(0);
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ status: 'sent' });
  });

  test('an exhausted quota is not tried again, and the log says that it failed', async () => {
    const { queues, deliverer, calls, log, owe } = house([{ kind: 'quota_exhausted' }]);
    const row = say({ replyToken: null });
    owe(row);
    deliverer.start();
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(3600_000);
    expect(calls).toHaveLength(1);
    expect(queues.owed.size).toBe(0);
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ status: 'failed' });
  });

  test('a reminder that LINE will not have is told of; what it tells when all is well, or is tried again, is not', async () => {
    for (const [answer, told] of [[sent, []], [away, []], [{ kind: 'refused', status: 400, body: 'no' }, ['refused']], [{ kind: 'kept_back' }, ['quota']], [{ kind: 'quota_exhausted' }, ['quota']]] as [SendResult, string[]][]) {
      const { deliverer, owe, unsent } = house([answer]);
      const row = say({ replyToken: null });
      if (row.kind === 'say') row.payload.purpose = 'reminder';
      owe(row);
      expect(await deliverer.deliver([row])).toBe(answer !== away);
      expect(unsent).toEqual(told.map((outcome) => `${row.id} ${outcome}`));
    }
  });

  test('sentences to one customer keep their order even when the first one has to wait', async () => {
    const { deliverer, calls, owe } = house([{ kind: 'rate_limited' }, sent]);
    const [first, second] = [say({ replyToken: null }), say({ replyToken: null })];
    for (const row of [first, second]) owe(row);
    deliverer.start();
    deliverer.deliver([first, second]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(calls.map((c) => c.key)).toEqual([`key-${first.id}`, `key-${first.id}`, `key-${second.id}`]);
  });

  test('a customer LINE does not answer for holds up nobody else', async () => {
    const { deliverer, calls, owe } = house(['hang', sent]);
    const [first, other] = [say(), say({ lane: 'default/U2' })];
    for (const row of [first, other]) owe(row);
    deliverer.deliver([first, other]);
    await jest.advanceTimersByTimeAsync(10);
    expect(calls.map((c) => c.key)).toEqual([`token-${first.id}`, `token-${other.id}`]);
  });

  test('the reply of a process that died counts as sent when LINE refuses its fresh token', async () => {
    const { queues, deliverer, calls, owe, found } = house([{ kind: 'invalid_reply_token' }]);
    const row = say();
    owe(row);
    queues.owed.get(row.id)!.owner = 'dead';
    deliverer.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(found.rows).toBe(1);
    expect(calls).toEqual([{ way: 'reply', key: `token-${row.id}` }]);
    expect(queues.owed.size).toBe(0);
  });

  test('a message taken back while the log was away is logged first and forgotten then', async () => {
    const { queues, deliverer, log, owe } = house([sent], { logDownFor: 3 });
    const row = say();
    if (row.kind === 'say') row.payload.log[0]!.entry.messageId = 'm1';
    const forget: OutboxRow = { id: `${row.id}-forget`, lane: row.lane, at: row.at, kind: 'forget', payload: { userId: 'user', messageId: 'm1' } };
    for (const it of [row, forget]) owe(it);
    deliverer.deliver([row, forget]);
    deliverer.start();
    for (let second = 0; second < 120 && queues.owed.size > 0; second++) {
      // The forgetting is always due first.
      const owed = queues.owed.get(forget.id);
      if (owed) owed.dueAt = Date.now();
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(queues.owed.size).toBe(0);
    expect(log.size).toBe(0);
  });

  test('a channel the settings do not name any more ends in the log, not in a loop', async () => {
    const { queues, deliverer, log, owe } = house([sent]);
    const row = say({ channel: 'gone' });
    owe(row);
    deliverer.deliver([row]);
    await jest.advanceTimersByTimeAsync(1);
    expect(queues.owed.size).toBe(0);
    expect(log.get(`${row.id}:said`)?.delivery).toMatchObject({ status: 'failed', way: 'none' });
  });
});
