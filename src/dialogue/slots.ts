/**
 * The slot table: every detail of a visit, one row each, in asking order. One door for a value that was asked for,
 * volunteered or corrected: `read` takes it, `spoils` drops what it makes meaningless, `check` says what is wrong with
 * it. Adding a detail is adding a row.
 */
import { isDeepStrictEqual } from 'node:util';
import { activeMenus, activeStaff, staffWhoDo } from '../model/store.ts';
import type { Store } from '../model/store.ts';
import { MINUTE, at, dayOf, minuteOf, toMinute } from '../model/time.ts';
import type { Heard, When } from '../understanding/heard.ts';
import { isPoint, wishedDays } from './days.ts';
import type { StepContext } from './hop.ts';
import { dayProblem, hoursProblem, person, shiftProblem } from './possible.ts';
import type { Problem } from './says.ts';
import { goingTo, shopNamed } from './shops.ts';
import type { Known, SlotName } from './talk.ts';

/** New values; `undefined` takes one away. */
export type Patch = { [K in keyof Known]?: Known[K] | undefined };

export type Slot = {
  name: SlotName;
  /** Whether this detail has been given. */
  has(known: Known, store: Store | null, ctx: StepContext): boolean;
  /** Need not be asked: there is only one answer. */
  skip(known: Known, store: Store | null, ctx: StepContext): boolean;
  /** What a message says about it, as a patch of `known`; null = nothing. */
  read(heard: Heard, known: Known, store: Store | null, ctx: StepContext): Patch | null;
  /** What is wrong with the value, judged by now; null = nothing. */
  check(known: Known, store: Store, ctx: StepContext): Problem | null;
  /** Details a new value makes meaningless. */
  spoils: readonly (keyof Known)[];
};

const byName = <T extends { name: string; id: string }>(all: readonly T[], name: string): string[] =>
  all.filter((x) => x.name === name).map((x) => x.id);

const shop: Slot = {
  name: 'store',
  has: (_known, store) => store !== null,
  skip: (_known, _store, ctx) => ctx.stores.length === 1,
  read: (heard, known, store, ctx) => {
    const named = shopNamed(heard, store, ctx);
    return named && goingTo(named, known, ctx);
  },
  check: () => null,
  spoils: ['menuIds', 'staff'],
};

const menu: Slot = {
  name: 'menu',
  has: (known) => Boolean(known.menuIds?.length),
  skip: (_known, store) => store !== null && activeMenus(store).length === 1,
  read: (heard, known, store) => {
    if (!heard.menus || !store) return null;
    const ids = (names: string[] | undefined) => names?.flatMap((name) => byName(activeMenus(store), name));
    const removed = ids(heard.menus.remove) ?? [];
    const kept = (ids(heard.menus.set) ?? known.menuIds ?? []).filter((id) => !removed.includes(id));
    const menuIds = [...new Set([...kept, ...(ids(heard.menus.add) ?? [])])];
    return menuIds.length > 0 || known.menuIds ? { menuIds } : null;
  },
  check: ({ menuIds = [] }, store) => {
    if (menuIds.some((id) => !activeMenus(store).some((m) => m.id === id))) return { why: 'unknown_menu' };
    return menuIds.length > 0 && staffWhoDo(store, menuIds).length === 0 ? { why: 'nobody_can', menuIds } : null;
  },
  spoils: [],
};

const staff: Slot = {
  name: 'staff',
  has: (known) => known.staff !== undefined,
  skip: (known, store) => store !== null && staffWhoDo(store, known.menuIds ?? []).length <= 1,
  read: (heard, known, store) => {
    if (!heard.staff || !store || 'same' in heard.staff) return null;
    if ('not' in heard.staff) {
      const not = heard.staff.not;
      const others = staffWhoDo(store, known.menuIds ?? []).filter((s) => s.name !== not);
      return others.length === 1 ? { staff: others[0]!.id } : known.staff === undefined ? null : { staff: undefined };
    }
    if (heard.staff.name === null) return { staff: 'anyone' };
    const id = byName(activeStaff(store), heard.staff.name)[0];
    return id ? { staff: id } : null;
  },
  check: (known, store) => {
    if (known.staff === undefined || known.staff === 'anyone') return null;
    const who = person(known, store);
    if (!who?.active) return { why: 'unknown_staff' };
    const menuIds = known.menuIds ?? [];
    return menuIds.every((id) => who.menuIds.includes(id)) ? null : { why: 'staff_cannot', staffId: who.id, menuIds, can: staffWhoDo(store, menuIds).map((s) => s.id) };
  },
  spoils: [],
};

