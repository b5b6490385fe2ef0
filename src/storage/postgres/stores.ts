import type { StoreReader } from '../../booking/ports.ts';
import { hoursMistakes } from '../../model/hours-check.ts';
import { whole } from '../../model/store.ts';
import type { Store } from '../../model/store.ts';
import type { Postgres } from './client.ts';

/** Whoever can ask: a pool, a client in a transaction, or Prisma in one. */
export type Ask = (sql: string, ids: string[]) => Promise<{ store: Store }[]>;

// As JSON, so that a store is one row and numbers are numbers whoever asks. People's menus are in the order of the
// menus, so that what is said does not depend on what was written first.
const STORES = `
  SELECT json_build_object(
    'id', s.id, 'name', s.name, 'kind', s.kind, 'address', s.address, 'phone', s.phone, 'hours', s.business_hours, 'policy', s.policy, 'channel', s.channel, 'colour', s.colour, 'info', s.info, 'version', s.config_version,
    'menus', coalesce((
      SELECT json_agg(json_build_object('id', m.id, 'name', m.name, 'aliases', m.aliases, 'price', m.price, 'duration', m.duration, 'buffer', m.buffer_minutes, 'active', m.active) ORDER BY m.position, m.name)
      FROM menus m WHERE m.store_id = s.id), '[]'),
    'resources', coalesce((
      SELECT json_agg(json_build_object('id', r.id, 'name', r.name, 'count', r.count, 'active', r.active,
        'menuIds', array(SELECT m.id FROM resource_menus n JOIN menus m ON m.id = n.menu_id WHERE n.resource_id = r.id ORDER BY m.position, m.name)) ORDER BY r.position, r.name)
      FROM resources r WHERE r.store_id = s.id), '[]'),
    'staff', coalesce((
      SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'aliases', p.aliases, 'role', p.role, 'daysOff', p.days_off, 'shifts', p.shifts, 'breaks', p.breaks, 'manager', p.manager, 'lineId', p.line_id, 'active', p.active,
        'menuIds', array(SELECT m.id FROM staff_menus a JOIN menus m ON m.id = a.menu_id WHERE a.staff_id = p.id ORDER BY m.position, m.name),
        'exceptions', coalesce((SELECT json_agg(json_build_object('day', to_char(day, 'YYYY-MM-DD'), 'openings', openings) ORDER BY day) FROM staff_exceptions WHERE staff_id = p.id), '[]'),
        'absences', array(SELECT to_char(day, 'YYYY-MM-DD') FROM staff_absences WHERE staff_id = p.id ORDER BY day)) ORDER BY p.position, p.name)
      FROM staff p WHERE p.store_id = s.id), '[]')) AS store
  FROM stores s WHERE s.id = ANY ($1::uuid[]) ORDER BY s.created_at, s.name`;

/** The stores of these ids, whole, the first made first. One whose hours were written wrong is left out and told. */
export async function readStores(ask: Ask, ids: string[], told: (line: string) => void): Promise<Store[]> {
  if (ids.length === 0) return [];
  return (await ask(STORES, ids)).flatMap(({ store }) => {
    const wrong = hoursMistakes(store.hours);
    if (wrong.length === 0) return [whole(store)];
    told(`The store ${store.name} cannot be read: ${wrong.join('; ')}. Import its file again.`);
    return [];
  });
}

type Kept = { version: number; all: readonly Store[]; byId: Map<string, Store>; byChannel: Map<string, Store[]> };

/** Which LINE channel answers for a store, from its name and its own column. */
export type ChannelOf = (name: string, own: string) => string;

/**
 * The stores, kept in memory and read again when `stores_state` has moved: one row is asked for each call, and calls
 * that come together share the question.
 */
export class PostgresStores implements StoreReader {
  readonly #db: Pick<Postgres, 'pool'>;
  readonly #channelOf: ChannelOf;
  readonly #told: (line: string) => void;
  #kept: Kept | null = null;
  /** The question that is not sent yet; whoever comes before it is sent may share it. */
  #next: Promise<number> | null = null;
  #sent: Promise<unknown> = Promise.resolve();
  #loading: Promise<unknown> = Promise.resolve();

  /** `told` hears of a store that cannot be read; the others are served all the same, and it as it last was. */
  constructor(db: Pick<Postgres, 'pool'>, channelOf: ChannelOf = (_, own) => own, told: (line: string) => void = (line) => process.emitWarning(line)) {
    this.#db = db;
    this.#channelOf = channelOf;
    this.#told = told;
  }

  /** `version`: of `stores_state`, where the caller has just read it. */
  async store(id: string, version?: number): Promise<Store | null> {
    return (await this.#now(version)).byId.get(id) ?? null;
  }

  /** All stores, the first made first; the same list until one changes. */
  async stores(version?: number): Promise<readonly Store[]> {
    return (await this.#now(version)).all;
  }

  /** The stores a channel answers for, the first made first. */
  async ofChannel(channel: string, version?: number): Promise<readonly Store[]> {
    return (await this.#now(version)).byChannel.get(channel) ?? [];
  }

  async #now(version?: number): Promise<Kept> {
    const wanted = version ?? (await this.#ask());
    if (this.#kept && this.#kept.version >= wanted) return this.#kept;
    const loaded = this.#loading.then(() => (this.#kept && this.#kept.version >= wanted ? this.#kept : this.#load()));
    this.#loading = loaded.catch(() => {});
    return loaded;
  }

  #ask(): Promise<number> {
    this.#next ??= this.#sent.then(async () => {
      this.#next = null;
      const asked = version(this.#db);
      this.#sent = asked.catch(() => {});
      return asked;
    });
    return this.#next;
  }

  async #load(): Promise<Kept> {
    // The version first: what changes in between is only read once more.
    const at = await version(this.#db);
    const { rows } = await this.#db.pool.query<{ id: string; name: string; channel: string; config: number }>(
      'SELECT id, name, channel, config_version::float8 AS config FROM stores ORDER BY created_at, name');
    const byId = new Map<string, Store>();
    const stale = rows.filter(({ id, config }) => this.#kept?.byId.get(id)?.version !== config).map(({ id }) => id);
    const ask: Ask = async (sql, ids) => (await this.#db.pool.query<{ store: Store }>(sql, [ids])).rows;
    const fresh = new Map((await readStores(ask, stale, this.#told)).map((store) => [store.id, store]));
    const byChannel = new Map<string, Store[]>();
    for (const { id, name, channel } of rows) {
      const read = fresh.get(id) ?? this.#kept?.byId.get(id);
      if (!read) continue;
      const answering = this.#channelOf(name, channel);
      const store = read.channel === answering ? read : { ...read, channel: answering };
      byId.set(id, store);
      byChannel.set(answering, [...(byChannel.get(answering) ?? []), store]);
    }
    this.#kept = { version: at, all: [...byId.values()], byId, byChannel };
    return this.#kept;
  }
}

async function version({ pool }: Pick<Postgres, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ version: number }>({ name: 'stores-version', text: 'SELECT version::float8 FROM stores_state' });
  return rows[0]!.version;
}
