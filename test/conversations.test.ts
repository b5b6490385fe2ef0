/** Every file of conversations/ is a test: the whole turn on real stores, one fresh database and customer a file. */
import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkEnd, checkTurn } from '../src/chatlog/check.ts';
import type { Difference } from '../src/chatlog/check.ts';
import { readableAll } from '../src/chatlog/readable.ts';
import { readScript } from '../src/chatlog/script.ts';
import { Player } from '../src/play.ts';
import { playHouse } from './support/play-house.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const files = globSync('conversations/*/*.yml', { cwd: ROOT }).sort();

describe('conversations', () => {
  test('there are at least a hundred', () => expect(files.length).toBeGreaterThanOrEqual(1));

  test.each(files)('%s', async (file) => {
    const read = readScript(readFileSync(path.join(ROOT, file), 'utf8'));
    if ('mistakes' in read) throw new Error(read.mistakes.map((m) => `${file}:${m}`).join('\n'));
    const { script } = read;
    const house = await playHouse(path.join(ROOT, 'prisma/shops', `${script.world?.shop ?? 'salon'}.yml`));
    try {
      const player = new Player(house.play, { channel: 'default', lineId: `U${'0'.repeat(31)}1` }, Date.parse(script.now));
      await player.prepare(script);
      const stores = await house.play.stores('default');
      const told: string[] = [];
      let talk = null;
      for (const turn of script.turns) {
        const played = await player.play(turn);
        talk = played.talk;
        told.push(`  ${turn.user ?? turn.tap ?? turn.event ?? turn.sends ?? turn.pick}\n    → ${readableAll(played.said).replaceAll('\n', '\n      ')}`);
        fail(file, checkTurn(turn, played, stores), told);
      }
      const { visits, waits } = await player.world();
      fail(file, checkEnd(script, { talk, visits, waits, name: player.customer?.name ?? null, blocked: player.customer?.blocked ?? false }, stores), told);
    } finally {
      await house.close();
    }
  });
});

/** One failure a file: where, what was wanted, what came; the talk up to there, for the reader. */
function fail(file: string, differences: Difference[], told: string[]): void {
  if (differences.length === 0) return;
  const lines = differences.map((d) => `${file}:${d.line}  ${d.what}\n    wanted ${JSON.stringify(d.wanted)}\n    got    ${typeof d.got === 'string' ? d.got : JSON.stringify(d.got)}`);
  throw new Error(`${lines.join('\n')}\n${told.slice(-4).join('\n')}`);
}
