/** A whole house on real stores, and a LINE for it: what the tests of the promises talk to. */
import { randomBytes } from 'node:crypto';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import { readSettings } from '../../src/config.ts';
import { idMaker } from '../../src/ids.ts';
import { openHouse } from '../../src/main.ts';
import type { House } from '../../src/main.ts';
import { readShop } from '../../src/model/shop-file.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { connect } from '../../src/storage/postgres/client.ts';
import { importShops } from '../../src/storage/postgres/import.ts';
import { freshDatabase } from './servers.ts';

export const SECRET = '0123456789abcdef0123456789abcdef';

export type ShopOnLine = {
  simulator: Simulator;
  lineUrl: string;
  databaseUrl: string;
  sql: Pool;
  /** The processes of the house, the first made first. */
  houses: House[];
  /** One more process on the same database; `through` another address of it. */
  another: (through?: string) => Promise<House>;
  /** Posts a body to a process, signed unless told otherwise; gives the status. */
  post: (body: string, options?: { signature?: string; house?: House; path?: string }) => Promise<number>;
  /** Waits until a statement gives a row. */
  until: <Row>(sql: string, values?: unknown[]) => Promise<Row>;
  close: () => Promise<void>;
};

export async function shopOnLine({ processes = 1, redisUrl = null, mongoUrl = null }: { processes?: number; redisUrl?: string | null; mongoUrl?: string | null } = {}): Promise<ShopOnLine> {
  const database = await freshDatabase();
  const db = await connect(database.url, { max: 3 });
  const read = readShop(readFileSync(path.resolve(import.meta.dirname, '../../prisma/shops/salon.yml'), 'utf8'));
  if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
  await importShops(db, [read.shop], Date.now(), idMaker(Date.now, randomBytes));

  const clock = { now: () => Date.now(), advance: () => undefined, set: () => undefined };
  const simulator = createSimulator({ clock, channels: [{ name: 'default', channelId: '1', channelSecret: SECRET, accessToken: 'token', webhookUrl: 'http://127.0.0.1:9/webhook' }] });
  const lineUrl = await simulator.listen(0);
  const houses: House[] = [];
  const another = async (through = database.url): Promise<House> => {
    const { settings, mistakes } = readSettings({
      PORT: '0', SIMULATOR_PORT: '0', LOG_LEVEL: 'silent', DATABASE_POOL: '6', LINE_CHANNEL_ID: '1', LINE_CHANNEL_SECRET: SECRET, LINE_CHANNEL_ACCESS_TOKEN: 'token', LINE_API_BASE_URL: lineUrl, PUBLIC_URL: 'https://aiteru.example.com',
    }, { cwd: import.meta.dirname });
    if (!settings) throw new Error(mistakes.join('\n'));
    const house = await openHouse({ settings, databaseUrl: through, redisUrl, mongoUrl, simulator: false });
    houses.push(house);
    simulator.platform.channels[0]!.settings.webhookUrl = `http://127.0.0.1:${houses[0]!.port}/webhook`;
    return house;
  };
  for (let n = 0; n < processes; n++) await another();

  return {
    simulator, lineUrl, databaseUrl: database.url, sql: db.pool, houses, another,
    post: async (body, { signature, house = houses[0]!, path: at = '/webhook' } = {}) => {
      const signed = signature ?? createHmac('sha256', SECRET).update(body).digest('base64');
      const answer = await fetch(`http://127.0.0.1:${house.port}${at}`, { method: 'POST', body, headers: { 'x-line-signature': signed, 'content-type': 'application/json' } });
      await answer.text();
      return answer.status;
    },
    until: async <Row>(sql: string, values: unknown[] = []) => {
      for (let i = 0; i < 400; i++) {
        const { rows } = await db.pool.query(sql, values);
        if (rows.length > 0) return rows[0] as Row;
        await new Promise((resolve) => { setTimeout(resolve, 25); });
      }
      throw new Error(`never became true: ${sql} ${JSON.stringify(values)}`);
    },
    close: async () => {
      for (const house of houses) await house.close();
      await simulator.close();
      await db.close();
      await database.drop();
    },
  };
}

/** A text event as LINE sends it. */
export const textEvent = (userId: string, text: string, more: object = {}): object => ({
  type: 'message', mode: 'active', timestamp: Date.now(), source: { type: 'user', userId }, webhookEventId: `T${randomBytes(12).toString('hex')}`,
  deliveryContext: { isRedelivery: false }, replyToken: randomBytes(16).toString('hex'), message: { id: randomBytes(8).toString('hex'), type: 'text', text, quoteToken: 'q' }, ...more,
});
export const bodyOf = (...events: object[]): string => JSON.stringify({ destination: `U${'0'.repeat(32)}`, events });
