import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { shopKeeper } from '../../src/chatlog/shops.ts';
import type { ShopsKept } from '../../src/chatlog/shops.ts';
import { memoryShopsKept } from '../../src/storage/memory/shops-kept.ts';
import { postgresShopsKept } from '../../src/storage/postgres/shops-kept.ts';
import { salon } from '../support/salon.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase } from '../support/servers.ts';

const NOW = Date.parse('2026-11-24T10:00:00+09:00');

async function postgres(): Promise<{ kept: ShopsKept; close(): Promise<void> }> {
  const { url, drop } = await freshDatabase();
  const pool = poolAt(url);
  return { kept: postgresShopsKept(pool), close: async () => {
    await pool.end();
    await drop();
  } };
}

describe.each([
  ['memory', async () => ({ kept: memoryShopsKept(), close: async () => {} })],
  ['PostgreSQL', postgres],
])('the shops as they were, in %s', (_, open) => {
  test('are given back as they were kept, in their order; a key nobody knows gives nothing', async () => {
    const { kept, close } = await open();
    const stores = [salon().store, salon().store];
    const key = randomUUID();
    await kept.keep(key, stores, NOW);
    await kept.keep(key, stores, NOW + 1);
    expect(await kept.read(key)).toEqual(stores);
    expect(JSON.stringify(await kept.read(key))).toBe(JSON.stringify(stores));
    expect(await kept.read(randomUUID())).toBeNull();
    await close();
  });

  test('have one key as long as nothing in them changes, and another once something does', async () => {
    const { kept, close } = await open();
    const keep = shopKeeper(kept, () => NOW);
    const { store } = salon();
    const before = await keep([store]);
    expect(await keep([{ ...store, version: 7 }])).toBe(before);
    const after = await keep([{ ...store, menus: store.menus.map((m) => ({ ...m, price: m.price + 100 })) }]);
    expect(after).not.toBe(before);
    expect((await kept.read(before))![0]!.menus[0]!.price).toBe(4400);
    expect((await kept.read(after))![0]!.menus[0]!.price).toBe(4500);
    await close();
  });
});

test('how the shop’s people are reached is not kept', async () => {
  const kept = memoryShopsKept();
  const { store } = salon();
  const key = await shopKeeper(kept, () => NOW)([{ ...store, staff: [{ ...store.staff[0]!, lineId: `U${'a'.repeat(32)}` }] }]);
  expect((await kept.read(key))![0]!.staff[0]!.lineId).toBeNull();
});

test('the same list is kept once; one that could not be kept is tried again', async () => {
  let tries = 0;
  const keep = shopKeeper({ keep: async () => {
    if (++tries === 1) throw new Error('away');
  }, read: async () => null }, () => NOW);
  const stores = [salon().store];
  await expect(keep(stores)).rejects.toThrow('away');
  await keep(stores);
  await keep(stores);
  expect(tries).toBe(2);
});
