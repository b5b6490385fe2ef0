/** A script that must fail does fail, and says where; played in memory. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inWords } from '../../src/chatlog/check.ts';
import { readScript } from '../../src/chatlog/script.ts';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import { playScript } from '../../src/play/run.ts';

const SALON = path.resolve(import.meta.dirname, '../../prisma/shops/salon.yml');
const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };

/** What a test of the script would say, empty when it passes. */
async function played(turns: string, world = '', start = '{}'): Promise<string> {
  const read = readScript(`title: 例\nnow: 2026-11-24T10:12:00+09:00\nworld: { name: 山田${world} }\nstart: ${start}\nturns:\n${turns}`);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  const differences = await playScript(memoryHouse([SALON], () => performance.now()), LANE, read.script);
  return differences.map((d) => inWords('a/b.yml', d)).join('\n');
}

test('the example of the documentation is one', async () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(path.resolve(import.meta.dirname, '../../docs/conversations.md'), 'utf8')) ?? [];
  const read = readScript(example);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  expect(await playScript(memoryHouse([SALON], () => performance.now()), LANE, read.script)).toEqual([]);
});

const BOOKS = '  - user: 土曜の15時にカット、佐藤さんで\n    say: [{ confirm: { proposal: { start: 2026-11-28T15:00 } } }]\n  - user: はい\n';

test('a script that the product follows gives nothing', async () => {
  expect(await played(`${BOOKS}    book: { menu: カット, when: 2026-11-28T15:00 }\n    text: [ご予約が確定しました]\n    not: [キャンセル待ち]\nends: { bookings: [カット 佐藤 2026-11-28T15:00], waiting: 0, goal: idle, name: 山田, blocked: false }\n`)).toBe('');
});

describe('a script that must fail does fail, with file:line, wanted and got', () => {
  test('something else was heard', async () => {
    expect(await played('  - user: 明日空いてる？\n    heard: { when: 2026-11-26 }\n')).toMatch(/^a\/b\.yml:6 {2}heard\n {4}wanted \{"when":"2026-11-26"\}\n {4}got {4}.*"2026-11-25"/);
  });

  test('another act was said', async () => {
    expect(await played('  - user: 明日空いてる？\n    say: [full]\n')).toMatch(/^a\/b\.yml:6 {2}say\n {4}wanted \[\{"say":"full"\}\]\n {4}got {4}\[\{"say":"open"\}\]$/);
  });

  test('the act is right and a fact is not: only the facts the script speaks of are shown', async () => {
    expect(await played('  - user: 土曜の15時にカット、佐藤さんで\n    say: [{ confirm: { proposal: { staff: 田中 } } }]\n'))
      .toContain('got    [{"say":"confirm","proposal":{"staff":"佐藤"}}]');
  });

  test('one act more was said than the script lists', async () => {
    expect(await played('  - user: 予約したい。カットで、土曜\n    say: [ask_staff]\n')).toMatch(/wanted \[\{"say":"ask_staff"\}\]\n {4}got .*"noted".*"ask_staff"/);
  });

  test('nothing was booked', async () => {
    expect(await played('  - user: 明日空いてる？\n    book: { menu: カット }\n')).toMatch(/^a\/b\.yml:6 {2}book\n.*\n {4}got {4}nothing of the kind/);
  });

  test('words are missing, words are there that must not be', async () => {
    expect(await played('  - user: 明日空いてる？\n    text: [満席]\n')).toMatch(/^a\/b\.yml:6 {2}text\n {4}wanted 満席\n {4}got {4}明日は/);
    expect(await played('  - user: 明日空いてる？\n    not: [予約しますか]\n')).toMatch(/^a\/b\.yml:6 {2}not in the text/);
  });

  test('the world ends otherwise', async () => {
    expect(await played(`${BOOKS}ends: { bookings: [カット 田中 2026-11-28T15:00] }\n`)).toMatch(/^a\/b\.yml:9 {2}ends\.bookings\n {4}wanted \["カット 田中 2026-11-28T15:00"\]\n {4}got {4}\["カット 佐藤 2026-11-28T15:00"\]$/);
    expect(await played(`${BOOKS}ends: { bookings: 0 }\n`)).toMatch(/wanted 0\n {4}got {4}1$/);
  });

  test('more was heard than a turn that is exact allows', async () => {
    const turn = (heard: string) => `  - user: 土曜の15時にカット\n    heard: ${heard}\n    exactly: true\n`;
    expect(await played(turn('{ intent: book, menu: カット }'))).toMatch(/heard/);
    expect(await played(turn('{ assumed: nearest_weekday, menu: カット, when: 2026-11-28T15:00, intent: book }'))).toBe('');
  });

  test('only the first turn that differs is told: what follows is off script', async () => {
    expect((await played('  - user: 明日空いてる？\n    say: [full]\n  - user: やっぱりいいです\n    say: [hello]\nends: { goal: book }\n')).match(/a\/b\.yml/g)).toHaveLength(1);
  });
});

