import type { Command } from 'commander';

/** `aiteru fuzz`: the waiting list under fire, on a database of its own. */
export function register(program: Command): void {
  program
    .command('fuzz')
    .option('--seconds <n>', 'how long', '60')
    .option('--processes <n>', 'how many processes share the database', '3')
    .option('--seed <n>', 'which random numbers', '1')
    .description('let processes join, cancel, answer and crash at random, and check what must hold of the waiting list')
    .addHelpText('after', '\nExamples:\n  bin/aiteru fuzz\n  bin/aiteru fuzz --seconds 300 --seed 7\n\nUses a database of its own, which it removes. Exit code 1 when something does not hold.')
    .action(async (options: { seconds: string; processes: string; seed: string }) => {
      const { mkdtempSync, rmSync } = await import('node:fs');
      const { tmpdir } = await import('node:os');
      const { join } = await import('node:path');
      const { startPostgres } = await import('../embedded/postgres.ts');
      const { migrate } = await import('../storage/postgres/migrate.ts');
      const { fuzz, inLines } = await import('./fuzz/run.ts');
      const dir = mkdtempSync(join(tmpdir(), 'aiteru-fuzz-'));
      const postgres = await startPostgres(join(dir, 'postgres'));
      try {
        await migrate(postgres.url);
        const report = await fuzz(postgres.url, { seconds: Number(options.seconds), processes: Number(options.processes), seed: Number(options.seed) });
        console.log(inLines(report).join('\n'));
        if (report.broken.length > 0) process.exitCode = 1;
      } finally {
        await postgres.stop();
        rmSync(dir, { recursive: true, force: true });
      }
    });
}
