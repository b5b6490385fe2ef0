import type { Command } from 'commander';

/** `aiteru migrate`: the schema alone, for who brings it up to date before the app. */
export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the PostgreSQL schema up to date (start does it too)')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgresql://aiteru@db/aiteru bin/aiteru migrate')
    .action(async () => {
      const [{ loadSettings }, { standUp }, { migrate }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('../storage/postgres/migrate.ts')]);
      const servers = await standUp(loadSettings(), ['postgres']);
      try {
        const applied = await migrate(servers.databaseUrl);
        console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
      } finally {
        await servers.stop();
      }
    });
}
