import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONTEXTS, INTENTS } from '../../../src/understanding/heard.ts';
import type { Heard } from '../../../src/understanding/heard.ts';
import { oneEditApart } from '../../../src/understanding/typos.ts';
import { hear, LEXICON } from './hearing.ts';
import { SENTENCES } from './sentences.ts';

const asked = fc.constantFrom(null, ...CONTEXTS);
const pieces = SENTENCES.flatMap((s) => s.said.map((text) => text.split(' /')[0]!));
const japanese = fc.string({ unit: fc.constantFrom(...'あいうカキクッャー月火水0123時分日/:〜、。？!人名予約変更空田中佐藤😀\u200b\ufe0f\n (){}<>\\$%[]'), maxLength: 60 });
const message = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), japanese, fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((p) => p.join('')));

const wellFormed = (heard: Heard, text: string): void => {
  expect(INTENTS).toContain(heard.intent);
  for (const { words, from, to } of heard.evidence) expect(text.slice(from, to)).toBe(words);
  for (const next of heard.then) wellFormed(next, text);
};

test('any text in any context is heard without a throw, and evidence is a piece of it', () => {
  fc.assert(fc.property(message, asked, (text, context) => wellFormed(hear(text, context), text)), { numRuns: 600 });
});

test('the same message is always heard the same', () => {
  fc.assert(fc.property(message, asked, (text, context) => expect(hear(text, context)).toEqual(hear(text, context))), { numRuns: 100 });
});

test('invisible characters and emoji at the end change no intent', () => {
  fc.assert(fc.property(fc.constantFrom(...pieces.filter((p) => p.length > 3 && !/[a-z]/i.test(p))), fc.nat(), fc.constantFrom('\u200b', '\ufeff', '\u200d', '\u2060'), (text, at, invisible) => {
    const chars = [...text];
    chars.splice(at % (chars.length + 1), 0, invisible);
    expect(hear(chars.join('')).intent).toBe(hear(text).intent);
  }), { numRuns: 300 });
});

test('katakana, hiragana and half width say the same menu', () => {
  const hiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
  for (const { name } of LEXICON.menus) expect(hear(`${hiragana(name)}お願いします`).menus).toEqual(hear(`${name}お願いします`).menus);
});

test('what is no wish of ours books nothing', () => {
  for (const text of ['<img src=x onerror=alert(1)>', "'; DROP TABLE users; --", '{{7*7}} ${process.env}', '%s %d %n', 'qwertyuiop', '😀😀😀', '。。。', '', ' ', '\u200b', 'あ'.repeat(300), '../../../etc/passwd'])
    expect(['out_of_scope', 'help']).toContain(hear(text).intent);
});

test('one edit apart: inserted, missing, wrong or swapped, and nothing else', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 8 }), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (word, n, char) => {
    const i = n % word.length;
    const missing = word.slice(0, i) + word.slice(i + 1);
    expect(oneEditApart(word, missing)).toBe(true);
    expect(oneEditApart(missing, word)).toBe(true);
    const wrong = word.slice(0, i) + char + word.slice(i + 1);
    expect(oneEditApart(word, wrong)).toBe(wrong !== word);
    expect(oneEditApart(word, word)).toBe(false);
  }));
  expect(oneEditApart('とりーとめんと', 'とりめとんと')).toBe(false);
  expect(oneEditApart('くりーにんぐ', 'くりーにんんぐ')).toBe(true);
  expect(oneEditApart('くりーにんぐ', 'くりーんにぐ')).toBe(true);
});

test('5,000 characters of anything take time in proportion to their length', () => {
  const fillers = ['あ', 'キャンセルして、', '予約', '2人と', '田中さん', 'カットと', 'とりーとめん', '0', '0-', '?', '山', 'では', 'やっぱり', '佐藤です', 'えーっと、そのですね、', 'ー', 'a ', 'つて', '1時'];
  for (const filler of fillers) {
    const of = (length: number) => filler.repeat(Math.ceil(length / filler.length)).slice(0, length);
    const best = (text: string) => Math.min(...Array.from({ length: 4 }, () => {
      const started = performance.now();
      hear(text);
      return performance.now() - started;
    }));
    hear(of(5000));
    // Eight times the text may take twenty times as long, not sixty-four; the floor is for a busy machine.
    expect({ filler, slow: best(of(5000)) > Math.max(60, 20 * best(of(625))) }).toEqual({ filler, slow: false });
  }
});
