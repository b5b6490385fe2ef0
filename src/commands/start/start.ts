import { join, relative } from 'node:path';
import { loadSettings } from '../../config.ts';
import type { Settings } from '../../config.ts';
import { loadExamples } from './examples.ts';
import { checkPort, placesOf } from './reachable.ts';
import { standUp } from './servers.ts';
import type { Servers } from './servers.ts';
import { closeAll, stopAsked } from './stopping.ts';
import type { Opened } from './stopping.ts';

/**
 * Starts everything and returns when it is closed again: settings, ports, servers, migrations, the house; on a signal
 * the same backwards, so that the turn in hand still has its databases. Throws a PlainError for what the operator can mend.
 */
export async function start({ examples }: { examples: boolean }): Promise<void> {
  const settings = loadSettings();
  const opened: Opened[] = [];
  // A second Ctrl-C: the servers are told, nobody is waited for. What still runs is used again by the next start.
  const stop = stopAsked(() => void closeAll(opened.filter(({ what }) => what === SERVERS)));
  // A bug of ours: said with its stack, and closed in order; a second one on the way ends the process as it is.
  process.once('uncaughtException', (bug) => {
    console.error(bug);
    void closeAll(opened).finally(() => process.exit(1));
  });
  try {
    await open(settings, examples, opened);
    await stop;
  } finally {
    if (!(await closeAll(opened))) process.exitCode = 1;
  }
  // Whatever a library still keeps open must not keep the process.
  process.exit();
}

const SERVERS = 'the databases';

async function open(settings: Settings, examples: boolean, opened: Opened[]): Promise<void> {
  const simulator = settings.channels.length === 0;
  await checkPort('PORT', settings.port);
  if (simulator) await checkPort('SIMULATOR_PORT', settings.simulatorPort);

  const servers = await standUp(settings);
  opened.push({ what: SERVERS, close: servers.stop });
  const { migrate } = await import('../../storage/postgres/migrate.ts');
  await migrate(servers.databaseUrl);
  if (examples) for (const line of await loadExamples(servers.databaseUrl)) console.log(line);

  const { openHouse } = await import('../../main.ts');
  const house = await openHouse({ settings, databaseUrl: servers.databaseUrl, redisUrl: servers.redisUrl, mongoUrl: servers.mongoUrl, simulator });
  opened.push({ what: 'the app', close: () => house.close() });
  for (const line of [...house.lines, ...whatStandsWhere(settings, servers), 'Ctrl-C ends it.']) console.log(line);
}

/** One line for each database; no passwords. */
function whatStandsWhere(settings: Settings, { databaseUrl, redisUrl, mongoUrl }: Servers): string[] {
  const place = (url: string): string => placesOf(url).map(({ host, port }) => `${host}:${port}`).join(', ') || 'as set';
  const short = (path: string): string => (relative(process.cwd(), path).startsWith('..') ? path : relative(process.cwd(), path));
  const how = (named: string | null, dir: string): string => (named === null ? `embedded, data in ${short(join(settings.dataDir, dir))}` : 'as set');
  const look = settings.databaseUrl === null ? `; look into it: psql "$(cat ${short(join(settings.dataDir, 'postgres/url'))})"` : '';
  return [
    `PostgreSQL      ${place(databaseUrl)} (${how(settings.databaseUrl, 'postgres')})${look}`,
    `Redis           ${redisUrl ? `${place(redisUrl)} (${how(settings.redisUrl, 'redis')})` : 'none: free slots are kept in this process'}`,
    `MongoDB         ${mongoUrl ? `${place(mongoUrl)} (${how(settings.mongoUrl, 'mongo')})` : 'none: chat logs are kept in PostgreSQL'}`,
  ];
}
