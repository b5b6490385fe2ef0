/** A conversation of the log becomes a script that is a passing test at once, by people nobody knows. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { exportScript, sinceShopsChanged } from '../../../src/chatlog/export/script.ts';
import type { Exported } from '../../../src/chatlog/export/script.ts';
import { readTurn } from '../../../src/chatlog/replay/given.ts';
import { turnsIn } from '../../../src/chatlog/replay/logged.ts';
import { readScript, shopsOf } from '../../../src/chatlog/script.ts';
import { memoryHouse } from '../../../src/commands/talk/memory-house.ts';
import { FAILING } from '../../../src/chatlog/replay/turn.ts';
import { replayScript } from '../../../src/play/replay.ts';
import { playScript } from '../../../src/play/run.ts';
import { memoryShopsKept } from '../../../src/storage/memory/shops-kept.ts';
import { play } from '../../support/customers.ts';
import { allScripts, from, LANE, logOf } from '../../support/recording.ts';
import type { Log } from '../../support/recording.ts';

const kept = memoryShopsKept();
/** Every so many of conversations/; EXPORT_EVERY=1 for all. */
const EVERY = Number(process.env['EXPORT_EVERY'] ?? 4);

/** The script of a log; null where there is nothing in it to play. */
async function exported({ userId, entries }: Log, skip = 0): Promise<string | null> {
  const all: Exported[] = [];
  for await (const turn of turnsIn(userId, from(entries))) {
    const read = readTurn(turn);
    all.push('given' in read ? { ...read, build: 'test' } : { ...read, at: turn.heard.timestamp });
  }
  const { turns } = sinceShopsChanged(all);
  const shops = turns.flatMap((turn) => ('given' in turn ? [turn.given.shops!] : []))[0];
  return shops === undefined ? null : exportScript(turns, { stores: (await kept.read(shops))!, shop: null, skip });
}

/** What of a script does not come as it says. */
async function trouble(name: string, text: string): Promise<string[]> {
  const read = readScript(text);
  if ('mistakes' in read) return read.mistakes.map((mistake) => `${name}:${mistake}`);
  const turns = await replayScript(memoryHouse(shopsOf(read.script), () => performance.now()), LANE, name, read.script);
  // A customer may have the very number the bot gives as an example; then that is another, too.
  return turns.filter(({ verdict, because }) => FAILING.includes(verdict) || (verdict === 'worded differently' && !because.join().includes('のように市外局番から'))).map((t) => `${name} ${t.nth} ${t.said}: ${t.verdict} ${t.because.join('; ')}`);
}

describe('the script of a log is a passing test at once', () => {
  test('for every conversation of conversations/', async () => {
    const troubles: string[] = [];
    for (const { file, script, shops } of allScripts().filter((_, nth) => nth % EVERY === 0)) {
      for (const log of await logOf(file, shops, kept, (house) => playScript(house, LANE, script))) {
        const text = await exported(log);
        if (text !== null) troubles.push(...(await trouble(file, text)));
      }
    }
    expect(troubles).toEqual([]);
  }, 120_000);

  test('and for made-up ones', async () => {
    const troubles: string[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      for (const log of await logOf(`generated ${seed}`, ['prisma/shops/salon.yml'], kept, (house) => play(house, seed))) {
        const text = await exported(log);
        if (text !== null) troubles.push(...(await trouble(log.name, text)));
      }
    }
    expect(troubles).toEqual([]);
  }, 120_000);
});

/** The script of what a customer says, and the file it comes from. */
async function scriptOf(turns: string[], name = ''): Promise<string> {
  const read = readScript(`title: 例\nnow: 2026-11-24T10:12:00+09:00\nworld: { name: '${name}' }\nturns:\n${turns.map((turn) => `  - ${turn}\n`).join('')}`);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  const [log] = await logOf('例', shopsOf(read.script), kept, (house) => playScript(house, LANE, read.script));
  const text = (await exported(log!))!;
  expect(await trouble('例', text)).toEqual([]);
  return text;
}
const says = (...words: string[]) => words.map((text) => `user: '${text}'`);

