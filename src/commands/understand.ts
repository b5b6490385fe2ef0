import type { Command } from 'commander';

type Options = { shop?: string; now?: string; context?: string; jsonl?: true };

/** `aiteru understand`: what one message says and which words said it. No database, no LINE. */
export function register(program: Command): void {
  program
    .command('understand')
    .argument('[text]', 'a message; without it the first line of the input is read')
    .option('--shop <file>', 'whose menus, people and hours are meant (default: the words of both example shops)')
    .option('--now <moment>', 'when it was written, such as 2026-11-24T10:00+09:00 (default: now)')
    .option('--context <label>', 'what the bot said last, such as confirming or offered_times')
    .option('--jsonl', 'read {"text", "now"?, "hours"?, "context"?, "shop"?} lines and write one line for each, in order')
    .description('show what a message says: days, time, menus, people, the wish')
    .addHelpText('after', '\nExamples:\n  npm run -s understand -- "来週の土曜の午後、田中さんでカット"\n  npm run -s understand -- --context confirming "やっぱり16時で"\n  npm run -s understand -- --shop prisma/shops/clinic.yml --now 2026-11-24T10:00+09:00 "明日の朝イチで検診"\n  npm run -s understand -- --jsonl < messages.jsonl\n\nWith --jsonl a line that cannot be read gives {"line", "error"} in its place, and the exit code is 1 at the end.')
    .action(async (text: string | undefined, options: Options) => {
      const { showOne, hearLines } = await import('./understand/run.ts');
      if (options.jsonl) process.exitCode = (await hearLines(process.stdin, options, (line) => void process.stdout.write(`${line}\n`))) ? 0 : 1;
      else console.log(await showOne(text, options));
    });
}
