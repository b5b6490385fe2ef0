import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoreReader } from '../../src/booking/ports.ts';
import { storeOf } from '../../src/model/shop-file.ts';
import type { Shop } from '../../src/model/shop-file.ts';
import type { Store } from '../../src/model/store.ts';
import { MemoryStores } from '../../src/storage/memory/stores.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import type { Postgres } from '../../src/storage/postgres/client.ts';
import { importShops } from '../../src/storage/postgres/import.ts';
import { PostgresStores } from '../../src/storage/postgres/stores.ts';
import { freshDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { exampleShop } from '../support/shops.ts';

type Kept = { reader: StoreReader; put(shop: Shop): Promise<void>; close(): Promise<void> };

let now = Date.UTC(2026, 10, 24);
const inPostgres = async (): Promise<Kept & { db: Postgres }> => {
  const fresh: Fresh = await freshDatabase();
  const db = await connect(fresh.url, { max: 3 });
  return {
    db,
    reader: new PostgresStores(db),
    put: async (shop) => void (await importShops(db, [shop], (now += 1000), randomUUID)),
    close: async () => {
      await db.close();
      await fresh.drop();
    },
  };
};
const inMemory = async (): Promise<Kept> => {
  const stores = new MemoryStores();
  return { reader: stores, put: async (shop) => stores.put(storeOf(shop), shop.channel), close: async () => {} };
};

/** A store by names, whatever its ids. */
const byName = (store: Store) => {
  const nameOf = (id: string) => store.menus.find((menu) => menu.id === id)?.name;
  return {
    ...store, id: 'store', version: 1,
    menus: store.menus.map((menu) => ({ ...menu, id: 'menu' })),
    resources: store.resources.map((resource) => ({ ...resource, id: 'resource', menuIds: resource.menuIds.map(nameOf) })),
    staff: store.staff.map((person) => ({ ...person, id: 'staff', menuIds: person.menuIds.map(nameOf) })),
  };
};

/** A shop that uses everything a shop can have. */
const full = (): Shop => {
  const shop = exampleShop('salon');
  shop.hours = { ...shop.hours, holidays: [['10:00', '15:00']], exceptions: [{ day: '2026-12-31', openings: [], note: '年末' }], cancelDeadlineMinutes: 120 };
  shop.info.belongings = 'なし';
  shop.resources.push({ name: 'シャンプー台', count: 2, menus: ['カラー', 'パーマ'] });
  Object.assign(shop.menus[0]!, { buffer: 15, price: 99_999_999 });
  Object.assign(shop.staff[0]!, { absences: ['2026-02-28', '2026-12-24'], shifts: { tue: [['10:00', '25:00']], wed: [] }, breaks: { tue: [['13:00', '14:00'], ['18:00', '18:30']] }, exceptions: [{ day: '2026-12-25', openings: [['12:00', '15:00']] }, { day: '2026-12-26', openings: [] }], lineId: `U${'0'.repeat(32)}` });
  return shop;
};

describe.each<[string, () => Promise<Kept>]>([['PostgreSQL', inPostgres], ['memory', inMemory]])('stores in %s', (_, open) => {
  let kept: Kept;
  beforeEach(async () => {
    kept = await open();
  });
  afterEach(() => kept.close());

  test('come back as they were put, with everything a shop can have', async () => {
    await kept.put(full());
    const [store] = await kept.reader.stores();
    expect(byName(store!)).toEqual(byName(storeOf(full())));
  });

  test('are found by id', async () => {
    await kept.put(exampleShop('salon'));
    await kept.put(exampleShop('clinic'));
    for (const store of await kept.reader.stores()) expect(await kept.reader.store(store.id)).toEqual(store);
    expect(await kept.reader.store(randomUUID())).toBeNull();
  });

  test('belong to their channel, the first made first', async () => {
    await kept.put(exampleShop('salon'));
    await kept.put({ ...exampleShop('clinic'), channel: 'teeth' });
    await kept.put({ ...exampleShop('clinic'), name: 'あおば歯科', channel: 'teeth' });
    expect((await kept.reader.ofChannel('default')).map((s) => s.name)).toEqual(['ヘアサロン みなも']);
    expect((await kept.reader.ofChannel('teeth')).map((s) => s.name)).toEqual(['こもれび歯科クリニック', 'あおば歯科']);
    expect(await kept.reader.ofChannel('nobody')).toEqual([]);
  });

  test('are seen as changed at once', async () => {
    await kept.put(exampleShop('salon'));
    await kept.reader.stores();
    const shop = exampleShop('salon');
    shop.menus[0]!.price = 5000;
    await kept.put(shop);
    expect((await kept.reader.stores())[0]!.menus[0]!.price).toBe(5000);
  });
});

describe('stores in PostgreSQL are kept in memory', () => {
  let kept: Kept & { db: Postgres };
  beforeEach(async () => {
    kept = await inPostgres();
    await kept.put(exampleShop('salon'));
    await kept.put(exampleShop('clinic'));
  });
  afterEach(() => kept.close());

  test('and not read again while nothing changed, nor when only bookings move slots_version', async () => {
    const [salon] = await kept.reader.stores();
    await kept.db.pool.query('UPDATE stores SET slots_version = slots_version + 1');
    expect((await kept.reader.stores())[0]).toBe(salon);
  });

  test('and only the one that changed is read again', async () => {
    const [salon, clinic] = await kept.reader.stores();
    await kept.put({ ...exampleShop('salon'), phone: '03-1111-1111' });
    const [changed, same] = await kept.reader.stores();
    expect(changed!.phone).toBe('03-1111-1111');
    expect(changed!.version).toBe(salon!.version! + 1);
    expect(same).toBe(clinic);
  });

  test('and a caller who has just read the version needs no query', async () => {
    const { rows: [state] } = await kept.db.pool.query<{ version: number }>('SELECT version FROM stores_state');
    const stores = new PostgresStores(kept.db);
    const [salon] = await stores.stores(state!.version);
    let asked = 0;
    const counting = new PostgresStores({ pool: new Proxy(kept.db.pool, { get: (pool, key) => (key === 'query' && asked++, Reflect.get(pool, key)) }) });
    await counting.stores(state!.version);
    const before = asked;
    expect((await counting.ofChannel('default', state!.version)).map((s) => s.id)).toContain(salon!.id);
    expect(asked).toBe(before);
  });

  test('and many who ask at once share one question', async () => {
    let asked = 0;
    const stores = new PostgresStores({ pool: new Proxy(kept.db.pool, { get: (pool, key) => (key === 'query' && asked++, Reflect.get(pool, key)) }) });
    await stores.stores();
    asked = 0;
    await Promise.all(Array.from({ length: 50 }, () => stores.ofChannel('default')));
    expect(asked).toBeLessThanOrEqual(2);
  });

  test('a store that was deleted is gone', async () => {
    const [salon] = await kept.reader.stores();
    await kept.db.pool.query('DELETE FROM stores WHERE id = $1', [salon!.id]);
    expect(await kept.reader.store(salon!.id)).toBeNull();
  });

  test('hours that somebody wrote by hand and wrong are told, and neither that store nor the others go away', async () => {
    const told: string[] = [];
    const stores = new PostgresStores(kept.db, undefined, (line) => told.push(line));
    const before = await stores.stores();
    const spoil = `UPDATE stores SET business_hours = jsonb_set(business_hours, '{weekly,tue}', '[["10:00","26:70"]]'), config_version = config_version + 1 WHERE kind = 'salon'`;
    await kept.db.pool.query(spoil);
    expect(await stores.stores()).toEqual(before);
    expect(told).toEqual([expect.stringMatching(/^The store ヘアサロン みなも cannot be read: tue: 26:70 is not a time.*\. Import its file again\.$/)]);
    expect((await new PostgresStores(kept.db, undefined, () => {}).stores()).map((store) => store.name)).toEqual(['こもれび歯科クリニック']);
  });
});
