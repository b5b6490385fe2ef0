import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { EndedTurn, Inbox, KeptEvent, Lane, Outbox, OutboxRow, Writers } from '../../src/jobs/ports.ts';
import { TurnLost } from '../../src/jobs/ports.ts';
import { MemoryInbox, MemoryOutbox, MemoryQueues } from '../../src/storage/memory/queues.ts';
import { PostgresInbox } from '../../src/storage/postgres/inbox.ts';
import { Leases } from '../../src/storage/postgres/leases.ts';
import { PostgresOutbox } from '../../src/storage/postgres/outbox.ts';
import { freshDatabase } from '../support/servers.ts';

/** A process of the house: its own leases on the shared queues. `die` ends it the way kill -9 does. */
type Process = { inbox: Inbox; outbox: Outbox; die: () => Promise<void> };
type House = { process: () => Promise<Process>; close: () => Promise<void> };

const nothing = {} as Writers;

async function onPostgres(): Promise<House> {
  const db = await freshDatabase();
  const pool = new pg.Pool({ connectionString: db.url, max: 6 });
  const all: Leases[] = [];
  return {
    process: async () => {
      const leases = new Leases(db.url);
      await leases.start();
      all.push(leases);
      return { inbox: new PostgresInbox(pool, leases, () => nothing), outbox: new PostgresOutbox(pool, leases), die: () => leases.close() };
    },
    close: async () => {
      for (const leases of all) await leases.close();
      await pool.end();
      await db.drop();
    },
  };
}

async function inMemory(): Promise<House> {
  const shared = new MemoryQueues();
  const clock = () => performance.timeOrigin + performance.now();
  return {
    process: async () => {
      const owner = randomUUID();
      return {
        inbox: new MemoryInbox(shared, owner, () => ({ ...nothing, undo: () => undefined }), clock),
        outbox: new MemoryOutbox(shared, owner, clock),
        die: async () => {
          shared.living.delete(owner);
          for (const [key, holder] of shared.leases) if (holder === owner) shared.leases.delete(key);
        },
      };
    },
    close: async () => undefined,
  };
}

let counter = 0;
const someone = (): Lane => ({ channel: 'default', lineId: `U${String(++counter).padStart(32, '0')}` });
const said = (lane: Lane, time: number, id: string = randomUUID()): KeptEvent => ({ ...lane, id, time, receivedAt: time, payload: { text: `at ${time}` } });
const NOW = 1_790_000_000_000;
/** Sorts after every id. */
const LAST = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
const say = (lane: Lane): OutboxRow => ({ id: randomUUID(), lane: `${lane.channel}/${lane.lineId}`, at: NOW, kind: 'log', payload: { log: [] } });

