import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { inWords } from '../../chatlog/check.ts';
import { readScript, shopsOf } from '../../chatlog/script.ts';
import type { ScriptTurn } from '../../chatlog/script.ts';
import { realNow } from '../../main.ts';
import { PlainError } from '../../plain-error.ts';
import { Player } from '../../play/player.ts';
import { ScriptError } from '../../play/script-error.ts';
import { doing, playScript } from '../../play/run.ts';
import { memoryHouse, readText } from './memory-house.ts';
import { answered, asked } from './show.ts';

const LANE = { channel: 'default', lineId: `U${'0'.repeat(31)}1` };
const ticks = () => performance.now();

/** Plays scripts one after another; true when every one of them went as written. A mistake in one does not stop the others. */
export async function playFiles(files: readonly string[]): Promise<boolean> {
  let astray = 0;
  for (const file of files) if (!(await playFile(file))) astray++;
  if (files.length > 1) console.log(`\n${files.length - astray} of ${files.length} conversations went as written.`);
  return astray === 0;
}

async function playFile(file: string): Promise<boolean> {
  const read = readScript(readText(file));
  if ('mistakes' in read) {
    console.log(`\n━━ ${file}\n${read.mistakes.map((m) => `  ✗ ${file}:${m}`).join('\n')}`);
    return false;
  }
  const { script } = read;
  console.log(`\n━━ ${script.title}  (${file})`);
  const house = memoryHouse(shopsOf(script), ticks);
  const stores = await house.stores('default');
  try {
    const differences = await playScript(house, LANE, script, (turn, played, player) => {
      console.log(asked(player.now, doing(turn)));
      console.log(answered(played, player.buttons(), stores));
    });
    console.log(differences.length === 0 ? '  ✓' : differences.map((d) => `  ✗ ${inWords(file, d)}`).join('\n'));
    return differences.length === 0;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    console.log(`  ✗ ${file}:${error.line}  ${error.message}`);
    return false;
  }
}

/** You are the customer, until the end of the input. */
export async function chat({ shop, now }: { shop: string; now?: string }): Promise<void> {
  const start = now === undefined ? realNow() : Date.parse(now);
  if (Number.isNaN(start)) throw new PlainError(`--now ${now}: not a moment; expected one such as 2026-11-24T10:00+09:00.`);
  const house = memoryHouse([resolve(shop)], ticks);
  const stores = await house.stores('default');
  const player = new Player(house, LANE, start);
  const began = ticks();
  console.log(`${stores[0]!.name} と話しています。番号でボタンを押せます。Ctrl-D で終わります。`);
  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: '▶ ', terminal: process.stdin.isTTY === true });
  input.prompt();
  for await (const line of input) {
    const text = line.trim();
    if (text !== '') {
      await player.moveTo(start + ticks() - began);
      try {
        const played = await player.play(turnOf(text, player));
        console.log(answered(played, player.buttons(), stores));
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        console.log(`  ${error.message}`);
      }
    }
    input.prompt();
  }
}

function turnOf(text: string, player: Player): ScriptTurn {
  const tapped = /^\d{1,2}$/.test(text) ? player.buttons()[Number(text) - 1] : undefined;
  if (tapped && tapped.type !== 'datetimepicker') return { line: 0, tap: tapped.label };
  const [, picked] = /^\/pick (\S+)$/.exec(text) ?? [];
  return picked ? { line: 0, pick: picked } : { line: 0, user: text };
}
