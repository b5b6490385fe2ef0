import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawn } from '../../src/commands/line-setup/draw.ts';
import { contrast, lettersOn, mixed, onWhite } from '../../src/model/colour.ts';
import { ja } from '../../src/replies/ja.ts';
import { richMenu } from '../../src/replies/rich-menu.ts';
import { pictureOf } from '../../src/simulator/picture.ts';
import { Chat } from '../dialogue/chat.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

test('the six areas lie side by side, and each says what it is', () => {
  const { request } = richMenu({ name: 'みなも', colour: '#2f6f5e' });
  const boxes = request.areas!.map(({ bounds }) => bounds!);
  expect(boxes).toHaveLength(6);
  for (const [n, a] of boxes.entries()) {
    expect(a.x! + a.width!).toBeLessThanOrEqual(2500);
    expect(a.y! + a.height!).toBeLessThanOrEqual(1686);
    for (const b of boxes.slice(n + 1)) expect(a.x! + a.width! <= b.x! || b.x! + b.width! <= a.x! || a.y! + a.height! <= b.y! || b.y! + b.height! <= a.y!).toBe(true);
  }
  for (const { action } of request.areas!) expect(action).toMatchObject({ type: 'message', label: (action as { text: string }).text });
  for (const label of ja.richMenu.areas) expect([...label].length).toBeLessThanOrEqual(20);
});

describe('every area, typed', () => {
  test.each(ja.richMenu.areas)('%s is understood, at rest and in the middle of a booking', async (label) => {
    for (const before of [[], ['カットしたい'], ['土曜の15時に田中さんでカット'], ['土曜の15時に田中さんでカット', 'はい'], ['キャンセル待ちする']]) {
      const chat = new Chat();
      for (const words of before) await chat.say(words);
      const said = await chat.say(label);
      expect(said.length).toBeGreaterThan(0);
      for (const lost of ['miss', 'info_unknown', 'handover']) expect(said).not.toContain(lost);
    }
  });
});

test('the picture is of the size LINE is told, and small, whatever the shop is called', async () => {
  for (const name of ['みなも', '', '<&"\'>', '🦷 はいしゃ 🦷', 'あ'.repeat(255), 'Wm@'.repeat(80), '髙﨑歯科\n医院']) {
    const png = await drawn(richMenu({ name, colour: '#f6c945' }).svg);
    expect(pictureOf(png)).toEqual({ type: 'image/png', width: 2500, height: 1686 });
    expect(png.length).toBeLessThan(1024 * 1024);
  }
});

test('another name or colour is another menu, the same one the same', () => {
  const one = richMenu({ name: 'みなも', colour: '#2f6f5e' });
  expect(richMenu({ name: 'みなも', colour: '#2f6f5e' })).toEqual(one);
  expect(richMenu({ name: 'みなと', colour: '#2f6f5e' }).svg).not.toBe(one.svg);
  expect(richMenu({ name: 'みなも', colour: '#8a3f5c' }).svg).not.toBe(one.svg);
});

describe('whatever the colour', () => {
  test('letters on it and pictures in it can be seen', () => {
    fc.assert(fc.property(colour, (any) => {
      expect(contrast(any, lettersOn(any))).toBeGreaterThanOrEqual(3);
      expect(contrast(onWhite(any), '#ffffff')).toBeGreaterThanOrEqual(3);
    }));
  });
  test('a mixture lies between', () => {
    expect(mixed('#000000', '#ffffff', 0.5)).toBe('#808080');
    fc.assert(fc.property(colour, colour, (one, other) => {
      expect(mixed(one, other, 0)).toBe(one);
      expect(mixed(one, other, 1)).toBe(other);
    }));
  });
});
