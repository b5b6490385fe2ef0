/** The record as a command finds it: where the settings say, whether the app runs or not. */
import { PlainError, plainly } from '../../plain-error.ts';
import type { PersonalData } from '../../chatlog/personal.ts';
import type { ChatLog, LogSearch, ReservationHistory } from '../../chatlog/record.ts';
import type { ShopsKept } from '../../chatlog/shops.ts';
import type { People, Person } from '../../chatlog/people.ts';
import type { ShopsAt } from '../../chatlog/turns.ts';
import type { Store } from '../../model/store.ts';
import { visibleLine } from '../../chatlog/words/visible.ts';
import type { Instant } from '../../model/time.ts';
import { nearest } from '../../nearest.ts';

export type Record = {
  log: ChatLog;
  search: LogSearch;
  people: People;
  /** The shops as they are now, and those of an account. */
  stores: readonly Store[];
  shopsOf: (account: string) => Promise<readonly Store[]>;
  shopsKept: ShopsKept;
  /** As they were at a turn; as they are now where that was not kept. */
  shopsAt: ShopsAt;
};

/** What else is held of people, for the commands that give or forget it. */
export type Personal = {
  history: Pick<ReservationHistory, 'read'>;
  data: PersonalData;
  /** The database's clock. */
  now: () => Promise<Instant>;
};

/** The exit code of a command that could not reach the record. */
const AWAY = 2;

/** Opens the record, uses it and closes it. Throws a PlainError that ends the command with 2 where a store is away. */
export async function withRecord<T>(use: (record: Record & Personal) => Promise<T>): Promise<T> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    return await use(await openRecord(closing).catch(away));
  } catch (error) {
    throw isAway(error) ? away(error) : error;
  } finally {
    for (const close of closing.toReversed()) await close().catch(() => {});
  }
}

async function openRecord(closing: (() => Promise<unknown>)[]): Promise<Record & Personal> {
  const [{ loadSettings }, { standUp }, { connect, serverTime }, { PostgresStores }, { postgresChatLog }, { postgresLogSearch }, { postgresPeople }, { postgresShopsKept }, { answeringChannel }, { postgresHistory }, { postgresPersonal }] = await Promise.all([
    import('../../config.ts'),
    import('../start/servers.ts'),
    import('../../storage/postgres/client.ts'),
    import('../../storage/postgres/stores.ts'),
    import('../../storage/postgres/chat-log.ts'),
    import('../../storage/postgres/log-search.ts'),
    import('../../storage/postgres/people.ts'),
    import('../../storage/postgres/shops-kept.ts'),
    import('../../model/channels.ts'),
    import('../../storage/postgres/history.ts'),
    import('../../storage/postgres/personal.ts'),
  ]);
  const settings = loadSettings();
  const servers = await standUp(settings, ['postgres', 'mongo']);
  closing.push(() => servers.stop());
  const postgres = await connect(servers.databaseUrl, { max: 8 });
  closing.push(() => postgres.close());
  const reader = new PostgresStores(postgres, (name, channel) => answeringChannel(settings.channels, { name, channel }));
  const stores = await reader.stores();
  const older = { log: postgresChatLog(postgres.pool), search: postgresLogSearch(postgres.pool), history: postgresHistory(postgres.pool) };
  const { log, search, history } = servers.mongoUrl === null ? older : await aboveOlder(servers.mongoUrl, older, closing);
  const shopsKept = postgresShopsKept(postgres.pool);
  const shops = new Map<string, Promise<readonly Store[]>>();
  const read = async (key: string): Promise<readonly Store[]> => (await shopsKept.read(key)) ?? stores;
  const shopsAt: ShopsAt = async (key) => (key === null ? stores : await (shops.get(key) ?? shops.set(key, read(key)).get(key)!));
  return {
    log, search, history, stores, shopsAt, shopsKept, shopsOf: (account) => reader.ofChannel(account), people: postgresPeople(postgres.pool),
    data: postgresPersonal(postgres.pool), now: () => serverTime(postgres),
  };
}

