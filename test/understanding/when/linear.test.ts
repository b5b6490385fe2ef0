import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reading } from './read.ts';

const LENGTH = 5000;
/** Work that grows faster than the text takes seconds at this length; ten times what it takes is only a slow machine. */
const GUARD = 250;
/** Milliseconds of the processor for one message: the least of up to five, since the machine does other things, too. */
function cost(text: string): number {
  let least = Infinity;
  for (let i = 0; i < 5 && least >= 20; i++) {
    const start = process.cpuUsage();
    reading(text, { known: { day: '2026-11-28', time: '15:00' } });
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
const repeated = (unit: string, length = LENGTH): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Pieces of words, signs and numbers that the reader has to look twice at. */
const PIECES = [
  '1時', '来週の', '一', '1/', '12/', '1-', '1.', '1:', '1,', '今日', '明日か', 'か', '、', '〜', '1〜', 'から', 'まで', '土', '月・', '月曜', '第1', '令和1',
  'r1', '10:00', '15時じゃなくて', 'やっぱり', 'いや', '無理', '3日後', '次の', '朝', '午後', '3時から', '以降', '土曜以外', 'の', '連休', '年末', '最短',
  'もう少し', '30分', '30分遅く', 'ー', 'あす', 'あ', 'a', '🙇‍♀️', 'ﾞ', '(土)', '(', '11月', '2026年1月1日', '4泊5日', 'の予約', 'に変更', '明日ありがとう',
  '\n', '平日か', '成人の日', '第2土曜か', '半年後', 'じゅうごじ', '\u200b', '\ud83d', '2026年', '夏休み',
];

test('5,000 characters of anything are read in passing', () => {
  reading(repeated('明日の15時、'));
  for (const piece of PIECES) expect([piece, cost(repeated(piece)) < GUARD]).toEqual([piece, true]);
});
test('mixed pieces, too, and nothing throws', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }), (pieces) => cost(repeated(pieces.join(''))) < GUARD), { numRuns: 60 });
});
test('any text at all is read without throwing', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
    const { evidence } = reading(text);
    return evidence.every((e) => text.slice(e.from, e.to) === e.words);
  }), { numRuns: 500 });
});
test('eight times the text costs about eight times as much', () => {
  const text = 'お世話になっております。髪を1/3くらい切って3番のトーンにしたいです。';
  const best = (length: number) => Math.min(...Array.from({ length: 5 }, () => cost(repeated(text, length))));
  // Eight when it grows with the text, sixty-four when with its square.
  expect(best(80_000) / best(10_000)).toBeLessThan(24);
});
