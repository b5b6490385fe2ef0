/**
 * A shop as one YAML file (docs/shop-file.md): read whole, or refused whole with every mistake and its line. Pure: text
 * in, a shop out.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { BusinessHours } from './hours.ts';
import { crossMistakes } from './shop-checks.ts';
import type { Issue } from './shop-checks.ts';
import { policyOf } from './shop-policy.ts';
import { shopSchema } from './shop-schema.ts';
import type { ShopData } from './shop-schema.ts';
import type { Menu, Resource, Staff, Store } from './store.ts';

/** A shop as its file tells it: a Store without ids, everybody's menus by name. */
export type Shop = Omit<Store, 'id' | 'menus' | 'staff' | 'resources'> & {
  menus: Omit<Menu, 'id' | 'active'>[];
  staff: (Omit<Staff, 'id' | 'active' | 'menuIds'> & { menus: string[] })[];
  resources: (Omit<Resource, 'id' | 'active' | 'menuIds'> & { menus: string[] })[];
};

/** Something wrong in a file; `line` counts from 1. */
export type Mistake = { line: number; message: string };
export type ReadShop = { shop: Shop } | { mistakes: Mistake[] };

type Path = readonly PropertyKey[];

/** Where the file speaks of a path: its key's line, or the nearest thing around it. */
function lineOf(doc: Document, lines: LineCounter, path: Path): number {
  let node = doc.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[step as number];
      offset = (next as Node | undefined)?.range?.[0] ?? offset;
    }
    if (!next) break;
    node = next as Node;
  }
  return Math.max(1, lines.linePos(offset).line);
}

/** `staff > 佐藤 > menus`: members of a list by their name where they have one. */
function placeOf(raw: unknown, path: Path): string {
  let at = raw;
  return path.map((step) => {
    at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step];
    const name = (at as { name?: unknown } | null | undefined)?.name;
    return typeof step === 'number' ? (typeof name === 'string' ? name : `number ${step + 1}`) : String(step);
  }).join(' > ');
}

function schemaIssues(raw: unknown): { data: ShopData } | { issues: Issue[] } {
  const parsed = shopSchema.safeParse(raw);
  if (parsed.success) return { data: parsed.data };
  return { issues: parsed.error.issues.flatMap((issue): Issue[] => issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here; docs/shop-file.md has the names that are' }))
    : [{ path: issue.path, message: issue.message }]) };
}

const YAML_MISTAKES: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'this name is said twice: keep one of the two',
  MULTIPLE_DOCS: 'a file is one shop: give the second a file of its own',
  TAB_AS_INDENT: 'a tab cannot indent a line in YAML: use spaces',
};

/** A shop from the text of its file, or everything that is wrong with it, by line. */
export function readShop(text: string): ReadShop {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (doc.errors.length > 0) {
    return { mistakes: doc.errors.map((e) => ({ line: lines.linePos(e.pos[0]).line, message: YAML_MISTAKES[e.code] ?? `this is not YAML: ${e.message.slice(0, 100)}` })) };
  }
  let raw: unknown;
  try {
    raw = doc.toJS();
  } catch (e) {
    return { mistakes: [{ line: 1, message: `this is not YAML: ${(e as Error).message}` }] };
  }
  if (raw === null || raw === undefined) return { mistakes: [{ line: 1, message: 'the file is empty: docs/shop-file.md has an example to start from' }] };
  const checked = schemaIssues(raw);
  const issues = [...('issues' in checked ? checked.issues : []), ...crossMistakes(raw)];
  if ('data' in checked && issues.length === 0) return { shop: shopOf(checked.data) };
  const mistakes = issues.map(({ path, message }) => ({ line: lineOf(doc, lines, path), message: path.length > 0 ? `${placeOf(raw, path)}: ${message}` : `the file ${message}` }));
  return { mistakes: mistakes.sort((a, b) => a.line - b.line) };
}

function shopOf(data: ShopData): Shop {
  const { weekly, holidays, exceptions } = data.hours;
  const hours: BusinessHours = {
    v: 1,
    timeZone: 'Asia/Tokyo',
    weekly,
    holidays,
    exceptions: exceptions.flatMap(({ day, hours: openings, note }) => day.map((d) => ({ day: d, openings, ...(note && { note }) }))),
    gridMinutes: data.booking.grid_minutes,
    noticeMinutes: data.booking.notice_minutes,
    windowDays: data.booking.window_days,
    cancelDeadlineMinutes: data.booking.cancel_deadline_minutes,
    ...(data.booking.change_deadline_minutes !== null && { changeDeadlineMinutes: data.booking.change_deadline_minutes }),
  };
  const { nomination_fee: nominationFee, ...sentences } = data.info;
  const said = Object.fromEntries(Object.entries(sentences).filter(([, sentence]) => sentence !== undefined));
  return {
    name: data.name, kind: data.kind, address: data.address, phone: data.phone, channel: data.channel, colour: data.colour, hours, policy: policyOf(data),
    info: { ...said, ...(nominationFee !== null && { nominationFee }) },
    menus: data.menus.map(({ minutes, ...menu }) => ({ ...menu, duration: minutes })),
    resources: data.resources.map(({ menus, ...resource }) => ({ ...resource, menus: menus === 'all' ? data.menus.map((menu) => menu.name) : menus })),
    staff: data.staff.map(({ name, role, aliases, menus, days_off, absences, shifts, breaks, exceptions, manager, line_id }) => ({
      name, role, aliases, absences,
      menus: menus === 'all' ? data.menus.map((menu) => menu.name) : menus,
      daysOff: days_off,
      shifts: shifts ? Object.fromEntries(Object.entries(shifts).filter(([, openings]) => openings !== undefined)) : null,
      breaks,
      exceptions: exceptions.flatMap(({ day, hours: own }) => day.map((d) => ({ day: d, openings: own }))).sort((a, b) => (a.day < b.day ? -1 : 1)),
      manager,
      lineId: line_id,
    })),
  };
}

/** The shop as a Store whose ids are its names, for where there is no database. */
export function storeOf(shop: Shop): Store {
  const { menus, staff, resources, ...rest } = shop;
  return {
    ...rest,
    id: shop.name,
    menus: menus.map((menu) => ({ ...menu, id: menu.name, active: true })),
    resources: resources.map(({ menus: needing, ...resource }) => ({ ...resource, id: resource.name, menuIds: needing, active: true })),
    staff: staff.map(({ menus: does, ...person }) => ({ ...person, id: person.name, menuIds: does, active: true })),
  };
}
