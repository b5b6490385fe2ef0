import { join } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';

const EXAMPLE = join(import.meta.dirname, '../../prisma/shops/salon.yml');

/** `aiteru talk`: chat with the bot in the terminal, or watch a scripted conversation. No database, no LINE. */
export function register(program: Command): void {
  program
    .command('talk')
    .argument('[files...]', 'conversations to play (conversations/…/….yml); without any, you are the customer')
    .addOption(new Option('--shop <file>', 'the shop to talk to').default(EXAMPLE, 'the example salon'))
    .option('--now <moment>', 'the clock to start from, such as 2026-11-24T10:00+09:00')
    .description('chat with the bot in the terminal, or play scripted conversations')
    .addHelpText('after', '\nExamples:\n  bin/aiteru talk\n  bin/aiteru talk --shop prisma/shops/clinic.yml --now 2026-11-24T10:00+09:00\n  bin/aiteru talk conversations/availability/*.yml\n\nIn a chat: a number taps the button of that number, /pick 2026-11-28 picks a date, Ctrl-D ends.')
    .action(async (files: string[], options: { shop: string; now?: string }) => {
      const { chat, playFiles } = await import('./talk/run.ts');
      if (files.length > 0) process.exitCode = (await playFiles(files)) ? 0 : 1;
      else await chat(options);
    });
}