describe('nobody can tell whose conversation it was', () => {
  test('a name and a number said within a sentence are others, everywhere the same', async () => {
    const text = await scriptOf(says('土曜の15時にカット、佐藤さんでお願いします。山田花子です。電話は090-1234-5678です', 'はい', '予約の名前は山田花子で合っていますか', '電話は０９０－１２３４－５６７８'));
    for (const secret of ['山田', '花子', '090-1234-5678', '09012345678', '０９０－１２３４－５６７８']) expect(text).not.toContain(secret);
    const [, name] = /heard: \{[^\n]*name: ([^,}]+)/.exec(text) ?? [];
    expect(text).toContain(`お願いします。${name}です。電話は090-0000-0001です`);
    expect(text).toContain(`予約の名前は${name}で合っていますか`);
    expect(text).toContain('０９０－００００－０００１');
  });

  test('the surname alone stays the surname of the same person, in other letters too', async () => {
    const text = await scriptOf(says('予約したいです。山田と申します', '山田花子です', 'やまだです'), '山田花子');
    for (const secret of ['山田', '花子', 'やまだ']) expect(text).not.toContain(secret);
    const [, whole] = /world:\n {2}(?:[^\n]*\n {2})*?name: (\S+)/.exec(text) ?? [];
    const [, surname] = /予約したいです。(\S+)と申します/.exec(text) ?? [];
    expect(whole!.startsWith(surname!)).toBe(true);
  });

  test('a customer who is called like a stylist: the customer is another, the stylist stays', async () => {
    const text = await scriptOf(says('佐藤と申します。土曜の15時に佐藤さんでカットお願いします', 'はい'), '佐藤');
    expect(text).toMatch(/user: (?!佐藤)\S+と申します。土曜の15時に佐藤さんで/);
    expect(text).toContain('担当: 佐藤');
    expect(text).not.toMatch(/^ {2}name: 佐藤$/m);
  });

  test('mail, a home, ids and foreign names are nobody’s', async () => {
    const text = await scriptOf(says('Smithです。メールは smith.1@example.org、住所は新宿区西新宿2-8-1、〒160-0023です', 'U4af4980629000000000000000000abcd'), 'John Smith');
    for (const secret of ['Smith', 'smith', '西新宿', '160-0023', 'U4af49']) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}/);
  });

  test('the link of a deposit is no link any more, everywhere the same', async () => {
    const read = readScript(readFileSync('conversations/deposit/pays-by-the-link.yml', 'utf8'));
    if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
    const [log] = await logOf('例', shopsOf(read.script), kept, (house) => playScript(house, LANE, read.script));
    const text = (await exported(log!))!;
    expect(text.match(/\/pay\/[^\s\]'"]+/g)).not.toBeNull();
    expect(new Set(text.match(/\/pay\/[^\s\]'"]+/g)).size).toBe(1);
    expect(text).not.toMatch(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}/);
  });

  test('the shop and its people stay as every customer sees them, but for how they are reached', async () => {
    const text = await scriptOf(says('お店の電話番号は？', '場所はどこですか'));
    expect(text).toContain('03-0000-1234');
    expect(text).toContain('東京都架空区さくら町1-2-3');
    expect(text).toContain('lineId: null');
  });
});

describe('what a script cannot do as it was', () => {
  test('a button of a message that is not in it is written as what it carries, by names', async () => {
    const text = await scriptOf(['user: 予約したい', 'tap: カット', 'user: 土曜の15時', 'tap: 佐藤', 'tap: はい'], '山田');
    expect(text).toContain('tap: カット');
    const later = readScript(text);
    expect('script' in later && later.script.turns.map(({ tap }) => tap)).toEqual([undefined, 'カット', undefined, '佐藤', '予約を確定する']);
    const [log] = await logOf('例', ['prisma/shops/salon.yml'], kept, async (house) => {
      const script = readScript("title: 例\nnow: 2026-11-24T10:12:00+09:00\nworld: { name: 山田 }\nturns:\n  - user: 予約したい\n  - tap: カット\n  - user: 土曜の15時\n  - tap: 佐藤\n  - tap: はい\n");
      if ('script' in script) await playScript(house, LANE, script.script);
    });
    const middle = (await exported({ ...log!, entries: log!.entries.slice(6) }))!;
    expect(middle).toMatch(/postback: 1\.\d+\.me\.staff\.『佐藤』/);
    expect(middle).toMatch(/^start:/m);
    expect(await trouble('例', middle)).toEqual([]);
  });

  test('a turn that was taken back or half written is left out and said; the next one begins from its own talk', async () => {
    const [log] = await logOf('例', ['prisma/shops/salon.yml'], kept, async (house) => {
      const script = readScript('title: 例\nnow: 2026-11-24T10:12:00+09:00\nturns:\n  - user: 土曜の15時にカット\n  - user: 佐藤さんで\n  - user: やっぱり16時で\n');
      if ('script' in script) await playScript(house, LANE, script.script);
    });
    const entries = log!.entries.filter(({ id, role }) => !(role === 'system' && id.startsWith(log!.entries[2]!.turnId)));
    const text = (await exported({ ...log!, entries }))!;
    expect(text).toContain('ここにあった発話は再現できません: 返信の記録がありません');
    expect(text).toMatch(/^ {4}talk:/m);
    expect(await trouble('例', text)).toEqual([]);
  });
});
