import type { Command } from 'commander';

/** `aiteru staff:code`: a one-time code by which a person of the shop says on LINE who he is. */
export function register(program: Command): void {
  program
    .command('staff:code')
    .description('make a one-time code by which one of the shop’s people links their LINE account')
    .requiredOption('--name <name>', 'the person, as the shop file calls them')
    .option('--shop <shop>', 'the shop; may be left out where there is only one')
    .option('--unlink', 'take the person’s LINE account away instead')
    .addHelpText('after', '\nExamples:\n  bin/aiteru staff:code --shop "ヘアサロン みなも" --name 佐藤\n  bin/aiteru staff:code --name 佐藤 --unlink')
    .action(async ({ name, shop, unlink }: { name: string; shop?: string; unlink?: true }) => {
      const [{ loadSettings }, { standUp }, { makeCode, unlinkPerson }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('./staff/at-database.ts')]);
      const servers = await standUp(loadSettings(), ['postgres']);
      try {
        const named = { name, ...(shop === undefined ? {} : { shop }) };
        for (const line of await (unlink ? unlinkPerson : makeCode)(servers.databaseUrl, named)) console.log(line);
      } finally {
        await servers.stop();
      }
    });
}
