import type { Command } from 'commander';
import type { Moved } from '../chatlog/move.ts';

const HELP = `
Run it after MONGODB_URL was set and the app restarted; a running app does not mind. It may be stopped and run again.
An entry is removed from PostgreSQL only after MongoDB was read back to hold it.

Exit codes: 0 everything is in MongoDB, 1 it failed, 3 carried, but some stay in PostgreSQL for another run.

Example:
  MONGODB_URL=mongodb://db/aiteru bin/aiteru logs:move`;

/** `aiteru logs:move`: chat logs and visits from PostgreSQL to MongoDB. */
export function register(program: Command): void {
  program
    .command('logs:move')
    .description('carry chat logs and visit histories from PostgreSQL to MongoDB')
    .addHelpText('after', HELP)
    .action(async () => {
      const [{ loadSettings }, { standUp }, { PlainError }] = await Promise.all([import('../config.ts'), import('./start/servers.ts'), import('../plain-error.ts')]);
      const servers = await standUp(loadSettings(), ['postgres', 'mongo']);
      try {
        if (!servers.mongoUrl) throw new PlainError('MONGODB_URL is not set and this machine has no mongod: there is no MongoDB to carry the logs to.');
        process.exitCode = await move(servers.databaseUrl, servers.mongoUrl);
      } finally {
        await servers.stop();
      }
    });
}

async function move(databaseUrl: string, mongoUrl: string): Promise<number> {
  const [{ moveLogs }, { connect }, { postgresLogSource }, { connectMongo }, { prepareDocuments }, { mongoLogTarget }, { PlainError }] = await Promise.all([
    import('../chatlog/move.ts'),
    import('../storage/postgres/client.ts'),
    import('../storage/postgres/log-source.ts'),
    import('../storage/mongo/connect.ts'),
    import('../storage/mongo/documents.ts'),
    import('../storage/mongo/log-target.ts'),
    import('../plain-error.ts'),
  ]);
  const postgres = await connect(databaseUrl, { max: 2 });
  const mongo = await connectMongo(mongoUrl, prepareDocuments, { patienceMs: 30_000 });
  try {
    if (mongo.state() === 'down') throw new PlainError(`MONGODB_URL: MongoDB cannot be used: ${mongo.why()}`);
    const from = postgresLogSource(postgres.pool);
    const there = await from.count().catch((error: { code?: string }) => {
      throw error.code === '42P01' ? new PlainError('This PostgreSQL has no chat logs: bin/aiteru start or migrate was never run on it.') : error;
    });
    const moved = await moveLogs(from, mongoLogTarget(mongo), progressOf(there.entries));
    const left = await from.count();
    console.log(summary(moved, left));
    if (moved.different.length > 0) return 1;
    return left.entries + left.customers > 0 ? 3 : 0;
  } finally {
    await Promise.allSettled([mongo.close(), postgres.close()]);
  }
}

/** A line that counts, on a terminal; nothing in a pipe. */
function progressOf(all: number): (entries: number) => void {
  if (!process.stderr.isTTY) return () => {};
  return (entries) => process.stderr.write(`\r${entries} of ${Math.max(all, entries)} entries\u001B[K${entries >= all ? '\n' : ''}`);
}

function summary(moved: Moved, left: { entries: number; customers: number }): string {
  const lines = [`Carried ${moved.entries} log entries and the visits of ${moved.histories} customers to MongoDB.`];
  if (moved.different.length > 0) lines.push(`${moved.different.length} entries were not the same when read back and stay in PostgreSQL: ${moved.different.slice(0, 5).join(', ')}`);
  if (moved.waiting > 0) lines.push(`${moved.waiting} still wait for LINE: they are in both until a later run.`);
  const since = left.entries - moved.waiting - moved.different.length;
  if (since > 0) lines.push(`${since} were written meanwhile: the app still writes to PostgreSQL. Set MONGODB_URL, restart it and run this again.`);
  if (left.customers > 0) lines.push(`The visits of ${left.customers} customers stay in PostgreSQL for another run.`);
  return lines.join('\n');
}
