import { MongoAway } from '../../src/storage/mongo/connect.ts';

/** How often MongoDB is asked again, and how long between: a busy machine drops a connection and has it back in seconds. */
const TRIES = 60;
const BETWEEN_MS = 500;

/** A store whose every call is repeated while MongoDB is away, as the outbox does; every call of a contract is idempotent. */
export const patient = <T extends object>(store: T): T => new Proxy(store, {
  get(target, name) {
    const member: unknown = Reflect.get(target, name);
    if (typeof member !== 'function') return member;
    return async (...args: unknown[]): Promise<unknown> => {
      for (let tries = 1; ; tries++) {
        try {
          return await (member as (...given: unknown[]) => unknown).apply(target, args);
        } catch (error) {
          if (!(error instanceof MongoAway) || tries === TRIES) throw error;
          await new Promise((resolve) => { setTimeout(resolve, BETWEEN_MS); });
        }
      }
    };
  },
});
