import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { MissesOptions } from './misses/run.ts';

const HELP = `
What counts: the bot asked back because it did not understand; it asked the same once more and had noted nothing; it had
no answer to a question; or it went on without a word it did not know, and the customer then chose a menu or a person.
A group is what was said in nearly the same words. For each: what had been asked, and the one alias in the shop file that
would let most of it be heard, if there is one. --try replays every message of these days with it and without it.

Exit codes: 0 shown (also when there is nothing), 1 no such shop, menu or person, 2 the log cannot be read, or not understood.

Examples:
  bin/aiteru misses                                the last 30 days
  bin/aiteru misses --days 7 --shop 渋谷
  bin/aiteru misses --try 'alias: ストデジ = パーマ'`;

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('A whole number, such as 30.');
  return Number(text);
};
const listed = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** `aiteru misses`: what was not understood, and which alias would help. */
export function register(program: Command): void {
  program
    .command('misses')
    .description('what the bot did not understand, by likeness, and which alias would catch it')
    .option('--days <n>', 'of the last so many days', whole, 30)
    .option('--shop <name>', 'at this shop')
    .option('--limit <n>', 'so many groups', whole, 15)
    .option('--try <alias>', "replay these days with one more word, 'alias: WORD = NAME'; may be given several times", listed)
    .option('--json', 'for programs')
    .addHelpText('after', HELP)
    .action(async (options: MissesOptions) => {
      const { runMisses } = await import('./misses/run.ts');
      await runMisses(options);
    });
}
