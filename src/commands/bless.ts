import type { Command } from 'commander';

const HELP = `
Plays the scripts and writes into them what this build hears and says where it is not what stands there, for review as a
diff: git diff conversations. Comments and layout stay, and only facts a script speaks of are written. What else differs
(what was booked, the end) is said and left. Not in CI: there a difference is a failure.

Exit codes: 0 every script is as this build plays it, 1 some still differ, or CI is set, 2 not understood.

Example:
  bin/aiteru bless conversations/dates/christmas-eve.yml`;

/** `aiteru bless`: what the bot does now is what it should. */
export function register(program: Command): void {
  program
    .command('bless')
    .argument('<files...>', 'scripts (conversations/…/….yml)')
    .description('rewrite what scripts expect to be heard and said by what this build does')
    .addHelpText('after', HELP)
    .action(async (files: string[]) => {
      const { bless } = await import('./bless/run.ts');
      process.exitCode = await bless(files);
    });
}
