/** A Redis Cluster of three nodes on this machine, for tests. */
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort, until } from '../../src/embedded/processes.ts';
import { startRedis } from '../../src/embedded/redis.ts';

const NODES = 3;
const SLOTS = 16_384;

/** Starts it with its files in `dir`; the url names all nodes. Null where redis-server is not installed. */
export async function startRedisCluster(dir: string): Promise<{ url: string; stop(): Promise<void> } | null> {
  const nodes: { url: string; port: number; bus: number; stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (let n = 0; n < NODES; n++) {
      const bus = await freePort();
      const node = await startRedis(path.join(dir, String(n)), ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(bus), '--cluster-node-timeout', '5000']);
      if (!node) return null;
      nodes.push({ url: node.url, port: node.port, bus, stop: () => node.stop() });
    }
    await join(nodes);
    return { url: nodes.map((node) => node.url).join(','), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Gives each node its share of the slots, and makes them known to one another. */
async function join(nodes: readonly { url: string; port: number; bus: number }[]): Promise<void> {
  const clients = nodes.map((node) => new Redis(node.url));
  try {
    for (const [n, client] of clients.entries()) {
      await client.cluster('ADDSLOTSRANGE', Math.ceil((SLOTS * n) / NODES), Math.ceil((SLOTS * (n + 1)) / NODES) - 1);
    }
    for (const { port, bus } of nodes.slice(1)) await clients[0]!.call('CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus));
    for (const client of clients) {
      const knows = async (): Promise<true | null> => {
        const info = String(await client.cluster('INFO'));
        return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${NODES}`) ? true : null;
      };
      if (!(await until(30, knows))) throw new Error('the Redis Cluster does not come up');
    }
  } finally {
    for (const client of clients) client.disconnect();
  }
}
