import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { People, Person } from '../../src/chatlog/people.ts';
import { memoryPeople } from '../../src/storage/memory/people.ts';
import { postgresPeople } from '../../src/storage/postgres/people.ts';
import { poolAt } from '../support/pool.ts';
import { freshDatabase } from '../support/servers.ts';

const person = (name: string, lineId: string | null = null, phone: string | null = null): Person => ({ userId: randomUUID(), lineId, name, phone });
const PEOPLE = [person('山田 花子', 'U0001', '09012345678'), person('山田太郎', 'U0002'), person('ﾔﾏﾀﾞ', 'U0003'), person('Smith, Anna', 'U0004'), person('', 'U0005')];
const [hanako, taro, yamada, anna, nameless] = PEOPLE as [Person, Person, Person, Person, Person];

function peopleContract(name: string, open: () => Promise<{ people: People; close(): Promise<void> }>): void {
  describe(`customers in ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    test.each([
      [hanako.userId, [hanako]], [hanako.userId.toUpperCase(), [hanako]], ['U0002', [taro]], ['090-1234-5678', [hanako]], ['０９０１２３４５６７８', [hanako]],
      ['山田花子', [hanako]], [' 山田　花子 ', [hanako]], ['ヤマダ', [yamada]], ['smith, anna', [anna]], ['花子', [hanako]], ['山田', [hanako, taro]],
      ['U0005', [nameless]], ['U00', []], ['佐藤', []], ['', []], ["'; --", []], ['%', []], ['[', []],
    ])('%s', async (key, expected) => {
      expect((await opened.people.known(key)).map((it) => it.userId).toSorted()).toEqual(expected.map((it) => it.userId).toSorted());
    });

    test('whoever is meant by a name that nobody has is among those that are like it', async () => {
      expect(await opened.people.like('山口花子')).toEqual(['山田 花子', '山田太郎']);
      expect(await opened.people.like(']^-')).toEqual([]);
    });

    test('ids of nobody are passed over', async () => {
      expect(await opened.people.byId([anna.userId, randomUUID()])).toEqual([anna]);
      expect(await opened.people.byId([])).toEqual([]);
    });
  });
}

peopleContract('memory', async () => ({ people: memoryPeople(PEOPLE), close: async () => {} }));
peopleContract('PostgreSQL', async () => {
  const { url, drop } = await freshDatabase();
  const pool = poolAt(url);
  for (const { userId, lineId, name, phone } of PEOPLE) await pool.query('INSERT INTO users (id, line_id, name, phone) VALUES ($1, $2, $3, $4)', [userId, lineId, name, phone]);
  return { people: postgresPeople(pool), close: async () => {
    await pool.end();
    await drop();
  } };
});
