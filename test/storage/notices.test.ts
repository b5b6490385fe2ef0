/** What the shop's people have not heard yet, kept the same in PostgreSQL and in memory. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { noticeOf } from '../../src/jobs/notices.ts';
import type { NoticeReader, NoticeWriter } from '../../src/jobs/notices.ts';
import { MINUTE } from '../../src/model/time.ts';
import { MemoryNotices } from '../../src/storage/memory/notices.ts';
import type { KeptNotice } from '../../src/storage/memory/notices.ts';
import { PostgresNotices, postgresNotices } from '../../src/storage/postgres/notices.ts';
import { plantStore, salon } from '../support/salon.ts';
import { freshDatabase } from '../support/servers.ts';

type Kept = { reader: NoticeReader; turn<T>(work: (notices: NoticeWriter) => Promise<T>): Promise<T>; close(): Promise<void> };

const { store, tanaka, sato } = salon();
const LINE_ID = `U${'1'.repeat(32)}`;
const NOW = Date.UTC(2026, 10, 26, 3);

async function inPostgres(): Promise<Kept> {
  const db = await freshDatabase();
  const pool = new pg.Pool({ connectionString: db.url, max: 4 });
  await plantStore(pool, store);
  await pool.query('UPDATE staff SET line_id = $1 WHERE id = $2', [LINE_ID, sato.id]);
  return {
    reader: postgresNotices(pool),
    async turn(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(new PostgresNotices(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    async close() {
      await pool.end();
      await db.drop();
    },
  };
}

async function inMemory(): Promise<Kept> {
  const kept: KeptNotice[] = [];
  const userId = randomUUID();
  const open = () => new MemoryNotices(kept, (staffId) => (staffId === sato.id ? { lineId: LINE_ID, userId, blocked: false } : null));
  return {
    reader: open(),
    async turn(work) {
      const notices = open();
      return work(notices).catch((error: unknown) => {
        notices.undo();
        throw error;
      });
    },
    close: async () => undefined,
  };
}

describe.each([['PostgreSQL', inPostgres], ['memory', inMemory]])('notices in %s', (_, open) => {
  let kept: Kept;
  beforeAll(async () => void (kept = await open()));
  afterAll(() => kept.close());

  const visit = { id: randomUUID(), userId: randomUUID(), storeId: store.id, staffId: sato.id, menuIds: [], start: NOW, end: NOW, status: 'confirmed' as const, nominated: true };
  const booked = (rowId: string, staffId = sato.id, at = NOW) => noticeOf(rowId, staffId, store.id, { kind: 'booked', visit }, at);
  const handover = (rowId: string, why: 'asked' | 'waiting', userId: string, at: number) => noticeOf(rowId, sato.id, store.id, { kind: 'handover', userId, why, words: 'まだですか', messageId: '1' }, at);
  const all = async () => {
    const { notices } = await kept.turn((n) => n.untold(sato.id, 'default'));
    return kept.turn((n) => n.told(sato.id, notices.map((notice) => notice.rowId), NOW));
  };

  test('a notice is kept once by its row for each person, and gone when it was told', async () => {
    const row = randomUUID();
    await kept.turn((n) => n.keep([booked(row), booked(row, tanaka.id)]));
    await kept.turn((n) => n.keep([booked(row)]));
    expect((await kept.reader.waiting(NOW)).sort()).toEqual([sato.id, tanaka.id].sort());
    const untold = await kept.turn((n) => n.untold(sato.id, 'default'));
    expect(untold).toEqual({ listener: { lineId: LINE_ID, userId: expect.any(String), blocked: false }, notices: [{ rowId: row, news: { kind: 'booked', visit } }], due: NOW, toldAt: null });
    expect((await kept.turn((n) => n.untold(tanaka.id, 'default'))).listener).toBeNull();
    await kept.turn((n) => n.told(sato.id, [row], NOW + 5));
    await kept.turn((n) => n.keep([booked(row)]));
    expect(await kept.turn((n) => n.untold(sato.id, 'default'))).toMatchObject({ notices: [], due: null, toldAt: NOW + 5 });
    expect(await kept.reader.waiting(NOW)).toEqual([tanaka.id]);
  });

  test('what a customer who waits goes on writing is due only after a pause; that he waits, at once', async () => {
    await all();
    const customer = randomUUID();
    await kept.turn((n) => n.keep([handover(randomUUID(), 'asked', customer, NOW)]));
    await all();
    await kept.turn((n) => n.keep([handover(randomUUID(), 'waiting', customer, NOW + MINUTE)]));
    expect(await kept.turn((n) => n.untold(sato.id, 'default'))).toMatchObject({ due: NOW + 10 * MINUTE });
    await kept.turn((n) => n.keep([handover(randomUUID(), 'waiting', randomUUID(), NOW + MINUTE)]));
    expect(await kept.turn((n) => n.untold(sato.id, 'default'))).toMatchObject({ due: NOW + MINUTE });
  });

  test('what was kept in a transaction that is taken back is not there', async () => {
    await all();
    await kept.turn(async (n) => {
      await n.keep([booked(randomUUID())]);
      throw new Error('lost');
    }).catch(() => undefined);
    expect(await kept.turn((n) => n.untold(sato.id, 'default'))).toMatchObject({ notices: [] });
  });
});
