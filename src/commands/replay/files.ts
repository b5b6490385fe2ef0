import { readScript, shopsOf } from '../../chatlog/script.ts';
import type { Script } from '../../chatlog/script.ts';
import type { ReplayedTurn } from '../../chatlog/replay/turn.ts';
import { toLocal } from '../../model/time.ts';
import { PlainError } from '../../plain-error.ts';
import { replayScript } from '../../play/replay.ts';
import { memoryHouse, readText } from '../talk/memory-house.ts';
import { momentOf } from './moment.ts';
import { INPUT } from './flags.ts';
import type { ReplayFlags } from './flags.ts';

const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };

/** Every turn of these scripts. Throws a PlainError with every mistake in them, before anything is played. */
export async function* replayedFiles(files: readonly string[], flags: Pick<ReplayFlags, 'now' | 'shops' | 'free' | 'world'>): AsyncGenerator<ReplayedTurn> {
  const scripts = readAll(files);
  const now = momentOf(flags.now);
  for (const { file, script } of scripts) {
    const house = memoryHouse(shopsOf(script), () => performance.now());
    yield* await replayScript(house, LANE, file, now === null ? script : { ...script, now: `${toLocal(now)}:00+09:00` });
  }
}

function readAll(files: readonly string[]): { file: string; script: Script }[] {
  const mistakes: string[] = [];
  const scripts = files.flatMap((file) => {
    const read = readScript(readText(file));
    if ('script' in read) return [{ file, script: read.script }];
    mistakes.push(...read.mistakes.map((mistake) => `${file}:${mistake}`));
    return [];
  });
  if (mistakes.length > 0) throw new PlainError(mistakes.join('\n'), INPUT);
  return scripts;
}
