import type { Command } from 'commander';

const HELP = `
What is paid by a link is marked by itself. Whom it concerns is told on LINE as soon as the app runs.

Exit codes: 0 done, 1 there is no such deposit, or it is not open.

Examples:
  bin/aiteru deposits
  bin/aiteru deposits --paid 019b2c1e-5d2f-7a31-9c40-2f6f1d0f9a11`;

type Options = { paid?: string; returned?: string };

/** `aiteru deposits`: deposits a person has to see to, and the word that one was seen to. */
export function register(program: Command): void {
  program
    .command('deposits')
    .description('list deposits that are not paid yet or go back by hand, and mark them')
    .option('--paid <id>', 'the shop has received this one')
    .option('--returned <id>', 'the shop has given this one back')
    .addHelpText('after', HELP)
    .action(async ({ paid, returned }: Options) => {
      const [{ loadSettings }, { standUp }, { atDatabase, listOpen, markAsPaid, markAsReturned }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('./deposits/run.ts')]);
      const settings = loadSettings();
      const servers = await standUp(settings, ['postgres']);
      try {
        await atDatabase(servers.databaseUrl, settings.channels, async (house) => {
          if (paid !== undefined) console.log(await markAsPaid(house, paid));
          if (returned !== undefined) console.log(await markAsReturned(house, returned));
          if (paid === undefined && returned === undefined) for (const line of await listOpen(house)) console.log(line);
        });
      } finally {
        await servers.stop();
      }
    });
}
