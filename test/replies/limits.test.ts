import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { violations } from '../../src/line/limits.ts';
import type { Act } from '../../src/dialogue/says.ts';
import { writeTap } from '../../src/dialogue/tap.ts';
import { clipped, shortened, split } from '../../src/replies/limits.ts';
import { render } from '../../src/replies/render.ts';
import { actOf, shopWith } from './acts.ts';

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom('', '   ', '{user}', '{{7*7}}', '<b>x</b>', '👨‍👩‍👧‍👦'.repeat(80), 'あ'.repeat(3_000), '\u200b', '改\n行'),
);

describe('whatever the shop is called and whatever is said', () => {
  test('LINE would take the messages', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 3, maxLength: 40 }), fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), fc.boolean(), (names, picks, several) => {
        const stores = shopWith(names, several);
        const acts = picks.map((pick) => actOf(pick, stores));
        const messages = render(acts, { now: Date.UTC(2026, 10, 24), stores, customerName: names[0]!, tap: (verb, value) => writeTap({ seq: 123_456 }, 'x'.repeat(300), verb, value) });
        expect(messages.length).toBeGreaterThan(0);
        expect(violations(messages)).toEqual([]);
        expect(messages.slice(0, -1).every((m) => m.quickReply === undefined)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('nothing of the machine shows through', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), (picks) => {
        const stores = shopWith(['みなも', '田中', 'カット'], false);
        const said = JSON.stringify(render(picks.map((pick) => actOf(pick, stores)), { now: Date.UTC(2026, 10, 24), stores, customerName: null, tap: () => 'data' }));
        expect(said).not.toMatch(/undefined|NaN|\[object |Invalid Date|:null|"null/);
      }),
      { numRuns: 200 },
    );
  });

  test('a name in braces is a name', () => {
    const stores = shopWith(['{name}'], false);
    const welcome: Act = { say: 'welcome', again: false };
    expect(JSON.stringify(render([welcome], { now: 0, stores, customerName: null, tap: () => 'x' }))).toContain('{name}の');
    expect(render([welcome], { now: 0, stores, customerName: null, tap: () => 'x' })[0]!.type).toBe('text');
  });
});

describe('cutting', () => {
  test('counts what a reader sees as characters', () => {
    expect(shortened('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3)).toBe('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦');
    expect(shortened('あいうえお', 3)).toBe('あい…');
  });
  test('leaves no half of a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 3, max: 20 }), (text, most) => {
      expect(clipped(text, most).length).toBeLessThanOrEqual(most);
      expect(clipped(text, most).isWellFormed()).toBe(text.isWellFormed());
    }));
  });
  test('a long text goes on in the next bubble, nothing lost', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 20 }), (lines) => {
      const text = lines.join('\n');
      const parts = split(text, 40);
      expect(parts.every((part) => part.length <= 40)).toBe(true);
      expect(parts.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
    }));
  });
});
