/** A TCP door in front of a server, so that a test can make it go away and come back. */
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export type Door = {
  port: number;
  /** Ends every connection and refuses new ones. */
  shut(): Promise<void>;
  /** Lets questions in and no answer out. */
  stall(): void;
  /** Lets everything through again, on the same port. */
  open(): Promise<void>;
};

/** Opens a door to a server at `host:port`. */
export async function doorTo(host: string, port: number): Promise<Door> {
  const sockets = new Set<Socket>();
  let server: Server;
  let at = 0;
  let stalled = false;
  const listen = async (): Promise<void> => {
    stalled = false;
    server = createServer((near) => {
      const far = connect(port, host);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        sockets.add(one);
        one.on('data', (data) => !(stalled && one === far) && other.write(data));
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
    at = (server.address() as AddressInfo).port;
  };
  const shut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  return {
    port: at,
    shut,
    stall: () => {
      stalled = true;
    },
    open: async () => {
      if (server.listening) await shut();
      await listen();
    },
  };
}
