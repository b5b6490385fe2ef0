import { randomBytes } from 'node:crypto';
import { idMaker } from '../../ids.ts';
import type { Shop } from '../../model/shop-file.ts';
import { connect, serverTime } from '../../storage/postgres/client.ts';
import { importShops } from '../../storage/postgres/import.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { importLines } from './report.ts';

/** Brings a database up to date and the shops into it; gives what to tell the operator. */
export async function loadShops(databaseUrl: string, shops: Shop[]): Promise<string[]> {
  await migrate(databaseUrl);
  const db = await connect(databaseUrl, { max: 2 });
  try {
    const now = await serverTime(db);
    return (await importShops(db, shops, now, idMaker(() => now, randomBytes))).flatMap(importLines);
  } finally {
    await db.close();
  }
}
