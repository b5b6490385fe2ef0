import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const dir = mkdtempSync(path.join(tmpdir(), 'aiteru-understand-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the command line; `input` goes to its standard input. */
const aiteru = (words: readonly string[], input = ''): Promise<{ code: number | null; out: string; err: string }> => new Promise((resolve) => {
  const child = spawn(path.join(ROOT, 'node_modules/.bin/node'), ['src/commands/cli.ts', ...words], { cwd: ROOT });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += String(data)));
  child.stderr.on('data', (data) => (said.err += String(data)));
  child.on('close', (code) => resolve({ code, ...said }));
  child.stdin.end(input);
});
const NOW = '2026-11-24T10:00+09:00';
const file = (name: string, lines: readonly unknown[]): string => {
  writeFileSync(path.join(dir, name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path.join(dir, name);
};

describe('understand', () => {
  test('shows what was heard and which words said it', async () => {
    const { code, out } = await aiteru(['understand', '--now', NOW, '来週の土曜の15時、田中さんでカット']);
    expect(code).toBe(0);
    for (const words of ['2026-12-05 (土)', '15:00', '「来週の土曜」', '田中', '「カット」']) expect(out).toContain(words);
  });

  test('the context of our last question is an option, and a misspelt one is answered with the right one', async () => {
    expect((await aiteru(['understand', '--context', 'offered_waitlist', '大丈夫です'])).out).toContain('deny');
    const { code, err } = await aiteru(['understand', '--context', 'confirmin', 'はい']);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('did you mean confirming') });
  });

  test('a shop of one file brings its own words', async () => {
    expect((await aiteru(['understand', '--shop', 'prisma/shops/clinic.yml', 'カットお願いします'])).out).not.toContain('メニュー');
    expect((await aiteru(['understand', '--shop', 'nowhere.yml', 'カット'])).err).toContain('nowhere.yml: there is no such file');
  });

  test('lines come out one for one and in order; a bad one is named and nothing else is lost', async () => {
    const lines = [
      { text: '明日の15時にカット', now: NOW }, '{not json', { text: 'はい', context: 'confirming' }, { texts: 'x' },
      { text: 'カットお願いします', shop: 'clinic' }, { text: '明日3時', now: NOW, hours: { open: '10:00', close: '20:00' }, context: null }, { text: '\u2028a' },
    ];
    const { code, out } = await aiteru(['understand', '--jsonl'], lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n'));
    const heard = out.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(1);
    expect(heard).toMatchObject([
      { dates: ['2026-11-25'], time: { from: '15:00', to: '15:00' }, exclude: null, refuse: null, intent: 'book', entities: { menu: ['カット'], date_phrase: '明日の15時' } },
      { line: 2, error: expect.any(String) }, { none: true, intent: 'affirm', entities: {}, assumed: [] }, { line: 4, error: expect.stringContaining('text') },
      { entities: {} }, { time: { from: '15:00', to: '15:00' }, assumed: [expect.objectContaining({ part: 'time' })] }, { none: true },
    ]);
  });

  test('days with times of their own are slots', async () => {
    const { out } = await aiteru(['understand', '--jsonl'], JSON.stringify({ text: '明日の13時か明後日の15時で', now: NOW }));
    expect(JSON.parse(out)).toMatchObject({ slots: [{ dates: ['2026-11-25'], time: { from: '13:00' } }, { dates: ['2026-11-26'], time: { from: '15:00' } }] });
  });
});

describe('score', () => {
  const dates = file('dates.jsonl', [
    { id: 'a', text: '明日の15時', now: NOW, expect: { dates: ['2026-11-25'], time: { from: '15:00', to: '15:00' }, exclude: null, refuse: null }, family: 'days' },
    { id: 'b', text: '2/30に行きたい', now: NOW, expect: { dates: null, time: null, exclude: null, refuse: 'impossible_date' }, family: 'refused' },
    { id: 'c', text: '今週中', now: NOW, expect: { dates: { from: '2026-11-24', to: '2026-11-29' }, time: null, exclude: null, refuse: null }, family: 'days' },
    { id: 'd', text: 'こんにちは', now: NOW, expect: { none: true }, family: 'none' },
    { id: 'wrong', text: '明後日', now: NOW, expect: { dates: ['2026-11-25'], time: null, exclude: null, refuse: null }, family: 'days' },
  ]);
  const messages = file('messages.jsonl', [
    { id: 'e', text: 'カットの予約お願いします', context: null, intent: 'book', alsoAccept: [], entities: { menu: ['カット'] } },
    { id: 'f', text: 'いいです', context: 'offered_waitlist', intent: 'affirm', alsoAccept: ['deny'], entities: {} },
  ]);
  const bookings = file('bookings.jsonl', [
    { id: 'g', domain: 'restaurant', text: '3月5日の18時半に4人でお願いします', want: { month: 3, day: 5, hour: 18, minute: 30, people: 4 }, repair: false, previous: null },
    { id: 'h', domain: 'restaurant', text: 'では19時に変更してください', want: { month: 3, day: 5, hour: 19, minute: 0, people: 4 }, repair: true, previous: { month: 3, day: 5, hour: 18, minute: 30, people: 4 } },
  ]);

  test('tells the kinds of files apart and counts by family', async () => {
    const { code, out } = await aiteru(['score', '--fails', '3', dates, messages, bookings]);
    expect(code).toBe(0);
    expect(out).toMatch(/days +3 +66\.7%/);
    expect(out).toMatch(/refused +1 +100\.0%/);
    expect(out).toContain('wrong 明後日');
    expect(out).toMatch(/total +2 +50\.0% +100\.0% +100\.0%/);
    expect(out).toMatch(/restaurant, corrected +1 +100\.0%/);
  });

  test('a file of another kind is refused', async () => {
    const other = file('other.jsonl', [{ hello: 1 }]);
    const { code, err } = await aiteru(['score', other]);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('not a measuring set') });
  });
});
