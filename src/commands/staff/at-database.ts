/** What the staff commands do at a database. */
import { randomBytes, randomInt } from 'node:crypto';
import { calendarLinkOf } from '../../calendar/web.ts';
import { CODES, CODE_FOR, codeOf } from '../../booking/desk/code.ts';
import { idMaker } from '../../ids.ts';
import { toLocal } from '../../model/time.ts';
import { connect, houseTime } from '../../storage/postgres/client.ts';
import type { Postgres } from '../../storage/postgres/client.ts';
import { PostgresDesk } from '../../storage/postgres/desk.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { PostgresStores } from '../../storage/postgres/stores.ts';
import { personOf } from './person.ts';

export type Named = { shop?: string; name: string };

async function at<T>(databaseUrl: string, work: (db: Postgres) => Promise<T>): Promise<T> {
  await migrate(databaseUrl);
  const db = await connect(databaseUrl, { max: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Makes a code for a person; gives what to tell the operator. */
export const makeCode = (databaseUrl: string, { shop, name }: Named): Promise<string[]> => at(databaseUrl, async (db) => {
  const { store, person } = personOf(await new PostgresStores(db).stores(), shop, name);
  const now = await houseTime(db);
  const code = codeOf(randomInt(CODES));
  await new PostgresDesk(db.pool).newCode({ id: idMaker(() => now, randomBytes)(), staffId: person.id, code, expiresAt: now + CODE_FOR, at: now });
  return [
    code,
    `${person.name} (${store.name}) writes this to the shop's LINE account, once, until ${toLocal(now + CODE_FOR).replace('T', ' ')} (Japan time):`,
    `  スタッフ登録 ${code}`,
    ...(person.lineId === null ? [] : [`${person.name} has a LINE account already; this one takes its place.`]),
  ];
});

/** Makes a new address for a person's calendar, or ends it; gives what to tell the operator. */
export const calendarOf = (databaseUrl: string, { shop, name, publicUrl, revoke = false }: Named & { publicUrl: string | null; revoke?: boolean }): Promise<string[]> => at(databaseUrl, async (db) => {
  const { store, person } = personOf(await new PostgresStores(db).stores(), shop, name);
  const desk = new PostgresDesk(db.pool);
  const now = await houseTime(db);
  if (revoke) return [(await desk.setCalendar(person.id, null, now)) ? `The calendar of ${person.name} (${store.name}) leads nowhere any more.` : `${person.name} (${store.name}) has no calendar.`];
  const secret = randomBytes(16).toString('base64url');
  const before = await desk.setCalendar(person.id, secret, now);
  return [
    calendarLinkOf(publicUrl ?? 'https://THIS-SERVER')(secret),
    `Whoever knows this address sees the visits of ${person.name} (${store.name}). It is not shown again.`,
    ...(before ? ['The address there was before leads nowhere any more.'] : []),
    ...(publicUrl === null ? ['PUBLIC_URL is not set: put the address of this server in front.'] : []),
  ];
});

/** Takes a person's account away; gives what to tell the operator. */
export const unlinkPerson = (databaseUrl: string, { shop, name }: Named): Promise<string[]> => at(databaseUrl, async (db) => {
  const { store, person } = personOf(await new PostgresStores(db).stores(), shop, name);
  if (person.lineId === null) return [`${person.name} (${store.name}) has no LINE account.`];
  const desk = new PostgresDesk(db.pool);
  await desk.setAccount(person.id, null);
  await desk.setCalendar(person.id, null, await houseTime(db));
  return [`${person.name} (${store.name}) is told nothing any more, and the account is a customer's.`];
});
