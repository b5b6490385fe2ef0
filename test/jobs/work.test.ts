import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Claim, EndedTurn, KeptEvent, Lane, OutboxRow, WaitingEvent, Writers } from '../../src/jobs/ports.ts';
import { TurnLost } from '../../src/jobs/ports.ts';
import { Worker } from '../../src/jobs/work.ts';
import { MemoryInbox, MemoryQueues } from '../../src/storage/memory/queues.ts';

const lane = (n: number): Lane => ({ channel: 'default', lineId: `U${n}` });
const at = (l: Lane, time: number): KeptEvent => ({ ...l, id: randomUUID(), time, receivedAt: time, payload: {} });

type Turn = (claim: Claim, event: WaitingEvent, talk: unknown) => Promise<EndedTurn>;

function workshop(turn: (inbox: MemoryInbox) => Turn) {
  const queues = new MemoryQueues();
  const inbox = new MemoryInbox(queues, 'me', () => ({ ...({} as Writers), undo: () => undefined }), () => Date.now());
  const delivered: OutboxRow[] = [];
  const loading: Lane[] = [];
  const outcomes: string[] = [];
  const worker = new Worker({
    inbox, turn: turn(inbox), deliver: (rows) => void delivered.push(...rows), loading: (l) => void loading.push(l),
    apology: (claim, event, talk) => ({ ...ended(claim, event, talk), outbox: [{ id: 'sorry', lane: 'x', at: 0, kind: 'log', payload: { log: [] } }] }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    observe: { turn: (_seconds, outcome) => void outcomes.push(outcome) },
    ticks: () => performance.now(),
  });
  const keep = async (...events: KeptEvent[]) => worker.wake(await inbox.keep(events));
  return { queues, inbox, worker, delivered, loading, outcomes, keep };
}

const ended = (claim: Claim, event: WaitingEvent, talk: unknown): EndedTurn => ({
  lane: claim.lane, customer: claim.customer, rows: [event.row], talk: (talk as number | null ?? 0) + 1, at: event.time, outbox: [],
});

describe('the worker', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('handles one customer’s events one after another and oldest first, others side by side', async () => {
    const running = new Set<string>();
    const overlaps: string[] = [];
    const order: number[] = [];
    let together = 0;
    const shop = workshop((inbox) => async (claim, event, talk) => {
      if (running.has(claim.lane.lineId)) overlaps.push(claim.lane.lineId);
      running.add(claim.lane.lineId);
      together = Math.max(together, running.size);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
      if (claim.lane.lineId === 'U1') order.push(event.time);
      running.delete(claim.lane.lineId);
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    shop.worker.start();
    await shop.keep(at(lane(1), 2), at(lane(1), 1), ...Array.from({ length: 10 }, (_, n) => at(lane(n + 2), 1)));
    await jest.advanceTimersByTimeAsync(5);
    await shop.keep(at(lane(1), 3));
    await jest.advanceTimersByTimeAsync(50);
    expect(overlaps).toEqual([]);
    expect(order).toEqual([1, 2, 3]);
    expect(together).toBeGreaterThan(5);
    expect(shop.queues.talks.get('default/U1')).toBe(3);
  });

  test('what was read of the calendar when the lane was claimed is forgotten once a turn has changed it', async () => {
    const seen: Claim['store'][] = [];
    const read = { id: 's', slotsVersion: 1 };
    const shop = workshop((inbox) => async (claim, event, talk) => {
      if (event.time === 1) claim.store = read;
      seen.push(claim.store);
      const slots: OutboxRow = { id: randomUUID(), lane: 'x', at: 0, kind: 'slots', payload: { storeId: 's', version: 2 } };
      const turn = { ...ended(claim, event, talk), outbox: event.time === 2 ? [slots] : [] };
      await inbox.finish(turn);
      return turn;
    });
    shop.worker.start();
    await shop.keep(at(lane(1), 1), at(lane(1), 2), at(lane(1), 3));
    await jest.advanceTimersByTimeAsync(50);
    expect(seen).toEqual([read, read, null]);
  });

  test('sets a poison event aside after five tries, says so, and handles the next one', async () => {
    let tries = 0;
    const shop = workshop((inbox) => async (claim, event, talk) => {
      if (event.time === 1) {
        tries++;
        throw new Error('poison');
      }
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    shop.worker.start();
    await shop.keep(at(lane(1), 1), at(lane(1), 2));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(tries).toBe(5);
    expect(shop.queues.aside).toHaveLength(1);
    expect(shop.delivered.map((row) => row.id)).toEqual(['sorry']);
    expect(shop.queues.waiting).toEqual([]);
    expect(shop.outcomes).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'set_aside', 'ok']);
  });

  test('an event whose apology cannot be kept either makes way all the same', async () => {
    const shop = workshop((inbox) => async (claim, event, talk) => {
      if (event.time === 1) throw new Error('poison');
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    const setAside = shop.inbox.setAside.bind(shop.inbox);
    shop.inbox.setAside = async (event, why, turn) => {
      if (turn) throw new Error('nobody of that id');
      return setAside(event, why, turn);
    };
    shop.worker.start();
    await shop.keep(at(lane(1), 1), at(lane(1), 2));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(shop.queues.aside).toMatchObject([{ error: 'Error: poison' }]);
    expect(shop.queues.waiting).toEqual([]);
    expect(shop.delivered).toEqual([]);
    expect(shop.outcomes.at(-1)).toBe('ok');
  });

  test('an event without a person is set aside and said nothing to', async () => {
    const shop = workshop(() => async () => { throw new Error('no turn is taken'); });
    await shop.keep(at({ channel: 'default', lineId: '-' }, 1));
    await jest.advanceTimersByTimeAsync(100);
    expect(shop.queues.aside).toHaveLength(1);
    expect(shop.queues.waiting).toEqual([]);
    expect(shop.delivered).toEqual([]);
  });

  test('a database that is away costs an event no try', async () => {
    let calls = 0;
    const shop = workshop((inbox) => async (claim, event, talk) => {
      if (++calls <= 8) throw Object.assign(new Error('gone'), { code: '57P01' });
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    shop.worker.start();
    await shop.keep(at(lane(1), 1));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(shop.queues.aside).toEqual([]);
    expect(shop.queues.talks.get('default/U1')).toBe(1);
  });

  test('a turn that another process ended is dropped without a word', async () => {
    const shop = workshop((inbox) => async (claim, event) => {
      await inbox.finish(ended(claim, event, null));
      throw new TurnLost();
    });
    await shop.keep(at(lane(1), 1));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(shop.delivered).toEqual([]);
    expect(shop.queues.aside).toEqual([]);
  });

  test('a turn longer than a second shows the loading dots, a short one does not', async () => {
    const shop = workshop((inbox) => async (claim, event, talk) => {
      await new Promise((resolve) => { setTimeout(resolve, event.time); });
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    await shop.keep(at(lane(1), 10), at(lane(2), 1500));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(shop.loading).toEqual([lane(2)]);
  });

  test('stopping waits for the turn in hand and takes no other', async () => {
    const done: number[] = [];
    const shop = workshop((inbox) => async (claim, event, talk) => {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      done.push(event.time);
      return turn;
    });
    await shop.keep(at(lane(1), 1), at(lane(1), 2));
    await jest.advanceTimersByTimeAsync(1);
    const stopped = shop.worker.stop();
    await shop.keep(at(lane(3), 9));
    await jest.advanceTimersByTimeAsync(1_000);
    await stopped;
    expect(done).toEqual([1]);
    expect(shop.queues.waiting).toHaveLength(2);
  });

  test('events left by a dead process are found without a hint', async () => {
    const shop = workshop((inbox) => async (claim, event, talk) => {
      const turn = ended(claim, event, talk);
      await inbox.finish(turn);
      return turn;
    });
    await shop.inbox.keep([at(lane(1), 1)]);
    shop.worker.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(shop.queues.waiting).toEqual([]);
  });
});
