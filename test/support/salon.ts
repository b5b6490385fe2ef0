/** Two small shops for tests, and their rows in PostgreSQL. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { BusinessHours, Opening } from '../../src/model/hours.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { Menu, Resource, Staff, Store } from '../../src/model/store.ts';

const day: Opening[] = [['10:00', '20:00']];
const short: Opening[] = [['09:00', '19:00']];

/** Hours of the salon: closed on Mondays, every half hour, an hour's notice, 60 days. */
export const salonHours = (change: Partial<BusinessHours> = {}): BusinessHours => ({
  v: 1, timeZone: 'Asia/Tokyo', weekly: { mon: [], tue: day, wed: day, thu: day, fri: day, sat: short, sun: short },
  holidays: 'open', exceptions: [], gridMinutes: 30, noticeMinutes: 60, windowDays: 60, cancelDeadlineMinutes: 0, ...change,
});

export const menu = (name: string, duration: number, change: Partial<Menu> = {}): Menu => ({
  id: randomUUID(), name, aliases: [], price: 4400, duration, buffer: 0, active: true, ...change,
});

export const person = (name: string, menus: readonly Menu[], change: Partial<Staff> = {}): Staff => ({
  id: randomUUID(), name, aliases: [], role: 'スタイリスト', menuIds: menus.map((m) => m.id), daysOff: [], absences: [], shifts: null, breaks: {}, exceptions: [],
  manager: false, lineId: null, active: true, ...change,
});

/** So many of something that visits with these menus need. */
export const resource = (name: string, count: number, menus: readonly Menu[]): Resource => ({ id: randomUUID(), name, count, menuIds: menus.map((m) => m.id), active: true });

export const shop = (menus: Menu[], staff: Staff[], hours: BusinessHours = salonHours()): Store => ({
  id: randomUUID(), name: `店 ${randomUUID()}`, kind: 'salon', address: '東京都架空区1-2-3', phone: '03-0000-0000', hours, policy: DEFAULT_POLICY, channel: 'default', info: {}, menus, staff, resources: [],
});

export type Salon = { store: Store; cut: Menu; color: Menu; perm: Menu; spa: Menu; tanaka: Staff; sato: Staff };

/** カット 60, カラー 90, パーマ 120 (田中 only), ヘッドスパ 30; 佐藤 is off on Wednesdays. */
export function salon(hours: Partial<BusinessHours> = {}): Salon {
  const [cut, color, perm, spa] = [menu('カット', 60), menu('カラー', 90), menu('パーマ', 120), menu('ヘッドスパ', 30)];
  const tanaka = person('田中', [cut, color, perm, spa]);
  const sato = person('佐藤', [cut, color, spa], { daysOff: ['wed'] });
  return { store: shop([cut, color, perm, spa], [tanaka, sato], salonHours(hours)), cut, color, perm, spa, tanaka, sato };
}

/** A shop's rows. */
export async function plantStore(pool: Pool, store: Store): Promise<void> {
  await pool.query('INSERT INTO stores (id, name, kind, address, phone, business_hours) VALUES ($1, $2, $3, $4, $5, $6)',
    [store.id, store.name, store.kind, store.address, store.phone, JSON.stringify(store.hours)]);
  for (const m of store.menus) {
    await pool.query('INSERT INTO menus (id, store_id, name, price, duration, buffer_minutes) VALUES ($1, $2, $3, $4, $5, $6)', [m.id, store.id, m.name, m.price, m.duration, m.buffer]);
  }
  for (const r of store.resources) {
    await pool.query('INSERT INTO resources (id, store_id, name, count) VALUES ($1, $2, $3, $4)', [r.id, store.id, r.name, r.count]);
    await pool.query('INSERT INTO resource_menus (resource_id, menu_id) SELECT $1, unnest($2::uuid[])', [r.id, r.menuIds]);
  }
  for (const s of store.staff) await pool.query('INSERT INTO staff (id, store_id, name, role) VALUES ($1, $2, $3, $4)', [s.id, store.id, s.name, s.role]);
}

/** Customers' rows; gives their ids. */
export async function plantCustomers(pool: Pool, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await pool.query(`INSERT INTO users (id, name) SELECT id, '' FROM unnest($1::uuid[]) AS id`, [ids]);
  return ids;
}
