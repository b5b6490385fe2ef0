import type { StoreReader } from '../../booking/ports.ts';
import type { BusinessHours } from '../../model/hours.ts';
import { hoursMistakes } from '../../model/hours-check.ts';
import type { Store } from '../../model/store.ts';
import type { Weekday } from '../../model/time.ts';
import type { Postgres } from './client.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';

const WHOLE = {
  menus: { orderBy: { position: 'asc' } },
  staff: { orderBy: { position: 'asc' }, include: { absences: { orderBy: { day: 'asc' } }, abilities: true } },
} satisfies Prisma.StoreInclude;
type WholeRow = Prisma.StoreGetPayload<{ include: typeof WHOLE }>;

function storeOf(row: WholeRow): Store {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as Store['kind'],
    address: row.address,
    phone: row.phone,
    hours: row.businessHours as unknown as BusinessHours,
    info: row.info as Store['info'],
    version: Number(row.configVersion),
    menus: row.menus.map((menu) => ({
      id: menu.id, name: menu.name, aliases: menu.aliases, price: menu.price.toNumber(), duration: menu.duration, buffer: menu.bufferMinutes, active: menu.active,
    })),
    staff: row.staff.map((person) => ({
      id: person.id, name: person.name, aliases: person.aliases, role: person.role, lineId: person.lineId, active: person.active,
      // In the order of the menus, so that what is said does not depend on what was written first.
      menuIds: row.menus.filter((menu) => person.abilities.some((a) => a.menuId === menu.id)).map((menu) => menu.id),
      daysOff: person.daysOff as Weekday[],
      absences: person.absences.map((absence) => absence.day.toISOString().slice(0, 10)),
      shifts: person.shifts as Store['staff'][number]['shifts'],
    })),
  };
}

/** The stores of these ids, whole, the first made first. One whose hours were written wrong is left out and told. */
export async function readStores(prisma: PrismaClient | Prisma.TransactionClient, ids: string[], told: (line: string) => void): Promise<Store[]> {
  const rows = await prisma.store.findMany({ where: { id: { in: ids } }, orderBy: [{ createdAt: 'asc' }, { name: 'asc' }], include: WHOLE });
  return rows.flatMap((row) => {
    const wrong = hoursMistakes(row.businessHours);
    if (wrong.length === 0) return [storeOf(row)];
    told(`The store ${row.name} cannot be read: ${wrong.join('; ')}. Import its file again.`);
    return [];
  });
}

type Kept = { version: number; byId: Map<string, Store>; byChannel: Map<string, Store[]> };

/** Which LINE channel answers for a store, from its name and its own column. */
export type ChannelOf = (name: string, own: string) => string;

/**
 * The stores, kept in memory and read again when `stores_state` has moved: one row is asked for each call, and calls
 * that come together share the question.
 */
export class PostgresStores implements StoreReader {
  readonly #db: Pick<Postgres, 'pool' | 'prisma'>;
  readonly #channelOf: ChannelOf;
  readonly #told: (line: string) => void;
  #kept: Kept | null = null;
  /** The question that is not sent yet; whoever comes before it is sent may share it. */
  #next: Promise<number> | null = null;
  #sent: Promise<unknown> = Promise.resolve();
  #loading: Promise<unknown> = Promise.resolve();

  /** `told` hears of a store that cannot be read; the others are served all the same, and it as it last was. */
  constructor(db: Pick<Postgres, 'pool' | 'prisma'>, channelOf: ChannelOf = (_, own) => own, told: (line: string) => void = (line) => process.emitWarning(line)) {
    this.#db = db;
    this.#channelOf = channelOf;
    this.#told = told;
  }

  /** `version`: of `stores_state`, where the caller has just read it. */
  async store(id: string, version?: number): Promise<Store | null> {
    return (await this.#now(version)).byId.get(id) ?? null;
  }

  /** All stores, the first made first. */
  async stores(version?: number): Promise<Store[]> {
    return [...(await this.#now(version)).byId.values()];
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
    const fresh = new Map((stale.length > 0 ? await readStores(this.#db.prisma, stale, this.#told) : []).map((store) => [store.id, store]));
    const byChannel = new Map<string, Store[]>();
    for (const { id, name, channel } of rows) {
      const store = fresh.get(id) ?? this.#kept?.byId.get(id);
      if (!store) continue;
      byId.set(id, store);
      const answering = this.#channelOf(name, channel);
      byChannel.set(answering, [...(byChannel.get(answering) ?? []), store]);
    }
    this.#kept = { version: at, byId, byChannel };
    return this.#kept;
  }
}

async function version({ pool }: Pick<Postgres, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ version: number }>({ name: 'stores-version', text: 'SELECT version::float8 FROM stores_state' });
  return rows[0]!.version;
}
