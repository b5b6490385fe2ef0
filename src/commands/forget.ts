import type { Command } from 'commander';

const HELP = `
Takes everything away that tells who somebody was: name, phone, LINE id, every word said and answered, talks, places on
waiting lists, what is still to be sent. Visits and payments stay, without a person, so that counts stay true. It cannot
be undone; \`give\` writes down what there is first. In the chat logs of the shop's people the customer's name goes too.

Exit codes: 0 forgotten, 1 nobody or not understood, 2 a store is away and nothing was done: say it again.

Example:
  bin/aiteru forget --user 山田花子 --yes`;

type Options = { user: string; yes?: boolean };

/** `aiteru forget`: a customer, everywhere. */
export function register(program: Command): void {
  program
    .command('forget')
    .description('delete a customer\'s words, name, phone and LINE id everywhere; visits stay without a person')
    .requiredOption('--user <who>', 'the customer: id, LINE id, phone number or name')
    .option('--yes', 'do not ask first')
    .addHelpText('after', HELP)
    .action(async ({ user, yes = false }: Options) => {
      const [{ personMeant, withRecord }, { forgetPerson }, { PlainError }, { visible }] = await Promise.all([
        import('./logs/record.ts'), import('../chatlog/personal.ts'), import('../plain-error.ts'), import('../chatlog/words/visible.ts'),
      ]);
      await withRecord(async (record) => {
        const person = await personMeant(record, user);
        const who = `${person.name ? visible(person.name) : '（お名前なし）'} (${person.userId})`;
        const staff = await record.data.staffOf(person.userId);
        if (staff !== null) throw new PlainError(`${who} is ${staff}, who works at the shop: take the LINE account off that person first.`);
        if (!yes && !(await agreed(`Forget ${who}, for good?`))) throw new PlainError('Nothing was done.');
        const { entries, mentions, ahead } = await forgetPerson(record, person, await record.now());
        console.log(`${who} is forgotten: ${entries} log entries are gone${mentions > 0 ? `, and the name from ${mentions} entries of others` : ''}.`);
        if (ahead > 0) console.log(`${ahead === 1 ? 'A visit' : `${ahead} visits`} to come ${ahead === 1 ? 'stays' : 'stay'} in the calendar without a name: cancel ${ahead === 1 ? 'it' : 'them'} at the shop if nobody will come.`);
      });
    });
}

/** Asks on a terminal; in a pipe there is nobody to ask, and the command means what it says. */
async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return true;
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
