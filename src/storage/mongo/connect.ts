/** The connection to MongoDB. It is never waited for: away is said at once, and it comes back by itself. */
import mongoose from 'mongoose';
import type { Connection, ConnectOptions } from 'mongoose';

/** MongoDB cannot be reached now; what was asked was not done. */
export class MongoAway extends Error {
  override name = 'MongoAway';
}

/** The address is none, or asks for what the driver does not have; trying again cannot help. Holds no password. */
export class MongoAddressWrong extends Error {
  override name = 'MongoAddressWrong';
}

export type Mongo = {
  connection: Connection;
  /** `up` once connected and the indexes are there. */
  state(): 'up' | 'down';
  /** Why it is down, without the address's password; null while it is up. */
  why(): string | null;
  /** Does it where MongoDB is up; throws `MongoAway` at once where it is not. */
  whenUp<T>(doing: () => Promise<T>): Promise<T>;
  /** The same for what others wait behind: throws `MongoAway` when it takes longer than our patience. It may be done all the same. */
  soon<T>(doing: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const OPTIONS: ConnectOptions = {
  // A turn must not wait for a server that is away; the outbox tries again.
  serverSelectionTimeoutMS: 1_000,
  // Also how long the driver's heartbeat may take; a busy machine is not one that is away.
  connectTimeoutMS: 4_000,
  socketTimeoutMS: 10_000,
  heartbeatFrequencyMS: 1_000,
  bufferCommands: false,
  // Indexes are made below, before the first write: the unique ones keep entries from being there twice.
  autoIndex: false,
  autoCreate: false,
  // What MongoDB confirmed is on its disk: the outbox forgets it then.
  writeConcern: { w: 'majority', journal: true },
  maxPoolSize: 10,
  appName: 'aiteru',
};
/** Between attempts to connect for the first time; afterwards the driver keeps looking by itself. */
const AGAIN_MS = 1_000;
/** How long a write may take before MongoDB counts as away, until it has answered after all. */
const PATIENCE_MS = 2_000;

/**
 * Connects, and goes on trying where that fails; resolves after the first attempt, either way (`state`). Throws only for
 * an address that is none. `prepare` makes the collections and indexes and runs once, before anything else.
 */
export async function connectMongo(url: string, prepare: (connection: Connection) => Promise<void>, { patienceMs = PATIENCE_MS } = {}): Promise<Mongo> {
  const connection = mongoose.createConnection();
  // Without a listener an 'error' of the connection would end the process.
  connection.on('error', () => {});
  let failure: string | null = 'not connected yet';
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const attempt = async (first = false): Promise<void> => {
    try {
      if (connection.readyState !== mongoose.ConnectionStates.connected) await connection.openUri(url, { ...OPTIONS, ...nameOf(url) });
      await prepare(connection);
      failure = null;
    } catch (error) {
      if (first && isMistake(error)) throw new MongoAddressWrong(`MONGODB_URL cannot be used: ${reason(error)}`, { cause: error });
      failure = reason(error);
      if (!closed) timer = setTimeout(() => void attempt(), AGAIN_MS).unref();
    }
  };
  await attempt(true);

  /** Writes that we stopped waiting for and that MongoDB has not answered yet. */
  const unanswered = new Set<Promise<unknown>>();
  const why = (): string | null => {
    if (failure !== null) return failure;
    if (connection.readyState !== mongoose.ConnectionStates.connected) return 'the connection is lost';
    return unanswered.size > 0 ? 'it does not answer' : null;
  };
  const away = () => new MongoAway(`MongoDB is away: ${why()}`);
  const whenUp = async <T>(doing: () => Promise<T>): Promise<T> => {
    if (why() !== null) throw away();
    return await doing();
  };
  return {
    connection,
    state: () => (why() === null ? 'up' : 'down'),
    why,
    whenUp,
    soon: async (doing) => {
      const done = whenUp(doing);
      let impatient: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        impatient = setTimeout(() => {
          unanswered.add(done);
          void done.catch(() => {}).finally(() => unanswered.delete(done));
          reject(away());
        }, patienceMs);
      });
      return await Promise.race([done, late]).finally(() => clearTimeout(impatient));
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await connection.close();
    },
  };
}

/** An address without a database means ours. */
const nameOf = (url: string): { dbName?: string } => (/^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(url) ? {} : { dbName: 'aiteru' });
const isMistake = (error: unknown): boolean => error instanceof Error && ['MongoParseError', 'MongoInvalidArgumentError', 'MongooseError'].includes(error.name);
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\/\/[^@/\s]*@/g, '//');