describe('what cannot be played says what there would be', () => {
  test.each([
    ['a button that is not shown', '  - user: 予約したい\n  - tap: 確定\n', '', /^no button “確定”; there are: カット .*やめる$/],
    ['a picker that is not shown', '  - user: こんにちは\n  - pick: 2026-11-28\n', '', /^no picker is shown to pick 2026-11-28 with$/],
    ['a person the shop does not have', '  - user: a\n', ", taken: ['鈴木 11/28 15:00-16:00']", /nobody called 鈴木$/],
    ['a visit at a time that is taken', '  - user: a\n', ", taken: ['佐藤 11/28'], mine: ['カット 佐藤 11/28 15:00']", /^“カット 佐藤 11\/28 15:00”: cannot be booked \(staff_taken\)$/],
    ['a cancelling where nobody has a visit', "  - pause: 1m\n    meanwhile: [cancel 佐藤 11/28 15:00]\n", '', /^“cancel 佐藤 11\/28 15:00”: nobody has a visit that begins then$/],
    ['a wait for what is free', '  - pause: 1m\n    meanwhile: [join カット 佐藤 11/28 15:00]\n', '', /there is nothing to wait for on 2026-11-28$/],
    ['a day that is none', '  - user: a\n', ", taken: ['佐藤 土曜']", /“土曜” is no day; expected 11\/28, 2026-11-28 or \+3$/],
  ])('%s', async (_what, turns, world, said) => {
    await expect(played(turns, world)).rejects.toThrow(said);
  });

  test('and the line it stands in', async () => {
    await expect(played('  - user: 予約したい\n  - tap: 確定\n')).rejects.toMatchObject({ line: 7 });
  });
});

describe('a customer', () => {
  test('whose message comes twice is answered once', async () => {
    expect(await played(`${BOOKS}    send: twice\n    say: [booked]\nends: { bookings: 1 }\n`)).toBe('');
  });

  test('may find a time gone that was free a moment ago', async () => {
    expect(await played(`${BOOKS}    meanwhile: [佐藤 11/28 15:00-16:00]\n    say: [{ full: { taken: true } }]\nends: { bookings: 0 }\n`)).toBe('');
  });

  test('may find a time free that somebody gave back', async () => {
    const asks = '  - user: 土曜の15時にカット、佐藤さんで\n';
    expect(await played(`${asks}    say: [full]\n  - pause: 5m\n    meanwhile: [cancel 佐藤 11/28 15:00]\n    say: []\n${asks}    say: [confirm]\n`, ", taken: ['佐藤 11/28 15:00-16:00']")).toBe('');
  });

  test('hears nothing in a pause in which nothing happens', async () => {
    expect(await played('  - pause: 2h\n    told: []\n    notices: []\n')).toBe('');
    expect(await played('  - pause: 2h\n    told: [offer]\n')).toMatch(/told\n {4}wanted \[\{"say":"offer"\}\]\n {4}got {4}\[\]/);
  });

  test('may begin in the middle', async () => {
    expect(await played('  - user: はい\n    say: [ask_menu]\n', '', '{ goal: look, pending: { about: start_look }, known: { dates: [2026-11-28] } }')).toBe('');
  });
});
