import type { Command } from 'commander';

/** `aiteru import`: shops from their files, loaded or brought up to date. */
export function register(program: Command): void {
  program
    .command('import')
    .description('load or update shops from their files (docs/shop-file.md)')
    .argument('<files...>', 'a file for each shop')
    .addHelpText('after', '\nA file with mistakes is refused whole, each with its line; then nothing is imported.\n\nExamples:\n  bin/aiteru import prisma/shops/salon.yml\n  npm run import -- shop.yml another.yml')
    .action(async (files: string[]) => {
      const { readShopFiles } = await import('./import/shop-files.ts');
      const shops = readShopFiles(files);
      const [{ loadSettings }, { standUp }, { loadShops }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('./import/load.ts')]);
      const servers = await standUp(loadSettings(), ['postgres']);
      try {
        for (const line of await loadShops(servers.databaseUrl, shops)) console.log(line);
      } finally {
        await servers.stop();
      }
    });
}
