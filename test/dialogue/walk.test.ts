import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { prove } from '../../src/commands/walk/explore.ts';
import type { Walk } from '../../src/commands/walk/explore.ts';
import { DEEDS } from '../../src/commands/walk/events.ts';
import { freshTalk } from '../../src/dialogue/talk.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('no reachable talk is a dead end, silent, or does not come to rest, and docs/dialogue.md has today\'s map', async () => {
  // In a process of its own: a million turns are several times slower inside the test runner.
  const { stdout } = await promisify(execFile)(process.execPath, ['src/commands/cli.ts', 'walk', '--check'], { cwd: root });
  expect(stdout).toContain('0 without a way to a booking, 0 silent turns, 0 cancels that do not come to rest');
  expect(stdout).toContain('is up to date');
}, 180_000);

test('the proof sees a talk that leads nowhere and a turn that says nothing', () => {
  const deed = DEEDS.find((d) => d.name === 'give up')!;
  const lost = { ...freshTalk(0), goal: 'book' as const };
  const walk: Walk = { talks: [freshTalk(0), lost], edges: [{ from: 0, to: 0, deed, said: 1, books: true, cancels: false }, { from: 0, to: 1, deed, said: 0, books: false, cancels: false }], longestTurn: 1 };
  expect(prove(walk)).toEqual({ deadEnds: [lost], silent: [{ talk: freshTalk(0), deed: 'give up' }], notIdle: [{ talk: freshTalk(0), deed: 'give up' }] });
});
