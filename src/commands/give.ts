import type { Command } from 'commander';

const HELP = `
Writes two files: everything as JSON, and one page to read or print (個人情報の開示). What others said in their own
chats is not in them.

Exit codes: 0 written, 1 nobody or not understood, 2 a store is away.

Example:
  bin/aiteru give --user 090-1234-5678 --out ./disclosure`;

type Options = { user: string; out: string };

/** `aiteru give`: all that is held about a customer. */
export function register(program: Command): void {
  program
    .command('give')
    .description('write all that is held about a customer: JSON, and one readable page')
    .requiredOption('--user <who>', 'the customer: id, LINE id, phone number or name')
    .option('--out <folder>', 'where the two files go', '.')
    .addHelpText('after', HELP)
    .action(async ({ user, out }: Options) => {
      const [{ personMeant, withRecord }, { givePerson }, { givenPage }, { mkdir, writeFile }, { join }] = await Promise.all([
        import('./logs/record.ts'), import('../chatlog/personal.ts'), import('./give/page.ts'), import('node:fs/promises'), import('node:path'),
      ]);
      await withRecord(async (record) => {
        const person = await personMeant(record, user);
        const given = await givePerson(record, person, await record.now());
        const [json, page] = ['json', 'html'].map((ending) => join(out, `aiteru-${person.userId}.${ending}`)) as [string, string];
        await mkdir(out, { recursive: true });
        // Nobody else on the machine reads it.
        await writeFile(json, `${JSON.stringify(given, null, 2)}\n`, { mode: 0o600 });
        await writeFile(page, givenPage(given, record.stores), { mode: 0o600 });
        console.log(`${given.log.length} log entries, ${given.held['visits']?.length ?? 0} visits:\n${json}\n${page}`);
      });
    });
}
