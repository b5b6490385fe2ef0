import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readTurn, turnsOf } from '../../src/chatlog/turns.ts';
import { happened } from '../../src/chatlog/happened.ts';
import type { LogEntry } from '../../src/chatlog/record.ts';
import { actInWords } from '../../src/chatlog/words/acts.ts';
import { columns, cut, padded, wrapped } from '../../src/chatlog/words/columns.ts';
import { effectInWords } from '../../src/chatlog/words/effects.ts';
import { assumedRows, heardRows, refusedRows } from '../../src/chatlog/words/heard.ts';
import { visible, visibleJson, visibleLine } from '../../src/chatlog/words/visible.ts';
import { fromLocal } from '../../src/model/time.ts';
import { salon } from '../support/salon.ts';

/** Anything a terminal obeys rather than shows. */
const OBEYED = /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2028\u2029]|\p{Cc}/u;
const NOW = fromLocal('2026-11-24T10:00');
const SALON = salon().store;
const naming = { stores: [SALON], now: NOW };
const text = fc.string({ unit: fc.constantFrom('\u001b', '[', '3', '1', 'm', '\u202e', '\u0007', '\u009b', '\r', '\n', '\t', 'あ', '👨‍👩‍👧', '\ud83d', '\u200b', 'a', ' ') });

describe('what customers wrote, on a terminal', () => {
  test('no text moves the cursor, colours or turns the reading; line breaks stay line breaks', () => {
    fc.assert(fc.property(text, (it) => {
      expect(visible(it).replaceAll('\n', '')).not.toMatch(OBEYED);
      expect(visibleLine(it)).not.toMatch(OBEYED);
    }));
    expect(visible('\u001b[31m赤\u202e逆\r\n次')).toBe('\\u001b[31m赤\\u202e逆\n次');
    expect(visibleLine('上\n下')).toBe('上 ⏎ 下');
    expect(visible('👨‍👩‍👧 と ❤️')).toBe('👨‍👩‍👧 と ❤️');
  });

  test('JSON for programs is the same value, and as harmless', () => {
    fc.assert(fc.property(fc.dictionary(text, text), (it) => {
      const json = visibleJson(it);
      expect(json).not.toMatch(OBEYED);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(it)));
    }));
  });
});

describe('columns', () => {
  test('a Japanese character takes two, an emoji of several parts those it shows, an accent none', () => {
    expect(['カット', 'ｶｯﾄ', 'abc', '🎉', '〜', 'e\u0301', '予約 15:00'].map(columns)).toEqual([6, 3, 3, 2, 2, 1, 10]);
    expect(padded('佐藤', 6)).toBe('佐藤  ');
    expect(cut('明日空いてる？', 8)).toBe('明日空…');
  });

  test('wrapped lines are no wider than asked and lose nothing but blanks', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('明', 'a', '1', ' ', '[', ']', '、', '\n', '👍') }), fc.integer({ min: 4, max: 30 }), (it, width) => {
      const lines = wrapped(it, width);
      expect(lines.every((line) => columns(line) <= width)).toBe(true);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(it.replaceAll(/\s/g, ''));
    }));
    expect(wrapped('こちら [はい] [いいえ]', 15)).toEqual(['こちら [はい]', '[いいえ]']);
  });
});

describe('in an operator’s words', () => {
  const visit = { id: 'r', userId: 'u', storeId: SALON.id, staffId: SALON.staff[0]!.id, menuIds: [SALON.menus[0]!.id], start: fromLocal('2026-11-28T15:00'), end: fromLocal('2026-11-28T16:00'), status: 'confirmed', nominated: true };

  test('a booking is its day, time, menu and person', () => {
    expect(actInWords({ say: 'booked', visit }, naming)).toBe(`予約 11/28(土) 15:00 ${SALON.menus[0]!.name} ${SALON.staff[0]!.name}`);
  });

  test('what is no more is said to be', () => {
    expect(actInWords({ say: 'booked', visit }, { stores: [], now: NOW })).toBe('予約 11/28(土) 15:00 （今はないメニュー） （今はない担当）');
  });

  test('an act of another build is its name, and half of one does no harm', () => {
    expect(actInWords({ say: 'sang', song: 1 }, naming)).toBe('sang');
    expect(actInWords({ say: 'booked' }, naming)).toBe('booked');
    expect(actInWords(null, naming)).toBe('null');
  });

  test('an effect says what came of it', () => {
    const effect = { do: 'book', visit: { storeId: SALON.id, menuIds: visit.menuIds, staffId: null }, start: visit.start, notes: null };
    expect(effectInWords({ effect, answer: { to: 'book', taken: 'full', nearest: [{ start: fromLocal('2026-11-28T16:00'), staffIds: [] }] } }, naming)).toContain('→ 埋まっていた、近い空き 11/28(土) 16:00');
    expect(effectInWords({ effect: { do: 'sing' }, answer: null }, naming)).toBe('sing → 記録なし');
  });

  test('what was heard comes with the words that said it', () => {
    const heard = { text: '', intent: 'book', when: [{ dates: ['2026-11-28'], time: { from: '15:00', to: '15:00' } }], menus: { set: ['カット'] }, topics: [], then: [], assumed: [{ part: 'date', why: 'nearest_weekday', words: '土曜' }], refuse: null, evidence: [{ part: 'date', words: '土曜', from: 0, to: 2 }, { part: 'menu', words: 'かっと', from: 3, to: 6 }] };
    expect(heardRows(heard).map(({ label, value, words }) => `${label} ${value}${words}`)).toEqual(['意図 予約', '日時 2026-11-28 (土)  15:00「土曜」', 'メニュー カット「かっと」']);
    expect(assumedRows(heard)).toEqual([{ label: '日付', value: '一番近い曜日', words: '「土曜」' }]);
    expect(refusedRows({ ...heard, refuse: { reason: 'impossible_date', words: '2/30' } })).toEqual([{ label: '', value: 'ない日付', words: '「2/30」' }]);
  });

  test('whatever the record holds, nothing throws and every entry is read', async () => {
    const half = fc.record({ id: fc.string(), timestamp: fc.constant(NOW), role: fc.constantFrom('user', 'system', 'staff', 'x'), message: fc.anything(), turnId: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), turn: fc.anything(), delivery: fc.anything(), acts: fc.anything() }, { requiredKeys: ['timestamp'] });
    const known = fc.record({ say: fc.constantFrom('booked', 'open', 'full', 'miss', 'confirm', 'noted', 'cannot', 'mine', 'offer'), visit: fc.anything(), looked: fc.anything(), days: fc.anything(), proposal: fc.anything() }, { requiredKeys: ['say'] });
    const turn = fc.record({ acts: fc.array(known), heard: fc.array(fc.dictionary(fc.constantFrom('intent', 'when', 'menus', 'staff', 'assumed', 'refuse', 'evidence', 'then', 'topics', 'choice'), fc.anything())), effects: fc.array(fc.record({ effect: fc.anything(), answer: fc.anything() })) });
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(half, half.chain((it) => turn.map((record) => ({ ...it, turn: record })))), { minLength: 1 }), async (them) => {
      const entries = them as unknown as LogEntry[];
      const turns = await Promise.all(turnsOf(entries).map((one) => readTurn(one, async () => [SALON])));
      expect(turns.flatMap((it) => it.said)).toHaveLength(entries.length);
      await happened(entries, async () => [SALON]);
    }));
  });
});
