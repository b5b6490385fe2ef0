/** Every file of conversations/ is a test: the whole turn on a real PostgreSQL, in a house where nothing has happened yet. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inWords } from '../src/chatlog/check.ts';
import { readableAll } from '../src/chatlog/readable.ts';
import { readScript, shopsOf } from '../src/chatlog/script.ts';
import type { Shop } from '../src/model/shop-file.ts';
import { ScriptError } from '../src/play/script-error.ts';
import { doing, playScript } from '../src/play/run.ts';
import { playHouse } from './support/play-house.ts';
import type { House } from './support/play-house.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const files = globSync('conversations/*/*.yml', { cwd: ROOT }).sort();
const FOLDERS = ['availability', 'booking', 'cancel', 'correction', 'dates', 'deposit', 'digression', 'handoff', 'move', 'reminder', 'rules', 'shops', 'staff', 'trouble', 'waitlist'];

/** One house for the same shops; a script begins with it emptied. */
const houses = new Map<string, Promise<House>>();
const houseOf = (shops: (string | Shop)[]): Promise<House> =>
  houses.get(JSON.stringify(shops)) ?? houses.set(JSON.stringify(shops), playHouse(shops.map((shop) => (typeof shop === 'string' ? path.join(ROOT, shop) : shop)))).get(JSON.stringify(shops))!;
afterAll(async () => void (await Promise.all([...houses.values()].map(async (house) => (await house).close()))));

test('every kind of conversation has some, and there are a hundred', () => {
  expect([...new Set(files.map((file) => path.basename(path.dirname(file))))]).toEqual(expect.arrayContaining(FOLDERS));
  expect(files.length).toBeGreaterThanOrEqual(100);
});

describe('conversations', () => {
  test.each(files)('%s', async (file) => {
    const read = readScript(readFileSync(path.join(ROOT, file), 'utf8'));
    if ('mistakes' in read) throw failure(read.mistakes.map((m) => `${file}:${m}`).join('\n'));
    const { script } = read;
    const house = await (await houseOf(shopsOf(script))).fresh();
    const told: string[] = [];
    const differences = await playScript(house, { channel: 'default', lineId: `U${'0'.repeat(31)}1` }, script, (turn, { said }) => {
      told.push(`  ${turn.line}: ${doing(turn)}\n    → ${readableAll(said).replaceAll('\n', '\n      ')}`);
    }).catch((error: unknown) => {
      throw error instanceof ScriptError ? failure(`${file}:${error.line}  ${error.message}`) : error;
    });
    const upTo = told.findLastIndex((line) => Number(/\d+/.exec(line)![0]) <= (differences[0]?.line ?? 0));
    if (differences.length > 0) throw failure(`${differences.map((d) => inWords(file, d)).join('\n')}\n${told.slice(Math.max(0, upTo - 1), upTo + 1).join('\n')}`);
  });
});

/** An error that is only its words: where in our code it was thrown says nothing about a script. */
function failure(words: string): Error {
  const error = new Error(words);
  error.stack = words;
  return error;
}
