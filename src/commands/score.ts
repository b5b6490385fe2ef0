import type { Command } from 'commander';

/** `aiteru score`: how much of a measuring set is understood. No database, no LINE. */
export function register(program: Command): void {
  program
    .command('score')
    .argument('<files...>', 'JSON lines: date phrases, messages with intents, or JMultiWOZ bookings; told apart by their fields')
    .option('--fails <n>', 'show the first n items that are not right', '0')
    .description('measure understanding on labelled files, with totals by family')
    .addHelpText('after', '\nExamples:\n  npm run -s score -- dates.jsonl utterances.jsonl\n  npm run -s score -- --fails 20 utterances.jsonl')
    .action(async (files: string[], options: { fails: string }) => {
      const { scoreFile } = await import('./score/run.ts');
      for (const file of files) console.log(scoreFile(file, Number(options.fails)));
    });
}
