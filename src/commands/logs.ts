import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { WHATS } from '../chatlog/what.ts';
import type { LogsOptions } from './logs/run.ts';

const HELP = `
Without --user: a line a conversation, the one that began last first. A conversation is one customer's day at the chat;
the day changes at four in the morning. All filters must be true of the same conversation.
With --user: the conversation as a chat, and beside each turn what was heard (and by which words), assumed, decided and
done, how the answer left and how long it took.

Days: 2026-11-28, 11/28, 今日, 昨日, 3日前; moments: 2026-11-28T15:00.
Exit codes: 0 shown (also when there is nothing), 1 no such customer or shop, 2 the log cannot be read, or not understood.

Examples:
  bin/aiteru logs                                   what was going on lately
  bin/aiteru logs --what missed --from 7日前         where the bot did not understand
  bin/aiteru logs --find 駐車場 --shop 渋谷
  bin/aiteru logs --user 山田花子                     her last conversations, turn by turn
  bin/aiteru logs --user U4af49806… --from 11/28 --to 11/28 --json`;

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number, such as 20.');
  return Number(text);
};

/** `aiteru logs`: conversations as a list, or one of them turn by turn. */
export function register(program: Command): void {
  program
    .command('logs')
    .description('list conversations by what happened in them, or read one turn by turn')
    .option('--find <words>', 'said in it by anybody, all of them; case and width of letters make no difference')
    .option('--user <who>', 'of this customer: id, LINE id, phone number or name')
    .option('--shop <name>', 'about this shop')
    .option('--from <day>', 'from this day or moment on')
    .option('--to <day>', 'up to this day, or before this moment')
    .addOption(new Option('--what <what>', 'in which this happened').choices(WHATS))
    .option('--limit <n>', 'at most so many conversations', whole)
    .option('--list', 'a line a conversation also with --user')
    .option('--json', 'for programs: a JSON array of conversations')
    .addHelpText('after', HELP)
    .action(async (options: LogsOptions) => {
      const { runLogs } = await import('./logs/run.ts');
      await runLogs(options);
    });
}
