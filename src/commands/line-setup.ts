import type { Command } from 'commander';

const HELP = `
Checks each channel with LINE (who we are, the month's messages), sets the webhook's address and has LINE test it,
draws the rich menu and shows it to everybody. Run again it changes only what differs. What only a person can switch
it lists. docs/line-setup.md has every step with its clicks.

Exit codes: 0 all is well, 1 something is wrong.

Examples:
  bin/aiteru line:setup --url https://aiteru.example.jp
  bin/aiteru line:setup --channel minato            one channel, its address left as it is`;

/** `aiteru line:setup`: LINE accounts, ready for customers. */
export function register(program: Command): void {
  program
    .command('line:setup')
    .description('set up the LINE accounts of the settings: webhook, rich menu, checks (docs/line-setup.md)')
    .option('--url <https://…>', 'where the app is reached from the internet; without it the webhook is only tested')
    .option('--channel <name>', 'only this channel')
    .option('--no-menu', 'leave the rich menu as it is')
    .addHelpText('after', HELP)
    .action(async (options: { url?: string; channel?: string; menu: boolean }) => {
      const { setUp } = await import('./line-setup/run.ts');
      if (!(await setUp(options, (line) => console.log(line)))) process.exitCode = 1;
    });
}