const day: Slot = {
  name: 'day',
  has: (known, store, ctx) => store !== null && wishedDays(known, ctx.now, store.hours).length > 0,
  skip: () => false,
  read: (heard) => {
    const [wish, ...more] = joinedWishes(heard.when);
    const others = differing(wish, more);
    return {
      ...(wish ? { or: others.length > 0 ? others : undefined, prefer: undefined } : {}),
      ...(wish?.dates ? { dates: wish.dates, exclude: undefined } : {}),
      ...(heard.exclude ? { exclude: heard.exclude } : {}),
      ...(heard.prefer ? { prefer: heard.prefer } : {}),
    };
  },
  check: (known, store, ctx) => {
    const problems = wishedDays(known, ctx.now, store.hours).map((d) => dayProblem(d, known, store, ctx));
    return problems.length > 0 && problems.every(Boolean) ? problems[0]! : null;
  },
  spoils: [],
};

/** The alternatives that are another wish than the first and each other, as many as anybody says. */
function differing(first: When | undefined, more: readonly When[]): When[] {
  const seen = new Set([JSON.stringify(first)]);
  return more.filter((w) => !seen.has(JSON.stringify(w)) && seen.add(JSON.stringify(w))).slice(0, 8);
}

/** A day said apart from its time is still one wish. */
function joinedWishes(when: readonly When[]): When[] {
  const [a, b] = when;
  if (when.length !== 2 || !a || !b) return [...when];
  if (a.time === null && b.dates === null) return [{ dates: a.dates, time: b.time }];
  return a.dates === null && b.time === null ? [{ dates: b.dates, time: a.time }] : [a, b];
}

/** Days whose hours are each held against a time. */
const MOST_JUDGED = 14;

const time: Slot = {
  name: 'time',
  has: (known) => isPoint(known.time) && !known.or?.length,
  skip: () => false,
  read: (heard, known) => {
    const said = joinedWishes(heard.when)[0]?.time;
    // 「何時でも」 lets go of the one time that was asked for before.
    return said ? { time: said } : heard.prefer && isPoint(known.time) ? { time: undefined } : null;
  },
  check: (known, store, ctx) => {
    if (!known.time || known.or?.length) return null;
    const days = wishedDays(known, ctx.now, store.hours);
    const d = days[0];
    if (d === undefined || days.length > MOST_JUDGED) return hoursProblem(known, store, null);
    if (days.length > 1) {
      const problems = days.map((each) => hoursProblem(known, store, each));
      return problems.every(Boolean) ? problems[0]! : null;
    }
    const point = isPoint(known.time) ? known.time.from : null;
    const start = point === null ? null : at(d, toMinute(point));
    if (start !== null && point !== null && start <= ctx.now) return { why: 'past', day: d, time: point };
    if (known.time.to !== null && point === null && d === dayOf(ctx.now) && toMinute(known.time.to) <= minuteOf(ctx.now)) return { why: 'past', day: d, time: known.time.to };
    const outside = hoursProblem(known, store, d) ?? shiftProblem(known, store, d);
    if (outside || start === null || point === null) return outside;
    const { noticeMinutes, gridMinutes } = store.hours;
    if (start < ctx.now + noticeMinutes * MINUTE) return { why: 'too_soon', day: d, time: point, noticeMinutes };
    return toMinute(point) % gridMinutes === 0 ? null : { why: 'off_grid', day: d, time: point, gridMinutes };
  },
  spoils: [],
};

