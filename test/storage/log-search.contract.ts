import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChatLog, Conversation, ConversationQuery, LogAppend, LogEntry, LogSearch } from '../../src/chatlog/record.ts';
import { at } from '../../src/model/time.ts';
import { line, record } from './chat-log.contract.ts';
import type { Opened } from './chat-log.contract.ts';

/** What every `LogSearch` finds, whatever keeps the record. */
export function logSearchContract(name: string, open: () => Promise<Opened<{ log: ChatLog; search: LogSearch }>>): void {
  describe(`looking into the record in ${name}`, () => {
    let opened: Opened<{ log: ChatLog; search: LogSearch }>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const say = async (userId: string, moment: number, over: Partial<LogEntry> = {}): Promise<string> => {
      const id = randomUUID();
      await opened.store.log.append([line(userId, id, { timestamp: moment, ...over })]);
      return id;
    };
    const find = (query: Partial<ConversationQuery>) => opened.store.search.conversations({ limit: 50, ...query });
    const days = async (query: Partial<ConversationQuery>) => (await find(query)).map((it) => it.day);
    const acts = (...names: string[]) => ({ turn: record({ acts: names.map((say) => ({ say })) }) });
    const noon = (day: string) => at(day, 12 * 60);

    test('a customer’s day is a conversation, and the one that began last is first', async () => {
      const [one, two]: [string, string] = [randomUUID(), randomUUID()];
      for (const [user, moment] of [[one, noon('2026-02-01')], [two, noon('2026-02-01') + 60_000], [one, noon('2026-02-01') + 120_000], [one, noon('2026-02-02')]] as const) await say(user, moment);
      const found = (await find({ from: '2026-02-01', to: '2026-02-02' })).filter((it) => [one, two].some((user) => user === it.userId));
      expect(found).toEqual([
        { userId: one, day: '2026-02-02', began: noon('2026-02-02') },
        { userId: two, day: '2026-02-01', began: noon('2026-02-01') + 60_000 },
        { userId: one, day: '2026-02-01', began: noon('2026-02-01') },
      ] satisfies Conversation[]);
    });

    test('a chat around midnight is one; at four in the morning another begins', async () => {
      const user = randomUUID();
      for (const minute of [23 * 60 + 50, 24 * 60 + 10, 27 * 60 + 59, 28 * 60]) await say(user, at('2026-02-10', minute));
      expect(await days({ userId: user })).toEqual(['2026-02-11', '2026-02-10']);
    });

    test('words are found wherever they stand and whoever said them, in any width and case', async () => {
      const user = randomUUID();
      await say(user, noon('2026-03-01'), { message: 'ｶｯﾄとＬＩＮＥで１５時に予約したい 🎉' });
      await say(user, noon('2026-03-01') + 1, { role: 'system', by: 'bot', message: '明日は15:00〜17:00が空いています。\n[はい] [いいえ]' });
      await say(user, noon('2026-03-02'), { role: 'staff', by: 'staff', message: 'お車でどうぞ。50% off (税込) a.c' });
      for (const words of ['カット', 'ｶｯﾄ', 'line', 'Line', '15時', '予約し', '約', 'いています', '🎉', '予約したい 空いて', 'いています。 [はい]', '〜', ' カット ']) {
        expect([words, await days({ userId: user, words: [words] })]).toEqual([words, ['2026-03-01']]);
      }
      for (const words of ['車', '50%', '(税込)', 'a.c', '_'.repeat(0)]) expect((await days({ userId: user, words: [words] })).at(0)).toBe('2026-03-02');
      for (const words of ['カツト', '予約 お車', '約予', 'abc', '%', '50_', '時に空', '髪']) {
        const expected = words === '%' ? ['2026-03-02'] : [];
        expect([words, await days({ userId: user, words: [words] })]).toEqual([words, expected]);
      }
    });

    test('everything that is asked must be true of the same conversation, though not of the same entry', async () => {
      const user = randomUUID();
      const [shop, other] = [randomUUID(), randomUUID()];
      await say(user, noon('2026-03-10'), { message: '駐車場はありますか', turn: record({ storeId: shop }) });
      await say(user, noon('2026-03-10') + 1, { message: 'ねこ', ...acts('miss') });
      await say(user, noon('2026-03-11'), { message: '駐車場', turn: record({ storeId: other }) });
      expect(await days({ userId: user, words: ['駐車場'], acts: ['miss', 'booked'], storeIds: [shop] })).toEqual(['2026-03-10']);
      expect(await days({ userId: user, words: ['駐車場'] })).toEqual(['2026-03-11', '2026-03-10']);
      expect(await days({ userId: user, words: ['駐車場'], storeIds: [other] })).toEqual(['2026-03-11']);
      expect(await days({ userId: user, acts: ['booked'] })).toEqual([]);
      expect(await days({ userId: user, words: ['ねこ'], storeIds: [other] })).toEqual([]);
      expect(await days({ userId: user, from: '2026-03-11' })).toEqual(['2026-03-11']);
      expect(await days({ userId: user, to: '2026-03-10' })).toEqual(['2026-03-10']);
    });

    test('what a job or a person said outside a turn counts by its own acts', async () => {
      const user = randomUUID();
      const shop = randomUUID();
      const told = { role: 'system', by: 'job', message: '空きが出ました', acts: [{ say: 'offer', visit: { storeId: shop } }] } as unknown as Partial<LogEntry>;
      await say(user, noon('2026-03-20'), told);
      expect(await days({ userId: user, acts: ['offer'], storeIds: [shop] })).toEqual(['2026-03-20']);
    });

    test('an answer LINE did not take is found as failed, also when that was heard later', async () => {
      const user = randomUUID();
      await say(user, noon('2026-04-01'), { role: 'system', delivery: { way: 'push', status: 'failed' } });
      const id = await say(user, noon('2026-04-02'), { role: 'system', delivery: { way: 'push', status: 'waiting' } });
      expect(await days({ userId: user, acts: ['failed'] })).toEqual(['2026-04-01']);
      await opened.store.log.setDelivery(user, id, { way: 'push', status: 'failed' });
      expect(await days({ userId: user, acts: ['failed'] })).toEqual(['2026-04-02', '2026-04-01']);
    });

    test('words that were taken back are not found any more, nor brought back by a repeat', async () => {
      const user = randomUUID();
      const secret = '秘密の電話番号';
      const append: LogAppend = { userId: user, channel: 'LINE', entry: { id: randomUUID(), timestamp: noon('2026-04-10'), role: 'user', message: secret, turnId: 't', messageId: `m-${user}` } };
      await opened.store.log.append([append]);
      await say(user, noon('2026-04-10') + 1, { message: '公開の電話番号' });
      expect(await days({ userId: user, words: ['秘密'] })).toEqual(['2026-04-10']);
      await opened.store.log.forget(user, `m-${user}`);
      await opened.store.log.append([append]);
      expect(await days({ userId: user, words: ['秘密'] })).toEqual([]);
      expect(await days({ userId: user, words: ['電話番号'] })).toEqual(['2026-04-10']);
    });

    test('a page begins after the last of the one before, however many begin at one moment', async () => {
      const users = Array.from({ length: 7 }, () => randomUUID());
      const word = `頁${randomUUID().slice(0, 4)}`;
      for (const [i, user] of users.entries()) await say(user, noon('2026-05-01') + Math.floor(i / 3), { message: word });
      const all = await find({ words: [word] });
      expect(all.map((it) => it.userId).toSorted()).toEqual(users.toSorted());
      const paged: Conversation[] = [];
      for (let page = await find({ words: [word], limit: 2 }); page.length > 0; page = await find({ words: [word], limit: 2, after: page.at(-1)! })) paged.push(...page);
      expect(paged).toEqual(all);
    });

    test('gathering ahead of a search changes nothing of what is found, and what is said afterwards is found as well', async () => {
      const user = randomUUID();
      await say(user, noon('2026-06-01'), { message: '駐車場' });
      while ((await opened.store.search.gather(3)) === 3);
      expect(await opened.store.search.gather(3)).toBe(0);
      expect(await days({ userId: user, words: ['駐車場'] })).toEqual(['2026-06-01']);
      await say(user, noon('2026-06-01') + 1, { message: '自転車' });
      expect(await days({ userId: user, words: ['駐車場', '自転車'] })).toEqual(['2026-06-01']);
    });

    test('what is written while it is gathered and looked for is found at last, from several sides', async () => {
      const user = randomUUID();
      await Promise.all(Array.from({ length: 12 }, async (_, i) => {
        await say(user, noon('2026-06-10') + i, { message: `言葉${'一二三四五六七八九十百千'[i]}` });
        await Promise.all([opened.store.search.gather(5), days({ userId: user, words: ['言葉'] })]);
      }));
      for (const kanji of '一二三四五六七八九十百千') expect([kanji, await days({ userId: user, words: [`言葉${kanji}`] })]).toEqual([kanji, ['2026-06-10']]);
    });

    test('nobody’s conversations are none, and no page is longer than asked', async () => {
      expect(await find({ userId: randomUUID() })).toEqual([]);
      expect(await find({ limit: 1 })).toHaveLength(1);
    });
  });
}
