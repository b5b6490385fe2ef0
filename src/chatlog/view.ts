/** Understanding, acts and effects as a person reads them: names for ids, wall clocks for moments. */
import type { Store } from '../model/store.ts';
import { toLocal } from '../model/time.ts';
import type { Order } from '../understanding/order.ts';
import type { Heard, When } from '../understanding/heard.ts';

/** Keys that hold a moment wherever they stand. */
const MOMENTS = new Set(['start', 'end', 'from', 'until', 'now', 'after', 'touched', 'since', 'toldAt', 'expiresAt']);
/** Facts that a script calls by a shorter name. */
export const SHORT: { readonly [key: string]: string } = { storeId: 'store', menuIds: 'menu', menuId: 'menu', staffId: 'staff', staffIds: 'staff', storeIds: 'stores' };

/** Any act, effect or answer with the shops' names in place of ids, moments as `2026-11-28T15:00`, one-element lists bare. */
export function readable(value: unknown, stores: readonly Store[], key = ''): unknown {
  if (typeof value === 'string') return nameOf(value, stores);
  if (typeof value === 'number') return MOMENTS.has(key) && value > 1e11 ? toLocal(value) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => readable(item, stores, key));
    return items.length === 1 && key in SHORT ? items[0] : items;
  }
  if (typeof value !== 'object' || value === null) return value === null && (key === 'staffId' || key === 'staff') ? '指名なし' : value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [SHORT[k] ?? k, readable(v, stores, k)]));
}

function nameOf(text: string, stores: readonly Store[]): string {
  if (text === 'anyone') return '指名なし';
  for (const store of stores) {
    if (store.id === text) return store.name;
    const named = store.menus.find((m) => m.id === text) ?? store.staff.find((s) => s.id === text) ?? store.resources.find((r) => r.id === text);
    if (named) return named.name;
  }
  return text;
}

/** What was heard, in the words of a script. */
export type HeardView = Partial<Record<
  | 'intent' | 'when' | 'of' | 'except' | 'refuse' | 'prefer' | 'shift' | 'menu' | 'add' | 'remove' | 'staff' | 'store' | 'people' | 'name' | 'phone'
  | 'choice' | 'usual' | 'answer' | 'stop' | 'detail' | 'topics' | 'assumed' | 'then' | 'order' | 'customer' | 'to', unknown>>;

/** Only the parts that were heard: `{ intent, menu, staff, when, name … }`. */
export function heardView(heard: Heard & Partial<Pick<Order, 'order' | 'customer' | 'to'>>): HeardView {
  const parts: HeardView = { intent: heard.intent };
  const put = (key: keyof HeardView, value: unknown) => {
    if (value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)) parts[key] = value;
  };
  put('when', heard.when.length === 1 ? whenView(heard.when[0]!) : heard.when.map(whenView));
  put('of', heard.of && whenView(heard.of));
  put('except', heard.exclude);
  put('refuse', heard.refuse?.reason);
  put('prefer', heard.prefer);
  put('shift', heard.shift);
  const menus = heard.menus;
  if (menus) {
    put('menu', one(menus.set));
    put('add', one(menus.add));
    put('remove', one(menus.remove));
  }
  if (heard.staff) put('staff', 'name' in heard.staff ? (heard.staff.name ?? '指名なし') : 'same' in heard.staff ? '前と同じ' : `${heard.staff.not}以外`);
  for (const key of ['store', 'people', 'name', 'phone', 'choice', 'usual', 'answer', 'stop', 'detail', 'order', 'customer', 'to'] as const) put(key, heard[key]);
  put('topics', heard.topics);
  put('assumed', heard.assumed.map((a) => a.why));
  put('then', heard.then.map(heardView));
  return parts;
}

const one = (names: string[] | undefined): unknown => (names?.length === 1 ? names[0] : names);

/** `2026-11-28T15:00`, `2026-11-28`, `15:00`, or a map where it is a range. */
function whenView(when: When): unknown {
  const dates = Array.isArray(when.dates) ? one(when.dates) : when.dates ? `${when.dates.from ?? ''}..${when.dates.to ?? ''}` : null;
  const time = !when.time ? null : when.time.from === when.time.to ? when.time.from : `${when.time.from ?? ''}-${when.time.to ?? ''}`;
  if (typeof dates === 'string' && time) return `${dates}T${time}`;
  if (dates && time) return { dates, time };
  return dates ?? time;
}

/** Whether everything that is wanted is there; lists item by item and in order, a bare value stands for a list of one. */
export function includes(got: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const items = Array.isArray(got) ? got : [got];
    return items.length === wanted.length && wanted.every((w, i) => includes(items[i], w));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return typeof got === 'object' && got !== null && Object.entries(wanted).every(([key, w]) => includes((got as Record<string, unknown>)[key], w));
  }
  if (Array.isArray(got) && got.length === 1) return includes(got[0], wanted);
  return got === wanted || String(got) === String(wanted);
}
