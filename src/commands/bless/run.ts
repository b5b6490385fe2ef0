import { writeFileSync } from 'node:fs';
import { blessed } from '../../chatlog/bless.ts';
import type { Came } from '../../chatlog/bless.ts';
import { inWords } from '../../chatlog/check.ts';
import type { Difference } from '../../chatlog/check.ts';
import { readScript, shopsOf } from '../../chatlog/script.ts';
import type { Script } from '../../chatlog/script.ts';
import { runsInCi } from '../../config.ts';
import { PlainError } from '../../plain-error.ts';
import { playScript } from '../../play/run.ts';
import { ScriptError } from '../../play/script-error.ts';
import { memoryHouse, readText } from '../talk/memory-house.ts';

const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };

/** Gives the exit code. Every script is read before any is written. */
export async function bless(files: readonly string[]): Promise<number> {
  if (runsInCi()) throw new PlainError('CI is set: a script that differs is a failure here. Run bless at your desk, and commit what you find right.');
  const scripts = files.map((file) => {
    const text = readText(file);
    return { file, text, read: readScript(text) };
  });
  const mistakes = scripts.flatMap(({ file, read }) => ('mistakes' in read ? read.mistakes.map((mistake) => `${file}:${mistake}`) : []));
  if (mistakes.length > 0) throw new PlainError(mistakes.join('\n'), 2);
  let differing = 0;
  for (const { file, text, read } of scripts) if ('script' in read && !(await blessOne(file, text, read.script))) differing++;
  return differing === 0 ? 0 : 1;
}

/** True when the file then is as this build plays it. */
async function blessOne(file: string, text: string, script: Script): Promise<boolean> {
  const stores = await memoryHouse(shopsOf(script), ticks).stores(LANE.channel);
  const came: Came[] = [];
  await played(script, (seen) => void came.push(seen));
  const { text: written, changed } = blessed(text, script.turns, came, stores);
  if (changed > 0) writeFileSync(file, written);
  const again = readScript(written);
  if ('mistakes' in again) throw new Error(`${file}: what was written cannot be read: ${again.mistakes.join('; ')}`);
  const left = await played(again.script);
  console.log(`${file}: ${changed === 0 ? (left.length === 0 ? '変わりません' : '書き換えるところがありません') : `${changed}発話を書き換えました`}`);
  for (const difference of left) console.log(`  ✗ ${typeof difference === 'string' ? difference : inWords(file, difference)}`);
  return left.length === 0;
}

/** Plays a script in a house of its own; gives where it differs, or the sentence of what cannot be. */
async function played(script: Script, told: (seen: NonNullable<Came>) => void = () => {}): Promise<(Difference | string)[]> {
  try {
    return await playScript(memoryHouse(shopsOf(script), ticks), LANE, script, (_turn, { heard, acts }) => {
      void _turn;
      told({ heard, acts });
    });
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return [`${error.line}行目 ${error.message}`];
  }
}

const ticks = (): number => performance.now();