const name: Slot = {
  name: 'name',
  has: (known, _store, ctx) => Boolean(known.name ?? ctx.customer.name),
  skip: () => false,
  read: (heard) => (heard.name ? { name: heard.name } : null),
  check: () => null,
  spoils: [],
};

const phone: Slot = {
  name: 'phone',
  has: (known, _store, ctx) => Boolean(known.phone ?? ctx.customer.phone),
  skip: () => true,
  read: (heard) => (heard.phone ? { phone: heard.phone } : null),
  check: (known) => (known.phone === undefined || /^0[1-9]\d{8,9}$/.test(known.phone) ? null : { why: 'no_phone', phone: known.phone }),
  spoils: [],
};

/** Told only when asked for (`first-visit.ts`): no message says by itself that it is a note. */
const notes: Slot = { name: 'notes', has: (known) => known.notes !== undefined, skip: () => true, read: () => null, check: () => null, spoils: [] };

export const SLOTS: readonly Slot[] = [shop, menu, staff, day, time, name, phone, notes];

/** The keys of `known` a detail is kept in. */
const KEYS: Record<SlotName, readonly (keyof Known)[]> = {
  store: ['storeId'], menu: ['menuIds'], staff: ['staff'], day: ['dates', 'or', 'exclude', 'prefer'], time: ['time'], name: ['name'], phone: ['phone'], notes: ['notes'],
};

/** `known` without these details. */
export function without(known: Known, ...slots: SlotName[]): Known {
  const left: Known = { ...known };
  for (const key of slots.flatMap((slot) => KEYS[slot])) delete left[key];
  return left;
}

export type Reading = { known: Known; noted: SlotName[]; changed: SlotName[] };

/** Takes every detail a message holds: what is known then, which details it gave, and which of them were another before. */
export function readAll(heard: Heard, before: Known, ctx: StepContext): Reading {
  const out: Reading = { known: before, noted: [], changed: [] };
  for (const slot of SLOTS) {
    const store = ctx.stores.find((s) => s.id === out.known.storeId) ?? (ctx.stores.length === 1 ? ctx.stores[0]! : null);
    const patch = slot.read(heard, out.known, store, ctx);
    if (patch && Object.keys(patch).length > 0) take(out, slot, patch);
  }
  return out;
}

/** Sets one detail through the same door as a message (a button, a picker). */
export function setSlot(before: Known, name_: SlotName, patch: Patch): Reading {
  const out: Reading = { known: before, noted: [], changed: [] };
  take(out, SLOTS.find((s) => s.name === name_)!, patch);
  return out;
}

/** The shop, with what can be taken along to it. */
export function toShop(before: Known, storeId: string, ctx: StepContext): Reading {
  const store = ctx.stores.find((s) => s.id === storeId);
  return setSlot(before, 'store', store ? goingTo(store, before, ctx) : { storeId });
}

function take(out: Reading, slot: Slot, patch: Patch): void {
  const known: Known = { ...out.known };
  for (const key of Object.keys(patch) as (keyof Known)[]) {
    if (patch[key] === undefined) delete known[key];
    else Object.assign(known, { [key]: patch[key] });
  }
  const differs = (key: keyof Known) => !isDeepStrictEqual(out.known[key], known[key]);
  const keys = KEYS[slot.name];
  if (keys.some(differs)) {
    for (const key of slot.spoils) if (!(key in patch)) delete known[key];
    if (wasDefinite(out.known, slot.name) && differs(keys[0]!)) out.changed.push(slot.name);
    out.noted.push(slot.name);
  }
  out.known = known;
}

/** Whether a new value replaces one, not only narrows a range down. */
function wasDefinite(known: Known, slot: SlotName): boolean {
  if ((slot === 'day' || slot === 'time') && known.or?.length) return false;
  if (slot === 'day') return Array.isArray(known.dates) && known.dates.length === 1;
  return slot === 'time' ? isPoint(known.time) : known[KEYS[slot][0]!] !== undefined;
}
