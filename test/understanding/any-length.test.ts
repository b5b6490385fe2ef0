import { expect, test } from '@jest/globals';
import { understand } from '../../src/understanding/pipeline.ts';
import type { HearingContext } from '../../src/understanding/context.ts';

const NOW = Date.parse('2026-11-24T10:00:00+09:00');
const ctx: HearingContext = {
  now: NOW, judgedAt: NOW, hours: null, asked: null, known: { dates: null, time: null }, offered: [],
  lexicon: { stores: [], menus: [{ name: 'カット', aliases: ['髪を切る'] }], staff: [{ name: '田中', aliases: ['たなか'] }] },
};

// Words that rules begin or repeat with: a rule that can read the same text in two ways doubles its work with each.
const PIECES = [
  ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんっゃー、。？！〜・ 1０一日月時分年半',
  'ああ', 'えっ', 'えーと', 'です', 'ます', 'か？', 'じゃなくて', 'やっぱり', 'いや、', 'ください', 'お願い', 'さん', 'ちゃん', '田中', '髪を切る',
  'カット', 'キャンセル', '予約', '来週の', '1時', '12/', '090-', '人', '名', '番目', 'の方', 'ありがとう', 'はい', 'そう', '空いて', 'ない', '😀', '​', 'ab ', '<b>',
];

test('a message of any repeated piece, 5,000 characters long, is heard', () => {
  // Not a measurement: work that grew faster than the text would never come back.
  for (const piece of PIECES) expect(understand(piece.repeat(Math.ceil(5000 / piece.length)), ctx).text.length).toBeGreaterThan(4999);
}, 60_000);
