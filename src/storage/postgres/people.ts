import type { Pool } from 'pg';
import type { People, Person } from '../../chatlog/people.ts';

const ROW = `id AS "userId", line_id AS "lineId", name, phone`;
/** Without blanks and hyphens, in lower case and usual width. */
const plain = (sql: string): string => `translate(log_searchable(${sql}), ' -', '')`;

const EXACTLY = `SELECT ${ROW} FROM users WHERE id::text = lower($1) OR line_id = $1 OR ${plain('phone')} = ${plain('$1')} OR ${plain('name')} = ${plain('$1')} ORDER BY name, id LIMIT 100`;
const WITHIN = `SELECT ${ROW} FROM users WHERE strpos(${plain('name')}, ${plain('$1')}) > 0 ORDER BY name, id LIMIT 100`;
const LIKE = `SELECT DISTINCT name FROM users WHERE ${plain('name')} ~ ('[' || $1 || ']') ORDER BY name LIMIT 1000`;
const BY_ID = `SELECT ${ROW} FROM users WHERE id = ANY ($1::uuid[]) ORDER BY name, id`;

/** Customers by `users`. Throws what `pg` throws when the database is away. */
export function postgresPeople(pool: Pick<Pool, 'query'>): People {
  const people = async (text: string, values: unknown[]): Promise<Person[]> => (await pool.query<Person>(text, values)).rows;
  return {
    known: async (given) => {
      const key = given.trim();
      if (key === '') return [];
      const exactly = await people(EXACTLY, [key]);
      return exactly.length > 0 ? exactly : people(WITHIN, [key]);
    },
    like: async (key) => {
      const letters = key.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
      return letters === '' ? [] : (await pool.query<{ name: string }>(LIKE, [letters])).rows.map((row) => row.name);
    },
    byId: (userIds) => people(BY_ID, [userIds.filter((id) => UUID.test(id))]),
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
