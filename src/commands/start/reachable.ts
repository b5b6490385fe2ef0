import { connect, createServer } from 'node:net';
import { PlainError, plainly } from '../../plain-error.ts';

/** Throws a PlainError when `port` cannot be listened on; 0 always can. Asked first, so that nothing is started in vain. */
export async function checkPort(name: string, port: number): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, () => server.close(() => resolve(null)));
  });
  if (!error) return;
  if (error.code === 'EADDRINUSE') throw new PlainError(`Port ${port} is taken by another program. Stop that one, or set ${name} to another port.`);
  throw new PlainError(`Port ${port} cannot be used (${error.code}). Set ${name} to another port.`);
}

/** How long a server may take to accept a connection, milliseconds. */
const PATIENCE = 5_000;

/** Why nobody answers at the address of a setting, as a sentence, or null when somebody does. Passwords are left out. */
export async function unreachable(name: string, what: string, address: string): Promise<string | null> {
  const places = placesOf(address);
  if (places.length === 0) return null;
  const tries = await Promise.all(places.map(({ host, port }) => knock(host, port)));
  if (tries.includes(null)) return null;
  const where = places.map(({ host, port }) => `${host}:${port}`).join(', ');
  return `${name}: ${what} cannot be reached at ${where} (${tries[0]}). Start it, or correct the setting, or leave it empty for the embedded one.`;
}

const PORTS: { readonly [protocol: string]: number } = { 'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379, 'mongodb:': 27017 };

/** Hosts and ports in a connection address, several where it names several; none where only DNS or a socket file knows. */
export function placesOf(address: string): { host: string; port: number }[] {
  const protocol = /^[a-z+]+:/.exec(address)?.[0] ?? '';
  const otherwise = PORTS[protocol];
  if (!otherwise) return [];
  return address
    .replaceAll(/[a-z]+:\/\/(?:[^/,]*@)?/g, '')
    .split(/[/?]/)[0]!
    .split(',')
    .flatMap((place) => {
      const [, host, port] = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(place) ?? [];
      return host ? [{ host: host.replaceAll(/[[\]]/g, ''), port: port ? Number(port) : otherwise }] : [];
    });
}

const knock = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const done = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => done(null));
    socket.once('timeout', () => done(`no answer in ${PATIENCE / 1000} s`));
    socket.once('error', (error) => done(plainly(error)?.split(':')[0]?.toLowerCase() ?? error.message));
  });
