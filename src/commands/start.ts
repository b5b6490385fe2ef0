import type { Command } from 'commander';

/** `aiteru start`: the app, with embedded servers for what no setting names. */
export function register(program: Command): void {
  program
    .command('start')
    .description('start the app (and, without a LINE channel, the simulator)')
    .option('--examples', 'load the two example shops if there is no shop yet')
    .addHelpText('after', '\nExamples:\n  bin/aiteru start\n  PORT=8080 LOG_LEVEL=warn bin/aiteru start\n\nCtrl-C finishes the turn in hand; a second one does not wait.')
    .action(async (options: { examples?: boolean }) => {
      const { start } = await import('./start/start.ts');
      await start({ examples: options.examples === true });
    });
}
