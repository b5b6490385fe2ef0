import { Option } from 'commander';
import type { Command } from 'commander';
import { WHATS } from '../chatlog/what.ts';
import type { ReplayFlags } from './replay/flags.ts';

const HELP = `
A log is replayed turn by turn, each from the talk that was recorded, with the shops there were, the clock of the message,
and the calendar as it answered then. A file is played freely in a salon in memory. Nothing is sent or written.

Verdicts, worst first: booked differently, decided differently, heard differently, worded differently, same; off script and
cannot replay say nothing about the builds.
Exit codes: 0 nothing is worse than other words, 1 something is, nothing could be replayed, or there is no
such customer or shop, 2 a store is away or the input is not understood.

Examples:
  bin/aiteru replay --user 山田花子                        one customer's conversations, on this build
  bin/aiteru replay --user 山田花子 --at 3                  the third turn, with the talk before and after
  bin/aiteru replay --from 2026-11-01 --html november.html  a month, as a page
  bin/aiteru replay --what missed --from 30日前             is what was not understood understood now?
  bin/aiteru replay --user U4af49806… --now --world         as if it were written now, to an empty calendar
  bin/aiteru replay --from 7日前 --shops salon.yml             what would change with this shop file?
  bin/aiteru replay conversations/*/*.yml                   every script`;

/** `aiteru replay`: what would the bot of today answer? */
export function register(program: Command): void {
  program
    .command('replay')
    .argument('[files...]', 'conversations (conversations/…/….yml) to replay instead of logs')
    .description('replay conversations of the log, or of files, on this build and say what differs')
    .option('--user <who>', 'of this customer: id, LINE id, phone number or name')
    .option('--from <day>', 'from this day or moment on')
    .option('--to <day>', 'up to this day, or before this moment')
    .option('--find <words>', 'conversations with these words')
    .option('--shop <name>', 'about this shop')
    .addOption(new Option('--what <what>', 'in which this happened').choices(WHATS))
    .option('--free', 'carry the talk on freely instead of beginning each turn from the recorded one')
    .option('--world', 'ask a calendar in memory, empty but for what the customer has, instead of the log')
    .option('--shops <which>', 'the shops there were then, those of today, or what the log would be with a shop file: then, today or its path', 'then')
    .option('--at <turn>', 'show this turn of each conversation with the talk before and after it')
    .option('--now [moment]', 'as if it began now, or at a moment such as 2026-11-24T10:00 (in a free run)')
    .option('--html <file>', 'write the report as one page')
    .option('--json', 'for programs: { turns: […], report: {…} }')
    .option('--all', 'every turn that differs, not only the worst')
    .addHelpText('after', HELP)
    .action(async (files: string[], flags: ReplayFlags) => {
      const { runReplay } = await import('./replay/run.ts');
      process.exitCode = await runReplay(files, flags);
    });
}
