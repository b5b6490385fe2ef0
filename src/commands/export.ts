import type { Command } from 'commander';

const HELP = `
Writes a conversation of the log as a script (docs/conversations.md). Names, phone numbers, addresses and ids are replaced,
the same one always the same, also where the customer wrote them within a sentence. The answers of the calendar are kept in
it, so that the file is a passing test at once on the build that logged it. Without --from and --to: the customer's last
conversation.

Exit codes: 0 written, 1 no such customer or nothing to write, 2 the log cannot be read.

Examples:
  bin/aiteru export --user 山田花子 > conversations/trouble/says-it-twice.yml
  bin/aiteru export --user U4af49806… --from 11/28 --to 11/28
  npm run -s export -- --user 山田花子 > conversations/trouble/says-it-twice.yml`;

/** `aiteru export`: a conversation of the log becomes a script, by people nobody knows. */
export function register(program: Command): void {
  program
    .command('export')
    .description('write a conversation of the log as a script: a test, without whose it was')
    .requiredOption('--user <who>', 'of this customer: id, LINE id, phone number or name')
    .option('--from <day>', 'from this day or moment on')
    .option('--to <day>', 'up to this day, or before this moment')
    .addHelpText('after', HELP)
    .action(async (flags: { user: string; from?: string; to?: string }) => {
      const { runExport } = await import('./export/run.ts');
      await runExport(flags);
    });
}
