import type { ReservationHistory } from '../../chatlog/record.ts';
import { keptVisit, visitOf } from '../log-history.ts';
import type { Mongo } from './connect.ts';
import { historiesOf, isDuplicate } from './documents.ts';

/** A first visit recorded from two sides meets itself once; more than that is not company but a fault. */
const TRIES = 5;

/** The visits of customers in MongoDB: one document each. Throws `MongoAway` at once while it is away. */
export function mongoHistory(mongo: Mongo): ReservationHistory {
  const histories = historiesOf(mongo.connection);
  return {
    record: (userId, entry) =>
      mongo.whenUp(async () => {
        const visit = keptVisit(entry);
        const id = visit.reservation_id;
        for (let tries = 1; ; tries++) {
          const { matchedCount } = await histories.updateOne({ user_id: userId, 'history.reservation_id': id }, { $set: { 'history.$[one]': visit } }, { arrayFilters: [{ 'one.reservation_id': id }] });
          if (matchedCount > 0) return;
          try {
            await histories.updateOne({ user_id: userId, 'history.reservation_id': { $ne: id } }, { $push: { history: visit } }, { upsert: true });
            return;
          } catch (error) {
            if (!isDuplicate(error) || tries === TRIES) throw error;
          }
        }
      }),
    read: (userId) =>
      mongo.whenUp(async () => {
        const found = await histories.findOne({ user_id: userId }).lean();
        return (found?.history ?? []).map(visitOf);
      }),
  };
}
