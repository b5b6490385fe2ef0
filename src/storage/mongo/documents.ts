/** The documents of MongoDB and their indexes. */
import mongoose from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Kept } from '../log-entry.ts';
import type { KeptVisit } from '../log-history.ts';

const { Schema } = mongoose;
const { Mixed } = Schema.Types;

/** A bucket: up to 200 entries of one customer, in the order they were appended. */
export type Bucket = {
  user_id: string;
  channel: string;
  logs: Kept<Date>[];
  /** Counts up from 0; a bucket is closed before the next begins. */
  bucket: number;
  /** How many entries, and their bytes as JSON. */
  count: number;
  bytes: number;
  /** Oldest and newest `timestamp`. */
  first_at: Date;
  last_at: Date;
  /** Everything in it is in `chat_log_index`; missing = made before there was one. */
  indexed?: boolean;
};
/** What a conversation is found by; made anew from the entries at any time. */
export type Indexed = {
  /** `<user_id>/<day>` */
  _id: string;
  user_id: string;
  day: string;
  began: Date;
  words: string[];
  grams: string[];
  acts: string[];
  stores: string[];
  /** False = entries came since the words were gathered. */
  gathered: boolean;
  /** Counts the changes. */
  v: number;
};
export type History = { user_id: string; history: KeptVisit[] };

const OPTIONS = { strict: true, minimize: false, versionKey: false, id: false, autoIndex: false, autoCreate: false } as const;
const PART = { ...OPTIONS, _id: false } as const;

const delivery = new Schema({ way: String, status: String, httpStatus: Number, requestId: String, at: Date }, PART);
const entry = new Schema(
  {
    id: String,
    timestamp: Date,
    role: { type: String, enum: ['user', 'system', 'staff'] },
    message: String,
    turnId: String,
    eventId: String,
    messageId: String,
    messages: { type: [Mixed], default: undefined },
    acts: { type: [Mixed], default: undefined },
    storeId: String,
    turn: Mixed,
    delivery,
    by: String,
    account: String,
    quotes: { type: [String], default: undefined },
    forgotten: { type: [String], default: undefined },
    trimmed: { type: [String], default: undefined },
  },
  PART,
);
const bucket = new Schema<Bucket>(
  { user_id: String, channel: String, logs: [entry], bucket: Number, count: Number, bytes: Number, first_at: Date, last_at: Date, indexed: Boolean },
  { ...OPTIONS, collection: 'chat_logs' },
)
  .index({ user_id: 1, channel: 1, bucket: 1 }, { unique: true })
  // An entry is there once, whoever appends it and wherever it would go.
  .index({ 'logs.id': 1 }, { unique: true })
  .index({ user_id: 1, last_at: -1 })
  .index({ last_at: -1 })
  .index({ indexed: 1 });

const NEWEST = { began: -1, user_id: -1 } as const;
const indexed = new Schema<Indexed>(
  { _id: String, user_id: String, day: String, began: Date, words: [String], grams: [String], acts: [String], stores: [String], gathered: Boolean, v: Number },
  { ...OPTIONS, collection: 'chat_log_index' },
)
  .index(NEWEST)
  .index({ user_id: 1, began: -1 })
  .index({ grams: 1, ...NEWEST })
  .index({ acts: 1, ...NEWEST })
  .index({ stores: 1, ...NEWEST })
  .index({ gathered: 1 });

const visit = new Schema({ reservation_id: String, store: String, menu: String, date: String, status: { type: String, enum: ['completed', 'canceled', 'no_show'] } }, PART);
const history = new Schema<History>({ user_id: String, history: [visit] }, { ...OPTIONS, collection: 'reservation_history' })
  .index({ user_id: 1 }, { unique: true })
  .index({ 'history.reservation_id': 1 });

export type Buckets = Model<Bucket>;
export type Index = Model<Indexed>;

/** The model of a connection, made on first use. */
export const bucketsOf = (connection: Connection): Buckets => (connection.models['Bucket'] as Model<Bucket> | undefined) ?? connection.model<Bucket>('Bucket', bucket);
export const indexOf = (connection: Connection): Index => (connection.models['Indexed'] as Index | undefined) ?? connection.model<Indexed>('Indexed', indexed);
export const historiesOf = (connection: Connection): Model<History> => (connection.models['History'] as Model<History> | undefined) ?? connection.model<History>('History', history);

/** Makes the indexes that are missing; changes nothing where they are there. */
export async function prepareDocuments(connection: Connection): Promise<void> {
  await bucketsOf(connection).createIndexes();
  await indexOf(connection).createIndexes();
  await historiesOf(connection).createIndexes();
}

/** A bucket with one of its entries. */
export type Unwound = Omit<Bucket, 'logs'> & { logs: Bucket['logs'][number] };

/** The entries of those ids that are there. */
export const heldIn = (buckets: Buckets, ids: string[]): Promise<Unwound[]> =>
  buckets.aggregate<Unwound>([{ $match: { 'logs.id': { $in: ids } } }, { $unwind: '$logs' }, { $match: { 'logs.id': { $in: ids } } }]);

/** Whether a write failed because a unique index has it already. */
export const isDuplicate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 11000;
