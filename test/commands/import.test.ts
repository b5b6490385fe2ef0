import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect } from '../../src/storage/postgres/client.ts';
import type { Postgres } from '../../src/storage/postgres/client.ts';
import type { PrismaClient } from '../../src/storage/postgres/generated/client.ts';
import { prismaOn } from '../../src/storage/postgres/prisma.ts';
import { emptyDatabase } from '../support/servers.ts';
import type { Fresh } from '../support/servers.ts';
import { exampleText } from '../support/shops.ts';

let fresh: Fresh;
let db: Postgres;
let prisma: PrismaClient;
let dir: string;
beforeAll(async () => {
  fresh = await emptyDatabase();
  db = await connect(fresh.url, { max: 2 });
  prisma = prismaOn(db.pool);
  dir = mkdtempSync(path.join(tmpdir(), 'aiteru-import-'));
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(dir, name), content);
  return name;
};
const aiteru = (...words: string[]): Promise<{ code: number; out: string; err: string }> => new Promise((resolve) => {
  execFile(process.execPath, [path.resolve(import.meta.dirname, '../../src/commands/cli.ts'), 'import', ...words], { cwd: dir, env: { ...process.env, DATABASE_URL: fresh.url } }, (error, out, err) =>
    resolve({ code: error ? Number(error.code) : 0, out, err }));
});
const count = async (): Promise<number> => (await prisma.store.count());

test('a new database is filled, and a second time nothing changes', async () => {
  file('salon.yml', exampleText('salon'));
  file('clinic.yml', exampleText('clinic'));
  expect(await aiteru('salon.yml', 'clinic.yml')).toEqual({ code: 0, err: '', out: 'ヘアサロン みなも: loaded (5 menus, 2 people).\nこもれび歯科クリニック: loaded (5 menus, 2 people).\n' });
  expect((await aiteru('salon.yml', 'clinic.yml')).out).toBe('ヘアサロン みなも: nothing has changed.\nこもれび歯科クリニック: nothing has changed.\n');
});

test('a change that strands a visit is made, and the visit is listed with when, who and why', async () => {
  const store = await prisma.store.findFirstOrThrow({ where: { kind: 'salon' }, include: { staff: true, menus: true } });
  const user = await prisma.user.create({ data: { name: '山田 花子' } });
  const menu = store.menus.find((m) => m.name === 'カット')!;
  // A Thursday far ahead, 15:00 in Japan.
  const start = new Date('2099-12-24T06:00:00Z');
  const end = new Date('2099-12-24T07:00:00Z');
  await prisma.reservation.create({ data: { userId: user.id, storeId: store.id, staffId: store.staff.find((p) => p.name === '佐藤')!.id, menuId: menu.id, menuIds: [menu.id], startTime: start, endTime: end, blockedUntil: end, status: 'confirmed' } });
  file('shorter.yml', exampleText('salon').replace('thu: 10:00-20:00', 'thu: closed'));
  expect(await aiteru('shorter.yml')).toEqual({
    code: 0, err: '',
    out: 'ヘアサロン みなも: changed hours and booking rules.\nOne visit does not fit any more. It stays booked, so speak to the customer:\n  2099-12-24 (thu) 15:00 山田 花子, カット, 佐藤: the shop is closed that day\n',
  });
});

test('bad files are refused whole with every mistake by file and line, and good ones beside them are not imported', async () => {
  const before = await count();
  file('good.yml', exampleText('salon').replace('ヘアサロン みなも', '新しい店').replace('name: ヘアサロン みなも', 'name: 新しい店'));
  file('bad.yml', exampleText('salon').replace('price: 4400', 'price: -1').replace('tue: 10:00-20:00', 'tue: 26:70'));
  file('sjis.yml', Uint8Array.from([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0x31, 0x0a, 0x82, 0xa0, 0x82, 0xa2]));
  file('empty.yml', '');
  const { code, out, err } = await aiteru('good.yml', 'bad.yml', 'sjis.yml', 'empty.yml', 'nowhere.yml', '.');
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^bad\.yml:12: hours > weekly > tue: "26:70" is not an opening/),
    expect.stringMatching(/^bad\.yml:35: menus > カット > price: -1 cannot be/),
    expect.stringMatching(/^sjis\.yml:2: this is not UTF-8/),
    expect.stringMatching(/^empty\.yml:1: the file is empty/),
    'nowhere.yml: there is no such file',
    '.: this is a folder: name the files in it',
    'Nothing was imported: 6 mistakes. The format is in docs/shop-file.md.',
  ]);
  expect(await count()).toBe(before);
});

test('one shop in two files is a mistake', async () => {
  expect((await aiteru('salon.yml', 'shorter.yml')).err).toMatch(/^shorter\.yml:1: ヘアサロン みなも is in salon\.yml already/);
});
