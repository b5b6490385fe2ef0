/** The command line, `bin/aiteru`. Exit codes: 0 done, 1 failed, 2 not understood. */
import { readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PlainError, plainly } from '../plain-error.ts';

/** What each file of this folder gives: its command, added to the program. Whatever is heavy is imported when it runs. */
type CommandModule = { register(program: Command): void };

const EXAMPLES = `
Examples:
  bin/aiteru start                                  the app, and the LINE simulator when no channel is set
  bin/aiteru import prisma/shops/salon.yml          load or update a shop
  bin/aiteru line:setup --url https://…             make a LINE account ready for customers
  bin/aiteru talk                                   chat with the bot in the terminal
  bin/aiteru understand "来週の土曜の午後、田中さんでカット"
  bin/aiteru COMMAND --help                         more about one command

"npm run COMMAND -- …" is the same thing. Settings: .env.example.`;

const program = new Command('aiteru')
  .description('空いてる — the reservation assistant on LINE')
  .addHelpText('after', EXAMPLES)
  .showHelpAfterError('Try --help.')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });

/** `logs:move` lives in `logs-move.ts`. Only what was asked for is read; help and slips need all of them. */
async function register(asked: string | undefined): Promise<void> {
  const its = `${asked?.replaceAll(':', '-')}.ts`;
  const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && file !== 'cli.ts').toSorted();
  for (const file of all.includes(its) ? [its] : all) ((await import(`./${file}`)) as CommandModule).register(program);
}

// `… | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// What was read and stripped of its types once is not again: a start in half the time, and 15 MB less.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/aiteru'));
try {
  await register(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong and ends with 1; here 1 means that a command was understood and failed.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const sentence = plainly(error);
    console.error(sentence ?? error);
    // At once: what a failed command left open must not keep the process.
    process.exit(error instanceof PlainError ? error.exitCode : 1);
  }
}
