import { join } from 'node:path';
import { startMongo } from '../../embedded/mongo.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startRedis } from '../../embedded/redis.ts';
import { PlainError } from '../../plain-error.ts';
import type { Settings } from '../../config.ts';
import { unreachable } from './reachable.ts';

/** Where the databases are; null = there is none of that kind, and the app does without. `stop` ends what was started here. */
export type Servers = { databaseUrl: string; redisUrl: string | null; mongoUrl: string | null; stop(): Promise<void> };

export type Kind = 'postgres' | 'redis' | 'mongo';
const ALL: readonly Kind[] = ['postgres', 'redis', 'mongo'];

/**
 * Checks the servers that settings name and starts those they do not; PostgreSQL always, the others where `kinds` has them.
 * Throws a PlainError with a line for each trouble.
 */
export async function standUp(settings: Settings, kinds: readonly Kind[] = ALL): Promise<Servers> {
  const redisUrl = kinds.includes('redis') ? settings.redisUrl : null;
  const mongoUrl = kinds.includes('mongo') ? settings.mongoUrl : null;
  const troubles = await Promise.all([
    settings.databaseUrl && unreachable('DATABASE_URL', 'PostgreSQL', settings.databaseUrl),
    redisUrl && unreachable('REDIS_URL', 'Redis', redisUrl),
    mongoUrl && unreachable('MONGODB_URL', 'MongoDB', mongoUrl),
  ]);
  const lines = troubles.filter((trouble) => trouble !== null);
  if (lines.length > 0) throw new PlainError(lines.join('\n'));

  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
  };
  /** The server of a setting, or one started for it and remembered. */
  const standing = async (kind: Kind, named: string | null, start: Start): Promise<string | null> => {
    if (named !== null || !kinds.includes(kind)) return named;
    const server = await start(join(settings.dataDir, kind));
    if (server) started.push(server);
    return server?.url ?? null;
  };
  const [postgres, redis, mongo] = await Promise.allSettled([
    standing('postgres', settings.databaseUrl, startPostgres),
    standing('redis', redisUrl, startRedis),
    standing('mongo', mongoUrl, startMongo),
  ]);
  if (postgres.status === 'fulfilled' && postgres.value !== null && redis.status === 'fulfilled' && mongo.status === 'fulfilled') {
    return { databaseUrl: postgres.value, redisUrl: redis.value, mongoUrl: mongo.value, stop };
  }
  await stop();
  // The embedded servers say in one line what is wrong; they may not know our error class.
  throw new PlainError([postgres, redis, mongo].flatMap((s) => (s.status === 'rejected' ? [(s.reason as Error).message] : [])).join('\n'));
}

type Start = (dir: string) => Promise<{ url: string; stop(): Promise<void> } | null>;
