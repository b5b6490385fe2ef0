import type { Command } from 'commander';

/** `aiteru walk`: visits every talk that can be reached and proves that none is a dead end. No database, no clock. */
export function register(program: Command): void {
  program
    .command('walk')
    .description('visit every reachable talk, prove that none is a dead end, and draw the map')
    .option('--page <file>', 'the page whose map is replaced', 'docs/dialogue.md')
    .option('--check', 'write nothing; fail when the map is out of date')
    .addHelpText('after', '\nExample:\n  bin/aiteru walk\n\nExit code 1 when a talk has no way to a booking, a turn says nothing, giving up does not end at rest, or --check finds another map.')
    .action(async ({ page, check }: { page: string; check?: true }) => {
      const { readFileSync, writeFileSync } = await import('node:fs');
      const { depth, prove, walk } = await import('./walk/explore.ts');
      const { withMap } = await import('./walk/map.ts');
      const found = walk();
      const { deadEnds, silent, notIdle } = prove(found);
      console.log(`${found.talks.length} talks, ${found.edges.length} turns, the farthest ${depth(found)} turns away, at most ${found.longestTurn} hops a turn`);
      console.log(`${deadEnds.length} without a way to a booking, ${silent.length} silent turns, ${notIdle.length} cancels that do not come to rest`);
      for (const talk of deadEnds.slice(0, 5)) console.log(`  no way to a booking: ${JSON.stringify(talk)}`);
      for (const { talk, deed } of [...silent, ...notIdle].slice(0, 5)) console.log(`  after "${deed}": ${JSON.stringify(talk)}`);
      const before = readFileSync(page, 'utf8');
      const after = withMap(before, found);
      if (!check) writeFileSync(page, after);
      console.log(!check ? `map written to ${page}` : before === after ? `the map in ${page} is up to date` : `the map in ${page} is out of date: npm run walk draws it anew`);
      if (deadEnds.length + silent.length + notIdle.length > 0 || (check && before !== after)) process.exitCode = 1;
    });
}
