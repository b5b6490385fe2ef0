import { openServerRoom } from './server-room.ts';

declare global {
  var closeServerRoom: (() => Promise<void>) | undefined;
}

/** jest's globalSetup (which wants a default export). */
// oxlint-disable-next-line import/no-default-export
export default async function start(): Promise<void> {
  const room = await openServerRoom();
  process.env['TEST_SERVERS'] = room.url;
  globalThis.closeServerRoom = room.close;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void room.close().finally(() => process.exit(130)));
  }
}
