import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PlainError } from '../../plain-error.ts';
import { bookings } from './bookings.ts';
import { dates } from './dates.ts';
import { table } from './table.ts';
import type { Outcome } from './table.ts';
import { utterances } from './utterances.ts';

/** A kind of measuring set: how its items are known, and how each is judged. */
export type Kind = { name: string; measures: readonly string[]; holds: (item: Item) => boolean; judge: (item: Item) => Outcome | null };
export type Item = Record<string, unknown>;

const KINDS: readonly Kind[] = [dates, utterances, bookings];

/** Scores one file and prints its table; throws a PlainError for a file that is none of the kinds. */
export function scoreFile(file: string, fails: number): string {
  const items = read(file);
  const kind = KINDS.find((k) => items.length > 0 && items.every(k.holds));
  if (!kind) throw new PlainError(`${file}: not a measuring set; each line needs text with expect (dates), intent and entities (messages) or want and repair (JMultiWOZ).`);
  const outcomes: Outcome[] = [];
  let left = 0;
  const started = performance.now();
  for (const item of items) {
    const outcome = kind.judge(item);
    if (outcome) outcomes.push(outcome);
    else left++;
  }
  const micros = (1000 * (performance.now() - started)) / items.length;
  const text = table(`${basename(file)} (${kind.name})`, outcomes, kind.measures, micros, fails);
  return left > 0 ? `${text}${left} items left out: their day or time was said in an earlier message.\n` : text;
}

function read(file: string): Item[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlainError(`${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`);
  }
  return text.split('\n').flatMap((line, i): Item[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Item];
    } catch {
      throw new PlainError(`${file}:${i + 1}: this line is not JSON`);
    }
  });
}
