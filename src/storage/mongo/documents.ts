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
    turn: Mixed,
    delivery,
    by: String,
    account: String,
    forgotten: { type: [String], default: undefined },
    trimmed: { type: [String], default: undefined },
  },
  PART,
);
const bucket = new Schema<Bucket>(
  { user_id: String, channel: String, logs: [entry], bucket: Number, count: Number, bytes: Number, first_at: Date, last_at: Date },
  { ...OPTIONS, collection: 'chat_logs' },
)
  .index({ user_id: 1, channel: 1, bucket: 1 }, { unique: true })
  // An entry is there once, whoever appends it and wherever it would go.
  .index({ 'logs.id': 1 }, { unique: true })
  .index({ user_id: 1, last_at: -1 })
  .index({ last_at: -1 });

const visit = new Schema({ reservation_id: String, store: String, menu: String, date: String, status: { type: String, enum: ['completed', 'canceled', 'no_show'] } }, PART);
const history = new Schema<History>({ user_id: String, history: [visit] }, { ...OPTIONS, collection: 'reservation_history' })
  .index({ user_id: 1 }, { unique: true })
  .index({ 'history.reservation_id': 1 });

export type Buckets = Model<Bucket>;

/** The model of a connection, made on first use. */
export const bucketsOf = (connection: Connection): Buckets => (connection.models['Bucket'] as Model<Bucket> | undefined) ?? connection.model<Bucket>('Bucket', bucket);
export const historiesOf = (connection: Connection): Model<History> => (connection.models['History'] as Model<History> | undefined) ?? connection.model<History>('History', history);

/** Makes the indexes that are missing; changes nothing where they are there. */
export async function prepareDocuments(connection: Connection): Promise<void> {
  await bucketsOf(connection).createIndexes();
  await historiesOf(connection).createIndexes();
}

/** Whether a write failed because a unique index has it already. */
export const isDuplicate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 11000;
