import type { Command } from 'commander';

/** `aiteru staff:calendar`: the address by which a person of the shop has his visits in the calendar of his phone. */
export function register(program: Command): void {
  program
    .command('staff:calendar')
    .description('make the address of a person’s calendar feed, or end it')
    .requiredOption('--name <name>', 'the person, as the shop file calls them')
    .option('--shop <shop>', 'the shop; may be left out where there is only one')
    .option('--revoke', 'end the address there is instead')
    .addHelpText('after', '\nExamples:\n  bin/aiteru staff:calendar --shop "ヘアサロン みなも" --name 佐藤\n  bin/aiteru staff:calendar --name 佐藤 --revoke')
    .action(async ({ name, shop, revoke }: { name: string; shop?: string; revoke?: true }) => {
      const [{ loadSettings }, { standUp }, { calendarOf }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('./staff/at-database.ts')]);
      const settings = loadSettings();
      const servers = await standUp(settings, ['postgres']);
      try {
        for (const line of await calendarOf(servers.databaseUrl, { name, publicUrl: settings.publicUrl, ...(shop === undefined ? {} : { shop }), ...(revoke ? { revoke } : {}) })) console.log(line);
      } finally {
        await servers.stop();
      }
    });
}
