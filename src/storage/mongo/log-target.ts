import type { LogTarget } from '../../chatlog/move.ts';
import { entryOf } from '../log-entry.ts';
import { mongoChatLog } from './chat-log.ts';
import type { Mongo } from './connect.ts';
import { bucketsOf, heldIn } from './documents.ts';
import { mongoHistory } from './history.ts';

/** The log documents of MongoDB, as a place to carry others to. */
export function mongoLogTarget(mongo: Mongo): LogTarget {
  const buckets = bucketsOf(mongo.connection);
  return {
    log: mongoChatLog(mongo),
    history: mongoHistory(mongo),
    held: (ids) =>
      mongo.whenUp(async () => {
        const found = await heldIn(buckets, ids);
        return found.map((it) => ({ userId: it.user_id, channel: it.channel, entry: entryOf(it.logs) }));
      }),
    unsent: (userIds) =>
      mongo.whenUp(async () => {
        const heard = 'logs.turn.events.unsend.messageId';
        const found = await buckets.aggregate<{ user_id: string; ids: string[] }>([
          { $match: { user_id: { $in: userIds }, [heard]: { $exists: true } } },
          { $unwind: '$logs' },
          { $match: { [heard]: { $exists: true } } },
          { $project: { user_id: 1, ids: `$${heard}` } },
        ]);
        return found.flatMap(({ user_id, ids }) => ids.map((messageId) => ({ userId: user_id, messageId })));
      }),
  };
}
