/** What must be true of reservations, waits and offers whenever anybody looks; for the fuzz and its test. */
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../model/time.ts';
import { iso } from './booking/rows.ts';

/** A promise that does not hold, and of which rows. */
export type Broken = { what: string; rows: string[] };

const ACTIVE = (r: string): string => `${r}.status IN ('pending', 'confirmed') AND NOT ${r}.overbooked`;

/** Each gives a row for everything that breaks it. `$1` = by when time is judged; an offer that is over by then may still wait for its end. */
const PROMISES: { readonly [what: string]: string } = {
  'a person has two visits at once': `SELECT a.id || ' ' || b.id AS row FROM reservations a JOIN reservations b ON a.staff_id = b.staff_id AND a.id < b.id
    WHERE ${ACTIVE('a')} AND ${ACTIVE('b')} AND tstzrange(a.start_time, a.blocked_until) && tstzrange(b.start_time, b.blocked_until)`,
  'a customer is in two places at once': `SELECT a.id || ' ' || b.id AS row FROM reservations a JOIN reservations b ON a.user_id = b.user_id AND a.id < b.id
    WHERE ${ACTIVE('a')} AND ${ACTIVE('b')} AND tstzrange(a.start_time, a.end_time) && tstzrange(b.start_time, b.end_time)`,
  'a hold without its offer': `SELECT r.id::text AS row FROM reservations r WHERE r.status = 'pending' AND r.hold_for = 'offer' AND NOT EXISTS (
    SELECT FROM waitlist_offers o WHERE o.reservation_id = r.id AND o.state = 'open' AND o.user_id = r.user_id AND o.staff_id = r.staff_id AND o.start_time = r.start_time AND o.expires_at = r.hold_expires_at)`,
  'an open offer without its hold': `SELECT o.id::text AS row FROM waitlist_offers o WHERE o.state = 'open' AND o.reservation_id IS NOT NULL AND o.expires_at > $1 AND NOT EXISTS (
    SELECT FROM reservations r WHERE r.id = o.reservation_id AND r.status = 'pending' AND r.hold_for = 'offer' AND r.user_id = o.user_id)`,
  'an open offer of an entry that is not offered': `SELECT o.id::text AS row FROM waitlist_offers o JOIN waitlist_entries e ON e.id = o.entry_id WHERE o.state = 'open' AND e.status <> 'offered'`,
  'an offered entry without an open offer': `SELECT e.id::text AS row FROM waitlist_entries e WHERE e.status = 'offered' AND NOT EXISTS (SELECT FROM waitlist_offers o WHERE o.entry_id = e.id AND o.state = 'open')`,
  'two open offers to one customer': `SELECT user_id::text AS row FROM waitlist_offers WHERE state = 'open' GROUP BY user_id HAVING count(*) > 1`,
  'an offer to somebody else than who waits': `SELECT o.id::text AS row FROM waitlist_offers o JOIN waitlist_entries e ON e.id = o.entry_id WHERE o.user_id <> e.user_id OR o.store_id <> e.store_id OR (e.staff_id IS NOT NULL AND e.staff_id <> o.staff_id)`,
  'an offer that is not what was wished': `SELECT o.id::text AS row FROM waitlist_offers o JOIN waitlist_entries e ON e.id = o.entry_id WHERE o.start_time < e.wanted_from OR o.start_time >= e.wanted_until OR o.menu_ids <> e.menu_ids`,
  'an offer taken by somebody else, or by nobody': `SELECT o.id::text AS row FROM waitlist_offers o LEFT JOIN reservations r ON r.id = o.reservation_id WHERE o.state = 'accepted' AND r.user_id IS DISTINCT FROM o.user_id`,
  'a taken offer of an entry that still waits': `SELECT o.id::text AS row FROM waitlist_offers o JOIN waitlist_entries e ON e.id = o.entry_id WHERE o.state = 'accepted' AND e.status <> 'booked'`,
  'an offer held beyond its visit': `SELECT o.id::text AS row FROM waitlist_offers o WHERE o.expires_at > o.start_time OR o.expires_at <= o.tell_at`,
  'a customer who is told twice, or not': `SELECT o.id::text AS row FROM waitlist_offers o LEFT JOIN (
      SELECT (act->'offer'->>'id')::uuid AS id, count(*) AS pushes FROM outbox b, jsonb_array_elements(b.payload::jsonb->'log') AS line, jsonb_array_elements(coalesce(line->'entry'->'acts', '[]')) AS act
      WHERE b.kind = 'say' AND act->>'say' = 'offer' GROUP BY 1) p ON p.id = o.id
    WHERE coalesce(p.pushes, 0) <> CASE WHEN o.told THEN 1 ELSE 0 END`,
  'two pushes of one retry key': `SELECT min(id::text) AS row FROM outbox WHERE kind = 'say' GROUP BY payload::jsonb->>'retryKey' HAVING count(*) > 1`,
};
/** What holds once everything that was due is done. */
const AT_REST: { readonly [what: string]: string } = {
  'an offer that is over and did not end': `SELECT o.id::text AS row FROM waitlist_offers o WHERE o.state = 'open' AND o.expires_at <= $1`,
  'an offer nobody was told of': `SELECT o.id::text AS row FROM waitlist_offers o WHERE o.state = 'open' AND NOT o.told AND o.tell_at <= $1`,
  'a wait whose time is over': `SELECT e.id::text AS row FROM waitlist_entries e WHERE e.status = 'waiting' AND e.wanted_until <= $1`,
};

/** Everything that does not hold at one moment of the database. The outbox must still have all that was ever owed. */
export async function auditWaiting(pool: Pool, now: Instant, atRest: boolean): Promise<Broken[]> {
  const client: PoolClient = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const broken: Broken[] = [];
    for (const [what, sql] of Object.entries(atRest ? { ...PROMISES, ...AT_REST } : PROMISES)) {
      const { rows } = await client.query<{ row: string }>(sql, sql.includes('$1') ? [iso(now)] : []);
      if (rows.length > 0) broken.push({ what, rows: rows.slice(0, 5).map(({ row }) => row) });
    }
    await client.query('COMMIT');
    return broken;
  } finally {
    client.release();
  }
}

/** How many offers came to each end. */
export async function offerEnds(pool: Pick<Pool, 'query'>): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; n: number }>('SELECT state::text, count(*)::int AS n FROM waitlist_offers GROUP BY state');
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
