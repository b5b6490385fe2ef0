import type { BusinessHours, Opening } from './hours.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { Policy } from './policy.ts';
import { weekdayOf } from './time.ts';
import type { Day, Weekday } from './time.ts';

/** メニュー */
export type Menu = {
  id: string;
  name: string;
  aliases: string[];
  /** 円, tax included. */
  price: number;
  /** 所要時間, minutes. */
  duration: number;
  /** Minutes the staff member is kept after the visit (clearing up); the customer does not see them. */
  buffer: number;
  active: boolean;
};

/** 設備: rooms or chairs that visits share. A visit with one of these menus has one of them as long as it lasts, clearing up included. */
export type Resource = {
  id: string;
  name: string;
  /** How many there are. */
  count: number;
  menuIds: string[];
  active: boolean;
};

/** 担当 */
export type Staff = {
  id: string;
  name: string;
  aliases: string[];
  role: string;
  /** Ids of the menus this person does. */
  menuIds: string[];
  /** 定休, the weekdays off. */
  daysOff: Weekday[];
  /** Dated days off. */
  absences: Day[];
  /** Own hours by weekday where they differ from the shop's; null = whenever the shop is open. */
  shifts: Partial<Record<Weekday, Opening[]>> | null;
  /** 休憩 by weekday. */
  breaks: Partial<Record<Weekday, Opening[]>>;
  /** Days of other hours, none = away; they win over days off, shifts and breaks. */
  exceptions: { day: Day; openings: Opening[] }[];
  /** Is told of everything, and may do what touches other people's visits and time (`mayTouch`). */
  manager: boolean;
  /** Where this person is told about reservations; null = not on LINE. */
  lineId: string | null;
  active: boolean;
};

/** What a customer asks a shop besides free times; every sentence as the shop wrote it. */
export type StoreInfo = {
  access?: string;
  parking?: string;
  payment?: string;
  prepay?: string;
  belongings?: string;
  nominationFee?: number;
};

/** お店. Read whole and kept in memory; `version` moves when anything in it changes. */
export type Store = {
  id: string;
  name: string;
  kind: 'salon' | 'clinic' | 'other';
  address: string;
  phone: string;
  hours: BusinessHours;
  policy: Policy;
  /** The LINE channel that answers for it. */
  channel: string;
  /** `#rrggbb`, what its rich menu is drawn in; null or left out = it names none. */
  colour?: string | null;
  info: StoreInfo;
  menus: Menu[];
  staff: Staff[];
  resources: Resource[];
  /** `stores.config_version` it was read at; left out where nothing changes it (tests, replay). */
  version?: number;
};

/** A store as it was kept, maybe by an older build: what that did not know is as where a shop says nothing of it. */
export const whole = (kept: Store): Store => ({
  ...kept, policy: { ...DEFAULT_POLICY, ...kept.policy },
  resources: kept.resources ?? [],
  staff: kept.staff.map((person) => ({ ...person, breaks: person.breaks ?? {}, exceptions: person.exceptions ?? [] })),
});

export const activeMenus = (store: Store): Menu[] => store.menus.filter((m) => m.active);
export const activeStaff = (store: Store): Staff[] => store.staff.filter((s) => s.active);
/** The menus of those ids, in that order; ids the store does not have are left out. */
export const menusOf = (store: Store, ids: readonly string[]): Menu[] =>
  ids.flatMap((id) => store.menus.find((m) => m.id === id) ?? []);
/** Active staff who do every one of these menus. */
export const staffWhoDo = (store: Store, menuIds: readonly string[]): Staff[] =>
  activeStaff(store).filter((s) => menuIds.every((id) => s.menuIds.includes(id)));
/** What a visit of these menus needs besides people. */
export const needsOf = (store: Store, menuIds: readonly string[]): Resource[] =>
  store.resources.filter((resource) => resource.active && resource.menuIds.some((id) => menuIds.includes(id)));
/**
 * Whether one of the shop's people may change what is another's: his visits, his time. A manager may, and where nobody is one,
 * everybody.
 */
export const mayTouch = (store: Store, { id, manager }: Staff, staffId: string): boolean =>
  id === staffId || manager || !activeStaff(store).some((person) => person.manager);
/** Whether a person does not work on a day: dated absence, weekday off, or own hours that are empty. The shop's closing days are not asked. */
export function isOff(staff: Staff, day: Day): boolean {
  if (staff.absences.includes(day)) return true;
  const dated = staff.exceptions.find((exception) => exception.day === day);
  return dated ? dated.openings.length === 0 : staff.daysOff.includes(weekdayOf(day)) || staff.shifts?.[weekdayOf(day)]?.length === 0;
}
