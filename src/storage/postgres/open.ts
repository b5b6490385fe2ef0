import type { OpenRecord } from '../../chatlog/record.ts';
import { NOBODY } from '../../jobs/ports.ts';
import type { Readiness } from '../../jobs/ports.ts';
import { answeringChannel } from '../../model/channels.ts';
import type { ChannelStores } from '../../model/channels.ts';
import { PostgresBooking } from './booking.ts';
import { postgresChatLog } from './chat-log.ts';
import { connect } from './client.ts';
import { PostgresDesk } from './desk.ts';
import { postgresHistory } from './history.ts';
import { postgresLogSearch } from './log-search.ts';
import { PostgresInbox } from './inbox.ts';
import { Leases } from './leases.ts';
import { postgresCalendars } from './calendars.ts';
import { PostgresNotices, postgresNotices } from './notices.ts';
import { PostgresOutbox } from './outbox.ts';
import { postgresPersonal } from './personal.ts';
import { postgresShopsKept } from './shops-kept.ts';
import { PostgresReminders } from './reminders.ts';
import { PostgresStores } from './stores.ts';
import { postgresVisits } from './visits.ts';

export type PostgresOptions = {
  /** Connections in all. */
  connections: number;
  now: () => number;
  /** The channels of the settings. */
  channels: readonly ChannelStores[];
};

/** Everything PostgreSQL keeps for the house. Throws PostgresUnreachable with one plain line. */
export async function openPostgres(url: string, { connections, now, channels }: PostgresOptions) {
  const delivering = Math.max(1, Math.floor(connections / 4));
  const db = await connect(url, { max: Math.max(2, connections - delivering - 1) });
  // What is delivered was durable before and is done again if this is lost: its commits need not wait for the disk.
  const delivery = await connect(url, { max: delivering, lazyCommit: true });
  const leases = new Leases(url);
  await leases.start();
  const booking = new PostgresBooking(db.pool, now);
  const chatlog = postgresChatLog(delivery.pool);
  const readiness = (): Readiness => ({ name: 'chat log', state: 'in PostgreSQL', ok: true, needed: false });
  return {
    booking,
    desk: new PostgresDesk(db.pool),
    stores: new PostgresStores(db, (name, channel) => answeringChannel(channels, { name, channel })),
    inbox: new PostgresInbox(db.pool, leases, (client) => ({ booking: new PostgresBooking(client, now), desk: new PostgresDesk(client), notices: new PostgresNotices(client), reminders: new PostgresReminders(client) })),
    outbox: new PostgresOutbox(delivery.pool, leases),
    visits: postgresVisits(db.pool),
    notices: postgresNotices(db.pool),
    calendars: postgresCalendars(db.pool),
    record: { chatlog, search: postgresLogSearch(db.pool), history: postgresHistory(delivery.pool), readiness, close: async () => undefined } satisfies OpenRecord,
    shopsKept: postgresShopsKept(db.pool),
    personal: postgresPersonal(db.pool),
    /** The channels that stores name with the stores of each, `default` first; where there are no stores, that one. */
    channels: async (): Promise<{ name: string; stores: string[] }[]> => {
      const { rows } = await db.pool.query<{ name: string; stores: string[] }>('SELECT channel AS name, array_agg(name ORDER BY created_at) AS stores FROM stores GROUP BY channel ORDER BY channel');
      return rows.length === 0 ? [{ name: 'default', stores: [] }] : rows.sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default'));
    },
    /** So that a command beside this house has its time. */
    keepClock: async (movedMs: number): Promise<void> => void (await db.pool.query('UPDATE stores_state SET clock_moved_ms = $1 WHERE clock_moved_ms <> $1', [Math.round(movedMs)])),
    backlog: async () => {
      const { rows: [row] } = await db.pool.query<{ size: number; age: number; dead: number }>(
        `SELECT (SELECT count(*) FROM outbox)::int AS size, (SELECT count(*) FROM inbox_aside WHERE line_id <> $1 OR channel LIKE '+%')::int AS dead,
           coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(created_at) FROM outbox)), 0)::float8 AS age`, [NOBODY]);
      return { outboxSize: row!.size, outboxAge: Math.max(0, row!.age), inboxDead: row!.dead };
    },
    readiness: async (): Promise<Readiness> => {
      const up = await db.pool.query('SELECT 1').then(() => true, () => false);
      return { name: 'PostgreSQL', state: up ? 'up' : 'down', ok: up, needed: true };
    },
    close: async () => {
      await leases.close();
      await delivery.close();
      await db.close();
    },
  };
}
