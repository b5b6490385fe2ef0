import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ChatLog, LogAppend, LogEntry, TurnRecord } from '../../src/chatlog/record.ts';

/** A store under test; `away` makes it unreachable where that can be done. */
export type Opened<T> = { store: T; close(): Promise<void> };

export const line = (userId: string, id: string, over: Partial<LogEntry> = {}): LogAppend => ({
  userId,
  channel: 'LINE',
  entry: { id, timestamp: 1_764_000_000_000, role: 'user', message: `文 ${id}`, turnId: id, ...over },
});
export const record = (over: Partial<TurnRecord> = {}): TurnRecord => ({
  v: 1, events: [], heard: [], talkBefore: null, talkAfter: null, acts: [], effects: [], now: 1_764_000_000_000, storeId: null, durations: {}, build: 'test', ...over,
});
const textEvent = (messageId: string, text: string) => ({ type: 'message', webhookEventId: `e-${messageId}`, message: { id: messageId, type: 'text', text } });
const ids = (entries: LogEntry[]) => entries.map((e) => e.id);
const numbered = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);

/** What every `ChatLog` does, whatever keeps it. */
export function chatLogContract(name: string, open: () => Promise<Opened<ChatLog>>): void {
  describe(`the record in ${name}`, () => {
    let opened: Opened<ChatLog>;
    let log: ChatLog;
    beforeAll(async () => {
      opened = await open();
      log = opened.store;
    });
    afterAll(() => opened.close());

    test('gives back what was put in, to the last field', async () => {
      const user = randomUUID();
      const first = line(user, randomUUID(), {
        turn: record({ events: [textEvent('1', '明日空いてる？')], heard: [{ intent: 'book', when: [], empty: {} }], talkAfter: { known: {}, seq: 1 }, effects: [{ effect: { do: 'mine', storeId: null }, answer: { free: [1, 2.5, null, true] } }], durations: { all: 1.25 } }),
        messageId: '1', eventId: 'e-1', account: 'default',
      });
      const second = line(user, randomUUID(), { role: 'system', by: 'bot', timestamp: 1_764_000_000_123, messages: [{ type: 'flex', contents: { type: 'bubble', styles: {} } }], delivery: { way: 'reply', status: 'sent', httpStatus: 200, requestId: 'r', at: 1_764_000_000_200 } });
      await log.append([first, second]);
      expect(await log.read(user)).toEqual([first.entry, second.entry]);
    });

    test('an append of a known id changes nothing, alone, in its batch or with new ones', async () => {
      const user = randomUUID();
      const [a, b, c] = numbered(3).map((i) => line(user, `${user}-${i}`, { timestamp: 1_000 + i }));
      await log.append([a!, b!, a!]);
      await log.append([{ ...a!, entry: { ...a!.entry, message: 'other' } }]);
      await log.append([b!, c!]);
      expect(await log.read(user)).toEqual([a!.entry, b!.entry, c!.entry]);
    });

    test('an empty append is no trouble, and a customer nobody knows has no entries', async () => {
      await log.append([]);
      expect(await log.read(randomUUID())).toEqual([]);
    });

    test('entries keep their order over hundreds, and repeats stay repeats however far back', async () => {
      const user = randomUUID();
      const all = numbered(450).map((i) => line(user, `${user}-${i}`));
      for (let i = 0; i < all.length; i += 7) await log.append(all.slice(i, i + 7));
      await log.append([all[0]!, all[199]!, all[200]!, all[449]!]);
      await log.append(all.slice(195, 205));
      expect(ids(await log.read(user))).toEqual(all.map((a) => a.entry.id));
    });

    test('a batch of many customers reaches each of them', async () => {
      const users = numbered(40).map(() => randomUUID());
      await log.append(numbered(120).map((i) => line(users[i % 40]!, `${users[i % 40]}-${i}`, { timestamp: i })));
      for (const [i, user] of users.entries()) expect(ids(await log.read(user))).toEqual([i, i + 40, i + 80].map((n) => `${user}-${n}`));
    });

    test('one batch may be longer than a bucket', async () => {
      const user = randomUUID();
      const all = numbered(430).map((i) => line(user, `${user}-${i}`));
      await log.append(all);
      await log.append(all);
      expect(ids(await log.read(user))).toEqual(all.map((a) => a.entry.id));
    });

    test('the same entries appended from several sides at once are there once', async () => {
      const user = randomUUID();
      const all = numbered(230).map((i) => line(user, `${user}-${i}`, { timestamp: 1_000 + i }));
      await Promise.all(numbered(4).map(async () => {
        for (let i = 0; i < all.length; i += 10) await log.append(all.slice(i, i + 10));
      }));
      expect(ids(await log.read(user))).toEqual(all.map((a) => a.entry.id));
    });

    test('different entries appended at once are all there', async () => {
      const user = randomUUID();
      await Promise.all(numbered(12).map((k) => log.append(numbered(20).map((i) => line(user, `${user}-${k}-${i}`)))));
      expect(new Set(ids(await log.read(user))).size).toBe(240);
    });

    test('is read by time, first ones, newest ones, and by customer', async () => {
      const user = randomUUID();
      await log.append([30, 10, 20, 40].map((t) => line(user, `${user}-${t}`, { timestamp: t })));
      const times = async (range: object) => (await log.read(user, range)).map((e) => e.timestamp);
      expect(await times({})).toEqual([10, 20, 30, 40]);
      expect(await times({ from: 20, to: 40 })).toEqual([20, 30]);
      expect(await times({ limit: 2 })).toEqual([10, 20]);
      expect(await times({ last: 2 })).toEqual([30, 40]);
      expect(await times({ to: 40, last: 2 })).toEqual([20, 30]);
      expect(await times({ from: 41 })).toEqual([]);
    });

    test('learns how the delivery went, as often as it is told', async () => {
      const user = randomUUID();
      await log.append([line(user, `${user}-1`), line(user, `${user}-2`, { delivery: { way: 'reply', status: 'waiting' } })]);
      await log.setDelivery(user, `${user}-2`, { way: 'push', status: 'failed', httpStatus: 429 });
      await log.setDelivery(user, `${user}-2`, { way: 'push', status: 'sent', httpStatus: 200, at: 1_764_000_000_000 });
      await log.setDelivery(user, 'nobody', { way: 'none', status: 'not_sent' });
      const [first, second] = await log.read(user);
      expect(first!.delivery).toBeUndefined();
      expect(second!.delivery).toEqual({ way: 'push', status: 'sent', httpStatus: 200, at: 1_764_000_000_000 });
    });

    test('forgets a message wherever its words are, once, and keeps the answer', async () => {
      const user = randomUUID();
      const other = randomUUID();
      const secret = '山田花子 080-1234-5678 です';
      const turn = record({
        events: [textEvent('m1', '明日空いてる？'), textEvent('m2', secret)],
        heard: [{ text: '明日空いてる？', intent: 'book' }, { text: secret, name: '山田花子', phone: '08012345678', evidence: [{ words: '山田花子' }] }],
        talkAfter: { known: { name: '山田花子', phone: '08012345678' } },
        acts: [{ say: 'noted', value: '08012345678' }],
        effects: [{ effect: { do: 'book', notes: `お客様より: ${secret}` }, answer: {} }],
      });
      await log.append([
        line(user, `${user}-1`, { messageId: 'm1', message: '明日空いてる？', turn }),
        line(user, `${user}-2`, { messageId: 'm2', message: secret }),
        line(user, `${user}-3`, { role: 'system', message: '山田花子様、ありがとうございます。' }),
        line(other, `${other}-1`, { messageId: 'm2', message: secret }),
      ]);
      expect(await log.forget(user, 'm2')).toBe(2);
      const after = await log.read(user);
      expect(JSON.stringify(after.slice(0, 2))).not.toMatch(/山田|1234|5678/);
      expect(after[2]!.message).toBe('山田花子様、ありがとうございます。');
      expect(after[0]!.message).toBe('明日空いてる？');
      expect(after[0]!.turn!.heard[0]).toEqual({ text: '明日空いてる？', intent: 'book' });
      expect(after[0]!.turn!.events[1]).toMatchObject({ webhookEventId: 'e-m2', message: { id: 'm2', unsent: true } });
      expect((await log.read(other))[0]!.message).toBe(secret);
      expect(await log.forget(user, 'm2')).toBe(0);
      expect(await log.forget(user, 'unknown')).toBe(0);
      expect(await log.forget(randomUUID(), 'm2')).toBe(0);
    });

    test('forgets in every bucket, and a repeat of the entry does not bring the words back', async () => {
      const user = randomUUID();
      const all = numbered(210).map((i) => line(user, `${user}-${i}`, { messageId: `m${i}`, message: `秘密${i}。`, turn: record({ events: [textEvent(`m${i}`, `秘密${i}。`)] }) }));
      await log.append(all);
      for (const i of [3, 205]) expect(await log.forget(user, `m${i}`)).toBe(1);
      await log.append(all.slice(200));
      const text = JSON.stringify(await log.read(user));
      for (const i of [3, 205]) expect(text).not.toContain(`秘密${i}。`);
      expect(text).toContain('秘密4。');
    });

    test('forgetting leaves what is known of the delivery', async () => {
      const user = randomUUID();
      await log.append([line(user, `${user}-1`, { messageId: 'm', delivery: { way: 'none', status: 'waiting' } })]);
      await Promise.all([log.forget(user, 'm'), log.setDelivery(user, `${user}-1`, { way: 'none', status: 'not_sent' })]);
      const [entry] = await log.read(user);
      expect(entry).toMatchObject({ delivery: { status: 'not_sent' }, message: '[送信取消されたメッセージ]' });
    });

    test('refuses nothing for what it holds: NUL, lone surrogates, operators and paths as keys, depth, odd times', async () => {
      const user = randomUUID();
      let deep: unknown = 'end';
      for (let i = 0; i < 500; i++) deep = { deeper: [deep] };
      const odd = { $set: { 'a.b': 'x\0y', __proto__x: 1 }, '': 1, '\0': '\ud83d', list: [undefined, NaN, 1], deep };
      await log.append([
        line(user, `${user}-1`, { message: '空\0いてる\ud83d', turn: record({ events: [odd, JSON.parse('{"__proto__": {"a": 1}}'), { _bsontype: 'ObjectId' }] }) }),
        line(user, `${user}-2`, { timestamp: 8.64e15 }),
        line(user, `${user}-3`, { timestamp: NaN }),
      ]);
      const entries = await log.read(user);
      expect(ids(entries)).toEqual([`${user}-3`, `${user}-1`, `${user}-2`]);
      expect(entries[1]!.message).toBe('空�いてる�');
      const events = JSON.stringify(entries[1]!.turn!.events);
      expect(events).toContain('x�y');
      expect(events).not.toMatch(/"\$[^"]*":|"[^"]*\.[^"]*":/);
    });

    test('a huge entry is kept with its words, and says what was left out', async () => {
      const user = randomUUID();
      const huge = numbered(20_000).map((i) => ({ do: 'look', i, words: 'とても長い答え' }));
      await log.append([
        line(user, `${user}-1`, { message: '短い', turn: record({ effects: [{ effect: {}, answer: huge }], events: [textEvent('m', '短い')] }) }),
        line(user, `${user}-2`, { message: 'あ'.repeat(2_000_000) }),
        line(user, `${user}-3`),
      ]);
      const entries = await log.read(user);
      expect(entries[0]).toMatchObject({ message: '短い', trimmed: ['turn.effects'], turn: { effects: [], events: [{ message: { text: '短い' } }] } });
      expect(entries[1]).toMatchObject({ trimmed: ['message'] });
      expect(entries[1]!.message.length).toBeLessThan(40_000);
      expect(ids(entries)).toHaveLength(3);
    });

    test('hundreds of big entries of one customer do not break it', async () => {
      const user = randomUUID();
      const messages = numbered(400).map((i) => ({ type: 'text', text: `${i} ${'大きな答え'.repeat(30)}` }));
      const all = numbered(90).map((i) => line(user, `${user}-${i}`, { messages }));
      for (let i = 0; i < all.length; i += 30) await log.append(all.slice(i, i + 30));
      expect(ids(await log.read(user))).toEqual(all.map((a) => a.entry.id));
    });

    test('any JSON comes back as it was put in', async () => {
      const user = randomUUID();
      const json = fc.jsonValue({ maxDepth: 4 }).map((v) => JSON.parse(JSON.stringify(v).replaceAll('-0', '0')) as unknown);
      const values = fc.sample(fc.array(json, { maxLength: 5 }), { numRuns: 60, seed: 7 });
      const all = values.map((acts, i) => line(user, `${user}-${i}`, { turn: record({ acts }) }));
      await log.append(all);
      const plainKeys = (acts: unknown) => !/"[^"]*[$.\\][^"]*":/.test(JSON.stringify(acts));
      const back = await log.read(user);
      back.forEach((entry, i) => plainKeys(values[i]) && expect(entry.turn!.acts).toEqual(values[i]));
      expect(back).toHaveLength(60);
    });

    test('erases all of one customer and nothing of another; what is appended afterwards is there', async () => {
      const [gone, stays] = [randomUUID(), randomUUID()];
      for (let i = 0; i < 450; i += 50) await log.append(numbered(50, i).map((n) => line(gone, `${gone}-${n}`)));
      await log.append([line(stays, stays)]);
      expect(await log.erase(gone)).toBe(450);
      expect([await log.read(gone), await log.erase(gone)]).toEqual([[], 0]);
      expect(ids(await log.read(stays))).toEqual([stays]);
      await log.append([line(gone, `${gone}-new`)]);
      expect(ids(await log.read(gone))).toEqual([`${gone}-new`]);
    });

    test('puts entries in the place of those of the same ids, and adds none', async () => {
      const user = randomUUID();
      const [a, b] = numbered(2).map((i) => line(user, `${user}-${i}`, { timestamp: 1_764_000_000_000 + i, messages: [{ type: 'text', text: '山田様' }] }));
      await log.append([a!, b!]);
      const changed = { ...b!.entry, message: '（削除済み）様', messages: [{ type: 'text', text: '（削除済み）様' }] };
      await log.replace(user, [changed, { ...changed, id: `${user}-none` }]);
      expect(await log.read(user)).toEqual([a!.entry, changed]);
    });

    test('erases what was said before a day, across buckets, and leaves the rest as it was', async () => {
      const user = randomUUID();
      // Years before everything else in this store.
      const begin = 946_652_400_000;
      const all = numbered(300).map((i) => line(user, `${user}-${i}`, { timestamp: begin + i * 3_600_000 }));
      for (let i = 0; i < all.length; i += 60) await log.append(all.slice(i, i + 60));
      const left = all.filter(({ entry }) => entry.timestamp >= begin + 124 * 3_600_000);
      // What others of these tests said in 1970 goes, too.
      expect(await log.eraseBefore(begin + 130 * 3_600_000)).toBeGreaterThanOrEqual(all.length - left.length);
      expect(ids(await log.read(user))).toEqual(left.map(({ entry }) => entry.id));
      expect(await log.eraseBefore(begin + 130 * 3_600_000)).toBe(0);
      await log.append([line(user, `${user}-more`, { timestamp: begin + 400 * 3_600_000 })]);
      expect(ids(await log.read(user)).at(-1)).toBe(`${user}-more`);
    });
  });
}
