import type { Command } from 'commander';

/** `aiteru bench`: turns and bookings a second, beside the SDK's echo bot and beside pgbench, in one run. */
export function register(program: Command): void {
  program
    .command('bench')
    .option('--seconds <n>', 'how long each part is measured', '8')
    .option('--customers <n>', 'how many customers write side by side', '32')
    .option('--reminders <n>', 'so many reminders that are due at once, instead')
    .option('--processes <n>', 'how many processes share the reminders', '2')
    .description('measure turns and bookings a second beside the SDK’s echo bot and pgbench')
    .addHelpText('after', '\nExamples:\n  bin/aiteru bench\n  bin/aiteru bench --seconds 20 --customers 64\n  bin/aiteru bench --reminders 10000\n\nUses databases of its own, which it removes. Ratios are the finding; the figures move with the machine.')
    .action(async (options: { seconds: string; customers: string; reminders?: string; processes: string }) => {
      if (options.reminders !== undefined) {
        const { benchReminders } = await import('./bench/reminders.ts');
        return benchReminders({ count: Number(options.reminders), processes: Number(options.processes) }, (line) => console.log(line));
      }
      const { bench } = await import('./bench/run.ts');
      await bench({ seconds: Number(options.seconds), customers: Number(options.customers) }, (line) => console.log(line));
    });
}