describe.each([['PostgreSQL', onPostgres], ['memory', inMemory]] as const)('the queues in %s', (_name, open) => {
  let house: House;
  let a: Process;
  let b: Process;
  beforeAll(async () => {
    house = await open();
    a = await house.process();
    b = await house.process();
  });
  afterAll(() => house.close());

  const ending = async (process: Process, lane: Lane, change: Partial<EndedTurn> = {}): Promise<EndedTurn> => {
    const [claim] = await process.inbox.claim([lane]);
    return { lane, customer: claim!.customer, rows: [claim!.events[0]!.row], talk: { v: 1 }, at: NOW, outbox: [], ...change };
  };

  test('an event is kept once, however often and by whomever it comes again', async () => {
    const lane = someone();
    const event = said(lane, NOW);
    const kept = await Promise.all([a.inbox.keep([event, event]), b.inbox.keep([event]), a.inbox.keep([event])]);
    expect(new Set(kept.flat().map((l) => l.lineId))).toEqual(new Set([lane.lineId]));
    const [claim] = await a.inbox.claim([lane]);
    expect(claim!.events.map((e) => e.id)).toEqual([event.id]);
    await a.inbox.finish({ lane, customer: claim!.customer, rows: [claim!.events[0]!.row], talk: null, at: NOW, outbox: [] });
    a.inbox.release(lane);
    expect(await b.inbox.keep([event])).toEqual([]);
  });

  test('ids of events long past are forgotten, younger ones are not', async () => {
    const [old, young] = [said(someone(), NOW - 1000), said(someone(), NOW)];
    for (const event of [old, young]) {
      const [lane] = await a.inbox.keep([event]);
      await a.inbox.finish(await ending(a, lane!));
      a.inbox.release(lane!);
    }
    await a.inbox.forgetSeen(NOW);
    expect(await a.inbox.keep([old])).toHaveLength(1);
    expect(await a.inbox.keep([young])).toEqual([]);
  });

  test('events of many customers in one body wake each of them', async () => {
    const [x, y] = [someone(), someone()];
    expect(await a.inbox.keep([said(x, NOW), said(y, NOW), said(x, NOW + 1)])).toEqual(expect.arrayContaining([x, y]));
  });

  test("a customer's events come oldest first, whatever order they were kept in", async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW + 2000)]);
    await a.inbox.keep([said(lane, NOW + 1000), said(lane, NOW)]);
    const [claim] = await a.inbox.claim([lane]);
    expect(claim!.events.map((e) => e.time)).toEqual([NOW, NOW + 1000, NOW + 2000]);
    a.inbox.release(lane);
  });

  test('a lane belongs to one process until it is given back', async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW)]);
    expect(await a.inbox.claim([lane])).toHaveLength(1);
    expect(await b.inbox.claim([lane])).toHaveLength(0);
    expect(await a.inbox.claim([lane])).toHaveLength(0);
    a.inbox.release(lane);
    expect(await a.inbox.claim([lane])).toHaveLength(1);
    a.inbox.release(lane);
  });

  test('the lane of a process that died is free at once', async () => {
    const lane = someone();
    const dying = await house.process();
    await dying.inbox.keep([said(lane, NOW)]);
    expect(await dying.inbox.claim([lane])).toHaveLength(1);
    await dying.die();
    expect(await b.inbox.due(1000)).toContainEqual(lane);
    expect(await b.inbox.claim([lane])).toHaveLength(1);
    b.inbox.release(lane);
  });

  test('the talk a turn left is what the next one starts from', async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW), said(lane, NOW + 1)]);
    const turn = await ending(a, lane, { talk: { v: 1, seq: 7 }, patch: { name: '青木' } });
    turn.customer.blocked = true;
    await a.inbox.finish(turn);
    a.inbox.release(lane);
    const [claim] = await a.inbox.claim([lane]);
    expect(claim).toMatchObject({ talk: { v: 1, seq: 7 }, customer: { name: '青木', blocked: true }, events: [{ time: NOW + 1 }] });
    a.inbox.release(lane);
  });

  test('what one account was told of a person the other does not know; it is the same person all the same', async () => {
    const here = someone();
    const there: Lane = { ...here, channel: 'second' };
    await a.inbox.keep([said(here, NOW), said(here, NOW + 1), said(there, NOW), said(there, NOW + 1)]);
    const told = await ending(a, here, { patch: { name: '青木', phone: '09012345678' } });
    told.customer.blocked = true;
    await a.inbox.finish(told);
    a.inbox.release(here);
    const [claim] = await a.inbox.claim([there]);
    expect(claim!.customer).toEqual({ id: told.customer.id, lineId: here.lineId, name: null, phone: null, blocked: false });
    a.inbox.release(there);
    await a.inbox.finish(await ending(a, there, { patch: { name: 'あお' } }));
    a.inbox.release(there);
    const [again] = await a.inbox.claim([here]);
    expect(again!.customer).toMatchObject({ name: '青木', phone: '09012345678', blocked: true });
    a.inbox.release(here);
  });

  test('a turn that another process has ended is lost whole', async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW)]);
    const turn = await ending(a, lane);
    await a.inbox.finish(turn);
    await expect(a.inbox.finish({ ...turn, talk: { v: 1, seq: 99 }, outbox: [say(lane)] })).rejects.toThrow(TurnLost);
    const transaction = await a.inbox.begin();
    await expect(transaction.commit({ ...turn, outbox: [say(lane)] })).rejects.toThrow(TurnLost);
    a.inbox.release(lane);
  });

  test('turns that end together are kept together, the lost one among them alone refused', async () => {
    const lanes = [someone(), someone(), someone()];
    await a.inbox.keep(lanes.map((lane) => said(lane, NOW)));
    const turns = await Promise.all(lanes.map((lane) => ending(a, lane)));
    turns[1]!.rows = ['999999999'];
    const ended = await Promise.allSettled(turns.map((turn) => a.inbox.finish(turn)));
    expect(ended.map((e) => e.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    for (const lane of lanes) a.inbox.release(lane);
  });

  test('a failed turn holds its whole lane back until its delay is over', async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW), said(lane, NOW + 1)]);
    const [claim] = await a.inbox.claim([lane]);
    expect(await a.inbox.failed(claim!.events[0]!, 'Error: no', 60_000)).toBe(1);
    a.inbox.release(lane);
    expect(await a.inbox.claim([lane])).toHaveLength(0);
    const again = await house.process();
    expect(await again.inbox.claim([lane])).toHaveLength(0);
  });

  test('an event set aside makes way for the next', async () => {
    const lane = someone();
    await a.inbox.keep([said(lane, NOW), said(lane, NOW + 1)]);
    const turn = await ending(a, lane, { outbox: [say(lane)] });
    const [event] = [{ ...said(lane, NOW), row: turn.rows[0]!, tries: 4 }];
    await a.inbox.setAside(event!, 'Error: poison', turn);
    a.inbox.release(lane);
    const [claim] = await a.inbox.claim([lane]);
    expect(claim!.events.map((e) => e.time)).toEqual([NOW + 1]);
    a.inbox.release(lane);
  });

  test('rows of a living process are its own, rows of a dead one anybody’s', async () => {
    const lane = someone();
    const dying = await house.process();
    await dying.inbox.keep([said(lane, NOW)]);
    const row = say(lane);
    await dying.inbox.finish(await ending(dying, lane, { outbox: [row] }));
    expect((await b.outbox.takeOver(100)).map((r) => r.id)).not.toContain(row.id);
    await dying.die();
    expect((await b.outbox.takeOver(100)).find((r) => r.id === row.id)).toMatchObject({ kind: 'log', orphan: true, tries: 0 });
    expect(await b.outbox.owesLogBefore({ ...row, id: LAST })).toBe(true);
    expect(await b.outbox.owesLogBefore({ ...row, id: LAST, lane: 'default/other' })).toBe(false);
    expect(await b.outbox.owesLogBefore(row)).toBe(false);
    await b.outbox.later(row, 1, 60_000, 'down');
    expect((await b.outbox.takeOver(100)).map((r) => r.id)).not.toContain(row.id);
    const before = (await b.outbox.state()).size;
    await b.outbox.done([row.id]);
    expect((await b.outbox.state()).size).toBe(before - 1);
  });
});