type Logs = Pick<Record & Personal, 'log' | 'search' | 'history'>;

/** What was logged before there was a MongoDB is read where it lies. */
async function aboveOlder(url: string, older: Logs, closing: (() => Promise<unknown>)[]): Promise<Logs> {
  const [{ connectMongo }, { prepareDocuments }, { mongoChatLog }, { mongoLogSearch }, { mongoHistory }, { layeredLog, layeredSearch }] = await Promise.all([
    import('../../storage/mongo/connect.ts'),
    import('../../storage/mongo/documents.ts'),
    import('../../storage/mongo/chat-log.ts'),
    import('../../storage/mongo/log-search.ts'),
    import('../../storage/mongo/history.ts'),
    import('../../storage/layered-log.ts'),
  ]);
  const mongo = await connectMongo(url, prepareDocuments);
  closing.push(() => mongo.close());
  if (mongo.state() === 'down') throw new PlainError(`MONGODB_URL: MongoDB cannot be used: ${mongo.why()}`);
  const newer = mongoHistory(mongo);
  const history = { read: async (userId: string) => [...(await older.history.read(userId)), ...(await newer.read(userId))] };
  return { log: layeredLog(mongoChatLog(mongo), older.log), search: layeredSearch(mongoLogSearch(mongo), older.search), history };
}

const isAway = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'MongoAway' || error.name.startsWith('MongoNetwork') || error.name.startsWith('MongoServerSelection') || ('code' in error && typeof error.code === 'string' && /^(ECONN|EPIPE|57P|08)/.test(error.code)) || error.message === 'Connection terminated unexpectedly');

function away(error: unknown): never {
  if (error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42703')) {
    throw new PlainError('This PostgreSQL has no chat log, or one of an older build: run bin/aiteru migrate on it.', AWAY);
  }
  const why = plainly(error) ?? (isAway(error) ? (error as Error).message.split('\n')[0]! : null);
  throw why === null ? error : new PlainError(`The chat log cannot be read: ${why}`, AWAY);
}

/** The customer that is meant by an id, LINE's id, a phone number or a name. Throws a PlainError that says who may have been meant. */
export async function personMeant({ people, search }: Pick<Record, 'people' | 'search'>, key: string): Promise<Person> {
  const [one, ...others] = await people.known(key);
  if (one && others.length === 0) return one;
  if (one) {
    const all = [one, ...others];
    throw new PlainError(`${all.length} customers go by “${visibleLine(key)}”; give the id of the one you mean:\n${all.slice(0, 20).map(({ userId, name, lineId }) => `  ${userId}  ${visibleLine(name) || '（お名前なし）'}  ${lineId ?? ''}`.trimEnd()).join('\n')}`);
  }
  // Whoever is no customer any more may still be in the log.
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(key) && (await search.conversations({ userId: key.toLowerCase(), limit: 1 })).length > 0) {
    return { userId: key.toLowerCase(), lineId: null, name: '', phone: null };
  }
  const like = await people.like(key);
  const meant = [...new Set([nearest(key, like), ...like.filter((name) => name !== '').slice(0, 3)].filter((name) => name !== null))].slice(0, 3);
  throw new PlainError(`No customer goes by “${visibleLine(key)}”, neither as id, LINE id, phone number nor name.${meant.length > 0 ? ` Did you mean ${meant.map((name) => `“${visibleLine(name)}”`).join(', ')}?` : ''}`);
}

/** The shops that are meant by a name, a part of it, or an id. Throws a PlainError where none is. */
export function shopsMeant(stores: readonly Store[], key: string): Store[] {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  const exactly = stores.filter((store) => store.id === key || plain(store.name) === plain(key));
  const found = exactly.length > 0 ? exactly : stores.filter((store) => plain(store.name).includes(plain(key)));
  if (found.length > 0) return found;
  const names = stores.map((store) => store.name);
  const meant = nearest(key, names);
  throw new PlainError(`No shop is called “${key}”.${meant ? ` Did you mean “${meant}”?` : names.length > 0 ? ` There are: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}.` : ' There is no shop yet.'}`);
}
