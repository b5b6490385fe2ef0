import type { Resource, Staff, Store } from '../model/store.ts';
import { activeMenus, activeStaff, menusOf, needsOf, staffWhoDo } from '../model/store.ts';
import { MINUTE } from '../model/time.ts';
import type { CannotBook, Visit } from './ports.ts';

/** Someone who could do a visit, how long (ms) he and the rooms it needs are kept after it. */
export type Doer = { staff: Staff; buffer: number; needs: Resource[] };

/** What a visit needs: how long it takes (ms), and who could do it, in the shop's order; somebody who can in several ways comes once for each. */
export type Plan = { duration: number; doers: Doer[] };

/** Why there is no plan for a visit. */
export type NoPlan = Extract<CannotBook, 'unknown' | 'staff_cannot' | 'nobody_can'>;

/** The menus of a visit, each once: nobody is cut twice in one visit. */
export const menuIdsOf = (visit: Visit): string[] => [...new Set(visit.menuIds)];

/**
 * How long a visit takes and who could do all of it. Menus follow one another, so their durations add up; clearing up
 * comes once at the end and in no certain order, so the longest buffer counts. Without a menu it is as long as the
 * shortest one there is, done by whoever does a menu of that length.
 */
export function planOf(store: Store, visit: Visit): Plan | NoPlan {
  const menuIds = menuIdsOf(visit);
  const menus = menusOf(store, menuIds).filter((menu) => menu.active);
  const asked = visit.staffId === null ? null : activeStaff(store).find((staff) => staff.id === visit.staffId);
  if (asked === undefined || menus.length < menuIds.length) return 'unknown';
  if (menuIds.length === 0) return shortestPlan(store, asked ? [asked] : activeStaff(store));

  const able = staffWhoDo(store, menuIds);
  if (able.length === 0) return 'nobody_can';
  if (asked && !able.includes(asked)) return 'staff_cannot';
  const buffer = Math.max(...menus.map((menu) => menu.buffer)) * MINUTE;
  const duration = menus.reduce((sum, menu) => sum + menu.duration, 0) * MINUTE;
  const needs = needsOf(store, menuIds);
  return { duration, doers: (asked ? [asked] : able).map((staff) => ({ staff, buffer, needs })) };
}

function shortestPlan(store: Store, people: readonly Staff[]): Plan | NoPlan {
  const menus = activeMenus(store).filter((menu) => people.some((staff) => staff.menuIds.includes(menu.id)));
  if (menus.length === 0) return 'nobody_can';
  const duration = Math.min(...menus.map((menu) => menu.duration));
  const shortest = menus.filter((menu) => menu.duration === duration);
  const doers = people.flatMap((staff) => {
    const own = shortest.filter((menu) => staff.menuIds.includes(menu.id));
    return easiest(own.map((menu) => ({ staff, buffer: menu.buffer * MINUTE, needs: needsOf(store, [menu.id]) })));
  });
  return { duration: duration * MINUTE, doers };
}

/** Without the ways that ask for more than another one does. */
const easiest = (ways: readonly Doer[]): Doer[] => {
  const atMost = (a: Doer, b: Doer) => a.buffer <= b.buffer && a.needs.every((resource) => b.needs.includes(resource));
  return ways.filter((way, n) => !ways.some((other, m) => m !== n && atMost(other, way) && (m < n || !atMost(way, other))));
};
