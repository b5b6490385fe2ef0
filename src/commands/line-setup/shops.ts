import type { Settings } from '../../config.ts';
import { answeringChannel } from '../../model/channels.ts';
import type { Store } from '../../model/store.ts';
import { connect } from '../../storage/postgres/client.ts';
import { migrate } from '../../storage/postgres/migrate.ts';
import { PostgresStores } from '../../storage/postgres/stores.ts';
import { standUp } from '../start/servers.ts';

/** The shops there are, each with the channel of these settings that answers for it. */
export async function shopsIn(settings: Settings): Promise<readonly Store[]> {
  const servers = await standUp(settings, ['postgres']);
  try {
    await migrate(servers.databaseUrl);
    const db = await connect(servers.databaseUrl, { max: 2 });
    try {
      return await new PostgresStores(db, (name, channel) => answeringChannel(settings.channels, { name, channel })).stores();
    } finally {
      await db.close();
    }
  } finally {
    await servers.stop();
  }
}
