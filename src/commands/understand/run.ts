import { PlainError } from '../../plain-error.ts';
import { understand } from '../../understanding/pipeline.ts';
import { lineOf } from './line.ts';
import { EXAMPLES, contextOf, everyDay, exampleSetting, hearing, momentOf, settingOf } from './setting.ts';
import type { Setting } from './setting.ts';
import { show } from './show.ts';

type Options = { shop?: string; now?: string; context?: string };

/** One message as a person reads it. Without a text the first line of the input is taken. */
export async function showOne(text: string | undefined, options: Options): Promise<string> {
  const said = text ?? (await firstLine());
  return show(understand(said, hearing(settingOf(options.shop), momentOf(options.now), contextOf(options.context))));
}

async function firstLine(): Promise<string> {
  if (process.stdin.isTTY) throw new PlainError('Which message? For example: npm run -s understand -- "明日空いてる？"');
  for await (const line of linesOf(process.stdin)) return line;
  throw new PlainError('The input is empty; give a message, or lines with --jsonl.');
}

/** Lines end with a line feed only: a message may hold every other character that some call a line end. */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let rest = '';
  input.setEncoding('utf8');
  for await (const chunk of input) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** One line of input; everything but the text may be left out or null. */
type Asked = { text: string; now?: string; hours?: { open: string; close: string }; context?: string; shop?: string };

/**
 * Hears line after line, in order, and writes one line for each; a line that cannot be read gives `{line, error}`.
 * True when every line could be read.
 */
export async function hearLines(input: NodeJS.ReadableStream, options: Options, write: (line: string) => void): Promise<boolean> {
  const base = settingOf(options.shop);
  const now = momentOf(options.now);
  const settings = new Map<string, Setting>();
  let line = 0;
  let well = true;
  for await (const raw of linesOf(input)) {
    line++;
    if (raw.trim() === '') continue;
    try {
      const asked = askedIn(raw);
      const setting = shopOf(asked.shop, base, settings);
      const moment = asked.now === undefined ? now : momentOf(asked.now);
      const ctx = hearing(asked.hours ? { ...setting, hours: everyDay(asked.hours.open, asked.hours.close) } : setting, moment, contextOf(asked.context ?? options.context));
      write(JSON.stringify(lineOf(understand(asked.text, ctx), moment)));
    } catch (error) {
      well = false;
      write(JSON.stringify({ line, error: error instanceof PlainError ? error.message : String(error) }));
    }
  }
  return well;
}

function askedIn(raw: string): Asked {
  let asked: Record<string, unknown>;
  try {
    asked = JSON.parse(raw) as Record<string, unknown>;
  } catch {
    throw new PlainError('this is not JSON');
  }
  if (typeof asked !== 'object' || asked === null || typeof asked['text'] !== 'string') throw new PlainError('"text" must be a string');
  for (const key of ['now', 'context', 'shop'] as const) if (asked[key] !== undefined && asked[key] !== null && typeof asked[key] !== 'string') throw new PlainError(`"${key}" must be a string`);
  const { hours } = asked as { hours?: { open?: unknown; close?: unknown } | null };
  if (hours && !(isClock(hours.open) && isClock(hours.close))) throw new PlainError('"hours" must be {"open": "HH:MM", "close": "HH:MM"}');
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)) as Asked;
}

const isClock = (value: unknown): boolean => typeof value === 'string' && /^\d{1,2}:\d{2}$/.test(value);

/** The words of a named example shop; otherwise those the command was given. */
function shopOf(name: string | undefined, base: Setting, settings: Map<string, Setting>): Setting {
  if (name === undefined) return base;
  const example = EXAMPLES.find((e) => e === name);
  if (!example) throw new PlainError(`"shop" must be one of ${EXAMPLES.join(', ')}`);
  const setting = settings.get(example) ?? exampleSetting(example);
  settings.set(example, setting);
  return setting;
}
