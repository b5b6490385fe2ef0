/** `reservation_history` where no MongoDB is given: a row is the document of a customer. */
import type { Pool } from 'pg';
import type { ReservationHistory } from '../../chatlog/record.ts';
import { keptVisit, visitOf } from '../log-history.ts';
import type { KeptVisit } from '../log-history.ts';

/** Replaces the visit in its place, or adds it at the end; the row is locked meanwhile. */
const RECORD = `
  INSERT INTO reservation_history AS h (user_id, history) VALUES ($1, jsonb_build_array($2::jsonb))
  ON CONFLICT (user_id) DO UPDATE SET history =
    CASE WHEN h.history @> jsonb_build_array(jsonb_build_object('reservation_id', $2::jsonb->'reservation_id'))
    THEN (SELECT jsonb_agg(CASE WHEN v.visit->'reservation_id' = $2::jsonb->'reservation_id' THEN $2::jsonb ELSE v.visit END ORDER BY v.nr)
          FROM jsonb_array_elements(h.history) WITH ORDINALITY AS v(visit, nr))
    ELSE h.history || $2::jsonb END`;

/** The visits of customers in PostgreSQL. */
export function postgresHistory(pool: Pick<Pool, 'query'>): ReservationHistory {
  return {
    record: async (userId, entry) => void (await pool.query(RECORD, [userId, JSON.stringify(keptVisit(entry))])),
    read: async (userId) => {
      const { rows } = await pool.query<{ history: KeptVisit[] }>('SELECT history FROM reservation_history WHERE user_id = $1', [userId]);
      return (rows[0]?.history ?? []).map(visitOf);
    },
  };
}
