import { describe, expect, test } from '@jest/globals';
import { blessed } from '../../src/chatlog/bless.ts';
import type { Came } from '../../src/chatlog/bless.ts';
import { readScript, shopsOf } from '../../src/chatlog/script.ts';
import { memoryHouse } from '../../src/commands/talk/memory-house.ts';
import { playScript } from '../../src/play/run.ts';
import { LANE } from '../support/recording.ts';

const FILE = `# kept, as all comments are
title: 満席なので近い時間で予約
now: 2026-11-24T12:20:00+09:00
world: { name: 藤田, taken: [佐藤 11/28 15:00-16:00] }
turns:
  - user: 土曜の15時に佐藤さんでカットしたいです   # said in a hurry
    heard: { intent: book, when: 2026-11-28T15:00, menu: カット, staff: 佐藤 }
    say:
      # full, with ways on
      - { full: { waitable: true } }
  - user: こんにちは
    say: [hello]
  - tap: 11/28(土) 16:00
    say: [{ confirm: { proposal: { staff: 佐藤, start: 2026-11-28T16:00 } } }]
  - user: はい
    heard:
      intent: affirm
    say:
      - booked
    book: { menu: カット, staff: 佐藤, when: 2026-11-28T16:00 }
`;

async function bless(text: string): Promise<{ text: string; changed: number }> {
  const read = readScript(text);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  const house = memoryHouse(shopsOf(read.script), () => performance.now());
  const came: Came[] = [];
  await playScript(house, LANE, read.script, (_, seen) => void came.push(seen));
  return blessed(text, read.script.turns, came, await house.stores('default'));
}
const GOOD = FILE.replace('say: [hello]', 'say: [hello, go_on]');

describe('a blessed script', () => {
  test('is what this build plays, and then stays as it is to the last blank', async () => {
    const once = await bless(FILE);
    const again = await bless(once.text);
    expect(again).toEqual({ text: once.text, changed: 0 });
  });

  test.each([
    ['another fact of what was heard', 'menu: カット, staff: 佐藤 }', 'menu: カラー, staff: 佐藤 }'],
    ['a fact that is heard no more', 'menu: カット, staff: 佐藤 }', 'menu: カット, staff: 佐藤, people: 2 }'],
    ['another act in a list', '      - booked', '      - moved'],
    ['another act on its line', 'say: [{ confirm: { proposal: { staff: 佐藤, start: 2026-11-28T16:00 } } }]', 'say: [full]'],
    ['another fact of an act', 'start: 2026-11-28T16:00 } } }]', 'start: 2026-11-28T17:00 } } }]'],
    ['an act too many', '      - booked', '      - booked\n      - hello'],
    ['what was heard, in a block', '      intent: affirm', '      intent: deny'],
  ])('has only the place rewritten where it was wrong: %s', async (_what, right, wrong) => {
    const { text: file } = await bless(GOOD);
    expect(file).toContain(right);
    const { text, changed } = await bless(file.replace(right, wrong));
    expect(changed).toBe(1);
    const [before, after] = [file.split('\n'), text.split('\n')];
    expect(after.filter((line) => !before.includes(line)).length).toBeLessThanOrEqual(1);
    expect(await bless(text)).toEqual({ text, changed: 0 });
    expect(text).toContain('# kept, as all comments are');
    expect(text).toContain('# said in a hurry');
  });
});
